"""A file moves organisations from a day on: shown before, and nothing changes before that day."""

from datetime import date, datetime

import pytest

from skm.store import audit, organisations
from skm.survey.problem import Problem
from skm.usecases.city.organisations import add_organisation
from skm.usecases.exchange import spreadsheet
from tests.conftest import DEED, NOON
from tests.spreadsheets import EVERYTHING, csv, xlsx

CITY = csv(
    "Organisasi",
    "dinkes;;opd;Dinas Kesehatan",
    "dinsos;;opd;Dinas Sosial",
    "setda;;opd;Setda",
    "bagian;setda;opd;Bagian Umum",
    "pkm-1;dinkes;unit;Puskesmas I",
    "pkm-2;dinkes;unit;Puskesmas II",
)


@pytest.fixture
def apply(db):
    """What a file does to a city of three agencies."""
    add_organisation(db, DEED, None, "government", "Kota Denpasar", time_zone="Asia/Makassar")
    spreadsheet.apply_import(db, DEED, EVERYTHING, CITY, "kota.csv")
    return lambda content: spreadsheet.apply_import(db, DEED, EVERYTHING, content, "kota.csv")


@pytest.fixture
def plan(db, apply):
    return lambda content: spreadsheet.plan_import(db, EVERYTHING, content, "kota.csv", NOON)


def moved(code, above, since, kind="unit", name="Puskesmas I"):
    """A row of the sheet."""
    return f"{code};{above};{kind};{name};;;;;{since}"


def places(db, code):
    """Since when an organisation stood where: its line of codes, the highest first."""
    codes = {each.id: each.slug for each in organisations.all_below(db, organisations.find_root_path(db))}
    return [
        (one.since, "/".join(codes[key] for key in one.path.rstrip("/").split("/")[1:]))
        for one in organisations.placements_of(db, organisations.find(db, code).id)
    ]


@pytest.mark.parametrize("typed", ["2026-03-01", "01/03/2026", "1.3.2026", " 1-3-2026 "])
def test_a_row_moves_from_its_day_on(db, apply, plan, typed):
    file = csv("Organisasi", moved("pkm-1", "dinsos", typed))
    (row,) = plan(file).rows
    assert row.words == (
        "Puskesmas I pindah dari Dinas Kesehatan ke Dinas Sosial sejak 1 Maret 2026; "
        "sebelum hari itu tidak ada yang berubah"
    )
    apply(file)
    assert places(db, "pkm-1") == [("0001-01-01", "dinkes/pkm-1"), ("2026-03-01", "dinsos/pkm-1")]


def test_a_cell_may_be_a_date(db, apply):
    apply(
        xlsx(
            Organisasi=[["pkm-1", "dinsos", "unit", "Puskesmas I", "", "", "", "", datetime(2026, 3, 1)]]  # noqa: DTZ001 a spreadsheet knows no zone
        )
    )
    assert places(db, "pkm-1")[-1] == ("2026-03-01", "dinsos/pkm-1")


def test_without_a_day_it_moves_today_and_says_so(db, apply, plan):
    file = csv("Organisasi", moved("pkm-1", "dinsos", ""))
    assert "sejak 15 Juni 2026" in plan(file).rows[0].words
    apply(file)
    assert places(db, "pkm-1")[-1] == ("2026-06-15", "dinsos/pkm-1")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-02-30", "berlaku sejak “2026-02-30” bukan tanggal seperti 2026-07-01 atau 01/07/2026"),
        ("besok", "berlaku sejak “besok” bukan tanggal seperti 2026-07-01 atau 01/07/2026"),
        ("0026-02-01", "berlaku sejak “0026-02-01” bukan tanggal seperti 2026-07-01 atau 01/07/2026"),
        ("=TODAY()", "kolom berlaku sejak berisi rumus; tempelkan nilainya saja"),
        ("2027-01-01", "berlaku sejak paling lambat hari ini; impor pemindahan ini pada 1 Januari 2027"),
    ],
)
def test_a_day_that_cannot_be_is_refused(plan, typed, words):
    (fault,) = plan(csv("Organisasi", moved("pkm-1", "dinsos", typed))).faults
    assert fault.words == words


def test_a_day_of_what_does_not_move_is_not_used_and_that_is_said(db, apply, plan):
    rows = plan(
        csv("Organisasi", moved("pkm-1", "dinkes", "2026-03-01"), moved("pkm-3", "dinkes", "2026-03-01"))
    ).rows
    unused = "berlaku sejak tidak dipakai: induknya tidak berubah"
    assert [(row.outcome, row.words) for row in rows] == [("same", unused), ("new", f"unit baru; {unused}")]


def test_the_same_file_again_moves_nothing(db, apply):
    file = csv("Organisasi", moved("pkm-1", "dinsos", "2026-03-01"))
    apply(file)
    before = places(db, "pkm-1")
    assert not apply(file).differs
    assert places(db, "pkm-1") == before


def test_each_row_has_a_day_of_its_own_and_takes_along_what_stood_below_it_then(db, apply):
    apply(
        csv(
            "Organisasi",
            moved("dinkes", "setda", "2026-04-01", "opd", "Dinas Kesehatan"),
            moved("pkm-1", "dinsos", "2026-03-01"),
            moved("pkm-2", "bagian", "2026-05-01", name="Puskesmas II"),
        )
    )
    always = "0001-01-01"
    assert places(db, "pkm-1") == [(always, "dinkes/pkm-1"), ("2026-03-01", "dinsos/pkm-1")]
    assert places(db, "pkm-2") == [
        (always, "dinkes/pkm-2"),
        ("2026-04-01", "setda/dinkes/pkm-2"),
        ("2026-05-01", "setda/bagian/pkm-2"),
    ]
    for code in ("dinkes", "pkm-1", "pkm-2"):
        standing = organisations.find(db, code)
        assert places(db, code)[-1][1].endswith(code)
        assert organisations.placements_of(db, standing.id)[-1].path == standing.path


def test_what_is_new_below_something_that_moves_goes_along_on_its_day(db, apply):
    apply(
        csv(
            "Organisasi",
            moved("dinkes", "setda", "2026-04-01", "opd", "Dinas Kesehatan"),
            moved("pkm-3", "dinkes", "", name="Puskesmas III"),
        )
    )
    assert places(db, "pkm-3") == [("0001-01-01", "dinkes/pkm-3"), ("2026-04-01", "setda/dinkes/pkm-3")]
    assert organisations.find(db, "pkm-3").path.startswith(organisations.find(db, "setda").path)


def test_two_that_change_places_on_one_day_do_so_from_the_top(db, apply):
    apply(
        csv(
            "Organisasi",
            moved("setda", "bagian", "2026-04-01", "opd", "Setda"),
            moved("bagian", "kota-denpasar", "2026-04-01", "opd", "Bagian Umum"),
        )
    )
    assert places(db, "setda")[-1] == ("2026-04-01", "bagian/setda")


def test_who_would_stand_below_itself_for_some_days_is_refused(plan):
    found = plan(
        csv(
            "Organisasi",
            moved("setda", "bagian", "2026-03-01", "opd", "Setda"),
            moved("bagian", "kota-denpasar", "2026-04-01", "opd", "Bagian Umum"),
        )
    )
    assert [fault.words for fault in found.faults] == [
        "pada 1 Maret 2026 induknya masih berada di bawah “setda”"
    ]


def test_a_plan_that_was_shown_yesterday_is_shown_again(db, plan):
    file = csv("Organisasi", moved("pkm-1", "dinsos", ""))
    shown = spreadsheet.plan_import(db, EVERYTHING, file, "kota.csv", NOON.replace(day=14)).digest
    with pytest.raises(Problem, match="import_overtaken"):
        spreadsheet.apply_import(db, DEED, EVERYTHING, file, "kota.csv", shown)


def test_the_log_names_the_day(db, apply):
    apply(csv("Organisasi", moved("pkm-1", "dinsos", "2026-03-01")))
    entry = next(entry for entry in audit.all_for(db, "") if entry.verb == "edit_organisation")
    assert date(2026, 3, 1).isoformat() in str(entry.after)
