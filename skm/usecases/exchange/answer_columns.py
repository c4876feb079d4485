"""Which column of a table of answers belongs to which question: by its code, the name of its element, or its words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from skm.survey.instrument import Instrument
from skm.survey.names import folded
from skm.survey.problem import Problem

_PATH = re.compile(r"[/:.]")  # g_skm/P1, as KoBo and ODK name what stands in a group
_LEADING = re.compile(
    r"[\[(]?(\w+)(?:\s*[\])}.:)–—-]\s*|\s+)(?=\D)"
)  # P1. Bagaimana …, [P1] …, U1 Persyaratan
_WORD = re.compile(r"[^\W\d_]{3,}")
# Words that nearly every question has.
_COMMON = frozenset((
    "bagaimana", "pendapat", "pemahaman", "saudara", "anda", "tentang", "unit", "ini", "dalam", "yang", "dengan",
    "dari", "dan", "atas", "how", "was", "the", "for", "you", "your", "did",
))  # fmt: skip
ALIKE = 0.6  # of the words of two questions that are the same


class AnswerColumns:
    """Finds the columns of a questionnaire's items among heads. Items that count in no index have none."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument
        self._known: dict[str, tuple[int | None, int]] = {}
        self._places = [place for place in range(len(instrument.items)) if place not in instrument.outside]

    def share(self, heads: Sequence[str]) -> float:
        """The share of the items that have a column, from 0 to 1."""
        found = {place for head in heads for place, _ in [self._item(head)] if place is not None}
        return len(found) / len(self._places)

    def find(self, heads: Sequence[str]) -> list[int | None]:
        """The column of each item, in the questionnaire's order; None for one that counts in no index.

        Of several columns for an item the one with the plainest head is taken. Raises Problem where two are as plain
        as each other ("column_doubled"), and where an item has none ("column_missing").
        """
        columns: dict[int, tuple[int, int]] = {}
        for column, head in enumerate(heads):
            place, how = self._item(head)
            if place is None:
                continue
            if place in columns and columns[place][0] == how:
                raise Problem("column_doubled", first=heads[columns[place][1]], second=head)
            columns[place] = min(columns.get(place, (how, column)), (how, column))
        if missing := [self._wanted(place) for place in self._places if place not in columns]:
            raise Problem("column_missing", columns=", ".join(missing))
        return [
            columns[place][1] if place in columns else None for place in range(len(self._instrument.items))
        ]

    @cached_property
    def codes(self) -> Mapping[str, int]:
        """The item that each code stands for: its own, or that of an element with one item."""
        items = {self._instrument.items[place].code: place for place in self._places}
        elements = {
            element.code: places[0]
            for element in self._instrument.counted
            if len(places := self._instrument.positions(element.code)) == 1
        }
        return {folded(code): place for code, place in (elements | items).items()}

    def _item(self, head: str) -> tuple[int | None, int]:
        """The item of a head, None for none, and how plainly it says so: 0 a code, 4 the words of the question."""
        if head not in self._known:
            self._known[head] = self._named(head) if head else (None, 0)
        return self._known[head]

    def _named(self, head: str) -> tuple[int | None, int]:
        for how, name in enumerate(_names(head)):
            if name in self.codes:
                return self.codes[name], how
        plain = folded(head)
        if plain in self._elements:
            return self._elements[plain], 3
        return self._by_words(plain), 4

    @cached_property
    def _elements(self) -> Mapping[str, int]:
        by_code = {element.code: element for element in self._instrument.elements}
        return {
            folded(name): place
            for code, place in self.codes.items()
            if (element := by_code.get(code.upper())) is not None
            for name in element.name.values()
        }

    @cached_property
    def _questions(self) -> Sequence[tuple[int, frozenset[str]]]:
        items = self._instrument.items
        return [
            (place, _words(folded(text))) for place in self._places for text in items[place].text.values()
        ]

    def _by_words(self, head: str) -> int | None:
        """The item that a head asks in nearly the same words; None where none is clearly the nearest."""
        words = _words(head)
        if len(words) < 2:
            return None
        nearest: dict[int, float] = {}
        for place, question in self._questions:
            alike = len(words & question) / len(words | question)
            nearest[place] = max(nearest.get(place, 0), alike)
        (place, most), *others = sorted(nearest.items(), key=lambda pair: -pair[1])
        return place if most >= ALIKE and all(alike < most for _, alike in others) else None

    def _wanted(self, item: int) -> str:
        """What a missing column may be called: `P3/U3`."""
        own = self._instrument.items[item].code
        others = [code.upper() for code, place in self.codes.items() if place == item and code != folded(own)]
        return "/".join([own, *others])


def _names(head: str) -> Iterator[str]:
    """What in a head may be a code: all of it, the end of a path, its first word."""
    plain = folded(head).strip("\"' ")
    yield plain
    yield "" if " " in plain else _PATH.split(plain)[-1]
    leading = _LEADING.match(plain)
    yield leading[1] if leading else ""


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text)) - _COMMON
