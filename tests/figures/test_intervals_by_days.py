"""From the stored answers to the interval by days: what counts as a day, and where it must not be lost."""

from datetime import date
from decimal import Decimal

import pytest

from skm.figures.choice import choose
from skm.figures.dated import respondent_days, split_days
from skm.figures.frozen import read_figure
from skm.figures.overview import list_units, show_figures
from skm.figures.respondents import show_respondents
from skm.store.database import writing
from skm.survey.period import MEAN_OF_UNITS
from skm.usecases.closing import freezing
from tests.builders import a_past_year, an_organisation, answered, decided
from tests.conftest import DEED, NOON


@pytest.fixture
def other(db, city):
    with writing(db):
        return an_organisation(db, city.agency, "unit", "Puskesmas II")


@pytest.fixture
def runs(db, city, other):
    """Four dates in two months; on each of them four answers alike at one unit and four at the other."""
    answers = []
    for number, score in enumerate("43344334"):
        day = f"2025-{1 + number // 4:02}-{1 + number // 2 % 2 * 9:02}"
        unit = (city.unit, other)[number % 2]
        answers += [answered(db, city, score * 9, day, unit_id=unit.id) for _ in range(4)]
    return answers


def shown(db, organisation, period="2025", **options):
    return show_figures(db, choose(db, organisation.slug, period, **options))


def test_a_date_at_a_unit_is_a_day(db, city, other, runs):
    spread = shown(db, city.government).figure.measure.spread
    assert (spread.size, spread.days) == (32, 8)
    assert shown(db, city.unit).figure.measure.spread.days == 4


def test_answers_of_one_day_that_are_alike_tell_less(db, city, runs):
    # By days 8/7 x 8 x (4u)^2, by answers 32/31 x 32 x u^2: 31/7.
    interval = shown(db, city.government).figure.measure.interval
    assert (interval.by, interval.deff, interval.few) == ("days", Decimal("4.43"), "")


def test_a_held_answer_takes_its_day_away_with_it(db, city, runs):
    for answer in runs[:4]:
        decided(db, answer, "held")
    figures = shown(db, city.government)
    assert (figures.figure.measure.spread.size, figures.figure.measure.spread.days) == (28, 7)
    assert figures.months[0][1].measure.spread.days == 3


def test_every_point_of_a_trend_is_by_days(db, city, runs):
    figures = shown(db, city.government)
    assert [result.measure.spread.days for _, result in figures.months] == [4, 4]
    assert [result.measure.spread.days for _, result in figures.years] == [8]


def test_a_span_that_cuts_months_and_one_service_have_their_days(db, city, runs):
    year = a_past_year(db, city, name="Sepuluh hari", opens=date(2025, 1, 5), closes=date(2025, 2, 5))
    assert shown(db, city.government, year.id).figure.measure.spread.days == 4
    service = city.services[0].id
    assert shown(db, city.unit, service_id=service).figure.measure.spread.days == 4


def test_a_mean_of_units_is_by_the_days_of_all(db, city, other, runs):
    a_past_year(db, city, aggregation=MEAN_OF_UNITS)
    spread = shown(db, city.government).figure.measure.spread
    assert (spread.days, spread.design_effect) == (
        8,
        pytest.approx(5),
    )  # 4/3 x 4 x (4u)^2 by 16/15 x 16 x u^2


def test_a_frozen_figure_has_its_interval_by_days(db, city, runs):
    year = a_past_year(db, city)
    live = shown(db, city.government).figure.measure.interval
    made = freezing.freeze_period(db, DEED, year.id)
    (own,) = [one for one in made if one.organisation_id == city.government.id]
    assert read_figure(db, own.id).figure.measure.interval == live


def test_groups_of_respondents_are_by_days(db, city, runs):
    found = show_respondents(db, city.government.slug, "2025", NOON)
    assert found.result.measure.spread.days == 8
    (table,) = [table for table in found.tables if table.heading == "channel"]
    assert [row.result.measure.spread.days for row in table.rows] == [8]


def test_the_table_of_units_is_read_without_days(db, city, other, runs):
    _, units = list_units(db, choose(db, city.government.slug, "2025"))
    assert {unit.organisation.id: unit.result.n for unit in units} == {city.unit.id: 16, other.id: 16}


def test_no_two_days_of_two_units_and_months_have_one_number():
    block = b"432025-01-14442025-01-14332025-02-14442025-01-14342025-01-14"
    scores, dates = split_days(block, 2)
    keys = respondent_days([("a", "2025-01", 2), ("a", "2025-02", 1), ("b", "2025-01", 2)], dates).each
    assert (scores, len(set(keys.tolist()))) == (b"4344334434", 3)
    assert keys[0] == keys[1] < keys[2]
