"""The television's page as its template wants it: the figure in words, the trend as a drawing, the way to answer."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from skm.figures.figure import Result
from skm.i18n import formats
from skm.ikm import BOUNDS
from skm.survey.period import Span
from skm.survey.states import FIRST
from skm.usecases.city import counter_cards
from skm.usecases.city.screen import Screen
from skm.web.frame.language import language
from skm.web.public import beside_line, published
from skm.wording import spans

REFRESH = 300  # seconds between two looks for newer figures
# The drawing of the trend, in its own units.
WIDTH, HEIGHT, TOP, FOOT, SIDE = 800, 300, 44, 62, 56
BELOW = 32  # room for the values below the lowest points


def page(screen: Screen, now: datetime) -> dict[str, Any]:
    """What `public/screen.html` shows."""
    card, summary = screen.card, screen.summary
    svg = counter_cards.draw_qr(card, "svg").content
    assert isinstance(svg, bytes)
    return {
        "unit": card.unit.name,
        "figure": _figure(summary.result),
        "months": spans.months(summary.span, language()),
        "enough": FIRST,
        "trend": trend(summary.months),
        "official": published.figure(screen.official),
        "improved": published.improvements(screen.improvements),
        "qr": f"data:image/svg+xml;base64,{b64encode(svg).decode()}",
        "closed": not screen.reach.is_open,
        "opens": screen.reach.opens and formats.date(screen.reach.opens, language()),
        "address": card.short_address,
        "today": formats.date(card.unit.today(now), language()),
        "refresh": REFRESH,
    }


def trend(months: Sequence[tuple[Span, Result]]) -> dict[str, Any] | None:
    """Where the points of a trend lie, their words, and the grade bounds among them; None for fewer than two."""
    measured = [
        (span, result, result.measure.index)
        for span, result in months
        if result.measure and result.measure.index
    ]
    if len(measured) < 2:
        return None
    low, high = _range([value for _, _, value in measured])
    cell = (WIDTH - 2 * SIDE) / (len(measured) - 1)

    def height(value: Decimal) -> float:
        return round(TOP + float((high - value) / (high - low)) * (HEIGHT - TOP - FOOT - BELOW), 1)

    line = [(round(SIDE + number * cell, 1), height(value)) for number, (_, _, value) in enumerate(measured)]
    bounds = {grade: height(bound) for grade, (bound, _) in BOUNDS.items() if low < bound < high}
    words = beside_line.baselines(line, list(bounds.values()))
    points = [
        {
            "x": x,
            "y": y,
            "words_y": words_y,
            "index": value,
            "n": result.n,
            "label": spans.months(span, language()).rpartition(" ")[0],
        }
        for (span, result, value), (x, y), words_y in zip(measured, line, words, strict=True)
    ]
    return {"points": points, "bounds": bounds, "width": WIDTH, "height": HEIGHT, "foot": HEIGHT - FOOT}


def _range(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The ends of the axis: no small change fills the whole height."""
    middle, reach = (
        (min(values) + max(values)) / 2,
        max(max(values) - min(values), Decimal(10)) * Decimal("0.6"),
    )
    return middle - reach, middle + reach


def _figure(result: Result | None) -> dict[str, Any] | None:
    """The index with its grade; None where too few have answered."""
    measure = result.measure if result else None
    if result is None or measure is None or measure.index is None:
        return None
    return {
        "index": measure.index,
        "grade": measure.grade,
        "word": published.grade_word(measure.grade),
        "n": result.n,
    }
