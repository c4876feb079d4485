"""From a selection of answers to tallies: every figure begins here, so that none counts what another leaves out."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from skm import ikm
from skm.store import instruments, scores
from skm.store.database import Database
from skm.store.scores import UNIT_MONTH, Block, Selection
from skm.survey.instrument import Instrument

Tallies = dict[str, ikm.Tally]  # by instrument
Group = Callable[..., str | None]  # takes the values of `by`, gives the group's name; None leaves them out


@dataclass(frozen=True)
class Answers:
    """The scores of a selection, joined per value of `by` and instrument, and those among them that do not count."""

    by: Sequence[str]
    blocks: Mapping[Block, bytes]
    left_out: Mapping[Block, bytes]
    known: Mapping[str, Instrument]

    def full(self, group: Group) -> dict[str, Tallies]:
        """Full tallies of the answers that count, by group and instrument."""
        return _less(self._tallied(self.blocks, group), self._tallied(self.left_out, group))

    def not_counted(self, group: Group) -> dict[str, Tallies]:
        """Full tallies of those held back or excluded."""
        return self._tallied(self.left_out, group)

    def brief(self, group: Group) -> dict[str, Tallies]:
        """As `full`, several times as fast, without counts and moments: for values without an interval."""
        return _less(self._brief(self.blocks, group), self._brief(self.left_out, group))

    def _tallied(self, blocks: Mapping[Block, bytes], group: Group) -> dict[str, Tallies]:
        return {
            name: {i: self._tally(block, i) for i, block in found.items()}
            for name, found in _joined(blocks, group).items()
        }

    def _tally(self, block: bytes, instrument: str) -> ikm.Tally:
        known = self.known[instrument]
        return ikm.tally(block, len(known.items), known.scale)

    def _brief(self, blocks: Mapping[Block, bytes], group: Group) -> dict[str, Tallies]:
        by_instrument: dict[str, dict[str, bytes]] = defaultdict(dict)
        for name, found in _joined(blocks, group).items():
            for instrument, block in found.items():
                by_instrument[instrument][name] = block
        tallies: dict[str, Tallies] = defaultdict(dict)
        for instrument, groups in by_instrument.items():
            known = self.known[instrument]
            for name, tally in ikm.tally_groups(groups, len(known.items), known.scale).items():
                tallies[name][instrument] = tally
        return tallies


def read_answers(db: Database, wanted: Selection, by: Sequence[str] = UNIT_MONTH) -> Answers:
    """The answers of a selection, ready to be counted in groups of the values of `by`."""
    blocks = scores.score_blocks(db, wanted, by)
    known = {name: instruments.get(db, name) for name in sorted({key[-1] for key in blocks})}
    return Answers(by, blocks, scores.left_out_blocks(db, wanted, by), known)


def added(parts: Sequence[Tallies]) -> Tallies:
    """The tallies of several groups together."""
    total: Tallies = {}
    for tallies in parts:
        for name, tally in tallies.items():
            total[name] = total[name] + tally if name in total else tally
    return total


def _joined(blocks: Mapping[Block, bytes], group: Group) -> dict[str, dict[str, bytes]]:
    parts: dict[str, dict[str, list[bytes]]] = defaultdict(lambda: defaultdict(list))
    for key, block in blocks.items():
        if name := group(*key[:-1]):
            parts[name][key[-1]].append(block)
    return {name: {i: b"".join(some) for i, some in found.items()} for name, found in parts.items()}


def _less(tallies: dict[str, Tallies], left_out: dict[str, Tallies]) -> dict[str, Tallies]:
    for name, found in left_out.items():
        for instrument, tally in found.items():
            tallies[name][instrument] -= tally
    return tallies
