"""States: what readers without access to single answers are shown, so that no two states tell of 1 to 4 people.

Answers come and go one by one; whoever reads before and after one of them could subtract. So a unit is shown as it was
at the close of a day, and it steps to a newer state only by K answers or more. Changes of one month step together;
those that are too few wait, first for others of their quarter, then of the semester, then of the year. Every figure of
a span is then a sum of such steps, and so is every difference of two of them, today's or yesterday's.

What waits in a year is nothing or at least K: the newest K always wait. For the figure of a period that is frozen and
published counts everybody, and what is left of it when the last state is taken away must not be 1 to 4 people either.

Why so: docs/decisions/0021-states-and-steps.md.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from skm.survey.small_cells import K

FIRST = 2 * K  # answers that have come before a unit shows any: K of them, and K wait
MONTH, QUARTER, SEMESTER, YEAR = range(4)
MONTHS_OF = (1, 3, 6, 12)
EVERYWHERE = 0b1111  # a bit for each level at which an answer is shown

Node = tuple[int, str, int]  # level, year, number within the year


@dataclass(frozen=True)
class Change:
    """An answer came (`event` 0), or an event decided whether it counts from now on."""

    answer: int
    month: str
    counted: bool
    event: int = 0

    def is_within(self, response: int, event: int) -> bool:
        """Whether somebody who read up to these two numbers has seen it."""
        return self.event <= event if self.event else self.answer <= response


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

    `top` is the level at which the last changes step: that of the shortest periods that may be frozen. `stepped` are
    the steps of the figures of years, each the changes of one year that showed at once, until somebody takes them.
    """

    top: int = YEAR
    differing: dict[int, _Differing] = field(default_factory=dict)
    stepped: list[list[Change]] = field(default_factory=list)
    _waiting: dict[Node, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    _frozen: dict[Node, list[int]] = field(default_factory=dict)
    _later: list[Change] = field(default_factory=list)
    _shown: Counter[Node] = field(default_factory=Counter)

    def note(self, change: Change) -> None:
        """An answer has come, or has been decided on."""
        node = node_of(self.top, change.month)
        if change.answer in self._frozen.get(node, ()):
            self._later.append(change)
            return
        before = self.differing.get(change.answer)
        shown = before.shown if before else 0 if change.counted else EVERYWHERE
        if change.event == 0:
            shown = 0
        now = _Differing(change, shown)
        self._waiting[node].pop(change.answer, None)
        if shown == EVERYWHERE * change.counted:
            self.differing.pop(change.answer, None)
            return
        self.differing[change.answer] = now
        if now.waits:
            self._waiting[node][change.answer] = None

    def close_day(self) -> None:
        """A day is over: what is enough steps, all but the newest K."""
        for waiting in self._waiting.values():
            if len(waiting) >= FIRST:
                self._step(list(waiting)[:-K])

    def freeze(self, months: Container[str], response: int, event: int) -> None:
        """What was read for a frozen figure waits for its publication, and steps no more before."""
        for node in [node for node in self._waiting if _is_within(node, months)]:
            self._thaw(node)
            waiting = self._waiting[node]
            read = [key for key in waiting if self.differing[key].change.is_within(response, event)]
            self._frozen[node] = read
            for key in read:
                del waiting[key]

    def publish(self, months: Container[str]) -> None:
        """The frozen figure is official, so that its year shows what it counts, unless that is fewer than K."""
        for node in [node for node in self._frozen if _is_within(node, months)]:
            read = self._frozen[node]
            if self._sizes_after(read, node) >= K:
                del self._frozen[node]
                self._show(read, self.top)
                self._note_later()
            else:
                self._thaw(node)

    @property
    def waiting(self) -> int:
        """How many changes are not shown yet."""
        return sum(one.waits for one in self.differing.values())

    def _thaw(self, node: Node) -> None:
        """Lets what was frozen wait again, before what came after it."""
        if read := self._frozen.pop(node, None):
            self._waiting[node] = dict.fromkeys([*read, *self._waiting[node]])
            self._note_later()

    def _note_later(self) -> None:
        later, self._later = self._later, []
        for change in later:
            self.note(change)

    def _step(self, ready: Sequence[int]) -> None:
        left = list(ready)
        for level in range(self.top + 1):
            groups: dict[Node, list[int]] = defaultdict(list)
            for key in left:
                if self.differing[key].lowest <= level:
                    groups[node_of(level, self.differing[key].change.month)].append(key)
            for group in groups.values():
                if len(group) >= K and self._is_enough_after(group, level):
                    self._show(group, level)
                    left = [key for key in left if key not in group]

    def _is_enough_after(self, group: Sequence[int], level: int) -> bool:
        """Whether every figure that changes would count nobody or at least K."""
        month = self.differing[group[0]].change.month
        nodes = [node_of(above, month) for above in range(level, self.top + 1)]
        return all(n == 0 or n >= K for n in (self._sizes_after(group, node) for node in nodes))

    def _sizes_after(self, group: Sequence[int], node: Node) -> int:
        changes = [self.differing[key].change for key in group if key in self.differing]
        return self._shown[node] + sum(1 if change.counted else -1 for change in changes)

    def _show(self, group: Iterable[int], level: int) -> None:
        """Shows what became of some answers, at this level and above."""
        self.stepped.append([self.differing[key].change for key in group if key in self.differing])
        for key in group:
            one = self.differing[key]
            for above in range(level, YEAR + 1):
                if bool(one.shown >> above & 1) != one.change.counted:
                    one.shown ^= 1 << above
                    self._shown[node_of(above, one.change.month)] += 1 if one.change.counted else -1
            if one.shown == EVERYWHERE * one.change.counted:
                del self.differing[key]
            self._waiting[node_of(self.top, one.change.month)].pop(key, None)


def node_of(level: int, month: str) -> Node:
    """The month, quarter, semester or year that holds a month such as `2026-07`."""
    return level, month[:4], (int(month[5:]) - 1) // MONTHS_OF[level]


def cover(months: Iterable[str]) -> dict[str, int]:
    """For each month of a span, the level of the largest whole span of the calendar in it that holds the month."""
    wanted = frozenset(months)
    return {
        month: max(level for level in range(YEAR + 1) if _is_within(node_of(level, month), wanted))
        for month in wanted
    }


def _is_within(node: Node, months: Container[str]) -> bool:
    level, year, number = node
    first = number * MONTHS_OF[level] + 1
    return all(f"{year}-{at:02}" in months for at in range(first, first + MONTHS_OF[level]))
