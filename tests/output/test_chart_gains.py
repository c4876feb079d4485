"""The chart of what holds the index back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from skm.ikm import ElementFigure, Share
from skm.output.charts import style
from skm.output.charts.gains import gain_chart
from skm.output.charts.shapes import GainBar, GainChart


def a_bar(code: str, name: str, points: str, first: bool = False) -> GainBar:
    """A bar of so many points."""
    return GainBar(
        ElementFigure(code, 187, 0, None, Decimal("80.00"), "B"), name, Decimal(points), Share(3, 187), first
    )


BARS = (a_bar("U3", "Waktu Penyelesaian", "3.05", True), a_bar("U1", "Persyaratan", "1.93"))
CHART = GainChart("Waktu Penyelesaian 72,55", "Poin yang menahan IKM · n = 187", BARS, demo=False)


@pytest.fixture
def written(monkeypatch):
    """Every line of words that a chart writes."""
    words = []
    write = style.Picture.text
    monkeypatch.setattr(
        style.Picture,
        "text",
        lambda self, x, y, line, *a, **k: (words.append(line), write(self, x, y, line, *a, **k)),
    )
    return words


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_same_chart_has_the_same_bytes(kind):
    assert gain_chart(CHART, kind).content == gain_chart(CHART, kind).content


def test_every_bar_shows_code_name_and_points(written):
    gain_chart(CHART)
    assert {"U3", "Waktu Penyelesaian", "3,05", "U1", "Persyaratan", "1,93"} <= set(written)


def test_the_legend_says_whether_one_stands_alone(written):
    gain_chart(CHART)
    assert "yang pertama" in written
    gain_chart(replace(CHART, bars=tuple(replace(bar, first=True) for bar in BARS)))
    assert "mungkin yang pertama" in written


def test_bars_that_all_have_nothing_to_gain_can_be_drawn(written):
    gain_chart(replace(CHART, bars=(a_bar("U1", "Persyaratan", "0.00"),)))
    assert "0,00" in written


def test_without_answers_it_says_so(written):
    gain_chart(replace(CHART, bars=()))
    assert "belum ada data" in written
