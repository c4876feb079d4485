"""States: what readers without access to single answers are shown, so that no two states tell of 1 to 4 people.

Answers come and go one by one; whoever reads before and after one of them could subtract. So a unit is shown as it was
at the close of a day, and it steps to a newer state only by K answers or more. Changes of one month step together;
those that are too few wait, first for others of their quarter, then of the semester, then of the year. Every figure of
a span is then a sum of such steps, and so is every difference of two of them, today's or yesterday's. No figure
divides a step: the days on which it was answered lie in the same periods, and the unit stood below the same agency. Nor
does an element that some left out: of each step nobody answered it, or at least K did.

What waits in a year is nothing or at least K: the newest K always wait. For the figure of a period that is frozen and
published counts everybody, and what is left of it when the last state is taken away must not be 1 to 4 people either.

Why so: docs/decisions/0021-states-and-steps.md.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from skm.survey.history import Change, History, Part, is_enough
from skm.survey.small_cells import K

FIRST = 2 * K  # answers that have come before a unit shows any: K of them, and K wait
MONTH, QUARTER, SEMESTER, YEAR = range(4)
MONTHS_OF = (1, 3, 6, 12)
EVERYWHERE = 0b1111  # a bit for each level at which an answer is shown

Node = tuple[int, str, int]  # level, year, number within the year
Class = tuple[str, Part]  # a year, and a part of it


@dataclass
class _Differing:
    """An answer that is shown at some levels otherwise than it counts."""

    change: Change
    shown: int  # the levels at which it is shown, a bit each

    @property
    def waits(self) -> bool:
        """Whether the year is shown without what became of it."""
        return bool(self.shown >> YEAR & 1) != self.change.counted

    @property
    def lowest(self) -> int:
        """The lowest level at which it may step: from there on it is shown otherwise than it counts."""
        level = YEAR
        while level and bool(self.shown >> (level - 1) & 1) != self.change.counted:
            level -= 1
        return level


@dataclass
class State:
    """The state of one unit and questionnaire; changes are noted in the order of their arrival, days are closed.

    `stepped` are the steps of the figures of years, each the changes of one year that showed at once, until somebody
    takes them.
    """

    differing: dict[int, _Differing] = field(default_factory=dict)
    stepped: list[Sequence[Change]] = field(default_factory=list)
    _waiting: dict[Class, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    _frozen: dict[Class, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    _later: list[Change] = field(default_factory=list)
    _history: History = field(default_factory=History)

    def note(self, change: Change) -> None:
        """An answer has come, or has been decided on."""
        if change.answer in self._frozen.get(_class(change), ()):
            self._later.append(change)
            return
        before = self.differing.get(change.answer)
        shown = before.shown if before else 0 if change.counted else EVERYWHERE
        if change.event == 0:
            shown = 0
        now = _Differing(change, shown)
        waiting = self._waiting[_class(change)]
        waiting.pop(change.answer, None)
        if shown == EVERYWHERE * change.counted:
            self.differing.pop(change.answer, None)
            return
        self.differing[change.answer] = now
        if now.waits:
            waiting[change.answer] = None

    def close_day(self) -> None:
        """A day is over: what is enough steps, all but the newest, which are enough too."""
        for waiting in self._waiting.values():
            if len(waiting) >= FIRST:
                self._step(list(waiting)[: -self._newest(waiting)])

    def freeze(self, period: str, response: int, event: int) -> None:
        """What was read for a period's frozen figure waits for a publication, and steps no more before."""
        for place in [place for place in self._waiting if period in place[1]]:
            waiting = self._waiting[place]
            for key in [key for key in waiting if self.differing[key].change.is_within(response, event)]:
                self._frozen[place][key] = waiting.pop(key)

    def publish(self, period: str, level: int, response: int, event: int) -> None:
        """The frozen figure is official, so that its year shows what it counts, unless that is fewer than K.

        At the level of the smallest span of the calendar that holds the period. Parts of it that are too few show
        with the others. What was frozen and does not show yet waits for the next publication.
        """
        places = [place for place in self._frozen if period in place[1]]
        self._decide_frozen(places, response, event)
        for year in {year for year, _ in places}:
            frozen = [self._frozen[place] for place in places if place[0] == year]
            read = [
                [key for key in own if self.differing[key].change.is_within(response, event)]
                for own in frozen
            ]
            groups = [group for group in read if group]
            if not all(self._may_show(group) for group in groups):
                groups = [[key for group in groups for key in group]]
            if all(self._may_show(group) for group in groups):
                for group in groups:
                    self._show(group, level)
        later, self._later = self._later, []
        for change in later:
            self.note(change)

    @property
    def otherwise(self) -> Iterator[tuple[int, bool, int]]:
        """The answers that show otherwise than they count: each one's number, whether it counts, where it shows."""
        later = {change.answer: change.counted for change in self._later}
        for answer, one in self.differing.items():
            counted = later.get(answer, one.change.counted)
            if one.shown != EVERYWHERE * counted:
                yield answer, counted, one.shown

    def _newest(self, waiting: dict[int, None]) -> int:
        """How many of the newest are enough: K who answered every question that any of those who wait answered."""
        changes = [self.differing[key].change for key in reversed(waiting)]
        if not any(change.gaps for change in changes):
            return K
        gaps = Counter(gap for change in changes for gap in change.gaps)
        never = {gap for gap, n in gaps.items() if n == len(changes)}
        missing: Counter[int] = Counter()
        for n, change in enumerate(changes, 1):
            missing.update(set(change.gaps) - never)
            if n - max(missing.values(), default=0) >= K:
                return n
        return len(changes)

    def _decide_frozen(self, places: Collection[Class], response: int, event: int) -> None:
        """What was decided on frozen answers before another figure was frozen belongs to that one."""
        later, self._later = self._later, []
        for change in later:
            if _class(change) in places and change.is_within(response, event):
                self._frozen[_class(change)].pop(change.answer, None)
                self.note(change)
                if self._waiting[_class(change)].pop(change.answer, False) is None:
                    self._frozen[_class(change)][change.answer] = None
            else:
                self._later.append(change)

    def _step(self, ready: Sequence[int]) -> None:
        left = list(ready)
        for level in range(YEAR + 1):
            groups: dict[Node, list[int]] = defaultdict(list)
            for key in left:
                if self.differing[key].lowest <= level:
                    groups[node_of(level, self.differing[key].change.month)].append(key)
            for group in groups.values():
                if self._may_show(group):
                    self._show(group, level)
                    left = [key for key in left if key not in group]

    def _may_show(self, group: Sequence[int]) -> bool:
        """Whether a step is enough, and leaves enough of those before."""
        changes = [self.differing[key].change for key in group]
        return is_enough(changes) and self._history.is_apart(changes)

    def _show(self, group: Iterable[int], level: int) -> None:
        """Shows what became of some answers, at this level and above."""
        changes = [self.differing[key].change for key in group]
        self.stepped.append(changes)
        self._history.add(changes)
        for change in changes:
            one = self.differing[change.answer]
            for above in range(level, YEAR + 1):
                if bool(one.shown >> above & 1) != change.counted:
                    one.shown ^= 1 << above
            if one.shown == EVERYWHERE * change.counted:
                del self.differing[change.answer]
            self._waiting[_class(change)].pop(change.answer, None)
            self._frozen[_class(change)].pop(change.answer, None)


def node_of(level: int, month: str) -> Node:
    """The month, quarter, semester or year that holds a month such as `2026-07`."""
    return level, month[:4], (int(month[5:]) - 1) // MONTHS_OF[level]


def level_of(months: Collection[str]) -> int:
    """The level of the smallest span of the calendar that holds some months, or of the years that do."""
    return next(
        (level for level in range(YEAR) if len({node_of(level, month) for month in months}) == 1), YEAR
    )


def cover(months: Iterable[str]) -> dict[str, int]:
    """For each month of a span, the level of the largest whole span of the calendar in it that holds the month."""
    wanted = frozenset(months)
    return {
        month: max(level for level in range(YEAR + 1) if _is_within(node_of(level, month), wanted))
        for month in wanted
    }


def _class(change: Change) -> Class:
    return change.month[:4], change.part


def _is_within(node: Node, months: Container[str]) -> bool:
    level, year, number = node
    first = number * MONTHS_OF[level] + 1
    return all(f"{year}-{at:02}" in months for at in range(first, first + MONTHS_OF[level]))
