"""The rules of papers: how many sheets are checked, which, when more are, and what a sheet may leave out."""

from dataclasses import replace

import pytest

from skm.survey.instrument_file import load
from skm.survey.paper import (
    Sheet,
    contents_of,
    differing,
    draw,
    fields_of,
    free_number,
    further,
    sample_size,
    values_of,
)
from skm.survey.response import FaultyAnswer, check_submission
from tests.papers import typed

FORM = load("permenpan-14-2017")
STACK = [Sheet(f"s{n}", "b", n, None, "", "", "", "", "") for n in range(1, 31)]


@pytest.mark.parametrize(
    ("sheets", "sample"), [(1, 1), (2, 2), (3, 3), (30, 3), (31, 4), (100, 10), (101, 11), (500, 50)]
)
def test_a_tenth_is_checked_at_least_three_at_most_all(sheets, sample):
    assert sample_size(sheets) == sample


def test_the_same_batch_draws_the_same_sheets_and_another_one_others():
    drawn = [sheet.number for sheet in draw("batch one", STACK, 5)]
    assert drawn == sorted(drawn) == [sheet.number for sheet in draw("batch one", STACK[::-1], 5)]
    assert drawn != [sheet.number for sheet in draw("batch two", STACK, 5)]


def test_every_sheet_is_drawn_about_as_often_as_any_other():
    numbers = [sheet.number for batch in range(1000) for sheet in draw(f"batch {batch}", STACK, 3)]
    assert all(60 < numbers.count(number) < 140 for number in range(1, 31))  # 100 expected


def test_drawing_further_keeps_what_was_drawn():
    first = draw("batch", STACK, 3)
    marked = [replace(sheet, drawn=1) if sheet in first else sheet for sheet in STACK]
    assert {sheet.number for sheet in first} < {sheet.number for sheet in draw("batch", marked, 6)}


@pytest.mark.parametrize(
    ("drawn", "compared", "wrong", "more"),
    [(3, 39, 0, 0), (3, 39, 1, 3), (6, 78, 1, 6), (12, 156, 1, 0), (10, 100, 1, 0), (20, 260, 3, 10)],
)
def test_while_more_than_one_in_a_hundred_is_wrong_the_sample_is_doubled(drawn, compared, wrong, more):
    assert further(30, drawn, compared, wrong) == more


def test_a_removed_number_is_the_next_one_to_be_written_on_a_paper():
    assert free_number([]) == 1
    assert free_number(STACK) == 31
    assert free_number([sheet for sheet in STACK if sheet.number != 12]) == 12


def test_what_differs_is_said_by_field_and_the_comment_is_not_compared():
    first = values_of(FORM, "344443434", {"sex": "L", "age": 34})
    second = values_of(FORM, "34444343-", {"sex": "L", "age": 43, "education": "SMA"})
    found = [("P9", "4", "-"), ("age", "34", "43"), ("education", "-", "SMA")]
    assert differing(first, second) == found
    assert fields_of(FORM) == [*(f"P{n}" for n in range(1, 10)), "sex", "age", "education", "occupation"]


def test_a_sheet_by_field_is_the_same_sheet_again():
    values = values_of(FORM, "34-443434", {"age": 34, "sex": "P"})
    assert contents_of(FORM, values) == ("34-443434", {"sex": "P", "age": 34})


def faults(sent, **more):
    """Field and message of everything that is wrong with what was sent."""
    with pytest.raises(FaultyAnswer) as faulty:
        check_submission(FORM, ["s"], sent, **more)
    return [(fault.field, fault.key) for fault in faulty.value.faults]


def test_a_paper_may_leave_questions_out_but_says_so():
    assert check_submission(FORM, ["s"], typed("34-44343-"), unanswered=True).scores == "34-44343-"
    assert faults(typed("34444343"), unanswered=True) == [("P9", "score_missing")]


def test_a_citizens_own_form_is_still_asked_for_every_answer():
    assert faults(typed("34-443434")) == [("P3", "score_outside")]


def test_an_empty_sheet_is_no_answer():
    assert faults(typed("---------"), unanswered=True) == [("P1", "sheet_empty")]


def test_a_sheet_with_only_a_question_that_counts_in_no_index_is_empty():
    with pytest.raises(FaultyAnswer) as faulty:
        check_submission(load("permenpan-14-2017-keseluruhan"), ["s"], typed("---------4"), unanswered=True)
    assert [fault.key for fault in faulty.value.faults] == ["sheet_empty"]
