"""Results as rows of tables: points of a trend, organisations below, fields, questionnaires."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from skm import ikm
from skm.figures.figure import Result, Terms
from skm.figures.overview import Child, Figures, Source
from skm.survey.instrument import Instrument, say
from skm.survey.organisation import FIELDS
from skm.survey.period import AGGREGATIONS, MEAN_OF_UNITS, POOLED, Span
from skm.web.frame.addresses import address
from skm.wording import spans

SORTS = {"name": lambda row: row["name"], "n": lambda row: row["n"], "index": lambda row: row["index"] or -1}


def kinerja(grade: str | None) -> str:
    """The word of a grade."""
    return ikm.KINERJA[grade] if grade else ""


def value(result: Result) -> dict[str, Any]:
    """The index of a result with n and grade, as every table shows it."""
    measure = result.measure
    grade = measure.grade if measure else None
    return {
        "n": result.n,
        "index": measure.index if measure else None,
        "grade": grade,
        "kinerja": kinerja(grade),
    }


def label(span: Span) -> str:
    """A span at the foot of a chart, where years need no more than their number."""
    return span.code if len(span.code) == 4 else spans.name(span)


def point(span: Span, result: Result) -> dict[str, Any]:
    """One point of a trend: its label, n, index, grade and interval."""
    measure = result.measure
    interval = measure.interval if measure else None
    return value(result) | {
        "label": label(span),
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
    }


def by_element(found: Sequence[Child], known: Mapping[str, Instrument]) -> dict[str, Any]:
    """Organisations by element: their rows in the order that the address asks for, and links to other orders."""
    elements = _elements(found, known)
    sorts = SORTS | {code: _by(code) for code in elements}
    wanted = request.args.get("sort", "name")
    wanted = wanted if wanted.removeprefix("-") in sorts else "name"
    rows = sorted((child(one) for one in found), key=SORTS["name"])
    return {
        "children": sorted(rows, key=sorts[wanted.lstrip("-")], reverse=wanted[0] == "-"),
        "columns": [{"code": code, "name": name} for code, name in elements.items()],
        "sorted_by": wanted,
        "sort_links": {name: _sort_link(name, wanted) for name in sorts},
    }


def child(one: Child) -> dict[str, Any]:
    """One organisation among others; its lowest element is marked."""
    measure = one.result.measure
    figures = measure.elements if measure else ()
    least = min((figure.value for figure in figures if figure.value is not None), default=None)
    cells = {f.code: {"value": f.value, "grade": f.grade, "least": f.value == least} for f in figures}
    return value(one.result) | {
        "name": one.organisation.name,
        "url": address(one.organisation),
        "values": cells,
    }


def _elements(found: Sequence[Child], known: Mapping[str, Instrument]) -> dict[str, str]:
    """The elements of the first result, with their names."""
    result = next((one.result for one in found if one.result.measure), None)
    if result is None or result.measure is None:
        return {}
    instrument = known[result.instruments[0]]
    return {
        figure.code: say(instrument.element(figure.code).name, "id") for figure in result.measure.elements
    }


def _by(code: str) -> Callable[[dict[str, Any]], Decimal]:
    return lambda row: row["values"].get(code, {}).get("value") or Decimal(-1)


def _sort_link(column: str, sorted_by: str) -> str:
    other = (
        column if sorted_by == f"-{column}" or (column == "name" and sorted_by != "name") else f"-{column}"
    )
    return "?" + urlencode(request.args.to_dict() | {"sort": other})


def fields(figures: Figures) -> list[dict[str, Any]]:
    """The fields of a city, such as kesehatan."""
    return [
        value(result) | {"name": FIELDS[field], "url": url_for("city.show_city", field=field)}
        for field, result in figures.fields
    ]


def sources(figures: Figures) -> list[dict[str, Any]]:
    """The questionnaires in use over time, side by side on their elements."""
    return [_source(source, figures) for source in figures.sources]


def _source(source: Source, figures: Figures) -> dict[str, Any]:
    instrument, measure = figures.instruments[source.instrument], source.result.measure
    return value(source.result) | {
        "name": say(instrument.title, "id"),
        "items": len(instrument.items),
        "when": spans.months(source.span),
        "elements": {figure.code: figure.value for figure in measure.elements} if measure else {},
    }


def other_rule(result: Result, terms: Terms) -> dict[str, Any] | None:
    """The value by the other rule over units; None where the rule makes no difference."""
    if result.other is None:
        return None
    name = AGGREGATIONS[POOLED if terms.rule == MEAN_OF_UNITS else MEAN_OF_UNITS]
    return {
        "name": name,
        "index": result.other.index,
        "grade": result.other.grade,
        "differs": result.grade_depends_on_rule,
    }
