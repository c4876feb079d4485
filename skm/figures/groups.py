"""From the answers of a year to groups of respondents under each heading, only as far as they may be shown."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from skm import ikm
from skm.figures.described import Described, Part
from skm.figures.results import regime_of
from skm.figures.tallies import Tallies
from skm.survey import respondent
from skm.survey.respondent import NOT_ANSWERED, NOT_ASKED, TRAITS, part_of_day
from skm.survey.response import WAYS
from skm.survey.small_cells import Cell, shown

HEADINGS = (*TRAITS, "service", "hour", "channel")
_SIGNS = 128  # every character of a stored profile has a code below
_HOURS = [part_of_day(hour) for hour in range(24)]

Places = NDArray[Any]
Signs = NDArray[np.uint8]


@dataclass(frozen=True)
class Groups:
    """The groups under one heading that may be shown, and how many respondents there are, shown or not."""

    tallies: Mapping[str, Tallies]
    everybody: int

    @property
    def n(self) -> int:
        """How many respondents are shown."""
        return sum(tally.n for tallies in self.tallies.values() for tally in tallies.values())


def groups(answers: Described, over: Sequence[str], headings: Sequence[str] = HEADINGS) -> dict[str, Groups]:
    """The groups of a year's answers; only of questionnaires in their regime, only of quarters `over`."""
    parts = [part for part in answers.parts if part.n and regime_of(part.instrument) == answers.regime]
    tallies: dict[str, dict[str, Tallies]] = {heading: defaultdict(dict) for heading in headings}
    rows = [dict(_all_rows(part, headings)) for part in parts]
    placed = {heading: _Placed([of_part[heading] for of_part in rows], over) for heading in headings}
    for place, part in enumerate(parts):
        divisions = [placed[heading].division(place) for heading in headings]
        found = ikm.tally_divisions(part.scores, part.instrument.scale, part.days, divisions)
        for heading, by_group in zip(headings, found, strict=True):
            for group, tally in by_group.items():
                tallies[heading][placed[heading].names[group]][part.name] = tally
    everybody = sum(part.n for part in parts)
    return {heading: Groups(dict(tallies[heading]), everybody) for heading in headings}


class _Column(NamedTuple):
    """The rows under a heading, and which of them each answer of a part is in, or each profile that it stores."""

    names: Sequence[str]
    row: Places
    of_profiles: bool


class _Joint:
    """The rows of the answers of a part under some headings, counted together with their quarter."""

    def __init__(self, part: Part, columns: Sequence[_Column]) -> None:
        self.quarters, self._shape = part.quarters, [len(part.quarters), *(len(its.names) for its in columns)]
        row = np.zeros(len(columns[0].row), np.min_scalar_type(prod(self._shape[1:])))
        for column in columns:
            row *= row.dtype.type(len(column.names))
            row += column.row.astype(row.dtype, copy=False)
        self._cells = part.quarter.astype(np.intp)
        self._cells *= prod(self._shape[1:])
        self._cells += row[part.profile] if columns[0].of_profiles else row
        self._counts = np.bincount(self._cells, minlength=prod(self._shape)).reshape(self._shape)

    def counts(self, axis: int) -> NDArray[np.intp]:
        """How many answers each row of a heading has in each quarter."""
        return self._counts.sum(axis=tuple(other for other in range(1, len(self._shape)) if other != axis))

    def each(self, values: NDArray[np.unsignedinteger], axis: int) -> NDArray[np.unsignedinteger]:
        """The value of each answer, given that of each row of a heading in each quarter."""
        shape = [size if place in (0, axis) else 1 for place, size in enumerate(self._shape)]
        return np.broadcast_to(values.reshape(shape), self._shape).ravel()[self._cells]


class _Rows(NamedTuple):
    """The rows of the answers of a part under a heading, which stands at this place among those of the joint."""

    names: Sequence[str]
    joint: _Joint
    axis: int


class _Placed:
    """Which row under a heading shows each answer."""

    def __init__(self, rows: Sequence[_Rows], over: Sequence[str]) -> None:
        self._rows = rows
        numbers: Counter[Cell] = Counter()
        for names, joint, axis in rows:
            counts = joint.counts(axis).ravel().tolist()
            numbers.update({cell: n for cell, n in zip(_cells(joint, names), counts, strict=True) if n})
        self._shown = shown(numbers, over)
        self.names = list(dict.fromkeys(self._shown.values()))

    def division(self, part: int) -> ikm.Division:
        """The row of each answer of a part."""
        names, joint, axis = self._rows[part]
        number = {name: n for n, name in enumerate(self.names)}
        rows = [number.get(self._shown.get(cell, ""), len(number)) for cell in _cells(joint, names)]
        return ikm.Division(joint.each(np.array(rows, np.min_scalar_type(len(number))), axis), len(number))


def _cells(joint: _Joint, names: Sequence[str]) -> Iterator[Cell]:
    return ((unit, quarter, name) for unit, quarter in joint.quarters for name in names)


def _all_rows(part: Part, headings: Sequence[str]) -> Iterator[tuple[str, _Rows]]:
    """The rows under each heading; headings are counted together as long as there are more answers than cells."""
    some: dict[str, _Column] = {}
    for heading, column in ((heading, _column(part, heading)) for heading in headings):
        cells = len(part.quarters) * prod(len(its.names) for its in (*some.values(), column))
        if any(its.of_profiles != column.of_profiles for its in some.values()) or cells > part.n:
            yield from _joined(part, some)
            some = {}
        some[heading] = column
    yield from _joined(part, some)


def _joined(part: Part, columns: Mapping[str, _Column]) -> Iterator[tuple[str, _Rows]]:
    if columns:
        joint = _Joint(part, list(columns.values()))
        for axis, (heading, column) in enumerate(columns.items(), 1):
            yield heading, _Rows(column.names, joint, axis)


def _column(part: Part, heading: str) -> _Column:
    if heading == "service":
        return _Column(part.services, part.service, of_profiles=False)
    if heading == "hour":
        names = list(dict.fromkeys(_HOURS))
        row = np.array([names.index(name) for name in _HOURS], np.uint8)[part.hours]
        return _Column(names, row, of_profiles=False)
    if heading == "channel":
        return _Column(*_read(part.channels[None], {way[0]: way for way in WAYS}), of_profiles=False)
    column = respondent.column(part.instrument, heading)
    if column is None:
        return _Column([NOT_ASKED], np.zeros(part.profiles.shape[1], np.uint8), of_profiles=True)
    return _Column(*_read(part.profiles[column.place], column.rows), of_profiles=True)


def _read(signs: Signs, rows: Mapping[str, str]) -> tuple[list[str], Places]:
    """The rows of a column, and the place of each of its signs among them; anything unknown is NOT_ANSWERED."""
    names = [NOT_ANSWERED, *dict.fromkeys(rows.values())]
    place_of = {name: place for place, name in enumerate(names)}
    lookup = np.zeros(_SIGNS ** len(signs), np.min_scalar_type(len(names)))
    for stored, row in rows.items():
        lookup[_number(stored.encode())] = place_of[row]
    return names, lookup.take(_number(signs.astype(np.int32)))


def _number(signs: Iterable[Any]) -> Any:
    """A short text as a number; of arrays, each row's."""
    return reduce(lambda number, sign: number * _SIGNS + sign, signs)
