"""What is printed for a unit: the sheets of its counters in every size, the paper form in every language."""

from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from skm.i18n.words import LANGUAGES
from skm.output.sheet import SIZES, USUAL
from skm.usecases import counters, paper
from skm.web.connection import now, settings, store
from skm.web.language import language
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


@printing.get("/units/<slug>/paper.pdf")
def print_paper(slug: str) -> Response:
    """The questionnaire on paper, in the language of the address."""
    return send(paper.print_paper(store(), slug, language(), now()))


def papers(slug: str) -> list[dict[str, str]]:
    """The links to the paper form in every language."""
    return [
        {"code": code, "name": name, "url": url_for("printing.print_paper", slug=slug, lang=code)}
        for code, name in LANGUAGES.items()
    ]


def sizes(endpoint: str, **at: Any) -> list[dict[str, str]]:
    """The links to one of these two documents in every size."""
    return [
        {"name": size.name, "purpose": size.purpose, "url": url_for(endpoint, ukuran=code, **at)}
        for code, size in SIZES.items()
    ]


def _size() -> str:
    return request.args.get("ukuran", USUAL)
