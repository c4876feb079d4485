"""What is named alone is seldom wrong: the tables of docs/metode.md, and a smaller simulation of our own."""

import numpy as np
import pytest

from bench.coverage import DOCUMENT
from bench.telling_apart import Decides, Weak, deciding, first_to_improve


def table(mark):
    """The rows of the document's table between two marks."""
    text = DOCUMENT.read_text("utf-8").partition(f"<!-- {mark} -->")[2].partition(f"<!-- /{mark} -->")[0]
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")][2:]


def number(text):
    return float(text.replace(",", "."))


def test_in_the_document_an_element_is_wrongly_alone_in_at_most_five_of_a_hundred():
    rows = table("pertama")
    assert len(rows) == 24
    assert max(number(wrong) for *_, wrong in rows) <= 5


def test_in_the_document_the_weakest_is_among_those_named_in_at_least_95_of_a_hundred():
    assert min(number(within) for *_, within, _ in table("pertama")) >= 95


def test_in_the_document_a_strong_driver_is_found_and_none_is_claimed_where_there_is_none():
    rows = table("penentu")
    assert len(rows) == 20
    assert min(number(right) for state, *_, right, _ in rows if state == "U3 saja, kuat") >= 90
    none = [wrong for state, *_, wrong in rows if state.startswith(("tidak satu", "kesembilan"))]
    assert max(map(number, none)) <= 5


def test_in_the_document_one_of_two_equal_drivers_is_named_about_five_times_in_a_hundred():
    wrong = [number(wrong) for state, *_, wrong in table("penentu") if state == "U3 dan U4 sama kuat"]
    assert len(wrong) == 4
    assert sum(wrong) / 4 <= 6  # 1,600 samples: 5 and twice the error of simulation
    assert max(wrong) <= 8.3  # 400 samples each: three times


@pytest.mark.parametrize("a_day", [1, 10])
def test_elements_that_are_alike_are_not_told_apart(a_day):
    told = first_to_improve(Weak(0), 60, a_day, 60, np.random.default_rng(1))
    assert (told.alone, told.wrong) == (0, pytest.approx(0, abs=0.05))
    assert told.within > 0.85


def test_a_weak_element_is_named_and_no_other():
    told = first_to_improve(Weak(1, 0.8), 200, 1, 40, np.random.default_rng(2))
    assert told.alone > 0.9
    assert told.wrong == 0


def test_a_driver_is_named_and_none_where_there_is_none():
    assert deciding(Decides(1, 0.5), 300, 10, 4, np.random.default_rng(3)).alone == 1
    assert deciding(Decides(9, 0.5), 300, 10, 4, np.random.default_rng(4)).wrong == 0
