"""Charts as they are drawn for paper, for a desk and for a phone."""

import re
from dataclasses import asdict
from decimal import Decimal

import pytest

from skm.ikm import ElementFigure, Share
from skm.output.charts import style
from skm.output.charts.elements import element_chart
from skm.output.charts.gains import gain_chart
from skm.output.charts.look import BY_NIGHT, DAY, DESK, LOOKS, NIGHT, PAPER, PHONE
from skm.output.charts.shapes import Bar, Break, ElementChart, GainBar, GainChart, Point, TrendChart
from skm.output.charts.trend import trend_chart

TITLE = (
    "IKM 83,33 pada Nov 2026, selisih +2,44 dari Okt 2026 belum tentu nyata; "
    "selisih ini dapat terjadi secara kebetulan"
)
WHERE = "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu · IKM per unsur · Tahun 2026 · n = 12.345"
NAME = "Penanganan Pengaduan, Saran dan Masukan"
FIGURES = [ElementFigure(f"U{n}", 245, 0, None, Decimal("70.05") + n, "B") for n in range(1, 10)]
BARS = tuple(Bar(figure, NAME, lowest=figure.code == "U1") for figure in FIGURES)
GAINS = tuple(GainBar(bar.figure, NAME, Decimal("3.05"), Share(44, 245), first=bar.lowest) for bar in BARS)
MONTHS = [Point("Des 2026", 1234, Decimal(80 + n % 5), Decimal(78), Decimal(86)) for n in range(36)]
BREAKS = (Break(12, "Kuesioner: Survei Kepuasan Masyarakat Daring"),)
ELEMENTS = ElementChart(TITLE, WHERE, BARS, demo=True)
TREND = TrendChart(TITLE, WHERE, tuple(MONTHS), BREAKS, demo=True)
DRAWN = {
    "elements": lambda look: element_chart(ELEMENTS, "svg", look),
    "trend": lambda look: trend_chart(TREND, "svg", look),
    "gains": lambda look: gain_chart(GainChart(TITLE, WHERE, GAINS, demo=True), "svg", look),
}
each_chart = pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
each_look = pytest.mark.parametrize("look", LOOKS.values(), ids=[name or "paper" for name in LOOKS])


@pytest.fixture
def letters(monkeypatch):
    """Every line of words with the size of its letters, and the picture that it stands on."""
    written = []
    write = style.Picture.text

    def _noted(picture, x, y, words, size, **manner):
        written.append((picture, words, size))
        write(picture, x, y, words, size, **manner)

    monkeypatch.setattr(style.Picture, "text", _noted)
    return written


@each_look
@each_chart
def test_a_look_has_the_same_bytes_each_time(draw, look):
    assert draw(look).content == draw(look).content


@pytest.mark.parametrize("screen", [320, 360])
@each_chart
def test_no_letter_on_a_phone_is_smaller_than_eleven_pixels(letters, draw, screen):
    draw(PHONE)
    shown = (screen - 2 * 16 - 2) / PHONE.width  # the page's margins and the picture's edge
    assert min(size * shown for _, _, size in letters) >= 11


@each_look
@each_chart
def test_all_words_stand_on_the_sheet(letters, draw, look):
    draw(look)
    [picture] = {picture for picture, _, _ in letters}
    boxes = [text.get_window_extent() for text in picture.axes.texts]
    pixel = picture.figure.dpi / 72  # for each point
    assert min(box.x0 for box in boxes) >= 0
    assert min(box.y0 for box in boxes) >= 0
    assert max(box.x1 for box in boxes) <= look.width * pixel
    assert max(box.y1 for box in boxes) <= look.height * pixel


@each_chart
def test_nothing_that_is_found_is_cut_on_a_phone(letters, draw):
    draw(PHONE)
    assert not [words for _, words, _ in letters if words.endswith("…") and not words.startswith("Kuesioner")]


@each_look
@each_chart
def test_no_element_carries_a_style_that_a_policy_would_forbid(draw, look):
    assert b"style=" not in draw(look).content


@each_chart
def test_a_chart_on_a_screen_follows_the_night_and_a_file_to_take_home_stays_light(draw):
    for look in (DESK, PHONE):
        assert re.findall(b"<style>(.*?)</style>", draw(look).content) == [BY_NIGHT.encode()]
    assert b"<style" not in draw(PAPER).content


@each_chart
def test_every_colour_of_a_chart_has_one_for_the_night(draw):
    used = set(re.findall(r'(?:fill|stroke)="(#\w+)"', draw(DESK).content.decode()))
    assert used <= set(asdict(DAY).values())


@pytest.mark.parametrize("colours", [DAY, NIGHT])
@pytest.mark.parametrize("name", ["ink", "muted", "main"])
def test_words_can_be_read_by_day_and_by_night(colours, name):
    assert contrast(getattr(colours, name), colours.paper) >= 4.5


@pytest.mark.parametrize("colours", [DAY, NIGHT])
def test_the_mark_of_the_lowest_is_seen_by_day_and_by_night(colours):
    assert contrast(colours.marked, colours.paper) >= 3


def contrast(one: str, other: str) -> float:
    """By the formula of WCAG 2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
