"""Figures as charts, and the pages about a figure: how it was computed, what to improve first, units by element."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from skm.figures import method, priorities, summary
from skm.figures.choice import Choice
from skm.figures.unit_list import UnitList, read_unit_list
from skm.i18n.words import N_
from skm.output.charts import data
from skm.output.charts.elements import element_chart
from skm.output.charts.from_figures import chart_of_elements, chart_of_gains, chart_of_trend
from skm.output.charts.gains import gain_chart
from skm.output.charts.trend import trend_chart
from skm.output.csv_file import table_csv
from skm.survey.states import FIRST
from skm.usecases.answering import answer
from skm.usecases.exchange import workings
from skm.web.figures import choices, overview, steps, tables
from skm.web.figures.period_notices import period_notices
from skm.web.figures.pictures import look, send_picture
from skm.web.figures.priorities import priorities_page
from skm.web.figures.tabs import Tab, sections
from skm.web.figures.units import units_table
from skm.web.frame.addresses import chosen
from skm.web.frame.connection import now, store
from skm.web.frame.errors import not_in_list
from skm.web.frame.sending import send
from skm.wording import index, spans
from skm.wording.snapshot import beside_record, units_beside_record
from skm.wording.standing import counted_until
from skm.wording.states import state_sentence

figures = Blueprint("figures", __name__)
DOORS = {
    "figures.show_summary": "reads_summary",
    "figures.show_chart": "reads_figures",
    "figures.show_method": "reads_figures",
    "figures.export_method": "reads_figures",
    "figures.show_priorities": "reads_figures",
    "figures.show_gains": "reads_figures",
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
    "month_refused": not_in_list(N_("Bulan ini tidak dapat dipilih")),
    "span_unknown": not_in_list(N_("Periode tidak dikenal")),
}


@figures.get("/organisations/<slug>/summary")
def show_summary(slug: str) -> str:
    """The index of the closed months, for those who serve at the counters."""
    shown = summary.show_summary(store(), slug, now())
    return render_template(
        "figures/summary.html",
        name=shown.organisation.name,
        headline=index.headline(shown.result) if shown.result else "Belum cukup jawaban.",
        grade=shown.result.grade if shown.result else None,
        n=shown.result.n if shown.result else None,
        months=spans.months(shown.span),
        enough=FIRST,
        state=state_sentence(shown.states),
        notices=period_notices(shown.organisation),
    )


@figures.get("/organisations/<slug>/<any(elements, months, years):chart>.<any(svg, png, csv):extension>")
def show_chart(slug: str, chart: str, extension: str) -> Response:
    """A chart of an organisation as a picture, or its numbers."""
    shown, demo = overview.chosen(slug, last_months=chart == "months"), answer.show_city_name(store()).demo
    if chart == "elements":
        bars = chart_of_elements(shown, demo)
        return send_picture(
            data.element_csv(bars) if extension == "csv" else element_chart(bars, extension, look())
        )
    trend = chart_of_trend(shown, chart, demo)
    return send_picture(
        data.trend_csv(trend) if extension == "csv" else trend_chart(trend, extension, look())
    )


@figures.get("/organisations/<slug>/method")
def show_method(slug: str) -> str:
    """How the index came about."""
    choice = choices.choice(slug)
    shown = method.show_method(store(), choice)
    return _page(
        "method",
        choice,
        page=steps.method_page(shown, spans.name(choice.span)),
        record=beside_record(choice, shown.figure),
        standing=[counted_until(shown.choice or choice, now())],
        sheet_url=url_for("figures.export_method", slug=slug, **choices.asked()),
        **steps.WORDS,
    )


@figures.get("/organisations/<slug>/method.xlsx")
def export_method(slug: str) -> Response:
    """The same as live formulas."""
    return send(workings.export_method(store(), choices.choice(slug), now()))


@figures.get("/organisations/<slug>/priorities")
def show_priorities(slug: str) -> str:
    """What to improve first."""
    choice = choices.choice(slug)
    shown = priorities.show_priorities(store(), choice)
    return _page(
        "priorities", choice, page=priorities_page(shown), record=beside_record(choice, shown.figure)
    )


@figures.get("/organisations/<slug>/priorities.<any(svg, png, csv):extension>")
def show_gains(slug: str, extension: str) -> Response:
    """What each element holds the index back by as a picture, or its numbers."""
    shown = priorities.show_priorities(store(), choices.choice(slug))
    chart = chart_of_gains(shown, answer.show_city_name(store()).demo)
    return send_picture(data.gain_csv(chart) if extension == "csv" else gain_chart(chart, extension, look()))


@figures.get("/organisations/<slug>/units")
def show_units(slug: str) -> str:
    """Every unit by element."""
    choice = choices.choice(slug)
    csv = url_for("figures.export_units", slug=slug, **chosen())
    shown = read_unit_list(store(), choice)
    record = units_beside_record(choice, shown.units)
    return _page("units", choice, heat=_heat(shown), record=record, csv_url=csv)


@figures.get("/organisations/<slug>/units.csv")
def export_units(slug: str) -> Response:
    """The same as a table."""
    shown = read_unit_list(store(), choices.choice(slug))
    heads, rows = units_table(_heat(shown))
    return send(table_csv(heads, rows, f"unit-per-unsur-{shown.choice.organisation.slug}.csv"))


def _heat(shown: UnitList) -> tables.HeatTable:
    return tables.heat_table(shown.units, shown.instruments, shown.changes, shown.choice)


def _page(name: str, choice: Choice, **nouns: object) -> str:
    return render_template(
        f"figures/{name}.html",
        name=choice.organisation.name,
        span=spans.name(choice.span),
        filters=choices.filters(choice),
        sections=sections(choice.organisation),
        crumbs=overview.crumbs(choice),
        **nouns,
    )
