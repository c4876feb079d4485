"""Who answered, as counted from the store."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest

from skm.figures.respondents import show_respondents
from skm.store import events
from skm.store.database import writing
from skm.store.events import Event
from skm.survey.problem import Problem
from skm.survey.respondent import NOT_ANSWERED, NOT_ASKED
from skm.survey.small_cells import MERGED
from tests.builders import an_organisation, answered
from tests.conftest import NOON

DAY = "2025-05-05"
JULY = datetime(2026, 7, 2, tzinfo=UTC)


def some(db, city, n, scores="333333333", day=DAY, profile=None, **other):
    """So many answers with one profile."""
    return [answered(db, city, scores, day=day, about=profile or {}, **other) for _ in range(n)]


def who(db, organisation, period="2025", now=NOON):
    return show_respondents(db, organisation.slug, period, now)


def rows(found, heading="sex"):
    """The rows of a table: how many in each."""
    (table,) = (table for table in found.tables if table.heading == heading)
    return {row.code: row.n for row in table.rows}


def index(found, code, heading="sex"):
    """The index of a row."""
    (table,) = (table for table in found.tables if table.heading == heading)
    return next(str(row.result.measure.index) for row in table.rows if row.code == code)


def test_a_group_has_its_number_and_its_index(db, city):
    some(db, city, 6, profile={"sex": "L"})
    some(db, city, 5, "444444444", profile={"sex": "P"})
    found = who(db, city.unit)
    assert rows(found) == {"L": 6, "P": 5}
    assert (index(found, "L"), index(found, "P")) == ("75.00", "100.00")


def test_every_table_is_of_the_same_respondents(db, city):
    random = Random(14)
    for _ in range(120):
        profile = {"sex": random.choice("LP"), "age": random.randrange(10, 90), "education": "S1"}
        some(
            db,
            city,
            1,
            profile=profile,
            local_hour=random.randrange(7, 18),
            service_id=city.services[random.randrange(3)].id,
        )
    found = who(db, city.unit)
    assert {sum(rows(found, table.heading).values()) for table in found.tables} == {120}


def test_service_hour_and_channel_are_headings_too(db, city):
    some(db, city, 7, local_hour=9)
    some(db, city, 6, local_hour=14, channel="paper", service_id=city.services[1].id)
    found = who(db, city.unit)
    assert rows(found, "hour") == {"08.00-12.00": 7, "12.00-17.00": 6}
    assert rows(found, "channel") == {"qr": 7, "paper": 6}
    assert rows(found, "service") == {city.services[0].id: 7, city.services[1].id: 6}


def test_only_a_unit_has_a_table_of_services(db, city):
    some(db, city, 7)
    assert "service" not in [table.heading for table in who(db, city.agency).tables]


def test_small_groups_go_together(db, city):
    some(db, city, 20, profile={"age": 30})
    some(db, city, 8, profile={"age": 40})
    some(db, city, 3, profile={"age": 70})
    assert rows(who(db, city.unit), "age") == {"26-34": 20, MERGED: 11}


def test_an_answer_that_is_held_back_does_not_count(db, city):
    held, *_ = some(db, city, 12, profile={"sex": "L"})
    with writing(db):
        events.add(db, Event(held.id, "held", "2026-01-01T00:00:00+00:00", None, "Sari", "sama semua"))
    assert rows(who(db, city.unit)) == {"L": 11}


def test_answers_of_a_quarter_that_is_not_over_wait(db, city):
    some(db, city, 60, day="2026-01-05", profile={"sex": "L"})
    some(db, city, 55, day="2026-04-05", profile={"sex": "P"})
    found = who(db, city.unit, "2026")
    assert (rows(found), found.waiting, found.until.code) == ({"L": 60}, 55, "2026-TW1")
    assert rows(who(db, city.unit, "2026", JULY)) == {"L": 60, "P": 55}


def test_few_answers_of_the_running_year_wait(db, city):
    some(db, city, 49, day="2026-01-05")
    found = who(db, city.unit, "2026")
    assert (found.result.n, found.waiting) == (0, 49)


def test_the_year_is_that_of_the_last_quarter_which_is_over(db, city):
    some(db, city, 5)
    some(db, city, 5, day="2026-01-05")
    assert who(db, city.unit, "").year.code == "2026"
    assert who(db, city.unit, "", datetime(2026, 2, 2, tzinfo=UTC)).year.code == "2025"


@pytest.mark.parametrize("period", ["2025", "2025-S1", "2025-TW2"])
def test_a_shorter_period_stands_for_its_year(db, city, period):
    some(db, city, 5)
    assert who(db, city.unit, period).year.code == "2025"


def test_a_survey_period_stands_for_its_year(db, city):
    assert who(db, city.unit, city.period.id).year.code == "2026"


def test_an_unknown_period_is_refused(db, city):
    with pytest.raises(Problem, match="span_unknown"):
        who(db, city.unit, "kemarin")


def test_a_city_without_answers_has_no_rows(db, city):
    found = who(db, city.government, "")
    assert not any(table.rows for table in found.tables)
    assert (found.result.n, found.year.code) == (0, "2026")


def test_a_group_is_named_only_where_it_clearly_rates_lower(db, city):
    for number in range(40):
        day = f"2025-{1 + number // 20:02}-{1 + number % 20:02}"
        some(db, city, 1, "43444344" + "34"[number % 2], day, profile={"sex": "L", "education": "SMA"})
        some(
            db,
            city,
            1,
            "22322232" + "32"[number % 2],
            day,
            profile={"sex": "P", "education": "S1" if number < 20 else "SMA"},
        )
    found = who(db, city.unit)
    named = [(table.heading, row.code) for table, row in found.lower]
    assert named[0] == ("sex", "P")
    assert found.lower[0][1].apart.points < Decimal(-30)


def test_chance_alone_names_no_group(db, city):
    random = Random(14)
    for _ in range(300):
        profile = {
            "sex": random.choice("LP"),
            "age": random.randrange(17, 80),
            "education": random.choice(["SD", "SMA", "S1"]),
        }
        some(db, city, 1, "".join(random.choices("234", k=9)), profile=profile)
    assert not who(db, city.unit).lower


def test_those_who_did_not_answer_are_no_group_to_be_compared(db, city):
    some(db, city, 40, "444444443")
    some(db, city, 20, "222222223", profile={"sex": "L"})
    some(db, city, 20, "222222222", profile={"sex": "L"})
    (table,) = (table for table in who(db, city.unit).tables if table.heading == "sex")
    assert [bool(row.apart) for row in table.rows if row.code == NOT_ANSWERED] == [False]


@pytest.fixture
def two_units(db, city):
    """Five hundred answers of 2025 in two units, some ages rare."""
    with writing(db):
        units = [city.unit, an_organisation(db, city.agency, "unit", "Puskesmas II")]
    random = Random(14)
    for _ in range(500):
        day = f"2025-{random.randrange(1, 13):02}-09"
        age = random.choice((20, 20, 20, 30, 30, 30, 30, 40, 40, 50, 60, 70))
        some(db, city, 1, day=day, profile={"age": age}, unit_id=random.choice(units).id)
    return units


def test_nothing_taken_from_another_page_leaves_one_to_four(db, city, two_units):
    moments = [datetime(2025, month, 2, tzinfo=UTC) for month in (3, 5, 8, 11)] + [NOON]
    pages = [[rows(who(db, place, now=now), "age") for now in moments] for place in (*two_units, city.agency)]
    for row in set().union(*pages[-1]):
        one, other, both = ([page.get(row, 0) for page in found] for found in pages)
        assert [sum(pair) for pair in zip(one, other, strict=True)] == both
        for numbers in (one, other):
            steps = [after - before for before, after in pairwise([0, *numbers])]
            assert not [step for step in steps if step < 0 or 0 < step < 5]


def test_a_questionnaire_without_a_question_is_not_asked(db, city):
    some(db, city, 6, profile={"sex": "P"})
    assert rows(who(db, city.unit), "disability") == {NOT_ASKED: 6}
