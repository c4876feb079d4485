"""The moves of a file in the order of their days: each takes along whatever stands below it on that day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from skm.survey.organisation import Organisation


@dataclass(frozen=True)
class Move:
    """An organisation that stands below another one from a day on."""

    id: str
    parent_id: str
    day: date


class Ring(ValueError):
    """On its day a move would put an organisation below itself."""

    def __init__(self, move: Move) -> None:
        super().__init__(move.id)
        self.move = move


def in_order(
    known: Iterable[Organisation], moves: Iterable[Move]
) -> Iterator[tuple[date, list[Organisation]]]:
    """Each move with the organisations that lie elsewhere from its day on, parents before children.

    `known` are all organisations as they stand now. Moves of one day come in the order that makes no ring, where there
    is one. Raises Ring.
    """
    tree = _Tree(known)
    by_day: dict[date, dict[str, Move]] = defaultdict(dict)
    for move in moves:
        by_day[move.day][move.id] = move
    for day in sorted(by_day):
        for move in _from_the_top(tree, by_day[day]):
            yield day, tree.put(move)


def _from_the_top(tree: "_Tree", moves: Mapping[str, Move]) -> Sequence[Move]:
    """The moves of a day, those of the new ancestors first."""
    ordered: dict[str, Move] = {}
    for move in moves.values():
        line: list[Move] = []
        key: str | None = move.id
        while key is not None and key not in ordered and len(line) <= len(moves):
            if key in moves:
                line.append(moves[key])
            key = moves[key].parent_id if key in moves else tree.by_id[key].parent_id
        ordered |= {each.id: each for each in reversed(line)}
    return list(ordered.values())


class _Tree:
    """Where everything stands, one move after another."""

    def __init__(self, known: Iterable[Organisation]) -> None:
        self.by_id = {each.id: each for each in known}
        self._below: dict[str | None, dict[str, None]] = defaultdict(dict)
        for each in self.by_id.values():
            self._below[each.parent_id][each.id] = None

    def put(self, move: Move) -> list[Organisation]:
        """Puts an organisation where a move says; it and all below it, as they stand then. Raises Ring."""
        before, parent = self.by_id[move.id], self.by_id[move.parent_id]
        if f"/{move.id}/" in f"/{parent.path}":
            raise Ring(move)
        del self._below[before.parent_id][move.id]
        self._below[parent.id][move.id] = None
        self.by_id[move.id] = replace(before, parent_id=parent.id)
        return list(self._shifted(move.id))

    def _shifted(self, top: str) -> Iterator[Organisation]:
        waiting = [top]
        while waiting:
            each = self.by_id[waiting.pop()]
            parent = self.by_id[each.parent_id or ""]
            self.by_id[each.id] = replace(each, path=f"{parent.path}{each.id}/")
            yield self.by_id[each.id]
            waiting += self._below[each.id]
