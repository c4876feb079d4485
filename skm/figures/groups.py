"""From the answers of a year to groups of respondents under each heading, only as far as they may be shown."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from skm import ikm
from skm.figures.answers import Opened
from skm.figures.dated import DATE, respondent_days
from skm.figures.results import main_regime, regime_of
from skm.figures.tallies import Tallies
from skm.figures.terms import terms_of
from skm.store import instruments, scores
from skm.store.database import Database
from skm.store.scores import HOURS, LEFT_OUT, Block, Selection
from skm.survey import respondent
from skm.survey.instrument import Instrument
from skm.survey.profile import BLANK, width
from skm.survey.respondent import NOT_ANSWERED, NOT_ASKED, TRAITS, part_of_day
from skm.survey.response import WAYS
from skm.survey.small_cells import Cell, shown

HEADINGS = (*TRAITS, "service", "hour", "channel")
_SIGNS = 128  # every character of a stored profile has a code below

Codes = NDArray[np.intp]
Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Described(Opened):
    """The answers of a selection with what is known of each; only those that measure what most do are counted.

    The blocks are those of `scores.group_blocks`.
    """

    @cached_property
    def numbers(self) -> Counter[str]:
        """How many answers count, by questionnaire."""
        signs: Counter[str] = Counter()
        for sign, blocks in ((1, self.blocks), (-1, self.left_out)):
            for (*_, name), block in blocks.items():
                signs[name] += sign * len(block)
        return Counter({name: n // _width(self.known[name]) for name, n in signs.items()})


@dataclass(frozen=True)
class Groups:
    """The groups under one heading that may be shown, and how many respondents there are, shown or not."""

    tallies: Mapping[str, Tallies]
    everybody: int

    @property
    def n(self) -> int:
        """How many respondents are shown."""
        return sum(tally.n for tallies in self.tallies.values() for tally in tallies.values())


def read_described(db: Database, wanted: Selection) -> Described:
    """The answers of a selection, ready to be counted in groups."""
    known = instruments.all_stored(db)
    blanks = {name: BLANK * width(instrument.profile) for name, instrument in known.items()}
    blocks = scores.group_blocks(db, wanted, blanks)
    described = Described(
        blocks=blocks,
        left_out=scores.group_blocks(db, wanted, blanks, states=LEFT_OUT),
        known={name: known[name] for name in sorted({name for *_, name in blocks})},
        terms=terms_of(db, wanted.path, wanted.span),
    )
    return replace(described, regime=main_regime(described.numbers, described.known))


def groups(answers: Described, over: Sequence[str], headings: Sequence[str] = HEADINGS) -> dict[str, Groups]:
    """The groups of a year's answers; only of questionnaires in their regime, only of quarters `over`."""
    parts = [
        _Part(name, instrument, sign, blocks)
        for name, instrument in answers.known.items()
        if regime_of(instrument) == answers.regime
        for sign, blocks in ((1, answers.blocks), (-1, answers.left_out))
    ]
    return {
        heading: _groups([part for part in parts if len(part.scores)], heading, over) for heading in headings
    }


def _width(instrument: Instrument) -> int:
    """How many characters an answer has in a block: its scores, its day, an hour, a channel and a profile."""
    return len(instrument.items) + DATE + 2 + width(instrument.profile)


class _Part:
    """The answers to one questionnaire, a row each: those that are counted, or those to be taken off (`sign` -1)."""

    def __init__(self, name: str, instrument: Instrument, sign: int, blocks: Mapping[Block, bytes]) -> None:
        self.name, self.instrument, self.sign = name, instrument, sign
        own = {key[:-1]: block for key, block in blocks.items() if key[-1] == name}
        rows = np.frombuffer(b"".join(own.values()), np.uint8).reshape(-1, _width(instrument))
        items = len(instrument.items)
        self.scores, dates, self._about = np.split(rows, [items, items + DATE], axis=1)
        sizes = [len(block) // _width(instrument) for block in own.values()]
        self._days = respondent_days([(key[0], key[1], n) for key, n in zip(own, sizes, strict=True)], dates)
        quarters = [(unit, _quarter(month)) for unit, month, _ in own]
        self._quarters, self._quarter = _spread(quarters, sizes)
        self._services, self._service = _spread([service for *_, service in own], sizes)

    def cells(self, heading: str) -> tuple[list[Cell], Codes]:
        """The cells under a heading, and the place of each answer among them."""
        rows, row = self._rows(heading)
        cells = [(unit, quarter, name) for unit, quarter in self._quarters for name in rows]
        return cells, self._quarter * len(rows) + row

    def tallies(self, row: Codes, number: int) -> dict[int, ikm.Tally]:
        """The full tally of each row that has answers; `row` is that of each answer, `number` for none.

        What the largest one has is what the others leave of the whole: it need not be counted under every heading.
        """
        sizes = np.bincount(row, minlength=number + 1).tolist()
        some = sorted((n for n in range(number) if sizes[n]), key=lambda n: sizes[n])
        tallies = {n: self._tally(row == n) for n in some[:-1]}
        for n in some[-1:]:
            whole = self._tally(row < number) if sizes[number] else self._whole
            tallies[n] = whole - ikm.add_all([*tallies.values()]) if tallies else whole
        return tallies

    @cached_property
    def _whole(self) -> ikm.Tally:
        return self._tally(np.ones(len(self.scores), np.bool_))

    def _tally(self, which: NDArray[np.bool_]) -> ikm.Tally:
        block, width = self.scores[which].tobytes(), self.scores.shape[1]
        return ikm.tally(block, width, self.instrument.scale, self._days[which])

    def _rows(self, heading: str) -> tuple[list[str], Codes]:
        """The rows under a heading, and the place of each answer among them."""
        if heading == "service":
            return self._services, self._service
        if heading == "hour":
            return _read(self._about[:, :1], {sign: part_of_day(hour) for hour, sign in enumerate(HOURS)})
        if heading == "channel":
            return _read(self._about[:, 1:2], {way[0]: way for way in WAYS})
        column = respondent.column(self.instrument, heading)
        if column is None:
            return [NOT_ASKED], np.zeros(len(self._about), np.intp)
        return _read(self._about[:, 2:][:, column.place], column.rows)


def _groups(parts: Sequence[_Part], heading: str, over: Sequence[str]) -> Groups:
    placed = [(part, *part.cells(heading)) for part in parts]
    numbers: Counter[Cell] = Counter()
    for part, cells, place in placed:
        counts = np.bincount(place, minlength=len(cells)).tolist()
        numbers.update({cell: part.sign * n for cell, n in zip(cells, counts, strict=True) if n})
    rows = shown(numbers, over)
    tallies: dict[str, Tallies] = defaultdict(dict)
    for part, cells, place in placed:
        names = [name for name in dict.fromkeys(rows.get(cell) for cell in cells) if name is not None]
        number = {name: n for n, name in enumerate(names)} | {None: len(names)}
        row = np.array([number[rows.get(cell)] for cell in cells], np.intp)[place]
        for n, tally in part.tallies(row, len(names)).items():
            before = tallies[names[n]].get(part.name)
            tallies[names[n]][part.name] = tally if before is None else before - tally
    return Groups(dict(tallies), numbers.total())


def _spread(values: Sequence[Value], sizes: Sequence[int]) -> tuple[list[Value], Codes]:
    """The different values, and for each answer which of them; `sizes` answers have each value."""
    names = list(dict.fromkeys(values))
    place_of = {name: place for place, name in enumerate(names)}
    return names, np.repeat(np.array([place_of[value] for value in values], np.intp), sizes)


def _quarter(month: str) -> str:
    return f"{month[:4]}-TW{(int(month[5:]) + 2) // 3}"


def _read(signs: NDArray[np.uint8], rows: Mapping[str, str]) -> tuple[list[str], Codes]:
    """The rows of a column, and the place of each answer among them; anything unknown is NOT_ANSWERED."""
    names = [NOT_ANSWERED, *dict.fromkeys(rows.values())]
    lookup = np.zeros(_SIGNS ** signs.shape[1], np.intp)
    for stored, row in rows.items():
        lookup[_number(stored.encode())] = names.index(row)
    return names, lookup[_number(signs.T.astype(np.intp))]


def _number(signs: Iterable[Any]) -> Any:
    """A short text as a number; of arrays, each row's."""
    return reduce(lambda number, sign: number * _SIGNS + sign, signs)
