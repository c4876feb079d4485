"""What a file would do, in words: each organisation by its name, and one error for one cause."""

import pytest

from skm.usecases.city.organisations import add_organisation
from skm.usecases.exchange import spreadsheet
from skm.usecases.exchange.plan import summary
from tests.conftest import DEED, NOON
from tests.spreadsheets import EVERYTHING, csv, xlsx

UNITS = [[f"pkm-{n}", "dinkes", "unit", f"Puskesmas {n}"] for n in range(1, 13)]


@pytest.fixture
def plan(db):
    add_organisation(db, DEED, None, "government", "Kota Denpasar", time_zone="Asia/Makassar")
    return lambda content: spreadsheet.plan_import(db, EVERYTHING, content, "kota.xlsx", NOON)


@pytest.fixture
def apply(db, plan):
    return lambda content: spreadsheet.apply_import(db, DEED, EVERYTHING, content, "kota.xlsx")


def an_agency(name="Dinas Kesehatan", code="dinkes"):
    return [code, "", "perangkat daerah", name]


def faults(plan):
    return [(row.sheet, row.number, row.words) for row in plan.faults]


def test_twelve_units_below_an_agency_whose_name_is_wrong_give_one_error(plan):
    shown = plan(xlsx(Organisasi=[an_agency("-"), *UNITS], Layanan=[], Loket=[]))
    assert faults(shown) == [
        (
            "Organisasi",
            2,
            "kolom nama: nama harus memuat huruf atau angka, dan tidak diawali tanda =; "
            "12 unit di bawahnya ikut tertunda",
        )
    ]
    assert [row.name for row in shown.faults[0].waiting][:2] == ["Puskesmas 1", "Puskesmas 2"]


def test_what_belongs_to_units_that_wait_waits_too(plan):
    shown = plan(
        xlsx(
            Organisasi=[an_agency("-"), *UNITS],
            Layanan=[[row[0], "Poli Umum"] for row in UNITS],
            Loket=[["pkm-1", "Loket 1", "Poli Umum"]],
        )
    )
    assert len(shown.faults) == 1
    assert shown.faults[0].words.endswith("; 12 unit, 12 layanan, dan 1 loket di bawahnya ikut tertunda")
    assert shown.faults[0].waiting[-1].name == "Loket 1, Puskesmas 1"


def test_a_code_that_nothing_has_is_one_error(plan):
    shown = plan(csv("Organisasi", *(";".join(row) for row in UNITS)))
    assert faults(shown) == [
        (
            "Organisasi",
            2,
            "induk “dinkes” tidak ada di berkas ini maupun di server; "
            "11 unit lain dengan sebab yang sama ikut tertunda",
        )
    ]


def test_units_below_an_agency_whose_code_cannot_be_are_one_error(plan):
    shown = plan(
        xlsx(Organisasi=[an_agency(code="din kes"), *([row[0], "din kes", *row[2:]] for row in UNITS)])
    )
    assert [row.number for row in shown.faults] == [2]
    assert shown.faults[0].words.endswith("; 12 unit di bawahnya ikut tertunda")


def test_counters_of_a_file_without_the_sheet_of_services_are_one_error(plan):
    counters = [[row[0], "Loket 1", "Poli Umum"] for row in UNITS]
    shown = plan(xlsx(Organisasi=[an_agency(), *UNITS], Loket=counters))
    assert [row.words.rpartition("; ")[2] for row in shown.faults] == [
        "11 loket lain dengan sebab yang sama ikut tertunda"
    ]
    assert shown.notes == ("Lembar yang tidak ada di berkas ini: Layanan; isinya di server tidak berubah.",)


def test_a_counter_waits_for_its_service(plan):
    shown = plan(
        xlsx(Organisasi=[an_agency(), *UNITS], Layanan=[["pkm-1", "-"]], Loket=[["pkm-1", "Loket 1", "-"]])
    )
    assert [row.words.rpartition("; ")[2] for row in shown.faults] == ["1 loket di bawahnya ikut tertunda"]


def test_a_row_with_a_fault_of_its_own_is_an_error_below_another_one(plan):
    shown = plan(csv("Organisasi", "a;nowhere;opd;A;;;", "b;a;unit;-;;;", "c;b;unit;C;;;"))
    assert [row.number for row in shown.faults] == [2, 3]
    assert [row.number for row in shown.faults[1].waiting] == [4]


def test_without_a_sheet_name_a_text_lacks_no_sheet(plan):
    assert plan(csv("Organisasi", ";".join(an_agency()))).notes == ()


def test_every_row_names_what_it_is_about(plan):
    shown = plan(
        xlsx(Organisasi=[an_agency(), UNITS[0]], Layanan=[["pkm-1", "Gigi"]], Loket=[["pkm-1", "L", "Gigi"]])
    )
    assert [(row.kind, row.name) for row in shown.rows] == [
        ("perangkat daerah", "Dinas Kesehatan"),
        ("unit", "Puskesmas 1"),
        ("layanan", "Gigi, Puskesmas 1"),
        ("loket", "L, Puskesmas 1"),
    ]
    assert summary(shown) == "1 perangkat daerah, 1 unit, 1 layanan, dan 1 loket baru"


def test_what_moves_is_counted_beside_what_changes(plan, apply):
    apply(xlsx(Organisasi=[an_agency(), an_agency("Setda", "setda"), UNITS[0], UNITS[1]]))
    shown = plan(csv("Organisasi", "pkm-1;setda;unit;Puskesmas 1", "pkm-2;dinkes;unit;Puskesmas Dua"))
    assert [row.outcome for row in shown.rows] == ["moved", "changed"]
    assert (summary(shown), shown.counts["changed"]) == ("1 unit pindah; 1 unit berubah", 2)
