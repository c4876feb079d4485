"""What the pages offer to whoever reads them: addresses to open, and forms as a browser would send them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import html

from tests.client import Visitor

MOST_PAGES = 150
TYPED = {
    "date": "2026-06-15",
    "number": "1",
    "email": "ayu@example.go.id",
    "password": "sepeda hujan lima kopi tua",
}


@dataclass(frozen=True)
class Offer:
    """A request that a page offers: an address with its query, and the fields of a form with what stands in them."""

    method: str
    address: str
    fields: Sequence[tuple[str, str]] = ()
    files: Sequence[str] = ()


def offers(visitor: Visitor, starts: Iterable[str]) -> list[Offer]:
    """What a visitor is offered on the pages that links lead to from some addresses, each once."""
    waiting, seen = list(dict.fromkeys(starts)), set()
    found: dict[tuple[str, ...], Offer] = {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        plain = urlsplit(address).path
        if plain in seen:
            continue
        seen.add(plain)
        response = visitor.open(address, "GET")
        found.setdefault(("GET", address), Offer("GET", address))
        if response.status_code == 200 and response.mimetype == "text/html":
            page = html.document_fromstring(response.get_data(as_text=True))
            for one in _forms(page, address):
                found.setdefault((one.method, one.address, *(name for name, _ in one.fields)), one)
            waiting += _links(page, address)
    return list(found.values())


def _links(page: html.HtmlElement, address: str) -> list[str]:
    links = [urljoin(address, link) for link in page.xpath("//a/@href")]
    return [link for link in links if link.startswith("/")]


def _forms(page: html.HtmlElement, address: str) -> list[Offer]:
    return [
        Offer(
            (form.get("method") or "get").upper(),
            urljoin(address, form.get("action") or address),
            _filled(form),
            form.xpath(".//input[@type='file']/@name"),
        )
        for form in page.xpath("//form")
    ]


def _filled(form: html.HtmlElement) -> list[tuple[str, str]]:
    """The fields of a form as somebody sends them who fills in what is needed."""
    given = {name: value for name, value in form.form_values() if value}
    for radio in form.xpath(".//input[@type='radio']"):
        given.setdefault(radio.name, radio.get("value") or "")
    for field in form.xpath(".//input[@required] | .//textarea[@required]"):
        given.setdefault(field.name, TYPED.get(field.get("type") or "", "Kursi"))
    return list(({name: value or "" for name, value in form.form_values()} | given).items())
