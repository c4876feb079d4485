"""A unit's counters and their QR."""

from datetime import date, datetime
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from skm.figures.reach import find_reach
from skm.i18n.words import N_
from skm.usecases.answering.ending import OPEN_FORMS
from skm.usecases.city import counter_cards
from skm.usecases.city.counter_cards import CounterCard
from skm.web.figures.period_notices import period_notices
from skm.web.frame.addresses import sheet_links, way
from skm.web.frame.connection import now, settings, store
from skm.web.frame.errors import Explanation, not_in_list
from skm.web.frame.officer import deed
from skm.web.frame.sending import send
from skm.web.unit import printing
from skm.web.unit.devices import device_link
from skm.wording.reach import closed_today

counter_pages = Blueprint("counters", __name__)
DOORS = {
    "counters.show_counters": "prints_qr",
    "counters.show_qr": "prints_qr",
    "counters.confirm_token": "replaces_qr",
    "counters.replace_token": "replaces_qr",
}
PROBLEMS = {
    "counters_none": Explanation(
        404, N_("Belum ada loket"), N_("Tambahkan loket pada halaman penyiapan unit.")
    ),
    "counter_unknown": not_in_list(N_("Loket tidak ditemukan")),
    "size_unknown": not_in_list(N_("Ukuran tidak dikenal")),
}


@counter_pages.get("/units/<slug>/counters")
def show_counters(slug: str) -> str:
    """The counters of a unit with their QR."""
    unit, cards = counter_cards.show_cards(store(), slug, settings().address)
    reach = find_reach(store(), unit, now())
    return render_template(
        "unit/counters.html",
        unit=unit.name,
        counters=[_card(card) for card in cards],
        invites=reach.is_open or bool(reach.opens),
        closed=closed_today(reach),
        notices=period_notices(unit),
        devices=device_link(unit),
        sheets=sheet_links("printing.print_sheets", slug=slug),
        papers=printing.papers(slug),
        unprintable=counter_cards.unprintable(cards),
        crumbs=[*way(counter_cards.show_line(store(), unit)), {"name": "Loket", "url": None}],
    )


@counter_pages.get("/counters/<counter_id>/qr.<any(svg, png):extension>")
def show_qr(counter_id: str, extension: str) -> Response:
    """The bare QR of a counter."""
    return send(counter_cards.draw_qr(_get(counter_id), extension))


@counter_pages.get("/counters/<counter_id>/token")
def confirm_token(counter_id: str) -> str:
    """Asks before a QR is replaced."""
    card = _get(counter_id)
    back = url_for("counters.show_counters", slug=card.unit.slug)
    return render_template(
        "unit/replace_token.html",
        counter=card.counter.name,
        unit=card.unit.name,
        back_url=back,
        open_forms=OPEN_FORMS,
        crumbs=[
            *way(counter_cards.show_line(store(), card.unit)),
            {"name": "Loket", "url": back},
            {"name": card.counter.name, "url": None},
        ],
    )


@counter_pages.post("/counters/<counter_id>/token")
def replace_token(counter_id: str) -> Response:
    """Replaces a QR; the former one leads to an explanation from now on."""
    card = _get(counter_id)
    counter_cards.replace_token(store(), deed(), counter_id)
    return redirect(url_for("counters.show_counters", slug=card.unit.slug), 303)


def _get(counter_id: str) -> CounterCard:
    return counter_cards.show_card(store(), counter_id, settings().address)


def _card(card: CounterCard) -> dict[str, object]:
    at: dict[str, Any] = {"counter_id": card.counter.id}
    return {
        "name": card.counter.name,
        "services": [service.name for service in card.services],
        "address": card.address,
        "short_address": card.short_address,
        "svg_url": url_for("counters.show_qr", extension="svg", **at),
        "png_url": url_for("counters.show_qr", extension="png", **at),
        "sheets": sheet_links("printing.print_sheet", **at),
        "replace_url": url_for("counters.confirm_token", **at),
        "devices": _devices(card),
        "replaced": _days_replaced(card),
    }


def _devices(card: CounterCard) -> dict[str, str]:
    """The pages for a tablet and for a television, which the same code opens."""
    doors = {"Mode kios": "public.show_kiosk", "Layar TV": "public.show_screen"}
    return {name: url_for(door, token=card.token) for name, door in doors.items()}


def _days_replaced(card: CounterCard) -> list[date]:
    return sorted(card.unit.today(datetime.fromisoformat(t.revoked)) for t in card.revoked if t.revoked)
