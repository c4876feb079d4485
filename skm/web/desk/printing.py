"""What is printed for a unit: the sheets of its counters, in every size."""

from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from skm.output.sheet import SIZES, USUAL
from skm.usecases import counters
from skm.web.connection import now, settings, store
from skm.web.sending import send

printing = Blueprint("printing", __name__)


@printing.get("/organisations/<slug>/counters.pdf")
def print_sheets(slug: str) -> Response:
    """The sheets of all counters of a unit, or of all units below an agency."""
    cards = counters.all_counters(store(), slug, settings().address, now())
    return send(counters.print_sheets(store(), cards, _size()))


@printing.get("/counters/<counter_id>/sheet.pdf")
def print_sheet(counter_id: str) -> Response:
    """The sheet of one counter."""
    card = counters.show_counter(store(), counter_id, settings().address)
    return send(counters.print_sheets(store(), [card], _size()))


def sizes(endpoint: str, **at: Any) -> list[dict[str, str]]:
    """The links to one of these two documents in every size."""
    return [
        {"name": size.name, "purpose": size.purpose, "url": url_for(endpoint, ukuran=code, **at)}
        for code, size in SIZES.items()
    ]


def _size() -> str:
    return request.args.get("ukuran", USUAL)
