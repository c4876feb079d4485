"""The sheet Petugas: a hundred heads invited at once, each row with its outcome, all of it or nothing."""

import json
from datetime import date

import openpyxl
import pytest

from skm.store import officers
from skm.store.database import writing
from skm.survey.officer import WHOLE_CITY, reach_of
from skm.survey.problem import Problem
from skm.usecases.deed import SERVER, Actor, Deed
from skm.usecases.exchange import spreadsheet
from skm.usecases.exchange.people_draft import NOBODY
from skm.usecases.people import arrivals, people
from skm.usecases.people.roles import Invitation
from tests.builders import an_organisation
from tests.conftest import DEED, NOON
from tests.officers import TOTP_SECRET, an_officer, roles_of
from tests.spreadsheets import EVERYTHING, csv, xlsx

UNIT = "uptd-puskesmas-i-denpasar-barat"
MADE = f"Ni Made;made@example.go.id;{UNIT};;"
TODAY = NOON.date()


def sheet(*rows: str) -> bytes:
    return csv("Petugas", *rows)


@pytest.fixture
def plan(db, city):
    return lambda content, reach=WHOLE_CITY, within=EVERYTHING: spreadsheet.plan_import(
        db, within, content, "petugas.csv", NOON, reach
    )


@pytest.fixture
def apply(db, city):
    return lambda content, reach=WHOLE_CITY, within=EVERYTHING, deed=DEED: spreadsheet.apply_import(
        db, deed, within, content, "petugas.csv", reach=reach
    )


def said(plan) -> list[tuple[str, str]]:
    return [(row.outcome, row.words) for row in plan.rows]


def test_a_hundred_heads_come_by_one_file_with_a_link_each(db, city, apply):
    with writing(db):
        units = [an_organisation(db, city.agency, "unit", f"Puskesmas {n}") for n in range(100)]
    applied = apply(sheet(*(f"Kepala {n};k{n}@example.go.id;{each.slug};;" for n, each in enumerate(units))))
    assert (len(applied.invited), applied.counts["new"]) == (100, 100)
    for each in applied.invited:
        assert arrivals.find_invited(db, each.secret, NOON) == ("invitation", each.officer)
    assert officers.all_headless(db, TODAY) == [city.unit.name]


def test_the_preview_says_who_gets_what_and_writes_nothing(db, plan):
    words = "made@example.go.id: Kepala unit; akun baru dengan undangan"
    assert said(plan(sheet(MADE))) == [("new", words)]
    assert not officers.all_officers(db)


def test_an_acting_head_comes_with_a_last_day(db, apply, plan):
    row = sheet(f"Ni Made;made@example.go.id;{UNIT};Plt. Kepala unit;31/12/2026")
    assert "Plt. Kepala unit sampai 31 Desember 2026" in plan(row).rows[0].words
    (invited,) = apply(row).invited
    assert roles_of(db, invited.officer.id)[0].last_day == date(2026, 12, 31)


def test_a_date_of_a_workbook_is_read_as_one(plan):
    content = xlsx(Petugas=[["Ni Made", "made@example.go.id", UNIT, "", date(2026, 12, 31)]])
    assert "sampai 31 Desember 2026" in plan(content).rows[0].words


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (f"Ni Made;made;{UNIT};;", "surel “made” tidak lengkap"),
        (f"Ni Made;;{UNIT};;", "surel kosong"),
        (f";made@example.go.id;{UNIT};;", "nama kosong"),
        ("Ni Made;made@example.go.id;;;", "unit kode kosong"),
        (
            "Ni Made;made@example.go.id;tidak-ada;;",
            "unit “tidak-ada” tidak ada di berkas ini maupun di server",
        ),
        (f"Ni Made;made@example.go.id;{UNIT};raja;", "peran “raja” tidak dikenal"),
        (f"Ni Made;made@example.go.id;{UNIT};;2026-06-14", "sampai 14 Juni 2026 sudah lewat"),
        (f"Ni Made;made@example.go.id;{UNIT};;besok", "sampai “besok” bukan tanggal"),
        (f"Ni Made;made@example.go.id;{UNIT};Plt;", "sampai kosong; tulis hari terakhir Plt."),
        (f"Ni Made;made@example.go.id;{UNIT};Admin;2026-12-31", "peran Admin tidak diberi sampai"),
    ],
)
def test_a_faulty_row_is_said_and_nothing_is_done(db, plan, apply, row, fault):
    assert fault in plan(sheet(row)).faults[0].words
    with pytest.raises(Problem, match="import_faulty"):
        apply(sheet(f"Ketut;ketut@example.go.id;{UNIT};;", row))
    assert not officers.all_officers(db)


def test_one_address_is_one_person_and_one_role_is_given_once(plan):
    rows = sheet(MADE, MADE, f"Ketut;made@example.go.id;{UNIT};Petugas loket;")
    assert [fault.words for fault in plan(rows).faults] == [
        "sama dengan baris 2",
        "surel “made@example.go.id” di baris 2 bernama Ni Made",
    ]


def test_who_is_there_keeps_the_account_and_gets_the_role(db, city, apply, plan):
    agus = an_officer(db, "auditor", city.government)
    row = sheet(f"Agus;{agus.email};{UNIT};;")
    assert "sudah mempunyai akun bernama Agus, langsung berlaku" in plan(row).rows[0].words
    (invited,) = apply(row).invited
    assert invited.secret is None
    assert officers.get(db, agus.id) == agus
    assert [held.role for held in roles_of(db, agus.id)] == ["auditor", "unit_head"]


def test_a_head_who_is_there_already_is_named(db, city, plan):
    an_officer(db, "unit_head", city.unit)
    assert plan(sheet(MADE)).rows[0].words.endswith("; kepala yang sudah ada: Budi")


def test_the_same_file_again_changes_nothing_and_says_where_lost_links_are_made_again(apply, plan):
    apply(sheet(MADE))
    again = plan(sheet(MADE))
    assert said(again) == [("same", "Kepala unit, sudah dipegang; belum masuk")]
    assert "1 petugas di berkas ini sudah diundang dan belum masuk" in again.notes[0]
    assert apply(sheet(MADE)).invited == ()


def test_another_last_day_extends_what_is_held(db, apply, plan):
    apply(sheet(f"{MADE[:-1]};2026-06-30"))
    later = sheet(f"{MADE[:-1]};2026-12-31")
    assert said(plan(later)) == [("changed", "hari terakhir dari 30 Juni 2026 menjadi 31 Desember 2026")]
    apply(later)
    (made,) = officers.all_officers(db)
    assert [held.until for held in roles_of(db, made.id)] == ["2026-12-31"]


def test_one_person_at_two_units_gets_one_link_that_works(db, city, apply):
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    (invited,) = apply(sheet(MADE, f"Ni Made;made@example.go.id;{other.slug};;2026-12-31")).invited
    assert [held.title for held in invited.memberships] == ["Kepala unit", "Plt. Kepala unit"]
    assert arrivals.find_invited(db, invited.secret, NOON)


def test_units_and_their_heads_come_in_one_file(db, city, apply):
    content = xlsx(
        Organisasi=[["pkm-9", "dinas-kesehatan", "unit", "Puskesmas IX", "", "", "", "", ""]],
        Petugas=[["Ni Made", "made@example.go.id", "pkm-9", "", ""]],
    )
    (invited,) = apply(content).invited
    assert [held.organisation for held in invited.memberships] == ["Puskesmas IX"]


def test_a_head_waits_for_a_unit_that_is_not_right_yet(plan):
    content = xlsx(
        Organisasi=[["pkm-9", "dinas-kesehatan", "puskesmas", "Puskesmas IX", "", "", "", "", ""]],
        Petugas=[["Ni Made", "made@example.go.id", "pkm-9", "", ""]],
    )
    assert [row.outcome for row in plan(content).rows] == ["fault", "waiting"]


def test_every_invitation_is_in_the_log(db, apply):
    apply(sheet(MADE))
    rows = list(db.query("SELECT verb, subject, after FROM audit ORDER BY id"))
    assert [row["verb"] for row in rows][-2:] == ["add_officer", "give_role"]
    assert json.loads(rows[-1]["after"])["role"] == "unit_head"


def test_an_account_that_changed_meanwhile_stops_the_import(db, city, plan):
    shown = plan(sheet(MADE)).digest
    people.invite_officer(
        db, Deed(SERVER, NOON), WHOLE_CITY, Invitation("made@example.go.id", "Made", "auditor", "")
    )
    with pytest.raises(Problem, match="import_overtaken"):
        spreadsheet.apply_import(db, DEED, EVERYTHING, sheet(MADE), "petugas.csv", shown, reach=WHOLE_CITY)


def test_the_download_has_the_units_without_a_head_and_nobodys_address(db, city, plan, tmp_path):
    an_officer(db, "auditor", city.government)
    sent = spreadsheet.export_organisations(db, NOON)
    (tmp_path / "x.xlsx").write_bytes(sent.content)
    rows = list(openpyxl.load_workbook(tmp_path / "x.xlsx")["Petugas"].values)
    assert rows[1:] == [("", "", UNIT, "Kepala unit", "")]
    again = plan(sent.content)
    assert "Lembar Petugas: 1 baris tanpa nama dan surel dilewati." in again.notes
    assert not again.differs


@pytest.fixture
def sari(db, city):
    """Bagian Organisasi of the agency, with what it may give out and as whom it acts."""
    made = an_officer(db, "organisasi", city.agency, TOTP_SECRET)
    return made, reach_of(roles_of(db, made.id)[0]), Deed(Actor(made.id, made.name, "organisasi"), NOON)


def test_bagian_organisasi_invites_below_itself(db, city, apply, sari):
    _, reach, deed = sari
    (invited,) = apply(sheet(MADE), reach, city.agency.path, deed).invited
    assert invited.secret
    assert db.execute("SELECT role FROM audit WHERE verb = 'give_role'").fetchall() == [("organisasi",)]


@pytest.mark.parametrize("role", ["Admin", "Auditor", "Bagian Organisasi"])
def test_bagian_organisasi_gives_no_other_role(city, plan, sari, role):
    row = sheet(f"Ni Made;made@example.go.id;{UNIT};{role};")
    (fault,) = plan(row, sari[1], city.agency.path).faults
    assert fault.words.endswith("di luar yang dapat Anda atur")


def test_bagian_organisasi_reaches_neither_itself_nor_what_is_beside_it(db, city, plan, sari):
    with writing(db):
        elsewhere = an_organisation(db, city.government, "agency", "Dinas Lain")
        other = an_organisation(db, elsewhere, "unit", "Unit Lain")
    rows = [f"Ni Made;made{n}@example.go.id;{each.slug};;" for n, each in enumerate((city.agency, other))]
    own = f"Sari;{sari[0].email};{UNIT};;"
    planned = plan(sheet(*rows, own), sari[1], city.agency.path)
    assert [row.outcome for row in planned.rows] == ["fault"] * 3


def test_an_invitation_from_above_is_not_taken_over_by_a_row(db, city, apply, plan, sari):
    above = Invitation("made@example.go.id", "Ni Made", "admin", "")
    first = people.invite_officer(db, Deed(SERVER, NOON), WHOLE_CITY, above)
    _, reach, deed = sari
    assert "undangan itu tetap berlaku" in plan(sheet(MADE), reach, city.agency.path).rows[0].words
    (invited,) = apply(sheet(MADE), reach, city.agency.path, deed).invited
    assert invited.secret is None
    assert arrivals.find_invited(db, first.secret, NOON)


def test_without_a_reach_nobody_is_invited(plan):
    assert plan(sheet(MADE), NOBODY).faults
