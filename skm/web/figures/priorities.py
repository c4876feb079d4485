"""What to improve first, in words, rows and a picture."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from skm import ikm
from skm.figures.priorities import Origin, Priorities, Weak
from skm.i18n import formats
from skm.output.charts.shapes import QuadrantChart, Spot
from skm.survey.instrument import say
from skm.web.figures import choices, overview, tables
from skm.wording import spans

KINDS = {"services": "Layanan", "units": "Unit", "hours": "Jam"}


def priorities_page(found: Priorities) -> dict[str, Any]:
    """The lowest elements and where they come from."""
    return {
        "headline": overview.headline(found.result),
        "finding": _finding(found),
        "n": found.result.n,
        "weak": [_weak(found, one) for one in found.weak],
        "importance": _rows(found),
        "chart_urls": _links(found),
        "empty": not found.result.n,
    }


def quadrant(found: Priorities, demo: bool) -> QuadrantChart:
    """Importance beside performance."""
    first = sorted((row for row in _rows(found) if row["first"]), key=lambda row: row["value"])
    more = f"; juga {_list([row['code'] for row in first[1:]])}" if first[1:] else ""
    title = (
        f"{first[0]['name']} penting dan masih rendah{more}"
        if first
        else "Tidak ada unsur yang penting sekaligus rendah"
    )
    where = f"{found.organisation.name} · {spans.name(found.span)} · n = {formats.count(found.result.n)}"
    return QuadrantChart(title, where, tuple(_spots(found)), demo)


def _spots(found: Priorities) -> list[Spot]:
    measure = found.result.measure
    return [
        Spot(figure.code, _name(found, figure.code), figure.value, weight)
        for figure in (measure.elements if measure else ())
        if figure.value is not None and (weight := found.importance.get(figure.code)) is not None
    ]


def _finding(found: Priorities) -> str:
    if not found.weak:
        return "Belum ada unsur yang menonjol rendah."
    first = found.weak[0]
    name, value = _name(found, first.figure.code), formats.number(first.figure.value)
    return f"{name} paling rendah: {value}. {_share(first.low)} menjawab nilai 1 atau 2."


def _share(low: ikm.Share) -> str:
    if low.part is None:
        return "Tidak ada yang"
    percent = formats.number(low.part * 100, 1)
    return f"{percent} % ({formats.count(low.low)} dari {formats.count(low.answers)})"


def _weak(found: Priorities, one: Weak) -> dict[str, Any]:
    groups = {"services": one.services, "units": one.units, "hours": one.hours}
    return {
        "code": one.figure.code,
        "name": _name(found, one.figure.code),
        "value": one.figure.value,
        "grade": one.figure.grade,
        "kinerja": tables.kinerja(one.figure.grade),
        "share": _share(one.low),
        "groups": [{"name": KINDS[kind], "rows": _origins(rows_)} for kind, rows_ in groups.items() if rows_],
    }


def _origins(found: Sequence[Origin]) -> list[dict[str, Any]]:
    return [{"name": one.name, "value": one.figure.value, "share": _brief(one.low)} for one in found]


def _brief(low: ikm.Share) -> str:
    """18 dari 89."""
    return f"{formats.count(low.low)} dari {formats.count(low.answers)}"


def _rows(found: Priorities) -> list[dict[str, Any]]:
    spots = _spots(found)
    if not spots:
        return []
    value = sum(spot.value for spot in spots) / len(spots)
    weight = sum(spot.importance for spot in spots) / len(spots)
    return [
        {
            "code": spot.code,
            "name": spot.name,
            "value": spot.value,
            "importance": spot.importance,
            "first": spot.value < value and spot.importance > weight,
            "place": _place(spot.value < value, spot.importance > weight),
        }
        for spot in spots
    ]


def _place(low: bool, important: bool) -> str:
    if important:
        return "perbaiki dulu" if low else "pertahankan"
    return "prioritas rendah" if low else "cukup"


def _name(found: Priorities, code: str) -> str:
    return say(found.instruments[found.result.instruments[0]].element(code).name, "id")


def _list(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} dan {names[-1]}" if len(names) > 1 else names[0]


def _links(found: Priorities) -> dict[str, str]:
    slug, chosen = found.organisation.slug, choices.chosen()
    links = {
        extension: url_for("figures.show_quadrant", slug=slug, extension=extension, **chosen)
        for extension in ("svg", "png", "csv")
    }
    return links | {"alt": "Grafik kepentingan dan nilai setiap unsur; angkanya ada pada tabel di bawah."}
