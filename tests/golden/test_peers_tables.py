"""Faults that other SKM applications have in their tables of respondents, each with what it made of the numbers."""

import pytest

from skm.figures.respondents import show_respondents
from skm.store import instruments
from skm.store.database import writing
from skm.survey.instrument_file import builtin_source
from skm.survey.respondent import NOT_ANSWERED, NOT_ASKED
from tests.builders import answered
from tests.conftest import NOON

DAY = "2025-05-05"


def table(db, city, heading):
    """How many respondents in each row of a table of 2025."""
    found = show_respondents(db, city.unit.slug, "2025", NOON)
    return {row.code: row.n for table in found.tables if table.heading == heading for row in table.rows}


@pytest.fixture
def online(db, city):
    """SKM Online, which asks about a disability."""
    with writing(db):
        return instruments.add(db, builtin_source("skm-online-16"))["skm-online-16"]


@pytest.mark.parametrize("left_empty", [{}, {"sex": None}, {"sex": ""}])
def test_a_sex_that_was_not_told_is_nobodys(db, city, left_empty):
    # The peer: `jk == "L" ? "Laki-laki" : "Perempuan"`, so every empty one became a woman.
    for profile, n in (({"sex": "L"}, 5), ({"sex": "P"}, 6), (left_empty, 7)):
        for _ in range(n):
            answered(db, city, "333333333", day=DAY, about=profile)
    assert table(db, city, "sex") == {"L": 5, "P": 6, NOT_ANSWERED: 7}


def test_who_was_never_asked_about_a_disability_does_not_count_as_without_one(db, city, online):
    # The peer: a column with the default "tidak", filled for everybody who answered before there was the question.
    for _ in range(8):
        answered(db, city, "333333333", day=DAY)
    for given, n in (("ya", 5), ("tidak", 6), (None, 7)):
        for _ in range(n):
            answered(db, city, "3" * 16, day=DAY, instrument_id=online, about={"disability": given})
    assert table(db, city, "disability") == {"ya": 5, "tidak": 6, NOT_ANSWERED: 7, NOT_ASKED: 8}
