"""Counters and their QR: showing them, printing them, replacing them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from skm.output import qr, sheet
from skm.output.document import Document
from skm.output.font import is_printable
from skm.security import codes
from skm.store import counters, organisations
from skm.store.database import Database
from skm.survey.order import in_reading_order
from skm.survey.organisation import Counter, Organisation, Service, Token, is_closed
from skm.survey.problem import Problem, needed
from skm.usecases.answering.answer import show_city_name
from skm.usecases.city.branding import find_logo
from skm.usecases.deed import Deed, logged


@dataclass(frozen=True)
class CounterCard:
    """A counter with its services, the address in its QR, and its former tokens."""

    counter: Counter
    unit: Organisation
    services: Sequence[Service]
    token: str
    address: str
    revoked: Sequence[Token]

    @property
    def short_address(self) -> str:
        """The address as people type it: no scheme, the code in groups of four."""
        return self.address.partition("://")[2].removesuffix(self.token) + codes.grouped(self.token)


def show_cards(db: Database, slug: str, base: str) -> tuple[Organisation, list[CounterCard]]:
    """A unit and its open counters; raises Problem."""
    unit = organisations.get_unit(db, slug)
    counters_of_unit = organisations.counters_of(db, unit.id)
    return unit, [_card(db, unit, counter, base) for counter in counters_of_unit if counter.closed is None]


def all_cards(db: Database, slug: str, base: str, now: datetime) -> list[CounterCard]:
    """The open counters of a unit, or of every open unit below an agency; unit by unit. Raises Problem."""
    top = organisations.get_by_slug(db, slug)
    units = [each for each in in_reading_order(organisations.all_below(db, top.path)) if each.kind == "unit"]
    open_units = [unit for unit in units if not is_closed(unit, now)]
    return [card for unit in open_units for card in show_cards(db, unit.slug, base)[1]]


def show_line(db: Database, unit: Organisation) -> list[Organisation]:
    """The organisations above a unit, the highest first, and the unit."""
    return [*organisations.all_above(db, unit), unit]


def show_card(db: Database, counter_id: str, base: str) -> CounterCard:
    """One counter that is open; raises Problem."""
    counter = counters.get(db, counter_id)
    if counter.closed is not None:
        raise Problem("counter_closed")
    return _card(db, organisations.get(db, counter.unit_id), counter, base)


def find_card(db: Database, token: str, base: str) -> CounterCard:
    """The counter of a live token; raises Problem."""
    issued = needed(counters.find_token(db, codes.normalise(token)), "token_unknown")
    if issued.revoked:
        raise Problem("token_unknown")
    return show_card(db, issued.counter_id, base)


def print_sheets(db: Database, cards: Sequence[CounterCard], size: str) -> Document:
    """The print-ready sheets of counters in a size of `output.sheet.SIZES`, a page each; raises Problem."""
    if size not in sheet.SIZES:
        raise Problem("size_unknown", sizes=", ".join(sheet.SIZES))
    if not cards:
        raise Problem("counters_none")
    if len(cards) > (most := sheet.COPIES // sheet.SIZES[size].copies):
        raise Problem("counters_too_many", count=len(cards), limit=most)
    city, logo = show_city_name(db), find_logo(db)
    return sheet.counter_sheets(
        [
            sheet.CounterSheet(
                city=city.name,
                unit=card.unit.name,
                counter=card.counter.name,
                services=tuple(service.name for service in card.services),
                address=card.address,
                short_address=card.short_address,
                demo=city.demo,
            )
            for card in cards
        ],
        size,
        city.brand.heading,
        logo or b"",
    )


def unprintable(cards: Iterable[CounterCard]) -> list[str]:
    """The names on the sheets of counters that have signs which the typeface lacks: boxes stand in their places."""
    names = [
        name
        for card in cards
        for name in (card.unit.name, card.counter.name, *(service.name for service in card.services))
    ]
    return [name for name in dict.fromkeys(names) if not is_printable(name)]


def draw_qr(card: CounterCard, extension: str) -> Document:
    """The bare QR of a counter, as `svg` or `png`."""
    return {"svg": qr.qr_svg, "png": qr.qr_png}[extension](card.address)


def replace_token(db: Database, deed: Deed, counter_id: str) -> str:
    """Gives a counter a new token; the QR of the revoked one leads to an explanation."""
    counter = counters.get(db, counter_id)
    unit = organisations.get(db, counter.unit_id)
    token = Token(codes.new_token(), counter_id, deed.moment, None)
    with logged(db, deed) as log:
        counters.replace_token(db, token)
        log.note(unit.path, "replace_token", f"{unit.name}, {counter.name}")
    return token.token


def _card(db: Database, unit: Organisation, counter: Counter, base: str) -> CounterCard:
    live, *revoked = counters.tokens_of(db, counter.id)
    services = [service for service in organisations.services_at(db, counter.id) if service.closed is None]
    return CounterCard(counter, unit, services, live.token, f"{base}/s/{live.token}", revoked)
