"""Figures as charts, and the pages about a figure: how it was computed, what to improve first, units by element."""

from typing import Any

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from skm.figures import method, priorities, summary
from skm.figures.choice import Choice, choose
from skm.figures.overview import list_units
from skm.i18n.words import N_
from skm.output.charts import data
from skm.output.charts.elements import element_chart
from skm.output.charts.quadrant import quadrant_chart
from skm.output.charts.trend import trend_chart
from skm.output.csv_file import table_csv
from skm.usecases.answering import answer
from skm.usecases.exchange import workings
from skm.web.figures import charts, choices, overview, steps, tables
from skm.web.figures.priorities import priorities_page, quadrant
from skm.web.figures.tabs import Tab, sections
from skm.web.figures.units import units_table
from skm.web.frame.connection import now, store
from skm.web.frame.errors import not_in_list
from skm.web.frame.sending import send
from skm.wording import spans

figures = Blueprint("figures", __name__)
DOORS = {
    "figures.show_summary": "reads_summary",
    "figures.show_chart": "reads_figures",
    "figures.show_method": "reads_figures",
    "figures.export_method": "reads_figures",
    "figures.show_priorities": "reads_figures",
    "figures.show_quadrant": "reads_figures",
    "figures.show_units": "reads_figures",
    "figures.export_units": "reads_figures",
}
TABS = {
    "figures.show_priorities": Tab("Prioritas"),
    "figures.show_units": Tab("Unit per unsur", ("government", "agency")),
    "figures.show_method": Tab("Cara menghitung"),
}
PROBLEMS = {
    "organisation_unknown": not_in_list(N_("Halaman tidak ditemukan")),
    "span_unknown": not_in_list(N_("Periode tidak dikenal")),
}


@figures.get("/organisations/<slug>/summary")
def show_summary(slug: str) -> str:
    """The index of the closed months, for those who serve at the counters."""
    found = summary.show_summary(store(), slug, now())
    return render_template(
        "figures/summary.html",
        name=found.organisation.name,
        headline=overview.headline(found.result) if found.result else "Belum cukup jawaban.",
        grade=found.result.measure.grade if found.result and found.result.measure else None,
        n=found.result.n if found.result else None,
        months=spans.months(found.span),
        enough=summary.ENOUGH,
    )


@figures.get("/organisations/<slug>/<any(elements, months, years):chart>.<any(svg, png, csv):extension>")
def show_chart(slug: str, chart: str, extension: str) -> Response:
    """A chart of an organisation as a picture, or its numbers."""
    found, demo = overview.chosen(slug), answer.show_city_name(store()).demo
    if chart == "elements":
        bars = charts.element_chart(found, demo)
        return send(data.element_csv(bars) if extension == "csv" else element_chart(bars, extension))
    trend = charts.trend_chart(found, chart, demo)
    return send(data.trend_csv(trend) if extension == "csv" else trend_chart(trend, extension))


@figures.get("/organisations/<slug>/method")
def show_method(slug: str) -> str:
    """How the index came about."""
    found = method.show_method(store(), slug, choices.wish())
    sheet = url_for("figures.export_method", slug=slug, **choices.chosen())
    return _page("method", found, steps.page(found) | {"sheet_url": sheet})


@figures.get("/organisations/<slug>/method.xlsx")
def export_method(slug: str) -> Response:
    """The same as live formulas."""
    wish = choices.wish()
    period = spans.name(choose(store(), slug, wish).span)
    return send(workings.export_method(store(), slug, wish, period))


@figures.get("/organisations/<slug>/priorities")
def show_priorities(slug: str) -> str:
    """What to improve first."""
    found = priorities.show_priorities(store(), slug, choices.wish())
    return _page("priorities", found, priorities_page(found))


@figures.get("/organisations/<slug>/priorities.<any(svg, png, csv):extension>")
def show_quadrant(slug: str, extension: str) -> Response:
    """Importance beside performance as a picture, or its numbers."""
    found = priorities.show_priorities(store(), slug, choices.wish())
    chart = quadrant(found, answer.show_city_name(store()).demo)
    return send(data.quadrant_csv(chart) if extension == "csv" else quadrant_chart(chart, extension))


@figures.get("/organisations/<slug>/units")
def show_units(slug: str) -> str:
    """Every unit by element."""
    choice, known, units = list_units(store(), slug, choices.wish())
    csv = url_for("figures.export_units", slug=slug, **choices.chosen())
    return _page("units", choice, tables.by_element(units, known) | {"csv_url": csv})


@figures.get("/organisations/<slug>/units.csv")
def export_units(slug: str) -> Response:
    """The same as a table."""
    choice, known, units = list_units(store(), slug, choices.wish())
    return send(table_csv(*units_table(known, units), f"unit-per-unsur-{choice.organisation.slug}.csv"))


def _page(name: str, choice: Choice, found: dict[str, Any]) -> str:
    page = found | {
        "name": choice.organisation.name,
        "span": spans.name(choice.span),
        "filters": choices.filters(choice),
        "sections": sections(choice.organisation),
    }
    return render_template(f"figures/{name}.html", page=page, crumbs=overview.crumbs(choice))
