"""What is printed for a unit: the sheets of its counters in every size, the paper form in every language."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from skm.i18n.words import LANGUAGES, N_
from skm.output.sheet import USUAL
from skm.usecases.city import counter_cards
from skm.usecases.papers import form
from skm.web.frame.connection import now, settings, store
from skm.web.frame.errors import Explanation
from skm.web.frame.language import language
from skm.web.frame.sending import send

printing = Blueprint("printing", __name__)
DOORS = {
    "printing.print_sheets": "prints_qr",
    "printing.print_sheet": "prints_qr",
    "printing.print_paper": "prints_qr",
}
PROBLEMS = {
    "services_none": Explanation(
        404, N_("Belum ada layanan"), N_("Tambahkan layanan pada halaman penyiapan unit.")
    ),
}


@printing.get("/organisations/<slug>/counters.pdf")
def print_sheets(slug: str) -> Response:
    """The sheets of all counters of a unit, or of all units below an agency."""
    cards = counter_cards.all_cards(store(), slug, settings().address, now())
    return send(counter_cards.print_sheets(store(), cards, _size()))


@printing.get("/counters/<counter_id>/sheet.pdf")
def print_sheet(counter_id: str) -> Response:
    """The sheet of one counter."""
    card = counter_cards.show_card(store(), counter_id, settings().address)
    return send(counter_cards.print_sheets(store(), [card], _size()))


@printing.get("/units/<slug>/paper.pdf")
def print_paper(slug: str) -> Response:
    """The questionnaire on paper, in the language of the address."""
    return send(form.print_paper(store(), slug, language(), now()))


def papers(slug: str) -> list[dict[str, str]]:
    """The links to the paper form in every language."""
    return [
        {"code": code, "name": name, "url": url_for("printing.print_paper", slug=slug, lang=code)}
        for code, name in LANGUAGES.items()
    ]


def _size() -> str:
    return request.args.get("ukuran", USUAL)
