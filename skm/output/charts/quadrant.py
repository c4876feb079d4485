"""Importance beside performance: which elements to improve first, keep, or leave as they are."""

from collections.abc import Callable
from decimal import Decimal

from skm.i18n.formats import NO_DATA, number
from skm.output.charts import style
from skm.output.charts.shapes import QuadrantChart, Spot
from skm.output.document import Document

_LEFT, _RIGHT, _BOTTOM = style.MARGIN + 40, style.WIDTH - style.MARGIN - 8, style.HEIGHT - 42
_CORNERS = (
    ("Perbaiki dulu", "left", True),
    ("Pertahankan", "right", True),
    ("Prioritas rendah", "left", False),
)
_CLEAR = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.0}


def quadrant_chart(chart: QuadrantChart, format: str = "svg") -> Document:
    """Elements by value (across) and importance (up), with the means of both as the lines between; "svg" or "png"."""
    with style.drawing() as picture:
        top = picture.heading(chart.title, chart.subtitle, chart.demo) + 14
        if len(chart.spots) < 2:
            picture.text((_LEFT + _RIGHT) / 2, (top + _BOTTOM) / 2, NO_DATA, style.TITLE, ha="center")
        else:
            _draw(picture, chart.spots, top)
        return picture.document("grafik-prioritas", format)


def _draw(picture: style.Picture, spots: tuple[Spot, ...], top: float) -> None:
    values, weights = [float(spot.value) for spot in spots], [spot.importance for spot in spots]
    x_of = _axis(values, _LEFT, _RIGHT)
    y_of = _axis(weights, _BOTTOM, top)
    x, y = x_of(sum(values) / len(values)), y_of(sum(weights) / len(weights))
    picture.box(_LEFT, top, x, y, "#f7ece4")
    for ends in (((_LEFT, _RIGHT), (y, y)), ((x, x), (top, _BOTTOM))):
        picture.line(*ends, color=style.MUTED, linewidth=0.9)
    _draw_frame(picture, top, values)
    for spot, value, weight in zip(spots, values, weights, strict=True):
        first = x_of(value) < x and y_of(weight) < y
        color = style.VERMILLION if first else style.BLUE
        at = (x_of(value),), (y_of(weight),)
        picture.line(*at, color=color, marker="D" if first else "o", markersize=6, zorder=4)
        picture.text(
            at[0][0] + 7, at[1][0] + 4, spot.code, style.SMALL, strong=first, color=color, bbox=_CLEAR
        )


def _draw_frame(picture: style.Picture, top: float, values: list[float]) -> None:
    for words, side, above in _CORNERS:
        place = _LEFT + 6 if side == "left" else _RIGHT - 6
        picture.text(
            place, top + 14 if above else _BOTTOM - 6, words, style.SMALL, color=style.MUTED, ha=side
        )
    picture.line((_LEFT, _RIGHT), (_BOTTOM, _BOTTOM))
    picture.line((_LEFT, _LEFT), (top, _BOTTOM))
    picture.text(_LEFT, _BOTTOM + 16, f"nilai {number(_shown(min(values)))}", style.SMALL, color=style.MUTED)
    picture.text(
        _RIGHT, _BOTTOM + 16, number(_shown(max(values))), style.SMALL, color=style.MUTED, ha="right"
    )
    words = "Mendatar: nilai unsur. Tegak: kepentingan (korelasi dengan penilaian keseluruhan)."
    picture.text(style.MARGIN, style.HEIGHT - 8, words, style.SMALL, color=style.MUTED)


def _axis(values: list[float], low: float, high: float) -> Callable[[float], float]:
    """From a value to its place, with some room at both ends."""
    least, most = min(values), max(values)
    room = (most - least) * 0.12 or 1.0
    return lambda value: low + (value - least + room) / (most - least + 2 * room) * (high - low)


def _shown(value: float) -> Decimal:
    return Decimal(f"{value:.2f}")
