"""The summary for counter staff: of closed months, as states show them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from skm.figures.summary import Summary, show_summary
from skm.store import instruments
from skm.store.database import writing
from skm.usecases.answering import decisions
from skm.usecases.deed import SERVER, Deed
from tests.builders import answered


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


def n(found: Summary) -> int:
    """The respondents of a summary."""
    return found.result.n if found.result else 0


def test_the_month_that_is_not_over_is_left_out(answers, summary):
    answers("2026-05", 10)
    answers("2026-06", 10)
    assert (summary(2026, 6).span.last, n(summary(2026, 6))) == ("2026-05", 5)


def test_the_newest_five_wait_until_others_come(answers, summary):
    answers("2026-01", 10)
    assert n(summary(2026, 2)) == 5
    answers("2026-02", 4)
    assert n(summary(2026, 3)) == 5
    answers("2026-02", 1)
    assert n(summary(2026, 3)) == 10


def test_a_late_paper_changes_nothing_before_five_have_come(db, city, answers, summary):
    answers("2026-01", 12)
    before = summary(2026, 3)
    answered(db, city, "111111111", "2026-01-28", received="2026-03-10T04:00:00+00:00")
    assert n(before) == n(summary(2026, 3)) == 7
    assert before.result == summary(2026, 3).result


def test_nor_does_an_answer_that_is_held(db, city, answers, summary):
    answers("2026-01", 12)
    held = answered(db, city, "111111111", "2026-01-29")
    before = summary(2026, 3)
    decisions.decide_answer(db, Deed(SERVER, datetime(2026, 3, 10, tzinfo=UTC)), held.receipt, "held", "Uji")
    assert before.result == summary(2026, 3).result


def test_what_is_too_little_for_its_month_shows_with_the_quarter_only(answers, summary):
    for month in ("2026-01", "2026-02", "2026-03"):
        answers(month, 4)
    found = summary(2026, 4)
    assert (n(found), found.months) == (7, [])


def test_before_ten_have_answered_there_is_none(answers, summary):
    answers("2026-01", 9)
    found = summary(2026, 6)
    assert found.result is None
    assert (found.span.first, found.span.last) == ("2026-01", "2026-05")


def test_in_january_the_year_before_is_read_in_the_same_way(answers, summary):
    answers("2025-11", 11)
    found = summary(2026, 1)
    assert (found.span.first, found.span.last, n(found)) == ("2025-01", "2025-12", 6)


def test_in_february_the_new_year_begins_alone(answers, summary):
    answers("2025-12", 20)
    answers("2026-01", 4)
    assert (summary(2026, 2).span.last, n(summary(2026, 2))) == ("2026-01", 0)


def test_the_months_that_show_stand_by_themselves(answers, summary):
    answers("2026-01", 11)
    answers("2026-03", 12)
    assert [(at.code, one.n) for at, one in summary(2026, 5).months] == [("2026-01", 11), ("2026-03", 7)]


def test_answers_to_another_questionnaire_are_not_counted_with_them(answers, summary, kelurahan):
    answers("2026-01", 12)
    answers("2026-02", 11, "44", instrument_id=kelurahan)
    found = summary(2026, 3)
    assert (n(found), found.result.left_out) == (7, 6)


def test_the_day_of_the_unit_decides_which_months_are_over(db, city, answers):
    answers("2026-05", 10)
    last_hour_of_may_in_utc = datetime(2026, 5, 31, 16, 30, tzinfo=UTC)
    assert city.unit.today(last_hour_of_may_in_utc) == date(2026, 6, 1)
    assert n(show_summary(db, city.unit.slug, last_hour_of_may_in_utc)) == 5
