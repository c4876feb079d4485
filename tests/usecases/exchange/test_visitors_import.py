"""Visitors of many units from a spreadsheet: every row has an outcome, and a file is applied whole or not at all."""

import io
import json

import openpyxl
import pytest

from skm.store import audit, visitor_numbers
from skm.store.database import writing
from skm.survey.problem import Problem
from skm.usecases.city.organisations import close_organisation
from skm.usecases.deed import Actor, Deed
from skm.usecases.exchange import visitors_import
from skm.usecases.exchange.spreadsheet_rows import VISITORS
from tests.builders import a_service, an_organisation
from tests.conftest import NOON
from tests.spreadsheets import csv, xlsx

BY_SARI = Deed(Actor(None, "Sari", "organisasi"), NOON)
UNIT = "uptd-puskesmas-i-denpasar-barat"


@pytest.fixture
def second(db, city):
    """Puskesmas II of the same agency with one service."""
    with writing(db):
        unit = an_organisation(db, city.agency, "unit", "Puskesmas II")
        return unit, a_service(db, unit, "Umum")


@pytest.fixture
def plan(db, city):
    """What rows of a CSV would do to the agency: outcomes and words."""

    def _plan(*rows: str, of=None):
        content = csv(VISITORS, *rows)
        found = visitors_import.plan_visitors(db, of or city.agency, city.period, content, "isian.csv", NOON)
        return [(row.outcome, row.words) for row in found.rows]

    return _plan


@pytest.fixture
def apply(db, city):
    return lambda content: visitors_import.apply_visitors(
        db, BY_SARI, city.agency, city.period, content, "isian.csv"
    )


@pytest.fixture
def entered(db, city):
    """The numbers of the first service and of others, by id."""
    return lambda: visitor_numbers.all_for(db, city.government.path, city.period.opens, city.period.closes)


def test_visitors_of_many_units_come_from_one_file(db, city, second, apply, entered):
    apply(csv(VISITORS, f"{UNIT};Pendaftaran;1.200", f"{UNIT};poli umum;0", "puskesmas-ii;Umum;70"))
    first, other = (service.id for service in city.services[:2])
    assert entered() == {first: 1200, other: 0, second[1].id: 70}
    entries = list(audit.all_for(db, city.agency.path))
    assert {entry.subject for entry in entries} == {
        "UPTD Puskesmas I Denpasar Barat, Tahun 2026",
        "Puskesmas II, Tahun 2026",
    }
    (own,) = [entry for entry in entries if entry.subject.startswith("UPTD")]
    assert json.loads(own.after) == {"Pendaftaran": 1200, "Poli Umum": 0}


def test_every_row_has_its_fate(city, apply, plan):
    apply(csv(VISITORS, f"{UNIT};Pendaftaran;100", f"{UNIT};Poli Umum;50", f"{UNIT};Farmasi;"))
    assert plan(f"{UNIT};Pendaftaran;100", f"{UNIT};Poli Umum;", f"{UNIT};Farmasi;1200") == [
        ("same", ""),
        ("changed", f"{city.unit.name}, Poli Umum: 50 pengunjung dihapus"),
        ("new", f"{city.unit.name}, Farmasi: 1.200 pengunjung"),
    ]
    changed = ("changed", f"{city.unit.name}, Pendaftaran: 100 menjadi 0 pengunjung")
    assert plan(f"{UNIT};Pendaftaran;0") == [changed]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("nowhere;Umum;5", "unit kode “nowhere” tidak terdaftar di sini atau sudah ditutup"),
        ("dinas-kesehatan;Umum;5", "unit kode “dinas-kesehatan” tidak terdaftar di sini atau sudah ditutup"),
        (f"{UNIT};Gigi;5", "layanan “Gigi” tidak ada di unit ini"),
        (f"{UNIT};;5", "layanan kosong"),
        (f"{UNIT};Farmasi;-5", "pengunjung “-5” bukan bilangan bulat dari 0 sampai 100.000.000"),
        (f"{UNIT};Farmasi;1,5", "pengunjung “1,5” bukan bilangan bulat dari 0 sampai 100.000.000"),
        (f"{UNIT};Farmasi;=1+1", "kolom pengunjung berisi rumus; tempelkan nilainya saja"),
    ],
)
def test_a_row_that_cannot_be_says_why(plan, row, words):
    assert plan(row) == [("fault", words)]


def test_a_service_stands_in_one_row_only(plan):
    outcomes = plan(f"{UNIT};Farmasi;5", f"{UNIT};FARMASI;6")
    assert outcomes[1] == ("fault", "layanan ini sudah ada untuk unit yang sama di baris 2")


def test_a_unit_elsewhere_or_closed_is_not_reached(db, city, second, plan):
    close_organisation(db, BY_SARI, "puskesmas-ii", None)
    assert plan("puskesmas-ii;Umum;5")[0][0] == "fault"
    assert plan(f"{UNIT};Farmasi;5", of=second[0])[0][0] == "fault"


def test_one_faulty_row_keeps_the_whole_file_out(db, apply, entered):
    with pytest.raises(Problem, match="import_faulty"):
        apply(csv(VISITORS, f"{UNIT};Pendaftaran;100", f"{UNIT};Gigi;5"))
    assert entered() == {}
    assert not list(audit.all_for(db, ""))


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "import_empty"),
        (b"unit kode;nama\r\npkm;Umum", "import_columns"),
        (csv(VISITORS), "import_empty"),
        (xlsx(Layanan=[["pkm", "Umum", "", "", 5]]), "import_columns"),
    ],
)
def test_a_file_of_another_kind_is_refused(apply, content, key):
    with pytest.raises(Problem, match=key):
        apply(content)


def test_the_sheet_to_fill_in_can_be_sent_back_as_it_is(db, city, second, apply):
    apply(csv(VISITORS, f"{UNIT};Pendaftaran;1200"))
    sheet = visitors_import.blank_visitors(db, city.agency, city.period, NOON)
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    rows = list(book[VISITORS].iter_rows(values_only=True))
    assert rows[:3] == [
        ("unit kode", "unit nama", "layanan", "perkiraan", "pengunjung"),
        ("puskesmas-ii", "Puskesmas II", "Umum", "", ""),
        (UNIT, "UPTD Puskesmas I Denpasar Barat", "Pendaftaran", "", 1200),
    ]
    assert len(rows) == 5
    assert apply(sheet.content).counts == {"new": 0, "changed": 0, "same": 4, "fault": 0}
