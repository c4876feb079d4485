"""Somebody who reads: what a page says of some people, and whether it is true of them.

A number that is not true of the people whom it should be about is a fault: whose is it?
"""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from lxml import html
from werkzeug.test import TestResponse

from skm.store import organisations
from skm.survey.organisation import Organisation
from skm.survey.period import Span, month, year
from skm.wording import spans
from tests.attacker.people import People, Set, Sums

PLACE = re.compile(r"(?<=s)/[^/]+(?:/|$)")  # the name in /organisations/<name>/units.csv, /units/<name>
NUMBER = re.compile(r"-?\d[\d.]*(?:,\d+)?")


@dataclass(frozen=True)
class Group:
    """The people in a figure that was read, and where it stands."""

    where: tuple[str, ...]
    who: Set


@dataclass
class Notes:
    """What was read so far: `numbers` counts every number that is made of scores, `addresses` are those that opened."""

    groups: list[Group] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    numbers: int = 0
    addresses: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Said:
    """What a page says of some people: how many they are, values by element, the index, how many gave 1 or 2."""

    n: int
    values: Mapping[int, Decimal] = field(default_factory=dict)
    index: Decimal | None = None
    low: Mapping[int, int] = field(default_factory=dict)
    tolerance: Decimal = Decimal(0)

    def fits(self, sums: Sums) -> bool:
        """Whether these are people who add up so; of a single element those count who answered it."""
        alike = self.index is None or sums.index == self.index
        single = next(iter(self.values)) if len(self.values) == 1 and self.index is None else None
        return (
            alike
            and self.n == (sums.n if single is None else sums.answered[single])
            and all(abs(sums.values[at] - value) <= self.tolerance for at, value in self.values.items())
        )


@dataclass(frozen=True)
class View:
    """Whom a page is about, and whom its rows of organisations below are about; and of which year, if of one."""

    own: Set
    child: Callable[[Organisation], Set]
    year: str = ""


@dataclass
class Reader:
    """Somebody who opens pages at a moment, and notes whose answers are in what stands there."""

    people: People
    peek: Callable[[str], TestResponse]
    moment: datetime
    notes: Notes
    shut: set[str] = field(default_factory=set)  # doors by their addresses without a place

    def state(
        self, place: Organisation, span: Span | None, level: int | None = None, inside: str = ""
    ) -> Set:
        """Whom a reader of states sees in a span."""
        return self.people.shown(place, self.moment, span.months if span else None, level, inside)

    def note(self, where: Sequence[str], who: Set, said: "Said") -> None:
        """Notes a number of these people, or a fault where it is not theirs."""
        self.notes.numbers += len(said.values) + (said.index is not None)
        if not who and not said.n:
            return
        if not who or not said.fits(self.people.sums(who)):
            self.notes.faults.append(f"{' '.join(where)}: {said} is not of {who.bit_count()} known people")
        self.notes.groups.append(Group((f"{self.moment:%Y-%m-%d}", *where), who))

    def fault(self, what: str) -> None:
        """Notes something that cannot be read."""
        self.notes.faults.append(what)

    def opened(self, address: str) -> str | None:
        """What is at an address; None where the door is shut to this reader, in one place of the city as in all."""
        door = PLACE.sub("/", address.partition("?")[0])
        if door in self.shut:
            return None
        response = self.peek(address)
        if response.status_code == 403:
            self.shut.add(door)
        if response.status_code != 200:
            return None
        self.notes.addresses.add(address)
        return response.get_data(as_text=response.mimetype.startswith("text/"))

    def rows(self, address: str) -> list[dict[str, str]]:
        """A table that may be opened; nothing where the door is shut."""
        return list(csv.DictReader((self.opened(address) or "").lstrip("\ufeff").splitlines()))

    # Figures that stand on several pages

    def point(self, place: Organisation, chart: str, label: str, n: int, index: str) -> None:
        """One point of a trend."""
        span = self.labels(place)[label]
        who = self.state(place, span)
        self.note((place.slug, chart, span.code), who, Said(n, index=decimal(index) if n else None))

    def low(self, where: Sequence[str], who: Set, said: "Said") -> None:
        """Notes it, with how many answered 1 or 2."""
        self.note(where, who, said)
        self.notes.numbers += len(said.low)
        if any(self.people.low(who, at) != low for at, low in said.low.items()):
            self.fault(f"{' '.join(where)}: 1 or 2 of others")

    # What is where

    def below(self, place: Organisation) -> list[Organisation]:
        """All that ever stood below an organisation."""
        return list(organisations.all_ever_below(self.people.db, place.path, None))

    def labels(self, place: Organisation) -> dict[str, Span]:
        """Months and years by their names in trends."""
        numbers = sorted({name[:4] for name in self.people.month_names})
        months = [month(f"{number}-{at:02}") for number in numbers for at in range(1, 13)]
        return {spans.label(one): one for one in (*months, *(year(int(number)) for number in numbers))}


def code(span: Span | None) -> str:
    """What an address calls a span."""
    return span.code if span else "semua"


def text_of(element: html.HtmlElement) -> str:
    """The text of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def decimal(text: str) -> Decimal:
    """The first number of a text, as people write it."""
    found = NUMBER.search(text)
    if found is None:
        return Decimal(-1)
    words = found[0]
    return Decimal(words.replace(".", "").replace(",", ".") if "," in words else words)


def whole(text: str) -> int:
    """A number of people."""
    found = NUMBER.search(text)
    return int(found[0].replace(".", "")) if found else 0


def place_of(name: str) -> int:
    """The place of an element such as U3 among the elements."""
    return int(re.match(r"U(\d+)", name)[1]) - 1
