"""A unit: its figures, its charts, its counters and their QR."""

from datetime import date, datetime
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from skm.output.charts import data
from skm.output.charts.elements import element_chart
from skm.output.charts.trend import trend_chart
from skm.usecases import answer, counters, summary
from skm.usecases.counters import CounterCard
from skm.usecases.figures import Figures, show_figures
from skm.web import charts, choices, figures, rows, spans
from skm.web.connection import now, settings, store
from skm.web.desk import printing
from skm.web.sections import sections
from skm.web.sending import send
from skm.web.visitor import officer

desk = Blueprint("desk", __name__)


@desk.get("/units/<slug>")
def show_unit(slug: str) -> str | Response:
    """How a unit does."""
    found = chosen(slug)
    if found.organisation.kind != "unit":
        return redirect(rows.address(found.organisation), 301)
    page = page_of(found) | {"counters_url": url_for("desk.show_counters", slug=slug)}
    return render_template("desk/unit.html", page=page, crumbs=figures.crumbs(found))


@desk.get("/organisations/<slug>/summary")
def show_summary(slug: str) -> str:
    """The index of the closed months, for those who serve at the counters."""
    found = summary.show_summary(store(), slug, now())
    return render_template(
        "desk/summary.html",
        name=found.organisation.name,
        headline=figures.headline(found.result) if found.result else "Belum cukup jawaban.",
        grade=found.result.measure.grade if found.result and found.result.measure else None,
        n=found.result.n if found.result else None,
        months=spans.months(found.span),
        enough=summary.ENOUGH,
    )


@desk.get("/organisations/<slug>/<any(elements, months, years):chart>.<any(svg, png, csv):extension>")
def show_chart(slug: str, chart: str, extension: str) -> Response:
    """A chart of an organisation as a picture, or its numbers."""
    found, demo = chosen(slug), answer.show_city_name(store()).demo
    if chart == "elements":
        bars = charts.element_chart(found, demo)
        return send(data.element_csv(bars) if extension == "csv" else element_chart(bars, extension))
    trend = charts.trend_chart(found, chart, demo)
    return send(data.trend_csv(trend) if extension == "csv" else trend_chart(trend, extension))


@desk.get("/units/<slug>/counters")
def show_counters(slug: str) -> str:
    """The counters of a unit with their QR."""
    unit, cards = counters.show_counters(store(), slug, settings().address)
    return render_template(
        "desk/counters.html",
        unit=unit.name,
        counters=[_card(card) for card in cards],
        sheets=printing.sizes("printing.print_sheets", slug=slug),
        papers=printing.papers(slug),
        crumbs=[*figures.way(counters.show_line(store(), unit)), {"name": "Loket", "url": None}],
    )


@desk.get("/counters/<counter_id>/qr.<any(svg, png):extension>")
def show_qr(counter_id: str, extension: str) -> Response:
    """The bare QR of a counter."""
    return send(counters.draw_qr(_get(counter_id), extension))


@desk.get("/counters/<counter_id>/token")
def confirm_token(counter_id: str) -> str:
    """Asks before a QR is replaced."""
    card = _get(counter_id)
    back = url_for("desk.show_counters", slug=card.unit.slug)
    return render_template(
        "desk/replace_token.html",
        counter=card.counter.name,
        unit=card.unit.name,
        back_url=back,
        crumbs=[
            *figures.way(counters.show_line(store(), card.unit)),
            {"name": "Loket", "url": back},
            {"name": card.counter.name, "url": None},
        ],
    )


@desk.post("/counters/<counter_id>/token")
def replace_token(counter_id: str) -> Response:
    """Replaces a QR; the former one leads to an explanation from now on."""
    card = _get(counter_id)
    counters.replace_token(store(), officer().signature(), counter_id, now())
    return redirect(url_for("desk.show_counters", slug=card.unit.slug), 303)


def page_of(found: Figures) -> dict[str, Any]:
    """The context `page` of a figures page, with the way to the pages beside it."""
    return figures.page(found) | {"sections": sections(found.organisation)}


def chosen(slug: str) -> Figures:
    """The figures that the address asks for."""
    return show_figures(store(), slug, choices.wish())


def _get(counter_id: str) -> CounterCard:
    return counters.show_counter(store(), counter_id, settings().address)


def _card(card: CounterCard) -> dict[str, object]:
    at: dict[str, Any] = {"counter_id": card.counter.id}
    return {
        "name": card.counter.name,
        "services": [service.name for service in card.services],
        "address": card.address,
        "short_address": card.short_address,
        "svg_url": url_for("desk.show_qr", extension="svg", **at),
        "png_url": url_for("desk.show_qr", extension="png", **at),
        "sheets": printing.sizes("printing.print_sheet", **at),
        "replace_url": url_for("desk.confirm_token", **at),
        "devices": _devices(card),
        "replaced": _days_replaced(card),
    }


def _devices(card: CounterCard) -> dict[str, str]:
    """The pages for a tablet and for a television, which the same code opens."""
    doors = {"Mode kios": "public.show_kiosk", "Layar TV": "public.show_screen"}
    return {name: url_for(door, token=card.token) for name, door in doors.items()}


def _days_replaced(card: CounterCard) -> list[date]:
    return sorted(card.unit.today(datetime.fromisoformat(t.revoked)) for t in card.revoked if t.revoked)
