"""The order in which names are listed for people: 2 before 10, and II before IX."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from skm.survey.names import folded
from skm.survey.organisation import Counter, Organisation, Service

_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")
_ROMAN = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})")  # up to 39: units are counted so, and C or L is a letter
_OTHER = re.compile(r"((pe)?layanan |keperluan |urusan )?(yang )?lain(-lain|nya)?\W*")
_VALUES = {"I": 1, "V": 5, "X": 10}
NAMES = 10_000  # remembered: every form lists the names of its services

Named = TypeVar("Named", Counter, Service)
Key = tuple[tuple[tuple[int, int, str], ...], str]


@lru_cache(NAMES)
def natural(name: str) -> Key:
    """A key to sort by: numbers, Arabic or Roman, stand before letters and by their value; accents count last."""
    return tuple(map(_part, _PARTS.findall(name))), folded(name)


def in_series(things: Iterable[Named]) -> list[Named]:
    """Things in the order in which they were set up, but those whose names differ only in numbers by these.

    Loket 2 comes before Loket 10, and both stay before the pharmacy that was set up after them.
    """
    listed = list(things)
    keys = [natural(each.name) for each in listed]
    stems = [tuple(part if part[0] else None for part in parts) for parts, _ in keys]
    places = {stem: place for place, stem in reversed(list(enumerate(stems)))}
    order = sorted(range(len(listed)), key=lambda at: (places[stems[at]], keys[at]))
    return [listed[at] for at in order]


def others_last(services: Iterable[Service]) -> list[Service]:
    """Services in their order, but "Pelayanan lain" last: who does not find theirs has read all of them by then."""
    return sorted(services, key=lambda service: _is_other(service.name))


@lru_cache(NAMES)
def _is_other(name: str) -> bool:
    return _OTHER.fullmatch(folded(name)) is not None


def in_reading_order(organisations: Iterable[Organisation]) -> list[Organisation]:
    """A subtree, every organisation right below its parent, those of one parent by name."""
    listed = list(organisations)
    keys = {each.id: natural(each.name) for each in listed}
    return sorted(
        listed, key=lambda each: [(keys[key], key) for key in reversed(each.ancestors) if key in keys]
    )


def _part(word: str) -> tuple[int, int, str]:
    if word.isdecimal():
        return 0, int(word), ""
    if word and _ROMAN.fullmatch(word):
        return 0, _roman(word), ""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    return 1, 0, plain.casefold()


def _roman(word: str) -> int:
    values = [_VALUES[sign] for sign in word]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
