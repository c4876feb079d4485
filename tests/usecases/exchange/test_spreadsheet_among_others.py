"""The import among others: answers arrive meanwhile, a change in between stops it, nobody reaches too far."""

import pytest

from skm.store import audit, organisations, responses
from skm.store.database import connect
from skm.survey.problem import Problem
from skm.usecases.city.organisations import rename_organisation
from skm.usecases.exchange import spreadsheet
from skm.usecases.exchange.tree_draft import TreeDraft
from tests.builders import an_organisation, answered
from tests.conftest import DEED, NOON
from tests.spreadsheets import EVERYTHING, csv

NEW = csv("Organisasi", "dinsos;;perangkat daerah;Dinas Sosial;;;")


@pytest.fixture
def other(settings):
    """Somebody else's connection, which does not wait for the lock at all."""
    db = connect(settings.database)
    db.execute("PRAGMA busy_timeout = 0")
    yield db
    db.close()


@pytest.fixture
def while_judging(monkeypatch):
    """Lets something happen while the rows of a file are judged."""

    def _while_judging(deed) -> None:
        judge = TreeDraft.draft
        monkeypatch.setattr(TreeDraft, "draft", lambda draft, rows: (deed(), judge(draft, rows)))

    return _while_judging


@pytest.fixture
def apply(db):
    return lambda content=NEW, **more: spreadsheet.apply_import(
        db, DEED, EVERYTHING, content, "kota.csv", **more
    )


def test_an_answer_is_stored_while_a_file_is_judged(db, city, other, while_judging, apply):
    while_judging(lambda: answered(other, city, "344434334"))
    assert apply().counts["new"] == 1
    assert responses.count_all(db) == 1


def test_a_change_while_a_file_is_judged_is_not_overwritten(db, city, other, while_judging, apply):
    while_judging(lambda: rename_organisation(other, DEED, city.unit.slug, "Puskesmas Baru"))
    with pytest.raises(Problem, match="import_overtaken"):
        apply()
    assert organisations.find(db, "dinsos") is None
    assert organisations.find(db, city.unit.slug).name == "Puskesmas Baru"


def test_after_a_change_in_between_the_file_is_taken_the_next_time(db, city, other, while_judging, apply):
    names = iter(["Puskesmas Baru", "Puskesmas Baru"])
    while_judging(lambda: rename_organisation(other, DEED, city.unit.slug, next(names)))
    with pytest.raises(Problem, match="import_overtaken"):
        apply()
    assert apply().counts["new"] == 1


def test_what_was_shown_is_what_is_done_or_nothing(db, city, apply):
    shown = spreadsheet.plan_import(db, EVERYTHING, NEW, "kota.csv", NOON).digest
    an_organisation(db, city.government, "agency", "dinsos")
    db.conn.commit()
    with pytest.raises(Problem, match="import_overtaken"):
        apply(shown=shown)
    assert organisations.find(db, "dinsos").address == "Jalan Gunung Agung 1"


def test_a_plan_that_still_holds_is_done(db, city, apply):
    shown = spreadsheet.plan_import(db, EVERYTHING, NEW, "kota.csv", NOON).digest
    rename_organisation(db, DEED, city.unit.slug, "Puskesmas Baru")
    assert apply(shown=shown).counts["new"] == 1


@pytest.fixture
def neighbour(db, city):
    """Another agency with a unit."""
    agency = an_organisation(db, city.government, "agency", "Kecamatan Barat")
    an_organisation(db, agency, "unit", "Kelurahan Ubung")
    db.conn.commit()
    return agency


@pytest.mark.parametrize(
    ("sheet", "row", "named"),
    [
        ("Organisasi", "kelurahan-ubung;kecamatan-barat;unit;Lain;;;WITA", "“kelurahan-ubung”"),
        ("Organisasi", "kelurahan-ubung;dinas-kesehatan;unit;Kelurahan Ubung;;;", "“kelurahan-ubung”"),
        ("Organisasi", "dinas-kesehatan;kecamatan-barat;opd;Dinas Kesehatan;;;", "“dinas-kesehatan”"),
        ("Organisasi", "baru;kecamatan-barat;unit;Baru;;;", "“baru”"),
        ("Organisasi", "baru;;opd;Dinas Baru;;;", "“baru”"),
        ("Organisasi", "pemerintah-kota-denpasar;;pemerintah;Lain;;;", "“pemerintah-kota-denpasar”"),
        ("Layanan", "kelurahan-ubung;Surat;;;", "unit “kelurahan-ubung”"),
        ("Loket", "kelurahan-ubung;Loket 9;Surat", "unit “kelurahan-ubung”"),
    ],
)
def test_a_row_outside_the_own_part_stops_the_file(db, city, neighbour, sheet, row, named):
    content = csv(sheet, row)
    found = spreadsheet.plan_import(db, city.agency.path, content, "dinkes.csv", NOON)
    assert f"{named} di luar bagian yang Anda atur" in found.faults[0].words
    with pytest.raises(Problem, match="import_faulty"):
        spreadsheet.apply_import(db, DEED, city.agency.path, content, "dinkes.csv")


def test_rows_of_the_own_part_are_taken_and_noted_there(db, city, neighbour):
    content = csv("Organisasi", "pkm-2;dinas-kesehatan;unit;Puskesmas II;;;")
    spreadsheet.apply_import(db, DEED, city.agency.path, content, "dinkes.csv")
    assert organisations.find(db, "pkm-2").parent_id == city.agency.id
    assert {entry.verb for entry in audit.all_for(db, city.agency.path)} == {"add_organisation", "import"}
