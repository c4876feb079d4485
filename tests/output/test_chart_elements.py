from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from threading import Thread

import pytest
from PIL import Image

from skm.ikm import ElementFigure
from skm.output.charts import style
from skm.output.charts.elements import element_chart
from skm.output.charts.shapes import Bar, ElementChart

NAMES = ("Persyaratan", "Sistem, Mekanisme, dan Prosedur", "Waktu Penyelesaian", "Biaya/Tarif")


def a_bar(code: str, name: str, value: Decimal | None, grade: str | None = "B", n: int = 187) -> Bar:
    """A bar with this value; how it came about does not matter to a chart."""
    return Bar(ElementFigure(code, n, 0, None, value, grade), name)


BARS = tuple(a_bar(f"U{i}", name, Decimal("80.00") + i) for i, name in enumerate(NAMES, 1))
CHART = ElementChart("Waktu penyelesaian paling lemah", "Semester I 2026 · n 187", BARS, demo=False)


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
    assert element_chart(CHART, kind).content == element_chart(CHART, kind).content


def test_the_svg_says_what_it_is_and_holds_no_date():
    document = element_chart(CHART)
    assert (document.name, document.media_type) == ("grafik-unsur.svg", "image/svg+xml")
    assert b"<dc:date>" not in document.content


def test_the_png_is_twice_seven_by_four():
    picture = Image.open(BytesIO(element_chart(CHART, "png").content))
    assert picture.size == (1008, 576)


def test_nine_elements_stay_a_small_file():
    nine = tuple(a_bar(f"U{i}", "Waktu Penyelesaian", Decimal("70.05") + i, "B", 9) for i in range(1, 10))
    assert len(element_chart(replace(CHART, bars=nine)).content) < 60_000


def test_every_bar_shows_code_name_value_and_grade(written):
    element_chart(CHART)
    assert {"U3", "Waktu Penyelesaian", "83,00", "B"} <= set(written)


def test_the_bounds_of_the_grades_are_labelled(written):
    element_chart(CHART)
    assert {"C 65,00", "B 76,61", "A 88,31"} <= set(written)


def test_elements_without_grades_show_no_bounds(written):
    element_chart(
        replace(CHART, bars=tuple(replace(bar, figure=replace(bar.figure, grade=None)) for bar in BARS))
    )
    assert "A 88,31" not in written


def test_an_element_without_answers_says_so(written):
    element_chart(replace(CHART, bars=(*BARS, a_bar("U5", "Produk", None, None, 0))))
    assert "belum ada data" in written


@pytest.mark.parametrize("demo", [True, False])
def test_invented_data_says_so_on_the_picture(written, demo):
    element_chart(replace(CHART, demo=demo))
    assert ("DATA CONTOH" in written) is demo


def test_the_lowest_carry_a_mark_beside_their_colour(written):
    element_chart(replace(CHART, bars=(*BARS, replace(BARS[0], lowest=True))))
    assert written.count("▼") == 2  # the bar and the key


def test_long_titles_are_wrapped_and_cut_in_the_third_line(written):
    element_chart(replace(CHART, title="Penyelenggaraan pelayanan " * 20, bars=()))
    assert len(written) == 4
    assert written[2].endswith("…")


def test_signs_of_formulas_are_written_as_they_are(written):
    element_chart(replace(CHART, title="Biaya $x_1$ dan $"))
    assert "Biaya $x_1$ dan $" in written


def test_a_sign_outside_the_typeface_becomes_a_box():
    assert style.wrapped("Loket 😀", 300, 12) == ["Loket ☐"]


def test_threads_draw_the_same_bytes_as_one_after_another():
    alone, together = element_chart(CHART).content, []
    threads = [Thread(target=lambda: together.append(element_chart(CHART).content)) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert together == [alone] * 4
