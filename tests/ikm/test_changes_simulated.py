"""A change does what docs/metode.md says of it: the tables there, and a smaller simulation of our own."""

import re

import numpy as np
import pytest

from bench.changes import (
    A_MONTH,
    CODES,
    SHOCKS,
    VISITORS,
    by_visitors,
    city_called,
    drops,
    element_sides,
    falls,
    months_called,
    people,
    side,
)
from bench.coverage import DOCUMENT
from skm import ikm

MOST = 6.0  # of 100, where nothing changed


def rows(mark):
    """The cells of the document's table between two marks."""
    text = DOCUMENT.read_text("utf-8").partition(f"<!-- {mark} -->")[2].partition(f"<!-- /{mark} -->")[0]
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")][2:]


def number(text):
    return float(text.replace(",", "."))


def test_whatever_part_of_the_visitors_answered_few_changes_are_false():
    table = rows("tidak-berubah")
    assert [(int(n), int(visitors.replace("–", "0"))) for n, visitors, *_ in table] == list(VISITORS)
    assert all(number(ours) <= MOST for *_, ours in table)
    corrected = {(n, visitors): number(cell) for n, visitors, cell, _ in table}
    assert corrected["40", "40"] > 90  # certain of everything, where everybody answered
    assert corrected["169", "300"] > 15  # the very sample that Krejcie and Morgan ask for


def test_however_months_scatter_few_changes_are_false():
    cells = [
        re.fullmatch(r"([\d,]+) → ([\d,]+)", cell).groups() for _, *row in rows("guncangan") for cell in row
    ]
    assert len(cells) == len(SHOCKS) * len(A_MONTH)
    assert all(number(ours) <= MOST for _, ours in cells)
    assert max(number(otherwise) for otherwise, _ in cells) > 50


def test_a_city_whose_mix_moves_is_seldom_said_to_have_changed():
    assert all(number(ours) <= MOST for *_, ours in rows("susunan"))
    assert all(number(otherwise) > 50 for _, otherwise, _ in rows("susunan"))


def test_a_list_has_hardly_any_false_drops():
    alone, together = zip(*[map(number, row[1:]) for row in rows("daftar")[:2]], strict=True)
    assert 25 < alone[0] < 40
    assert 230 < alone[1] < 340
    assert max(together) < 2
    seen, wrong = (number(row[-1]) for row in rows("daftar")[2:])
    assert wrong <= 10
    assert seen > 10


def test_a_smaller_simulation_finds_what_the_document_says():
    random = np.random.default_rng(6)
    said = {
        (int(n), int(v.replace("–", "0"))): (number(a), number(b)) for n, v, a, b in rows("tidak-berubah")
    }
    for n, visitors in VISITORS[1:4]:
        found = by_visitors(n, visitors, 500, random)
        wanted = said[n, visitors]
        assert [100 * found.otherwise, 100 * found.ours] == pytest.approx(wanted, abs=6)
    assert 100 * months_called(40, 4, 200, random).ours == pytest.approx(5, abs=5)
    city = city_called(2, 40, random)
    assert city.ours < 0.15 < city.otherwise


def test_a_smaller_list_finds_what_the_document_says():
    random = np.random.default_rng(7)
    found = drops(1, random)
    assert 10 < found.index_alone < 60
    assert 150 < found.elements_alone < 450
    assert max(found.index, found.elements) < 10
    _, wrong = falls(10, random)
    assert wrong < 0.25


def test_the_simulation_estimates_what_the_calculator_does():
    scores, days = people(60, 0, np.random.default_rng(8)), np.arange(60) % 20
    nine = ikm.Scheme(CODES, tuple((place,) for place in range(9)), 9)
    part = ikm.tally((scores + ord("0")).astype(np.uint8).tobytes(), 9, days=days), nine
    ours, theirs = side(scores, days).spread, ikm.spread_of([part], nine.conventions[ikm.EXACT])
    assert (ours.by_answers, ours.by_days, ours.freedom) == pytest.approx(
        (theirs.by_answers, theirs.by_days, theirs.freedom)
    )
    for one, other in zip(element_sides(scores, days), ikm.element_sides([part]).values(), strict=True):
        assert one.exact == other.exact
        assert (one.spread.by_answers, one.spread.variance, one.spread.freedom) == pytest.approx(
            (other.spread.by_answers, other.spread.variance, other.spread.freedom)
        )
