"""What a questionnaire is: items that measure elements, and indices counted over elements.

An instrument is a value. It is read from a TOML file by `instrument_file`, never put together in code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

Words = Mapping[str, str]
"""Language code -> text. "id" is always there."""

LANGUAGES = ("id", "en", "ban")
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"  # by which the choices of a profile field are keyed from paper, in order


def say(words: Words, language: str) -> str:
    """The text in `language`, or the Indonesian one where it has not been translated."""
    return words.get(language) or words["id"]


@dataclass(frozen=True)
class Element:
    """Unsur pelayanan: what an index is made of, such as U3 Waktu Penyelesaian.

    `overall`: it asks for the service as a whole, and stands outside every index.
    """

    code: str
    name: Words
    overall: bool = False


@dataclass(frozen=True)
class Item:
    """Pertanyaan: one question, which measures one element. Option i (from 0) has score i + 1.

    `help` is a line below the question that says what is meant; {} where there is none.
    """

    code: str
    element: str
    text: Words
    options: tuple[Words, ...]
    help: Words


@dataclass(frozen=True)
class Index:
    """A figure over elements: IKM, IPAK. `weights` None: every element weighs the same.

    `graded` False: no official bands exist for it, so it gets a value and no letter.
    """

    code: str
    elements: tuple[str, ...]
    weights: tuple[Fraction, ...] | None
    graded: bool


@dataclass(frozen=True)
class ProfileChoice:
    """One answer to a profile field."""

    code: str
    label: Words


@dataclass(frozen=True)
class ProfileField:
    """Something about the respondent which may always be left out.

    A "choice" has `choices`; a "number" has `minimum` and `maximum` (inclusive). There is no free text,
    and a number has at most three digits: a profile cannot hold a name, a NIK or a telephone number.
    """

    code: str
    label: Words
    kind: Literal["choice", "number"]
    choices: tuple[ProfileChoice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True)
class Instrument:
    """Instrumen: one variant of a questionnaire. `family` is the code its file carries.

    `items` is in the order of asking, which is also the order of the characters of `scores`.
    """

    code: str
    family: str
    title: Words
    scale: int
    elements: tuple[Element, ...]
    items: tuple[Item, ...]
    indices: tuple[Index, ...]
    profile: tuple[ProfileField, ...]

    @property
    def main_index(self) -> Index:
        """The index which a unit is known by: the first of the file."""
        return self.indices[0]

    def index(self, code: str) -> Index:
        """The index with this code. Raises KeyError."""
        return {index.code: index for index in self.indices}[code]

    def element(self, code: str) -> Element:
        """The element with this code. Raises KeyError."""
        return self._by_code[code]

    @property
    def counted(self) -> tuple[Element, ...]:
        """The elements that an index counts."""
        codes = {code for index in self.indices for code in index.elements}
        return tuple(element for element in self.elements if element.code in codes)

    @property
    def outside(self) -> tuple[int, ...]:
        """Where the items stand that count in no index: asked for the office's own purposes."""
        codes = {element.code for element in self.counted}
        return tuple(place for place, item in enumerate(self.items) if item.element not in codes)

    @property
    def overall(self) -> int | None:
        """Where the item stands that asks for the service as a whole; None where none does."""
        codes = {element.code for element in self.elements if element.overall}
        return next((place for place, item in enumerate(self.items) if item.element in codes), None)

    def positions(self, element: str) -> tuple[int, ...]:
        """Where in `items`, and so in `scores`, the items of an element stand (from 0)."""
        return self._positions.get(element, ())

    @cached_property
    def _by_code(self) -> dict[str, Element]:
        return {element.code: element for element in self.elements}

    @cached_property
    def _positions(self) -> dict[str, tuple[int, ...]]:
        places: dict[str, tuple[int, ...]] = {}
        for place, item in enumerate(self.items):
            places[item.element] = (*places.get(item.element, ()), place)
        return places


class InstrumentError(Exception):
    """A questionnaire file that cannot be used: which file, which line (None: unknown), and why."""

    def __init__(self, name: str, line: int | None, reason: str) -> None:
        super().__init__(name, line, reason)
        self.name, self.line, self.reason = name, line, reason

    def __str__(self) -> str:
        place = self.name if self.line is None else f"{self.name}, baris {self.line}"
        return f"{place}: {self.reason}"
