import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from skm.output.charts import style
from skm.output.charts.shapes import Break, Point, TrendChart
from skm.output.charts.trend import runs, step_between, trend_chart, value_range


def point(value, n=1234, label="Des 2026"):
    number = value and Decimal(value)
    return Point(label, n, number, number and number - 2, number and number + 2)


YEARS = TrendChart(
    "Naik", "IKM per tahun", (point("80", label="2025"), point("84.12", label="2026")), (), demo=False
)
MONTHS = replace(YEARS, points=tuple(point(str(80 + i % 5)) for i in range(36)))


@pytest.fixture
def pictures(monkeypatch):
    """Every picture drawn, so that what stands on it can be measured."""
    pictures_drawn = []
    finish = style.Picture.document
    monkeypatch.setattr(
        style.Picture, "document", lambda self, *a: (pictures_drawn.append(self), finish(self, *a))[1]
    )
    return pictures_drawn


def words(picture):
    return [text.get_text() for text in picture.axes.texts]


def rows_below(picture):
    """Boxes of the labels and of the n under the points, left to right."""
    boxes = [text.get_window_extent() for text in picture.axes.texts if text.get_ha() == "center"]
    heights = sorted({round(box.y0) for box in boxes})
    return [sorted((b for b in boxes if round(b.y0) == y), key=lambda b: b.x0) for y in heights]


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_same_trend_has_the_same_bytes(kind):
    assert trend_chart(YEARS, kind).content == trend_chart(YEARS, kind).content


def test_three_years_of_months_stay_a_small_file():
    assert len(trend_chart(MONTHS).content) < 60_000


@pytest.mark.parametrize("count", [1, 2, 3, 8, 12, 24, 36])
def test_no_label_touches_the_next(pictures, count):
    trend_chart(replace(MONTHS, points=MONTHS.points[:count]))
    rows = rows_below(pictures[0])
    assert len(rows) == 2
    assert all(left.x1 < right.x0 for row in rows for left, right in pairwise(row))


def test_the_newest_period_always_has_its_label(pictures):
    points = (*MONTHS.points[:35], replace(MONTHS.points[35], label="Jan 2027", n=77))
    trend_chart(replace(MONTHS, points=points))
    assert {"Jan 2027", "n 77"} <= set(words(pictures[0]))


def test_the_last_value_stands_at_the_end_of_the_line(pictures):
    trend_chart(YEARS)
    assert "84,12" in words(pictures[0])


def test_a_month_without_answers_is_a_gap():
    points = (point("80"), point("81"), point(None, 0), point("82"))
    assert list(runs(replace(YEARS, points=points))) == [range(2), range(3, 4)]


def test_no_line_crosses_a_break():
    chart = replace(MONTHS, points=MONTHS.points[:5], breaks=(Break(2, "Instrumen baru"),))
    assert list(runs(chart)) == [range(2), range(2, 5)]


def test_a_break_is_said_in_words(pictures):
    trend_chart(replace(YEARS, breaks=(Break(1, "Instrumen 16 pertanyaan"),)))
    assert "Instrumen 16 pertanyaan" in words(pictures[0])


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        (("84",), (80, 90)),
        (("70", "90"), (65, 95)),
        (("98",), (90, 100)),
        (("26",), (25, 35)),
        ((None,), (25, 100)),
        ((), (25, 100)),
    ],
)
def test_the_axis_fits_the_data_and_spans_at_least_ten(values, ends):
    assert value_range([point(value) for value in values]) == ends


def test_the_axis_is_stated_in_words(pictures):
    trend_chart(YEARS)
    assert any("Sumbu IKM 75–90 dari skala 25–100" in line for line in words(pictures[0]))


def test_bounds_within_the_axis_are_labelled(pictures):
    trend_chart(YEARS)
    assert {"A 88,31", "B 76,61"} <= set(words(pictures[0]))
    assert "C 65,00" not in words(pictures[0])


def test_an_index_without_bands_shows_no_bounds(pictures):
    trend_chart(replace(YEARS, graded=False))
    assert "A 88,31" not in words(pictures[0])


@pytest.mark.parametrize("points", [(), (point(None, 0), point(None, 0))])
def test_no_answers_at_all_is_said_in_words(pictures, points):
    trend_chart(replace(YEARS, points=points))
    assert "belum ada data" in words(pictures[0])


@pytest.mark.parametrize("demo", [True, False])
def test_invented_data_is_marked(pictures, demo):
    trend_chart(replace(YEARS, demo=demo))
    assert ("DATA CONTOH" in words(pictures[0])) is demo


def test_labels_are_thinned_by_whole_parts_of_a_year():
    assert [step_between(["Des 2026"], cell, 12.5) for cell in (60, 30, 10.2)] == [1, 2, 6]


def test_charts_load_matplotlib_late_and_pyplot_never():
    code = (
        "import sys; from skm.output.charts import trend, elements, shapes;"
        "late = 'matplotlib' not in sys.modules;"
        "trend.trend_chart(shapes.TrendChart('', '', (), (), False), 'png');"
        "print(late, 'matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
