"""The steps of an index, and which elements move people."""

import sys
from decimal import Decimal
from fractions import Fraction

import pytest

from skm import ikm
from skm.ikm import Scheme

TWO = Scheme(("U1", "U2"), ((0,), (1,)), 2)
PAIR = Scheme(("U1", "U2"), ((0, 1), (2,)), 3)


def test_the_steps_multiply_to_the_exact_index():
    measure = ikm.measure([(ikm.tally(b"4132", 2), TWO)])
    steps = ikm.workings(measure, TWO)
    assert sum(step.weighted for step in steps.steps) == steps.total == Fraction(5, 2)
    assert steps.total * steps.factor == measure.exact


def test_without_an_element_the_others_share_its_weight():
    measure = ikm.measure([(ikm.tally(b"4232", 2), TWO)])
    assert ikm.without(measure, TWO, "U1") == Decimal("50.00")
    assert ikm.without(measure, TWO, "U7") == measure.index


def test_without_the_only_answered_element_there_is_nothing():
    measure = ikm.measure([(ikm.tally(b"4-", 2), TWO)])
    assert ikm.without(measure, TWO, "U1") is None


def test_importance_is_the_correlation_with_ones_own_mean():
    block = b"444242322112"
    rows = [(int(chr(block[i])), int(chr(block[i + 1]))) for i in range(0, len(block), 2)]
    means = [sum(row) / 2 for row in rows]
    assert ikm.importance([(block, TWO)]) == pytest.approx(
        [pearson([row[k] for row in rows], means) for k in (0, 1)]
    )


def test_a_missing_item_leaves_the_other_to_stand_for_its_element():
    spoken = ikm.importance([(b"4-44-33-22-21-1", PAIR)])
    assert spoken == pytest.approx(ikm.importance([(b"444443332222111", PAIR)]))


@pytest.mark.parametrize("block", [b"44", b"4444", b"444444", b"4-3-2-"])
def test_where_nothing_varies_or_too_few_answered_nothing_is_said(block):
    assert ikm.importance([(block, TWO)])[1] is None


def test_many_answers_are_taken_in_parts(monkeypatch):
    block = b"444242322112" * 50
    whole = ikm.importance([(block, TWO)])
    monkeypatch.setattr(sys.modules["skm.ikm.importance"], "CHUNK", 7)
    assert ikm.importance([(block, TWO)]) == pytest.approx(whole)


def pearson(left, right):
    n = len(left)
    a, b = [x - sum(left) / n for x in left], [y - sum(right) / n for y in right]
    dot = sum(x * y for x, y in zip(a, b, strict=True))
    return dot / (sum(x * x for x in a) * sum(y * y for y in b)) ** 0.5
