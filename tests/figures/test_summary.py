"""The summary for counter staff: of closed months, and no difference of two tells what fewer than five people said."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from skm.figures.summary import ENOUGH, Summary, show_summary
from skm.store import instruments
from skm.store.database import writing
from tests.builders import answered

MONTHS_OF_2026 = [
    *(datetime(2026, month, 15, tzinfo=UTC) for month in range(2, 13)),
    datetime(2027, 1, 15, tzinfo=UTC),
]


@pytest.fixture
def answers(db, city):
    """So many people answer in a month: `answers("2026-03", 4)`."""

    def _answers(month: str, n: int, scores: str = "444444444", **other: object) -> None:
        for _ in range(n):
            answered(db, city, scores, day=f"{month}-28", **other)

    return _answers


@pytest.fixture
def summary(db, city):
    """What Wati reads in the middle of a month: `summary(2026, 7)`."""

    def _summary(year: int, month: int) -> Summary:
        return show_summary(db, city.unit.slug, datetime(year, month, 15, tzinfo=UTC))

    return _summary


@pytest.fixture
def kelurahan(db):
    """A questionnaire that measures other elements."""
    source = (Path(__file__).parents[1] / "survey" / "kelurahan.toml").read_text("utf-8")
    with writing(db):
        return instruments.add(db, source)["kelurahan-2"]


def said(found: Summary) -> tuple[str, int]:
    """The last month of a summary, and its respondents."""
    return found.span.last, found.result.n if found.result else 0


def test_the_month_that_is_not_over_is_left_out(answers, summary):
    answers("2026-05", 5)
    answers("2026-06", 5)
    assert said(summary(2026, 6)) == ("2026-05", 5)


def test_a_month_of_four_waits_for_the_next(answers, summary):
    answers("2026-01", 5)
    answers("2026-02", 4)
    assert said(summary(2026, 3)) == ("2026-01", 5)
    answers("2026-03", 1)
    assert said(summary(2026, 4)) == ("2026-03", 10)


def test_months_after_the_last_that_had_enough_wait(answers, summary):
    answers("2026-01", 3)
    answers("2026-02", 3)
    answers("2026-04", 2)
    answers("2026-06", 2)
    assert said(summary(2026, 9)) == ("2026-02", 6)


def test_a_month_without_answers_ends_no_summary(answers, summary):
    answers("2026-01", 7)
    assert said(summary(2026, 5)) == ("2026-01", 7)


def test_before_five_have_answered_there_is_none(answers, summary):
    answers("2026-01", 2)
    answers("2026-03", 2)
    found = summary(2026, 6)
    assert found.result is None
    assert (found.span.first, found.span.last) == ("2026-01", "2026-05")


def test_in_january_the_year_before_is_read_in_the_same_way(answers, summary):
    answers("2025-11", 6)
    answers("2025-12", 4)
    assert said(summary(2026, 1)) == ("2025-11", 6)
    assert summary(2026, 1).span.first == "2025-01"


def test_in_february_the_new_year_begins_alone(answers, summary):
    answers("2025-12", 9)
    answers("2026-01", 4)
    assert said(summary(2026, 2)) == ("2026-01", 0)


@pytest.mark.parametrize(
    "year", [[5] * 12, [1] * 12, [0, 9, 4, 4, 0, 0, 1, 30, 2, 2, 0, 1], [4, 1, 4, 1, 4, 1, 4, 1, 4, 1, 4, 1]]
)
def test_no_two_summaries_of_a_year_differ_by_fewer_than_five_people(db, city, answers, year):
    for month, n in enumerate(year, 1):
        answers(f"2026-{month:02}", n)
    seen = {said(show_summary(db, city.unit.slug, day))[1] for day in MONTHS_OF_2026} | {0}
    assert all(abs(one - other) >= ENOUGH for one in seen for other in seen if one != other)
    assert sum(year) - max(seen) < ENOUGH


def test_answers_to_another_questionnaire_make_no_month_enough(answers, summary, kelurahan):
    answers("2026-01", 8)
    answers("2026-02", 1)
    answers("2026-02", 4, "44", instrument_id=kelurahan)
    assert said(summary(2026, 3)) == ("2026-01", 8)


def test_where_most_answer_another_questionnaire_the_summary_starts_over(answers, summary, kelurahan):
    answers("2026-01", 5)
    answers("2026-02", 6, "44", instrument_id=kelurahan)
    answers("2026-03", 3, "44", instrument_id=kelurahan)
    assert [said(summary(2026, month)) for month in (2, 3, 4)] == [
        ("2026-01", 5),
        ("2026-02", 6),
        ("2026-02", 6),
    ]


def test_the_day_of_the_unit_decides_which_months_are_over(db, city, answers):
    answers("2026-05", 5)
    last_hour_of_may_in_utc = datetime(2026, 5, 31, 16, 30, tzinfo=UTC)
    assert city.unit.today(last_hour_of_may_in_utc) == date(2026, 6, 1)
    assert said(show_summary(db, city.unit.slug, last_hour_of_may_in_utc)) == ("2026-05", 5)
