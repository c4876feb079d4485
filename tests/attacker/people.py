"""Whose answers are in a figure: sets of people as whole numbers, a bit for each answer in the order of arrival.

What an attacker may learn of this is less. He knows which figure is a part of which (a unit of its agency, a month of
its quarter, a state of a later one without exclusions, a revision of the next), and how many are in each. Whatever can
be concluded from that can be concluded from the sets themselves, so who finds nothing here finds nothing there.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

import numpy as np

from skm.figures.breakdown import HEADINGS
from skm.figures.states import find_states
from skm.store import instruments
from skm.store.database import Database
from skm.store.scores import EVERY_EVENT, LEFT_OUT, Mark
from skm.survey.organisation import Organisation
from skm.survey.part_tables import merged_rows, parts
from skm.survey.period import Period
from skm.survey.respondent import part_of_day
from skm.survey.small_cells import MERGED
from skm.survey.states import YEAR, cover

Set = int
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Sums:
    """How many people, how their scores add up by item, and how many answered each.

    `units` are the same of each unit, where the mean of the units is what pages show.
    """

    n: int
    totals: tuple[int, ...]
    answered: tuple[int, ...]
    units: tuple["Sums", ...] = ()

    @property
    def means(self) -> list[Fraction | None]:
        """The value of each element that has one item; None where nobody answered it."""
        if self.units:
            return [mean_of(some) for some in zip(*(unit.means for unit in self.units), strict=True)]
        pairs = zip(self.totals, self.answered, strict=True)
        return [Fraction(25 * total, n) if n else None for total, n in pairs]

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The value of each element, as pages round it; -1 where nobody answered it."""
        return tuple(Decimal(-1) if mean is None else rounded(mean) for mean in self.means)

    @property
    def index(self) -> Decimal:
        """The index of equal weights, as pages round it."""
        return rounded(self.exact)

    @property
    def exact(self) -> Fraction:
        """The index before it is rounded."""
        return mean_of([unit.exact for unit in self.units] or self.means) or Fraction()


def mean_of(some: Iterable[Fraction | None]) -> Fraction | None:
    """The mean of those that there are."""
    there = [one for one in some if one is not None]
    return sum(there, Fraction()) / len(there) if there else None


def rounded(exact: Fraction) -> Decimal:
    """A number with two decimals."""
    return (Decimal(exact.numerator) / exact.denominator).quantize(CENT, ROUND_HALF_UP)


class Crowd:
    """People and the scores that they gave, a row for each and a column for each element; 0 is no answer."""

    def __init__(self, scores: np.ndarray) -> None:
        self.scores = scores
        self._sums: dict[Set, Sums] = {}

    def sums(self, some: Set) -> Sums:
        """How the answers of a set add up."""
        if some not in self._sums:
            scores = self.scores[self.mask(some)]
            totals, answered = scores.sum(axis=0), (scores > 0).sum(axis=0)
            self._sums[some] = Sums(len(scores), tuple(map(int, totals)), tuple(map(int, answered)))
        return self._sums[some]

    def answered(self, element: int) -> Set:
        """Who answered an element, by its place."""
        return self.set_of(self.scores[:, element] > 0)

    def counts(self, some: Set, element: int) -> list[int]:
        """How many of a set gave an element 1, 2, 3 and 4, by its place."""
        column = self.scores[self.mask(some)][:, element]
        return [int((column == score).sum()) for score in (1, 2, 3, 4)]

    def low(self, some: Set, element: int) -> int:
        """How many of a set gave an element 1 or 2."""
        return sum(self.counts(some, element)[:2])

    def mask(self, some: Set) -> np.ndarray:
        """A set as an array of truth values."""
        octets = np.frombuffer(some.to_bytes(len(self.scores) // 8 + 1, "little"), np.uint8)
        return np.unpackbits(octets, bitorder="little")[: len(self.scores)].astype(bool)

    def set_of(self, mask: np.ndarray) -> Set:
        """An array of truth values as a set."""
        return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


class People(Crowd):
    """All answers of a city, one item to an element, as they are at a moment."""

    def __init__(self, db: Database, *, mean_of_units: bool = False) -> None:
        self.db, self.mean_of_units = db, mean_of_units
        columns = (
            "number, unit_id, local_month, local_date, service_id, instrument_id, counter_id, local_hour"
        )
        rows = db.conn.execute(f"SELECT {columns}, scores FROM responses ORDER BY number").fetchall()
        self.number, self.unit, self.month, self.day, self.service, self.instrument = (
            np.array([row[at] for row in rows]) for at in range(6)
        )
        names, self._month = np.unique(self.month, return_inverse=True)
        self.month_names = [str(name) for name in names]
        self._places = [{"service": row[4], "counter": row[6], "hour": part_of_day(row[7])} for row in rows]
        self._instrument = str(self.instrument[0])
        super().__init__(self._scores(rows))
        self._decisions = db.conn.execute(
            """SELECT e.number, r.number, e.state FROM response_events AS e
               JOIN responses AS r ON r.id = e.response_id ORDER BY e.number"""
        ).fetchall()
        self._placements = db.conn.execute(
            "SELECT organisation_id, path, since, until FROM placements"
        ).fetchall()
        self._below: dict[str, np.ndarray] = {}
        self._states = cache(find_states)

    def sums(self, some: Set) -> Sums:
        """How the answers of a set add up, unit by unit where that is the rule."""
        if not self.mean_of_units or some in self._sums:
            return super().sums(some)
        parts = [self.set_of(self.unit == unit) & some for unit in sorted(set(self.unit))]
        units = [super(People, self).sums(part) for part in parts if part]
        self._sums[some] = replace(super().sums(some), units=tuple(units) if len(units) > 1 else ())
        return self._sums[some]

    def _scores(self, rows: Sequence[Sequence[str]]) -> np.ndarray:
        """The scores by element of all questionnaires."""
        asked = {name: instruments.get(self.db, name) for name in sorted(set(self.instrument))}
        codes = list(dict.fromkeys(one.code for known in asked.values() for one in known.elements))
        scores = np.zeros((len(rows), len(codes)), np.int64)
        for name, known in asked.items():
            mine = np.flatnonzero(self.instrument == name)
            joined = np.frombuffer("".join(rows[at][-1] for at in mine).encode(), np.uint8)
            given = joined.reshape(len(mine), -1).astype(np.int64) - ord("0")
            columns = [codes.index(item.element) for item in known.items]
            scores[np.ix_(mine, columns)] = np.where(given > 0, given, 0)  # "-" is no answer
        return scores

    def below(self, organisation_id: str) -> np.ndarray:
        """Who answered a unit that stood at or below an organisation on that day."""
        if organisation_id not in self._below:
            mask = np.zeros(len(self.number), bool)
            for unit, path, since, until in self._placements:
                if f"/{organisation_id}/" in f"/{path}":
                    mask |= (self.unit == unit) & (self.day >= since) & (self.day <= until)
            self._below[organisation_id] = mask
        return self._below[organisation_id]

    def counted(self, mark: Mark) -> np.ndarray:
        """Who had come by a mark and was not left out then."""
        mask = self.number <= mark.response
        state = {number: name for event, number, name in self._decisions if event <= mark.event}
        out = [number for number, name in state.items() if name in LEFT_OUT]
        return mask & ~np.isin(self.number, out)

    def now(self, organisation_id: str, months: Iterable[str] | None = None) -> Set:
        """Who is in the figure of now."""
        mask = self.counted(Mark(EVERY_EVENT, EVERY_EVENT)) & self.below(organisation_id)
        return self.set_of(mask & self._within(months))

    def frozen(self, organisation_id: str, period: Period, mark: Mark, inside: str = "") -> Set:
        """Who is in a frozen figure; `inside` an organisation below it only."""
        days = (self.day >= period.opens.isoformat()) & (self.day <= period.closes.isoformat())
        below = self.below(organisation_id) & self.below(period.organisation_id)
        below = below & self.below(inside) if inside else below
        return self.set_of(self.counted(mark) & below & days)

    def shown(
        self,
        organisation: Organisation,
        moment: datetime,
        months: Iterable[str] | None = None,
        level: int | None = None,
        inside: str = "",
    ) -> Set:
        """Who is in the state that a reader without rows sees of a span; `inside` an organisation below it only."""
        states = self._states(self.db, organisation, moment)
        within = self.below(inside or organisation.id) & self.below(organisation.id) & self._within(months)
        mask = self.counted(states.mark) & within
        levels = {} if months is None else cover(months)
        for shown, by_levels in ((False, states.hidden), (True, states.still)):
            for bits, numbers in by_levels.items():
                for at in np.searchsorted(self.number, list(numbers)):
                    top = levels.get(self.month[at], YEAR) if level is None else level
                    if within[at] and bool(bits >> top & 1) is shown:
                        mask[at] = shown
        return self.set_of(mask)

    def rows_of(self, unit: Organisation, moment: datetime, year: str, heading: str) -> dict[str, Set]:
        """Who is in each row of a unit's table of a year, such as by `service`, for a reader of states."""
        states = self._states(self.db, unit, moment)
        steps = states.steps.get(unit.id, {}).get(self._instrument, ())
        rows: dict[str, Set] = defaultdict(int)
        for part in parts([step for step in steps if f"{step.year}" == year], states.day):
            changes = [(at, number) for at, step in enumerate(part) for number in step.numbers]
            places = [self._places[np.searchsorted(self.number, abs(number))] for _, number in changes]
            headings = [[place[name] for place in places] for name in HEADINGS]
            small = merged_rows([f"{at}" for at, _ in changes], headings)[HEADINGS.index(heading)]
            for place, (_, number) in zip(places, changes, strict=True):
                row = MERGED if place[heading] in small else place[heading]
                rows[row] ^= 1 << int(np.searchsorted(self.number, abs(number)))
        return dict(rows)

    def _within(self, months: Iterable[str] | None) -> np.ndarray:
        if months is None:
            return np.ones(len(self.number), bool)
        wanted = frozenset(months)
        return np.array([name in wanted for name in self.month_names], bool)[self._month]
