"""What a unit has shown, step by step, and whether a next step would single out one to four people of it.

A step of answers that came holds nobody whom another step holds. Of answers that were decided on the next step takes
some of those of earlier steps, and few may be left of these: five came together and showed, four of them are held, and
whoever takes one reading from another has the fifth.

People who are in the same steps cannot be told apart. Of such people a next step takes some and leaves others, and
whatever is added to it and taken from it, those who are fewer remain; so do all who are in no step yet. Where these are
K together, nothing can be made of the steps that holds one to four: if the next step goes into it, they are in it, and
if not, it could be made before.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from skm.survey.small_cells import K

Part = frozenset[
    str
]  # what the days of some answers have in common: the periods that hold them, and the unit's place


@dataclass(frozen=True)
class Change:
    """An answer came (`event` 0), or an event decided whether it counts from now on.

    `gaps` are the places of the questions that it left out.
    """

    answer: int
    month: str
    counted: bool
    event: int = 0
    part: Part = frozenset()
    gaps: tuple[int, ...] = ()

    def is_within(self, response: int, event: int) -> bool:
        """Whether somebody who read up to these two numbers has seen it."""
        return self.event <= event if self.event else self.answer <= response


@dataclass
class History:
    """The steps of a unit and questionnaire; `gaps` are those of the answers that have some."""

    _steps: "list[array[int]]" = field(default_factory=list)
    _gaps: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def add(self, changes: Iterable[Change]) -> None:
        """Notes a step."""
        self._steps.append(array("q", sorted({change.answer for change in changes})))
        self._gaps |= {change.answer: change.gaps for change in changes if change.gaps}

    def is_apart(self, changes: Sequence[Change]) -> bool:
        """Whether a next step leaves K people, and K who answered each question, whatever is made of it and others."""
        if not any(change.event for change in changes):
            return True
        gaps = self._gaps | {change.answer: change.gaps for change in changes}
        wanted = {change.answer for change in changes}
        alike = self._alike({change.answer for change in changes if change.event})
        fresh = wanted.difference(*alike)
        if _left(wanted, alike, fresh) < K:
            return False
        for gap in {gap for some in (fresh, *alike) for answer in some for gap in gaps.get(answer, ())}:
            own, *others = (
                {answer for answer in some if gap not in gaps.get(answer, ())}
                for some in (wanted, fresh, *alike)
            )
            if own and _left(own, others[1:], others[0]) < K:
                return False
        return True

    def _alike(self, decided: Collection[int]) -> list[set[int]]:
        """Those of the steps that share somebody with a next one, and of steps that these share somebody with."""
        related: list[array[int]] = []
        everybody, left = set(decided), self._steps
        while everybody:
            low, high = min(everybody), max(everybody)
            more = {
                at
                for at, step in enumerate(left)
                if step[0] <= high and step[-1] >= low and not everybody.isdisjoint(step)
            }
            if not more:
                break
            related += [left[at] for at in more]
            everybody.update(*(left[at] for at in more))
            left = [step for at, step in enumerate(left) if at not in more]
        steps: dict[int, list[int]] = defaultdict(list)
        for at, step in enumerate(related):
            for answer in step:
                steps[answer].append(at)
        alike: dict[tuple[int, ...], set[int]] = defaultdict(set)
        for answer, own in steps.items():
            alike[tuple(own)].add(answer)
        return list(alike.values())


def _left(wanted: set[int], alike: Iterable[set[int]], fresh: Collection[int]) -> int:
    """How many remain: of those in the same steps the fewer of who is taken and who is left; all who are in none."""
    return len(fresh) + sum(min(len(some & wanted), len(some - wanted)) for some in alike)


def is_enough(changes: Collection[Change]) -> bool:
    """Whether at least K changed, and of each question nobody answered it, or at least K."""
    gaps = Counter(gap for change in changes for gap in change.gaps)
    return len(changes) >= K and all(n == len(changes) or n <= len(changes) - K for n in gaps.values())
