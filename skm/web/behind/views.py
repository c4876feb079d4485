"""The pages behind a figure: how it was computed, what to improve first, every unit by element."""

from typing import Any

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from skm.output.charts import data
from skm.output.charts.quadrant import quadrant_chart
from skm.output.opendata import table_csv
from skm.usecases import answer, method, priorities
from skm.usecases.choice import Choice
from skm.usecases.figures import show_units as find_units
from skm.web import choices, figures, rows, spans
from skm.web.behind import heat, steps, weak
from skm.web.connection import store
from skm.web.sections import sections
from skm.web.sending import send

behind = Blueprint("behind", __name__)


@behind.get("/organisations/<slug>/method")
def show_method(slug: str) -> str:
    """How the index came about."""
    found = method.show_method(store(), slug, choices.wish())
    sheet = url_for("behind.export_method", slug=slug, **choices.chosen())
    return _page("method", found, steps.page(found) | {"sheet_url": sheet})


@behind.get("/organisations/<slug>/method.xlsx")
def export_method(slug: str) -> Response:
    """The same as live formulas."""
    wish = choices.wish()
    period = spans.name(method.choose(store(), slug, wish).span)
    return send(method.export_method(store(), slug, wish, period))


@behind.get("/organisations/<slug>/priorities")
def show_priorities(slug: str) -> str:
    """What to improve first."""
    found = priorities.show_priorities(store(), slug, choices.wish())
    return _page("priorities", found, weak.page(found))


@behind.get("/organisations/<slug>/priorities.<any(svg, png, csv):extension>")
def show_quadrant(slug: str, extension: str) -> Response:
    """Importance beside performance as a picture, or its numbers."""
    found = priorities.show_priorities(store(), slug, choices.wish())
    chart = weak.quadrant(found, answer.show_city_name(store()).demo)
    return send(data.quadrant_csv(chart) if extension == "csv" else quadrant_chart(chart, extension))


@behind.get("/organisations/<slug>/units")
def show_units(slug: str) -> str:
    """Every unit by element."""
    choice, known, units = find_units(store(), slug, choices.wish())
    csv = url_for("behind.export_units", slug=slug, **choices.chosen())
    return _page("units", choice, rows.by_element(units, known) | {"csv_url": csv})


@behind.get("/organisations/<slug>/units.csv")
def export_units(slug: str) -> Response:
    """The same as a table."""
    choice, known, units = find_units(store(), slug, choices.wish())
    return send(table_csv(*heat.table(known, units), f"unit-per-unsur-{choice.organisation.slug}.csv"))


def _page(name: str, choice: Choice, found: dict[str, Any]) -> str:
    page = found | {
        "name": choice.organisation.name,
        "span": spans.name(choice.span),
        "filters": choices.filters(choice),
        "sections": sections(choice.organisation),
    }
    return render_template(f"behind/{name}.html", page=page, crumbs=figures.crumbs(choice))
