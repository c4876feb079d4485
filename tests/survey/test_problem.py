"""What is looked for and missing is a Problem."""

import pytest

from skm.survey.problem import Problem, needed


def test_what_is_needed_and_there_is_given_back():
    assert needed("x", "counter_unknown") == "x"


def test_what_is_needed_and_missing_is_a_problem_with_its_details():
    with pytest.raises(Problem, match="counter_unknown") as refused:
        needed(None, "counter_unknown", name="Loket 1")
    assert refused.value.details == {"name": "Loket 1"}
