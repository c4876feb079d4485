"""An answer enters by the use case, which checks it: nobody can hand one in that was not checked."""

import ast
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_type_hints

import pytest

from skm.security import stamps
from skm.store import responses
from skm.store.database import writing
from skm.survey.response import FaultyAnswer, Submission
from skm.usecases.answering.answer import open_questionnaire, submit_response
from skm.usecases.answering.arrival import Arrival
from skm.usecases.papers.checking import check_sheet
from skm.usecases.papers.keying import save_sheet
from tests.conftest import NOON

SECRET = "a secret for tests, long enough to be one"
NINE = {f"P{number}": ["3"] for number in range(1, 10)}
USECASES = Path(__file__).parents[3] / "skm" / "usecases"
DOORS = pytest.mark.parametrize("door", [submit_response, save_sheet, check_sheet])


@pytest.fixture
def submit(db, city):
    """Sends what is given at the city's first counter, by the use case alone."""
    asked = open_questionnaire(db, city.token, NOON)
    stamp = stamps.read(stamps.issue(city.counter.id, NOON, SECRET), SECRET)

    def write(change):
        with writing(db):
            return change(db)

    return lambda sent: submit_response(write, asked, stamp, sent, Arrival(NOON, "id"), SECRET)


def test_what_is_complete_and_in_range_gets_its_receipt(db, submit):
    assert responses.find_by_receipt(db, submit(NINE)).receipt


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"P1": ["5"]}, ("P1", "score_outside")),
        ({"P1": ["0"]}, ("P1", "score_outside")),
        ({"P1": ["-"]}, ("P1", "score_outside")),
        ({"P1": []}, ("P1", "score_missing")),
        ({"P1": ["1", "4"]}, ("P1", "score_doubled")),
        ({"age": ["7"]}, ("age", "number_outside")),
        ({"sex": ["X"]}, ("sex", "profile_outside")),
        ({"comment": ["a" * 2001]}, ("comment", "comment_too_long")),
        ({"service": ["elsewhere"]}, ("service", "service_unknown")),
    ],
)
def test_what_is_no_answer_is_refused_and_not_stored(db, submit, sent, fault):
    with pytest.raises(FaultyAnswer) as faulty:
        submit(NINE | sent)
    assert [(one.field, one.key) for one in faulty.value.faults] == [fault]
    assert responses.count_all(db) == 0


def test_a_submission_made_by_hand_is_not_taken(db, submit):
    with pytest.raises(AttributeError):
        submit(Submission("elsewhere", "9" * 9, {}, ""))
    assert responses.count_all(db) == 0


@DOORS
def test_a_use_case_takes_what_was_sent(door):
    assert get_type_hints(door)["sent"] == Mapping[str, Sequence[str]]


def test_no_use_case_takes_a_submission():
    functions = [
        node
        for file in USECASES.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    taken = [ast.unparse(one.annotation) for node in functions for one in node.args.args if one.annotation]
    assert len(taken) > 100
    assert "Submission" not in taken
