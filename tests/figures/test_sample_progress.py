"""The sample: its levels, its parts, its pace. Numbers of respondents are those of the printed table."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.figures.outlook import look_ahead, window_of
from skm.figures.progress import BEHIND, DESERTED, INCOMPLETE, MET, UNKNOWN, UnitSample
from skm.figures.quotas import counter_parts, service_parts
from skm.figures.sample import show_sample
from skm.figures.visitors import Visitors
from skm.ikm import sample_size
from skm.store import organisations
from skm.store.database import writing
from skm.survey.organisation import Counter, Service
from skm.survey.problem import Problem
from skm.usecases.city import counters, services
from skm.usecases.city.organisations import close_organisation
from skm.usecases.city.visitors import enter_visitors
from skm.usecases.deed import Actor, Deed
from tests.builders import a_period, a_service, an_organisation, answered
from tests.conftest import NOON

BY_BUDI = Deed(Actor(None, "Budi", "unit_head"), NOON)


@pytest.fixture
def enter(db, city):
    """Enters visitors of the unit's services in the year."""

    def _enter(*numbers: int | None) -> None:
        visitors = dict(zip([one.id for one in city.services], numbers, strict=False))
        enter_visitors(db, BY_BUDI, city.unit.slug, city.period.id, visitors)

    return _enter


@pytest.fixture
def sample(db, city):
    """What the page of an organisation shows, by default the unit's."""
    return lambda of=city.unit, now=NOON, wanted="": show_sample(db, of.slug, wanted, now)


@pytest.fixture
def only(sample):
    """The unit's progress."""
    return lambda **more: sample(**more).total.units[0]


def answers(db, city, n: int, **more) -> None:
    for _ in range(n):
        answered(db, city, "344434334", **more)


# A unit


def test_the_sample_is_that_of_all_visitors_of_the_unit(enter, only):
    enter(500, 300, 200)
    assert (only().visitors, only().target, only().lacking, only().state) == (1000, 278, 0, BEHIND)


def test_without_any_number_there_is_no_sample(only):
    assert (only().visitors, only().target, only().state, only().outlook) == (None, None, UNKNOWN, None)


def test_a_service_without_a_number_leaves_the_sample_incomplete(db, city, enter, only):
    enter(10, 5)
    assert (only().target, only().lacking, only().state) == (14, 1, BEHIND)
    answers(db, city, 14)
    assert only().state == INCOMPLETE


@pytest.mark.parametrize(
    ("n", "visitors", "lacking", "state"),
    [
        (277, 1000, 0, BEHIND),
        (278, 1000, 0, MET),
        (383, None, 3, UNKNOWN),
        (384, None, 3, MET),  # enough for any number of visitors
        (0, 0, 0, DESERTED),  # without visitors nothing is met
        (5, 0, 2, INCOMPLETE),
    ],
)
def test_a_unit_is_met_when_no_number_could_ask_for_more(city, n, visitors, lacking, state):
    assert UnitSample(city.unit, n, visitors, lacking).state == state


def test_visitors_that_cannot_be_right_are_used_for_nothing(db, city, enter, only):
    # Twelve answers about a service with ten visitors; the unit as a whole has more visitors than answers.
    enter(10, 20, 0)
    answers(db, city, 12)
    unit = only()
    assert (unit.wrong, unit.visitors, unit.target) == ((city.services[0].name,), 20, 19)
    enter(10, 12, 0)
    assert (only().state, only().will_be_met) == (INCOMPLETE, False)
    enter(10, 0, 0)
    assert (only().visitors, only().state) == (None, UNKNOWN)


def test_answers_count_by_their_day_and_not_when_they_are_held(db, city, enter, only):
    enter(100, 0, 0)
    answers(db, city, 2)
    answers(db, city, 1, day="2025-12-31")
    held = answered(db, city, "111111111")
    sql = "INSERT INTO response_events VALUES (1, :id, 'held', '2026-06-15', NULL, 'Sari', 'ganda')"
    with writing(db):
        db.execute(sql, {"id": held.id})
    assert only().n == 2


def test_a_closed_service_takes_part_where_it_has_answers(db, city, enter, only):
    enter(100, 50, 50)
    services.close_service(db, BY_BUDI, city.services[1].id)
    assert only(now=NOON + timedelta(days=1)).visitors == 150
    answers(db, city, 1, service_id=city.services[1].id)
    assert only(now=NOON + timedelta(days=1)).visitors == 200


def test_what_closed_after_the_period_is_seen_as_it_was_then(db, city, enter, only):
    enter(100, 50, 50)
    later = datetime(2027, 2, 1, 4, 0, tzinfo=UTC)
    services.close_service(db, Deed(BY_BUDI.by, later), city.services[1].id)
    assert only(now=later + timedelta(days=1)).visitors == 200


def test_without_a_period_there_is_nothing_to_show(db, city, sample):
    with writing(db):
        db.execute("DELETE FROM periods")
    assert (sample().period, sample().total.units) == (None, ())


def test_an_unknown_organisation_is_refused(db, city):
    with pytest.raises(Problem, match="organisation_unknown"):
        show_sample(db, "nowhere", "", NOON)


# Agency and city


@pytest.fixture
def second(db, city):
    """Puskesmas II with one service and 10 visitors: a sample of 10."""
    with writing(db):
        unit = an_organisation(db, city.agency, "unit", "Puskesmas II")
        service = a_service(db, unit, "Umum")
    enter_visitors(db, BY_BUDI, unit.slug, city.period.id, {service.id: 10})
    return unit, service


def test_each_unit_has_to_meet_its_own_sample(db, city, enter, sample, second):
    enter(500, 300, 200)
    unit, service = second
    enter_visitors(db, BY_BUDI, unit.slug, city.period.id, {service.id: 30})
    answers(db, city, 30, unit_id=unit.id, service_id=service.id)
    for level in (city.agency, city.government):
        total = sample(level).total
        assert (total.target, total.n, total.filled) == (306, 30, 28)  # 2 too many fill nothing elsewhere
        assert (total.count(MET), total.count(BEHIND)) == (1, 1)
        assert [one.unit.name for one in total.units] == [city.unit.name, "Puskesmas II"]


def test_those_furthest_behind_come_first_and_those_that_are_met_last(db, city, sample, second):
    with writing(db):
        for name in ("Tanpa angka", "Jauh tertinggal", "Sedikit tertinggal"):
            a_service(db, an_organisation(db, city.agency, "unit", name), "Umum")
    below = {one.name: one for one in organisations.all_below(db, city.agency.path)}
    for name, visitors, n in [
        ("Puskesmas II", 10, 10),
        ("Jauh tertinggal", 100, 20),
        ("Sedikit tertinggal", 10, 9),
    ]:
        (service,) = organisations.services_of(db, below[name].id)
        enter_visitors(db, BY_BUDI, below[name].slug, city.period.id, {service.id: visitors})
        answers(db, city, n, unit_id=below[name].id, service_id=service.id)
    close_organisation(db, BY_BUDI, city.unit.slug, None)
    names = [one.unit.name for one in sample(city.agency, now=NOON + timedelta(days=1)).total.units]
    assert names == ["Jauh tertinggal", "Sedikit tertinggal", "Tanpa angka", "Puskesmas II"]


def test_the_city_shows_its_agencies(db, city, sample, second):
    with writing(db):
        an_organisation(db, city.government, "agency", "Tanpa unit")
    (branch,) = sample(city.government).branches
    assert (branch.organisation.name, len(branch.total.units)) == ("Dinas Kesehatan", 2)
    assert sample(city.agency).branches == []


def test_a_unit_with_a_period_of_its_own_is_in_the_citys_year(db, city, sample, enter):
    with writing(db):
        own = a_period(db, city.unit, city.period.instrument_id, closes=date(2026, 6, 30))
    enter(100, 0, 0)
    answers(db, city, 3, period_id=own.id)
    assert (sample(city.government).total.n, sample(city.government).total.target) == (3, 80)


# The parts of a unit


def test_the_sample_is_split_by_visitors_and_then_evenly_over_counters(enter, sample):
    enter(500, 300, 200)  # 278: 139, 83.4 and 55.6; half of the first are Loket 1's
    found = sample()
    assert [part.quota for part in found.services] == [139, 83, 56]
    assert [(part.counter.name, part.quota) for part in found.counters] == [("Loket 1", 70), ("Loket 2", 208)]


def test_a_counter_that_alone_gives_a_service_has_just_its_part(db, city, enter, sample):
    for counter, service in zip((city.counter, city.wide_counter), city.services[1:], strict=True):
        counters.edit_counter(db, BY_BUDI, counter.id, counter.name, [service.id])
    counters.add_counter(db, BY_BUDI, city.unit.slug, "Loket 3", [city.services[0].id])
    enter(100, 100, 100)  # 169 in three: 56 and a third each
    found = sample()
    assert [part.quota for part in found.services] == [57, 56, 56]
    assert sorted(part.quota for part in found.counters) == [56, 56, 57]
    assert found.counters[-1].quota == 57


def test_while_a_number_lacks_nobody_has_a_part(enter, sample):
    enter(500, 300)
    found = sample()
    assert {part.quota for part in (*found.services, *found.counters)} == {None}


def test_a_closed_counter_has_no_part_but_its_answers(db, city, enter, sample):
    enter(500, 300, 200)
    answers(db, city, 2)
    counters.close_counter(db, BY_BUDI, city.counter.id)
    found = sample(now=NOON + timedelta(days=1))
    assert [(part.n, part.quota) for part in found.counters] == [(2, None), (0, 278)]


def test_a_counter_that_speaks_for_too_many_is_pointed_out(db, city, enter, sample):
    enter(1000, 0, 0)  # both counters give it: half the sample each
    answers(db, city, 19)
    assert not any(part.outweighs for part in sample().counters)  # too few to tell
    answers(db, city, 1)
    assert [part.outweighs for part in sample().counters] == [True, False]
    answers(db, city, 1, counter_id=city.wide_counter.id)
    assert not any(part.outweighs for part in sample().counters)  # 95 % are less than twice 50 %


@st.composite
def units(draw):
    """Visitors of a unit's services, the counters that give each, and its sample."""
    numbers = draw(st.lists(st.integers(0, 50_000), min_size=1, max_size=8))
    places = [f"c{at}" for at in range(draw(st.integers(1, 6)))]
    given = {
        f"s{at}": draw(st.lists(st.sampled_from(places), unique=True, max_size=6))
        for at in range(len(numbers))
    }
    return numbers, places, given


@given(units())
def test_the_parts_add_up_to_the_sample(unit):
    numbers, places, given = unit
    target = sample_size(sum(numbers))
    visitors = {f"s{at}": Visitors(number) for at, number in enumerate(numbers)}
    offered = [Service(key, "u", key, "face_to_face", True, None) for key in visitors]
    found = service_parts(target, offered, visitors, given, {})
    stood = counter_parts(found, [Counter(key, "u", key) for key in places], given, {})
    wanted = target if any(given.values()) else 0
    assert sum(part.quota or 0 for part in found) == wanted
    assert sum(part.quota or 0 for part in stood) == wanted
    assert all((part.quota is not None) == bool(given[part.service.id]) for part in found)


# The pace


@pytest.fixture
def year(city):
    return city.period


@pytest.mark.parametrize(
    ("today", "days"),
    [
        ("2025-12-31", None),
        ("2026-01-01", None),  # no day is over yet
        ("2026-01-02", ("2026-01-01", "2026-01-01")),
        ("2026-01-29", ("2026-01-01", "2026-01-28")),
        ("2026-06-15", ("2026-05-18", "2026-06-14")),
        ("2026-12-31", ("2026-12-03", "2026-12-30")),
        ("2027-01-01", None),
    ],
)
def test_the_pace_is_that_of_the_last_28_days_of_the_period(year, today, days):
    window = window_of(year, date.fromisoformat(today))
    assert (window and (window.opens, window.closes)) == days


def test_the_line_goes_on_to_the_last_day(year):
    today = date(2026, 6, 15)  # 199 days are left
    window = window_of(year, today)
    ahead = look_ahead(100, 28, window, 278, today, year.closes)  # one a day
    assert (ahead.projected, ahead.met_on, ahead.a_day) == (299, date(2026, 12, 10), 1)
    short = look_ahead(100, 14, window, 278, today, year.closes)
    assert (short.projected, short.met_on, short.a_day) == (200, None, 1)  # 199.5, and 178 / 199 a day
    silent = look_ahead(0, 0, window, 278, today, year.closes)
    assert (silent.projected, silent.met_on, silent.a_day) == (0, None, 2)


def test_who_has_met_the_sample_needs_nothing_more(year):
    today = date(2026, 6, 15)
    ahead = look_ahead(300, 0, window_of(year, today), 278, today, year.closes)
    assert (ahead.projected, ahead.met_on, ahead.a_day) == (300, None, 0)


def test_on_the_last_day_there_is_no_day_left_to_catch_up(year):
    today = date(2026, 12, 31)
    ahead = look_ahead(277, 28, window_of(year, today), 278, today, year.closes)
    assert (ahead.projected, ahead.met_on, ahead.a_day) == (277, None, None)


def test_the_outlook_of_a_unit_comes_from_its_own_answers(db, city, enter, only):
    enter(1000, 0, 0)
    answers(db, city, 28, day="2026-06-01")
    answers(db, city, 5, day="2026-02-01")
    ahead = only().outlook
    assert (ahead.projected, ahead.met_on) == (33 + 199, None)
    assert not only().will_be_met
    answers(db, city, 28, day="2026-06-02")
    assert only().will_be_met
    assert only(now=datetime(2027, 1, 5, 4, 0, tzinfo=UTC)).outlook is None


def test_what_lacks_numbers_is_not_said_to_be_met(city, year):
    today = date(2026, 6, 15)
    ahead = look_ahead(100, 28, window_of(year, today), 278, today, year.closes)
    unit = UnitSample(city.unit, 100, 1000, outlook=ahead)
    assert unit.will_be_met
    assert not replace(unit, lacking=1).will_be_met
