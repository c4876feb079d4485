"""From the answers of a year to groups of respondents under each heading, only as far as they may be shown."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

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
    placed = {heading: _Placed(parts, heading, over) for heading in headings}
    for place, part in enumerate(parts):
        divisions = [placed[heading].division(place) for heading in headings]
        found = ikm.tally_divisions(part.scores, part.instrument.scale, part.days, divisions)
        for heading, by_group in zip(headings, found, strict=True):
            for group, tally in by_group.items():
                tallies[heading][placed[heading].names[group]][part.name] = tally
    everybody = sum(part.n for part in parts)
    return {heading: Groups(dict(tallies[heading]), everybody) for heading in headings}


class _Placed:
    """Which row under a heading shows each answer."""

    def __init__(self, parts: Sequence[Part], heading: str, over: Sequence[str]) -> None:
        self._cells: list[list[Cell]] = []
        self._places: list[Places] = []
        numbers: Counter[Cell] = Counter()
        for part in parts:
            rows, row = _rows(part, heading)
            cells = [(unit, quarter, name) for unit, quarter in part.quarters for name in rows]
            kind = np.min_scalar_type(len(cells))
            places = part.quarter.astype(kind) * kind.type(len(rows)) + row.astype(kind)
            counts = np.bincount(places, minlength=len(cells)).tolist()
            numbers.update({cell: n for cell, n in zip(cells, counts, strict=True) if n})
            self._cells.append(cells)
            self._places.append(places)
        self._shown = shown(numbers, over)
        self.names = list(dict.fromkeys(self._shown.values()))

    def division(self, part: int) -> ikm.Division:
        """The row of each answer of a part."""
        number = {name: n for n, name in enumerate(self.names)}
        rows = [number.get(self._shown.get(cell, ""), len(number)) for cell in self._cells[part]]
        groups = np.array(rows, np.min_scalar_type(len(number)))
        return ikm.Division(groups[self._places[part]], len(number))


def _rows(part: Part, heading: str) -> tuple[list[str], Places]:
    """The rows under a heading, and the place of each answer among them."""
    if heading == "service":
        return list(part.services), part.service
    if heading == "hour":
        names = list(dict.fromkeys(_HOURS))
        return names, np.array([names.index(name) for name in _HOURS], np.uint8)[part.hours]
    if heading == "channel":
        return _read(part.channels[None], {way[0]: way for way in WAYS})
    column = respondent.column(part.instrument, heading)
    if column is None:
        return [NOT_ASKED], np.zeros(part.n, np.uint8)
    names, of_profile = _read(part.profiles[column.place], column.rows)
    return names, of_profile[part.profile]


def _read(signs: Signs, rows: Mapping[str, str]) -> tuple[list[str], Places]:
    """The rows of a column, and the place of each of its signs among them; anything unknown is NOT_ANSWERED."""
    names = [NOT_ANSWERED, *dict.fromkeys(rows.values())]
    place_of = {name: place for place, name in enumerate(names)}
    lookup = np.zeros(_SIGNS ** len(signs), np.uint16)
    for stored, row in rows.items():
        lookup[_number(stored.encode())] = place_of[row]
    return names, lookup[_number(signs.astype(np.int32))]


def _number(signs: Iterable[Any]) -> Any:
    """A short text as a number; of arrays, each row's."""
    return reduce(lambda number, sign: number * _SIGNS + sign, signs)
