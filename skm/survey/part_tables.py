"""Tables of a unit for readers of states: by service, counter and hour, one person's answer in none of them.

A unit steps from state to state (`survey.states`), and steps are collected into parts: until they are PART changes or
more; at the end of the year, and in every step after it, K are enough. A table is a sum of parts, so that it changes by
parts only. Within a part every row stands by itself or in the row MERGED, once and for all.

Each row of a part has nobody or at least K, and so has each step. Together they could still tell of fewer: a step of
five, all at one counter, taken from that counter's row of six. So of two ways in which a part is divided (by steps, by
a heading), when some classes of the one are taken from classes of the other that hold them, nobody may be left, or at
least K. Let R be rows and N(R) all classes of the other division that somebody of R is in. Whatever can be singled out
by adding and taking away classes of both divisions, however often, is made of such differences N(R) less R. By the
theorem of maximal flow and minimal cut the smallest of them is at least K exactly if K can flow between every two rows
that meet in a class: from a row to its classes without limit, from a class to a row as many as are in both. Two rows
that let fewer through go into MERGED together.

This is so for any two divisions: the steps and one heading, or two headings. Of three at once it is not proved.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations

from skm.survey.small_cells import MERGED, PART, K, merged

Division = Sequence[str]  # the class of each change of a part


@dataclass(frozen=True)
class Step:
    """What changed in the figure of a year at the close of a day: answers that came by number, that went by -number."""

    day: date
    year: int
    numbers: Sequence[int]


def parts(steps: Sequence[Step], day: date) -> list[list[Step]]:
    """The parts of a year's steps in their order, as they were made until the close of a day."""
    found: list[list[Step]] = []
    waiting: list[Step] = []
    for step in (step for step in steps if step.day <= day):
        late = step.day.year > step.year
        if late and _size(waiting) >= K:
            found.append(waiting)
            waiting = []
        waiting = [*waiting, step]
        if _size(waiting) >= (K if late else PART):
            found.append(waiting)
            waiting = []
    if waiting and day.year > waiting[0].year and _size(waiting) >= K:
        found.append(waiting)
    return found


def merged_rows(steps: Division, headings: Sequence[Division]) -> list[frozenset[str]]:
    """The rows of each heading that go into MERGED in one part, whose changes are divided by steps and by headings."""
    together = [merged(Counter(heading)) for heading in headings]
    while pair := next(_apart(steps, headings, together), None):
        place, rows = pair
        together[place] |= rows - {MERGED}
    return together


def _apart(
    steps: Division, headings: Sequence[Division], together: Sequence[frozenset[str]]
) -> Iterator[tuple[int, frozenset[str]]]:
    """Two rows of a heading that, beside another division, would leave one to four."""
    shown = [
        [MERGED if row in small else row for row in heading]
        for heading, small in zip(headings, together, strict=True)
    ]
    for place, heading in enumerate(shown):
        for other in (steps, *shown[:place]):
            meeting = _Meeting(Counter(zip(other, heading, strict=True)))
            for a, b in permutations(sorted(set(heading)), 2):
                if not meeting.flows(a, b):
                    yield place, frozenset((a, b))


class _Meeting:
    """The classes of a division and the rows of a heading that meet in somebody, with how many people that is."""

    def __init__(self, cells: Mapping[tuple[str, str], int]) -> None:
        self._cells = cells
        self._classes: dict[str, list[str]] = defaultdict(list)
        self._rows: dict[str, list[str]] = defaultdict(list)
        for group, row in cells:
            self._classes[row].append(group)
            self._rows[group].append(row)

    def flows(self, source: str, sink: str) -> bool:
        """Whether K can flow from a row to another that it meets in some class; also where the two never meet."""
        shared = [group for group in self._classes[source] if (group, sink) in self._cells]
        if not shared or sum(self._cells[group, sink] for group in shared) >= K:
            return True
        left, flow = dict(self._cells), 0
        while flow < K:
            path = self._path(left, source, sink)
            if path is None:
                return False
            most = min(left[group, row] for _, group, row in path)
            for before, group, row in path:
                left[group, before] += most
                left[group, row] -= most
            flow += most
        return True

    def _path(
        self, left: Mapping[tuple[str, str], int], source: str, sink: str
    ) -> list[tuple[str, str, str]] | None:
        """A way from a row to another where something can still flow, as hops from row by class to row."""
        reached: dict[str, list[tuple[str, str, str]]] = {source: []}
        seen: set[str] = set()
        edge = [source]
        for row in edge:
            for group in (each for each in self._classes[row] if each not in seen):
                seen.add(group)
                for other in self._rows[group]:
                    if other not in reached and left[group, other] > 0:
                        reached[other] = [*reached[row], (row, group, other)]
                        edge.append(other)
            if sink in reached:
                return reached[sink]
        return None


def _size(steps: Sequence[Step]) -> int:
    return sum(len(step.numbers) for step in steps)
