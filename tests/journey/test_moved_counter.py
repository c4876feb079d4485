"""A counter that moves changes no figure of the time before, live, frozen or revised; nobody is told by it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from skm.figures.choice import choose
from skm.figures.overview import show_figures
from skm.figures.sample import show_sample
from skm.figures.state_tables import show_state_tables
from skm.figures.verify import verify_snapshots
from skm.store import organisations, snapshots
from skm.store.database import writing
from skm.survey.small_cells import MERGED, K
from skm.usecases.city.counter_moves import move_counter
from skm.usecases.closing import freezing
from skm.usecases.exchange.export import export_answers, export_year
from tests.builders import a_past_year, a_service, an_organisation, answered
from tests.conftest import DEED, NOON
from tests.journey import gathering

MOVE = replace(DEED, at=datetime(2025, 6, 10, 1, tzinfo=UTC))


@pytest.fixture
def other(db, city):
    with writing(db):
        unit = an_organisation(db, city.agency, "unit", "Puskesmas II")
        a_service(db, unit, "Pendaftaran")
    return unit


@pytest.fixture
def move(db, city, other):
    """Moves Loket 2 to the other unit; answers come there from then on."""
    (service,) = organisations.services_of(db, other.id)

    def moves():
        move_counter(db, MOVE, city.wide_counter.id, other.slug, "Loket 2", [service.id])
        for _ in range(3):
            there = {"unit_id": other.id, "counter_id": city.wide_counter.id, "service_id": service.id}
            answered(db, city, "1" * 9, "2025-09-04", period_id=city.period.id, **there)

    return moves


@pytest.fixture
def year(db, city):
    """A year with 8 answers at Loket 1 and 2 at Loket 2 until the middle of May."""
    year = a_past_year(db, city)
    for month in ("01", "03", "04", "05"):
        for _ in range(2):
            answered(db, city, "4" * 9, f"2025-{month}-12", period_id=year.id)
    for day in ("2025-02-03", "2025-05-13"):
        answered(db, city, "2" * 9, day, period_id=year.id, counter_id=city.wide_counter.id)
    return year


def told(db, slug, span, counter_id=""):
    result = show_figures(db, choose(db, slug, span, "", counter_id)).result
    return result.index, result.n, result.measure and result.measure.interval


def test_no_figure_of_the_time_before_changes(db, city, year, move):
    slugs = city.unit.slug, "dinas-kesehatan", "pemerintah-kota-denpasar"
    before = [told(db, slug, "2025-S1") for slug in slugs]
    move()
    assert [told(db, slug, "2025-S1") for slug in slugs] == before
    assert told(db, city.unit.slug, "2025")[1] == 10
    assert told(db, "puskesmas-ii", "2025")[1] == 3


def test_the_answers_of_a_counter_are_read_in_each_unit_by_themselves(db, city, year, move):
    before = told(db, city.unit.slug, "2025", city.wide_counter.id)
    move()
    assert told(db, city.unit.slug, "2025", city.wide_counter.id) == before
    assert told(db, "puskesmas-ii", "2025", city.wide_counter.id)[1] == 3
    parts = {
        slug: {one.counter.name: one.n for one in show_sample(db, slug, "2025", NOON).counters}
        for slug in (city.unit.slug, "puskesmas-ii")
    }
    assert parts == {city.unit.slug: {"Loket 1": 8, "Loket 2": 2}, "puskesmas-ii": {"Loket 2": 3}}


def test_what_was_frozen_stays_and_its_revision_takes_late_answers_into_the_old_unit(db, city, year, move):
    freezing.freeze_period(db, DEED, year.id)
    before = gathering.from_record(db, year, city.unit)
    move()
    assert gathering.from_record(db, year, city.unit) == before
    answered(db, city, "4" * 9, "2025-05-13", period_id=year.id, counter_id=city.wide_counter.id)
    freezing.revise_period(db, DEED, year.id, "Terlambat")
    assert gathering.from_record(db, year, city.unit)[1] == before[1] + 1
    assert {one.revision for one in snapshots.all_latest(db, year.id)} >= {2}
    assert [one for one in verify_snapshots(db) if not one.equal] == []


def test_workbook_and_answers_of_before_stay(db, city, year, move):
    def first_ten():
        content = b"".join(export_answers(db, 2025).content).decode().splitlines()[:11]
        return content, gathering.from_book(b"".join(export_year(db, 2025).content))[city.unit.name]

    before = first_ten()
    move()
    assert first_ten() == before


@pytest.fixture
def life(db, city, other, year, move):
    """Sixty answers at Loket 1, and three at Loket 2 on either side of its move."""
    for day in ("12", "13", "14"):
        for _ in range(20):
            answered(db, city, "4" * 9, f"2025-05-{day}", period_id=year.id)
            answered(db, city, "4" * 9, f"2025-05-{day}", period_id=year.id, unit_id=other.id)
    move()


@pytest.mark.parametrize("slug", ["uptd-puskesmas-i-denpasar-barat", "puskesmas-ii"])
def test_a_reader_of_states_is_shown_no_row_of_one_to_four(db, city, life, slug):
    choice = choose(db, slug, "2025", states_at=NOON)
    tables = show_state_tables(db, choice, show_figures(db, choice).figure)
    sizes = {table.heading: {row.code: row.result.n for row in table.rows} for table in tables.tables}
    assert all(n >= K for rows in sizes.values() for n in rows.values())
    assert city.wide_counter.id not in sizes.get("counter", {MERGED: K})
