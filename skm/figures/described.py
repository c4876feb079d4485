"""The answers of a year column by column: scores, day, quarter, service, hour, channel and profile of each."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from skm import ikm
from skm.figures.dated import respondent_days
from skm.figures.figure import Result, Terms
from skm.figures.results import Regime, main_regime, result_of
from skm.figures.tallies import Tallies
from skm.figures.terms import terms_of
from skm.store import described, instruments
from skm.store.database import Database
from skm.store.described import HOURS, DescribedBlock
from skm.survey.instrument import Instrument
from skm.survey.period import Span
from skm.survey.profile import BLANK, width

SPREAD = 4  # numbers in the range for each answer; profiles of answers that lie farther apart are looked up one by one
AT_ONCE = 1 << 16  # answers
ZERO, A = np.uint8(ord("0")), ord("a")

Codes = NDArray[np.integer]
Numbers = NDArray[np.integer]
Signs = NDArray[np.uint8]
Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """The answers to one questionnaire. `scores` has a line per item, `channels` the first letter of each.

    `quarter` and `service` are places among `quarters`, each with its unit, and `services`. `profiles` has a line per
    stored profile, and `profile` is that of each answer.
    """

    name: str
    instrument: Instrument
    scores: Signs
    days: ikm.RespondentDays
    quarters: Sequence[tuple[str, str]]
    quarter: Codes
    services: Sequence[str]
    service: Codes
    hours: Signs
    channels: Signs
    profiles: Signs
    profile: Codes

    @property
    def n(self) -> int:
        """How many answers these are."""
        return self.scores.shape[1]


@dataclass(frozen=True, kw_only=True)
class Described:
    """The answers that count, and the terms by which; only those that measure what most do are counted."""

    parts: Sequence[Part]
    terms: Terms

    @cached_property
    def known(self) -> dict[str, Instrument]:
        """The questionnaires that were answered."""
        return {part.name: part.instrument for part in self.parts}

    @cached_property
    def numbers(self) -> Counter[str]:
        """How many answers count, by questionnaire."""
        return Counter({part.name: part.n for part in self.parts})

    @cached_property
    def regime(self) -> Regime | None:
        """What most of them measure."""
        return main_regime(self.numbers, self.known)

    def result(self, tallies: Tallies) -> Result:
        """The index of tallies, pooled over respondents."""
        return result_of(tallies, self.known, self.terms.weights, self.regime)


def read_described(db: Database, path: str, span: Span, *, by_service: bool) -> Described:
    """The answers of a subtree and of whole months, ready to be counted in groups."""
    known = instruments.all_stored(db)
    read: dict[str, _Read] = {}
    for block in described.all_described(db, path, span, by_service=by_service):
        name = block.instrument_id
        read.setdefault(name, _Read(name, known[name])).add(block)
    answers = [read[name] for name in sorted(read)]
    widths = sorted({width(its.profile) for its in known.values() if its.profile})
    numbers = np.concatenate([np.zeros(0, np.uint8), *(own.numbers for own in answers)])
    profiles = _Profiles(db, numbers, widths)
    aside = np.array(described.left_out_numbers(db), np.int64)
    parts = [own.part(profiles, aside) for own in answers]
    return Described(parts=parts, terms=terms_of(db, path, span))


class _Columns:
    """What the texts of some blocks tell of each answer to a questionnaire."""

    def __init__(self, blocks: Sequence[DescribedBlock], instrument: Instrument) -> None:
        answers = b"".join([block.answers for block in blocks])
        signs, codes = _with_numbers(answers, len(instrument.items) + 1, blocks[0].digits)
        self.scores = signs[:-1]
        self.numbers, self.hours = codes // HOURS, (codes % HOURS).astype(np.uint8)
        signs = np.frombuffer(b"".join([block.moments for block in blocks]), np.uint8)
        letters = signs >= A
        first = np.flatnonzero(letters[1:] > letters[:-1]) + 1
        self.dates = np.stack([signs[first - 2], signs[first - 1]])
        self.channels = signs[first]


class _Profiles:
    """The profiles of answers by their numbers."""

    def __init__(self, db: Database, numbers: Numbers, widths: Sequence[int]) -> None:
        self._first, last = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, 0)
        self._range = last - self._first + 1
        self._by_width: dict[int, _OfWidth] = {}
        if self._range <= SPREAD * len(numbers):
            self._add(described.profiles_between(db, self._first, last, widths))
        elif len(numbers):
            self._add(described.profiles_of(db, numbers.tolist(), widths))

    def of(self, numbers: Numbers, instrument: Instrument) -> tuple[Signs, Codes]:
        """The stored profiles of a questionnaire, the blank one first, and which of them each answer has."""
        stored = self._of_width(width(instrument.profile))
        return np.concatenate(stored.signs, axis=1), stored.places.take(
            (numbers - self._first).astype(np.intp)
        )

    def _add(self, stored: Iterable[described.Profiles]) -> None:
        for columns, digits, profiles in stored:
            signs, numbers = _with_numbers(profiles, columns, digits)
            self._of_width(columns).add(numbers - self._first, signs)

    def _of_width(self, columns: int) -> "_OfWidth":
        return self._by_width.setdefault(columns, _OfWidth(columns, self._range))


class _OfWidth:
    """Profiles of so many signs: a line for each, the blank profile first; `places` are those of answers, by number."""

    def __init__(self, columns: int, numbers: int) -> None:
        self.places = np.zeros(numbers, np.int32)
        self.signs = [np.full((columns, 1), ord(BLANK), np.uint8)]
        self._n = 1

    def add(self, numbers: Numbers, signs: Signs) -> None:
        """Adds the profiles of the answers with these numbers."""
        self.places[numbers] = np.arange(self._n, self._n + len(numbers), dtype=self.places.dtype)
        self.signs.append(signs)
        self._n += len(numbers)


class _Read:
    """The blocks of a questionnaire, turned into columns some at a time, in memory that is used again."""

    def __init__(self, name: str, instrument: Instrument) -> None:
        self._name, self._instrument = name, instrument
        self._waiting: list[DescribedBlock] = []
        self._columns: list[_Columns] = []
        self._blocks: list[tuple[str, str, str]] = []
        self._sizes: list[int] = []
        self._n = 0

    def add(self, block: DescribedBlock) -> None:
        """Adds a block."""
        n = len(block.answers) // (len(self._instrument.items) + 1 + block.digits)
        self._waiting.append(block)
        self._blocks.append(block[:3])
        self._sizes.append(n)
        self._n += n
        if self._n >= AT_ONCE:
            self._turn()

    @cached_property
    def numbers(self) -> Numbers:
        """The number of each answer, once all blocks are there."""
        if self._waiting:
            self._turn()
        return self._all("numbers")

    def part(self, profiles: _Profiles, aside: Numbers) -> Part:
        """All of them but those that do not count."""
        numbers = self.numbers
        days = [(unit, month, n) for (unit, month, _), n in zip(self._blocks, self._sizes, strict=True)]
        quarters, quarter = _spread([(unit, _quarter(month)) for unit, month, _ in self._blocks], self._sizes)
        services, service = _spread([service for *_, service in self._blocks], self._sizes)
        stored, profile = profiles.of(numbers, self._instrument)
        part = Part(
            name=self._name,
            instrument=self._instrument,
            scores=self._all("scores"),
            days=respondent_days(days, self._all("dates").T),
            quarters=quarters,
            quarter=quarter,
            services=services,
            service=service,
            hours=self._all("hours"),
            channels=self._all("channels"),
            profiles=stored,
            profile=profile,
        )
        return _only(part, ~np.isin(numbers, aside)) if len(aside) else part

    def _all(self, column: str) -> NDArray[Any]:
        return np.concatenate([getattr(columns, column) for columns in self._columns], axis=-1)

    def _turn(self) -> None:
        self._columns.append(_Columns(self._waiting, self._instrument))
        self._waiting, self._n = [], 0


def _only(part: Part, some: NDArray[np.bool_]) -> Part:
    """Some of the answers of a part."""
    return replace(
        part,
        scores=part.scores[:, some],
        days=part.days[some],
        quarter=part.quarter[some],
        service=part.service[some],
        hours=part.hours[some],
        channels=part.channels[some],
        profile=part.profile[some],
    )


def _with_numbers(text: bytes, width: int, digits: int) -> tuple[Signs, Numbers]:
    """From so many signs of each answer and a number in so many digits: a line for each sign, and the numbers."""
    lines = np.frombuffer(text, np.uint8).reshape(-1, width + digits).T.copy()
    numbers = np.zeros(lines.shape[1], np.min_scalar_type(10**digits))
    for digit in lines[width:] - ZERO:
        numbers *= numbers.dtype.type(10)
        numbers += digit
    return lines[:width], numbers


def _spread(values: Sequence[Value], sizes: Sequence[int]) -> tuple[list[Value], Codes]:
    """The different values, and for each answer which of them; `sizes` answers have each value."""
    names = list(dict.fromkeys(values))
    place_of = {name: place for place, name in enumerate(names)}
    return names, np.repeat(
        np.array([place_of[value] for value in values], np.min_scalar_type(len(names))), sizes
    )


def _quarter(month: str) -> str:
    return f"{month[:4]}-TW{(int(month[5:]) + 2) // 3}"
