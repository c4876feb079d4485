"""Visitors of a period: entered, or estimated from the year; and as the population of an index."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from skm.figures.choice import choose
from skm.figures.overview import show_figures
from skm.figures.population import population_of
from skm.figures.visitors import estimate
from skm.store import audit, organisations, periods
from skm.store.database import writing
from skm.survey.organisation import Service
from skm.survey.period import find_span, span_of
from skm.survey.problem import Problem
from skm.usecases.city.periods import remove_period
from skm.usecases.city.visitors import enter_visitors, show_visitors
from skm.usecases.deed import Actor, Deed
from tests.builders import a_period, a_service, an_organisation, answered
from tests.conftest import NOON

BY_BUDI = Deed(Actor(None, "Budi", "unit_head"), NOON)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
QUARTER = {"name": "Triwulan II", "opens": date(2026, 4, 1), "closes": date(2026, 6, 30)}


@pytest.fixture
def yearly(db, city):
    """Sets yearly visitors of the three services of Puskesmas I."""

    def _yearly(*numbers: int | None) -> None:
        known = zip(city.services, numbers, strict=True)
        with writing(db):
            organisations.change_services(db, [replace(one, yearly_visitors=n) for one, n in known])

    return _yearly


@pytest.fixture
def enter(db, city):
    """Enters visitors of the first services in a period: `enter(city.period, 100, None)`."""

    def _enter(period, *numbers: int | None) -> None:
        visitors = dict(zip([one.id for one in city.services], numbers, strict=False))
        enter_visitors(db, BY_BUDI, city.unit.slug, period.id, visitors)

    return _enter


@pytest.fixture
def rows(db, city):
    """Entered number and estimate of each service."""
    return lambda wanted="": [row[1:] for row in show_visitors(db, city.unit.slug, wanted, NOON).rows]


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        ("2026-01-01", "2026-12-31", 7300),
        ("2026-01-01", "2026-03-31", 1800),  # 90 of 365 days
        ("2024-01-01", "2024-12-31", 7300),  # a leap year has no more visitors
        ("2025-12-01", "2026-01-31", 1240),  # 62 of 365 days, over the turn of the year
        ("2026-01-01", "2027-12-31", 14600),
        ("2024-02-29", "2024-02-29", 20),  # 19.9: an estimate is never less than it is
    ],
)
def test_a_period_has_its_part_of_the_year(opens, closes, expected):
    service = Service("s", "u", "Pendaftaran", "face_to_face", True, 7300)
    assert estimate(service, (date.fromisoformat(opens), date.fromisoformat(closes))) == expected


def test_without_a_yearly_number_there_is_no_estimate():
    assert estimate(Service("s", "u", "Pendaftaran", "face_to_face", True, None), YEAR) is None


def test_the_sheet_shows_what_was_entered_and_what_is_taken_otherwise(yearly, enter, rows, city):
    yearly(1000, 1000, None)
    enter(city.period, 1200)
    assert rows() == [(1200, 1000), (None, 1000), (None, None)]


def test_a_number_is_changed_and_taken_back_and_the_log_says_so(db, city, enter, rows):
    enter(city.period, 1200, 300)
    enter(city.period, None, 350)
    assert rows() == [(None, None), (350, None), (None, None)]
    entry = next(audit.all_for(db, city.unit.path))
    assert (entry.verb, entry.subject) == ("enter_visitors", "UPTD Puskesmas I Denpasar Barat, Tahun 2026")
    assert json.loads(entry.before) == {"Pendaftaran": 1200, "Poli Umum": 300}
    assert json.loads(entry.after) == {"Pendaftaran": None, "Poli Umum": 350}


def test_what_changes_nothing_is_not_noted(db, city, enter):
    enter(city.period, 1200)
    enter(city.period, 1200)
    assert len(list(audit.all_for(db, ""))) == 1


def test_periods_do_not_share_their_visitors(db, city, enter, rows):
    with writing(db):
        quarter = a_period(db, city.agency, city.period.instrument_id, **QUARTER)
    enter(quarter, 90)
    assert rows(quarter.id)[0] == (90, None)
    assert rows(city.period.id)[0] == (None, None)


@pytest.mark.parametrize("number", [-1, 100_000_001])
def test_a_number_that_cannot_be_is_refused(city, enter, rows, number):
    with pytest.raises(Problem, match="period_visitors_outside"):
        enter(city.period, 5, number)
    assert rows()[0] == (None, None)


def test_a_service_of_another_unit_is_refused(db, city):
    with writing(db):
        other = a_service(db, an_organisation(db, city.agency, "unit", "Puskesmas II"), "Farmasi")
    with pytest.raises(Problem, match="service_unregistered"):
        enter_visitors(db, BY_BUDI, city.unit.slug, city.period.id, {other.id: 5})


def test_a_period_that_does_not_hold_here_is_refused(db, city, enter):
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
        period = a_period(db, other, city.period.instrument_id)
    with pytest.raises(Problem, match="period_unknown"):
        enter(period, 5)


def test_a_period_without_answers_is_removed_with_its_visitors(db, city, enter):
    enter(city.period, 5)
    remove_period(db, BY_BUDI, city.period.id)
    assert periods.find(db, city.period.id) is None


# Which period


@pytest.fixture
def chosen(db, city):
    """The name of the period that is chosen."""

    def _chosen(wanted: str = "", day: str = "2026-06-15") -> str:
        now = datetime.fromisoformat(f"{day}T04:00").replace(tzinfo=UTC)
        return show_visitors(db, city.unit.slug, wanted, now).period.name

    return _chosen


@pytest.mark.parametrize(
    ("wanted", "day", "name"),
    [
        ("", "2026-05-15", "Triwulan II"),  # the unit's own goes before the city's
        ("", "2026-06-30", "Triwulan II"),
        ("", "2026-07-01", "Tahun 2026"),
        ("", "2027-03-01", "Tahun 2026"),
        ("", "2025-03-01", "Tahun 2026"),
        ("2026", "2026-05-15", "Tahun 2026"),
        ("2026-TW2", "2026-11-15", "Triwulan II"),
        ("2026-S1", "2026-11-15", "Triwulan II"),
        ("2026-TW3", "2026-11-15", "Tahun 2026"),
        ("semua", "2026-05-15", "Triwulan II"),
    ],
)
def test_a_page_is_about_the_period_asked_for_or_the_one_that_runs(db, city, chosen, wanted, day, name):
    with writing(db):
        a_period(db, city.unit, city.period.instrument_id, **QUARTER)
    assert chosen(wanted, day) == name


def test_an_unknown_period_is_refused(chosen):
    with pytest.raises(Problem, match="period_unknown"):
        chosen("kemarin")


# The population of an index


@pytest.fixture
def population(db, city):
    """The population of Puskesmas I in a span."""
    return lambda span: population_of(db, city.government.path, span).get(city.unit.id)


def test_a_population_is_what_was_entered_for_the_same_days(db, city, yearly, enter, population):
    yearly(5000, None, None)
    enter(city.period, 1200, 300, 0)
    answered(db, city, "344434334")
    assert population(find_span("2026")) == 1500
    assert population(span_of(city.period)) == 1500


def test_an_estimate_from_the_year_is_no_population(db, city, yearly, population):
    yearly(7300, 3650, None)
    answered(db, city, "344434334")
    assert population(find_span("2026")) is None


def test_a_population_of_other_days_is_that_entered_for_them(db, city, enter, population):
    with writing(db):
        odd = a_period(db, city.agency, city.period.instrument_id, name="Uji", opens=date(2026, 6, 10))
    answered(db, city, "344434334")
    assert population(span_of(odd)) is None
    enter(odd, 40, 50, 60)
    assert population(span_of(odd)) == 150


def test_known_visitors_narrow_the_interval(db, city, enter):
    for day, scores in enumerate(("344434334", "444444444", "333333333", "222232222"), start=1):
        answered(db, city, scores, day=f"2026-06-0{day}")
    wide = show_figures(db, choose(db, city.unit.slug)).result.measure.interval
    enter(city.period, 5, 0, 0)
    narrow = show_figures(db, choose(db, city.unit.slug)).result.measure.interval
    assert narrow.high - narrow.low < wide.high - wide.low


def test_a_unit_has_no_population_while_a_service_with_answers_has_no_number(db, city, enter, population):
    enter(city.period, 7300)
    answered(db, city, "344434334", service_id=city.services[1].id)
    assert population(find_span("2026")) is None


def test_a_population_smaller_than_its_answers_is_none(db, city, enter, population):
    enter(city.period, 1)
    answered(db, city, "344434334")
    assert population(find_span("2026")) == 1
    answered(db, city, "344434334")
    assert population(find_span("2026")) is None


def test_a_unit_has_no_population_while_one_service_has_more_answers_than_visitors(
    db, city, enter, population
):
    enter(city.period, 1, 100, 0)
    answered(db, city, "344434334")
    assert population(find_span("2026")) == 101
    answered(db, city, "344434334")
    assert population(find_span("2026")) is None


def test_several_units_are_asked_at_once(db, city, enter):
    enter(city.period, 1000)
    with writing(db):
        agency = an_organisation(db, city.government, "agency", "Kecamatan")
        other = an_organisation(db, agency, "unit", "Kelurahan")
        an_organisation(db, agency, "unit", "Kelurahan yang lain")
        service = a_service(db, other, "Surat")
    enter_visitors(db, BY_BUDI, other.slug, city.period.id, {service.id: 70})
    found = population_of(db, city.government.path, find_span("2026"))
    assert found == {city.unit.id: 1000, other.id: 70}
