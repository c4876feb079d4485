"""A unit that is moved, or an agency that is merged, changes nothing before its day: live, frozen, or revised."""

from datetime import date

import pytest

from skm.figures.choice import choose
from skm.figures.overview import list_units, show_figures
from skm.figures.sample import show_sample
from skm.figures.verify import verify_snapshots
from skm.store import snapshots
from skm.store.database import writing
from skm.survey.period import MEAN_OF_UNITS
from skm.usecases.city.organisations import close_organisation, merge_organisation, move_organisation
from skm.usecases.closing import freezing, revision
from skm.usecases.exchange.export import export_answers, export_year
from skm.usecases.exchange.spreadsheet import apply_import
from tests.builders import a_past_year, a_period, an_organisation, answered
from tests.conftest import DEED, NOON
from tests.journey import gathering
from tests.spreadsheets import EVERYTHING, csv

FIRST_OF_JULY = date(2025, 7, 1)
TENTH_OF_JUNE = date(2025, 6, 10)


@pytest.fixture(params=["pooled", MEAN_OF_UNITS])
def year(request, db, city):
    """Two agencies; Unit Pindah of the first answers 2 in both halves of 2024 and 2025, all others 4."""
    with writing(db):
        other = an_organisation(db, city.government, "agency", "Dinas Sosial")
        moving = an_organisation(db, city.agency, "unit", "Unit Pindah")
        panti = an_organisation(db, other, "unit", "Panti")
        a_period(db, city.government, city.period.instrument_id, name="Tahun 2024", opens=date(2024, 1, 1),
                 closes=date(2024, 12, 31), aggregation=request.param)  # fmt: skip
    year = a_past_year(db, city, aggregation=request.param)
    for day in ("2024-03-04", "2024-09-04", "2025-03-04", "2025-06-09", "2025-06-10", "2025-09-04"):
        for unit, score in ((city.unit, "4"), (moving, "2"), (panti, "4")):
            for _ in range(2):
                answered(db, city, score * 9, day, unit_id=unit.id)
    return year


@pytest.fixture(params=["page", "import"])
def move(request, db, city):
    """Moves Unit Pindah to the other agency from a day on, on its page or by a spreadsheet."""

    def moves(on):
        if request.param == "page":
            move_organisation(db, DEED, "unit-pindah", _id(db, "Dinas Sosial"), on=on)
        else:
            row = f"unit-pindah;dinas-sosial;unit;Unit Pindah;;;;;{on}"
            apply_import(db, DEED, EVERYTHING, csv("Organisasi", row), "pindah.csv")

    return moves


def told(db, city, span):
    """What is said of every organisation in a span: index, n and interval, its children, its units, its fields."""
    said = {}
    for one in gathering.everyone(db):
        choice = choose(db, one.slug, span)
        shown = show_figures(db, choice)
        said[one.name] = (
            _figure(shown.result),
            {child.organisation.name: _figure(child.result) for child in shown.children},
            {unit.organisation.name: _figure(unit.result) for unit in list_units(db, choice)[1]},
            {field: _figure(result) for field, result in shown.fields},
            shown.visitors,
            sorted(unit.name for unit in shown.silent),
        )
    return said


def _figure(result):
    return result.index, result.n, result.measure and result.measure.interval


def books(number, db):
    content = b"".join(export_year(db, number).content)
    return gathering.from_book(content), b"".join(export_answers(db, number).content)


def before_and_after(db, city, change, *spans):
    """All that was said of some spans before and after a change."""
    before = {span: told(db, city, span) for span in spans}
    books_before = books(2024, db)
    change()
    assert books(2024, db) == books_before
    return before, {span: told(db, city, span) for span in spans}


def test_a_moved_unit_changes_no_figure_of_the_time_before(db, city, year, move):
    spans = ("2024", "2024-S2", "2025-S1", "2025-TW2")
    before, after = before_and_after(db, city, lambda: move(FIRST_OF_JULY), *spans)
    assert after == before


def test_from_its_day_on_it_counts_in_its_new_place(db, city, year, move):
    move(FIRST_OF_JULY)
    second = told(db, city, "2025-S2")
    assert list(second["Dinas Sosial"][2]) == ["Unit Pindah", "Panti"]
    assert list(second["Dinas Kesehatan"][2]) == ["UPTD Puskesmas I Denpasar Barat"]


def test_a_day_within_a_month_splits_its_answers(db, city, year, move):
    whole = told(db, city, "2025")["Pemerintah Kota Denpasar"][0]
    move(TENTH_OF_JUNE)
    said = told(db, city, "2025")
    numbers = {name: said[name][0][1] for name in ("Dinas Kesehatan", "Dinas Sosial", "Unit Pindah")}
    assert numbers == {"Dinas Kesehatan": 12, "Dinas Sosial": 12, "Unit Pindah": 8}
    assert said["Dinas Kesehatan"][2]["Unit Pindah"][1] == 4
    assert said["Pemerintah Kota Denpasar"][0] == whole
    assert {name: child[:2] for name, child in said["Pemerintah Kota Denpasar"][1].items()} == {
        name: said[name][0][:2] for name in ("Dinas Kesehatan", "Dinas Sosial")
    }


def test_an_agency_that_is_merged_changes_nothing_before_its_day(db, city, year):
    def merge():
        merge_organisation(db, DEED, city.agency.slug, "dinas-sosial", on=FIRST_OF_JULY)

    before, after = before_and_after(db, city, merge, "2024", "2025-S1")
    assert after == before
    assert "Dinas Kesehatan" not in told(db, city, "2025-S2")["Pemerintah Kota Denpasar"][1]


def test_a_unit_that_is_merged_or_closed_changes_nothing_before_its_day(db, city, year):
    def end():
        merge_organisation(db, DEED, "unit-pindah", city.unit.slug, on=FIRST_OF_JULY)
        close_organisation(db, DEED, "panti", on=FIRST_OF_JULY)

    before, after = before_and_after(db, city, end, "2023", "2024", "2025-S1")
    assert after == before


def test_what_was_frozen_is_revised_by_the_tree_of_its_time(db, city, year, move):
    freezing.freeze_period(db, DEED, year.id)
    before = {
        one.organisation_id: gathering.from_record(db, year, one_of(db, one)) for one in _latest(db, year)
    }
    move(date(2026, 1, 1))
    answered(db, city, "4" * 9, "2025-03-04")
    made = freezing.revise_period(db, DEED, year.id, "Terlambat")
    changed = {one_of(db, one).name for one in made}
    assert changed == {"Pemerintah Kota Denpasar", "Dinas Kesehatan", "UPTD Puskesmas I Denpasar Barat"}
    after = {
        one.organisation_id: gathering.from_record(db, year, one_of(db, one)) for one in _latest(db, year)
    }
    assert {key for key in before if before[key] != after[key]} == {one.organisation_id for one in made}
    assert [one for one in verify_snapshots(db) if not one.equal] == []


def test_a_period_in_which_a_unit_moved_is_frozen_as_its_pages_say(db, city, year, move):
    move(TENTH_OF_JUNE)
    freezing.freeze_period(db, DEED, year.id)
    said = told(db, city, "2025")
    for one in _latest(db, year):
        organisation = one_of(db, one)
        assert gathering.from_record(db, year, organisation) == said[organisation.name][0][:2]
    assert [one for one in verify_snapshots(db) if not one.equal] == []


def test_a_record_made_before_stays_equal_though_a_move_is_told_late_or_a_unit_gets_weights_of_its_own(
    db, city, year, monkeypatch
):
    monkeypatch.setattr(
        revision, "terms_content", lambda *_: {}
    )  # as records were, without terms of their own
    freezing.freeze_period(db, DEED, year.id)
    move_organisation(db, DEED, "unit-pindah", _id(db, "Dinas Sosial"), on=TENTH_OF_JUNE)
    with writing(db):
        own = {"name": "Tahun 2025 sendiri", "opens": year.opens, "closes": year.closes, "weights": "0.111"}
        a_period(db, city.unit, year.instrument_id, **own)
    assert [one for one in verify_snapshots(db) if not one.equal] == []


def test_a_moved_unit_fills_its_sample_where_it_is_now_with_all_its_answers(db, city, year):
    move_organisation(db, DEED, "unit-pindah", _id(db, "Dinas Sosial"), on=TENTH_OF_JUNE)
    found = {
        slug: {unit.unit.name: unit.n for unit in show_sample(db, slug, "2025", NOON).total.units}
        for slug in (city.agency.slug, "dinas-sosial")
    }
    assert found == {
        city.agency.slug: {"UPTD Puskesmas I Denpasar Barat": 8},
        "dinas-sosial": {"Unit Pindah": 8, "Panti": 8},
    }


def _id(db, name):
    return next(one.id for one in gathering.everyone(db) if one.name == name)


def one_of(db, snapshot):
    return next(one for one in gathering.everyone(db) if one.id == snapshot.organisation_id)


def _latest(db, period):
    return snapshots.all_latest(db, period.id)
