"""The figures of every organisation in a period, as they were known at a mark: one read serves them all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from skm.figures.computation import Part, compute_figure, unit_figure
from skm.figures.figure import Figure, Terms
from skm.figures.results import Known, main_regime
from skm.figures.tallies import Answers, Tallies, added, read_answers
from skm.store import scores
from skm.store.database import Database
from skm.store.scores import Block, Mark, Selection
from skm.survey.period import POOLED, Span

HELD = ("held",)


@dataclass(frozen=True)
class Parts:
    """What all units bring; the answers of those that are `damaged` cannot be read."""

    units: Mapping[str, Part]
    damaged: frozenset[str]
    known: Known


def read_parts(db: Database, path: str, span: Span, until: Mark) -> Parts:
    """What the units of a subtree bring to a span, as it was known at a mark."""
    wanted = Selection(path, span, until=until)
    answers, units, damaged = read_answers(db, wanted), {}, set()
    blocks, left_out = _by_unit(answers.blocks), _by_unit(answers.left_out)
    held = _by_unit(scores.left_out_blocks(db, wanted, states=HELD))
    for unit, found in blocks.items():
        try:
            units[unit] = _part(Answers(answers.by, found, left_out[unit], answers.known), held[unit])
        except ValueError:
            damaged.add(unit)
    return Parts(units, frozenset(damaged), answers.known)


def all_figures(
    parts: Parts, groups: Mapping[str, Sequence[str]], terms: Terms, visitors: Mapping[str, int | None]
) -> dict[str, Figure]:
    """The figures of organisations that are given with their units; one of several units also says what each has."""
    units = {
        unit: figure_of_units(parts, [unit], terms, visitors.get(unit))
        for unit in sorted({u for group in groups.values() for u in group})
    }
    own = {unit: unit_figure(figure.result) for unit, figure in units.items()}
    return {
        organisation: units[organisation]
        if organisation in group
        else replace(
            figure_of_units(parts, group, terms, visitors.get(organisation)),
            units={unit: own[unit] for unit in group},
        )
        for organisation, group in groups.items()
    }


def figure_of_units(parts: Parts, units: Sequence[str], terms: Terms, visitors: int | None = None) -> Figure:
    """The figure of some units together, and the number of their visitors."""
    found = [parts.units[unit] for unit in units if unit in parts.units]
    together = _together(found)
    asked = added([together.counted, together.aside])
    return compute_figure(
        together,
        [_brief(part.counted) if terms.rule == POOLED else part.counted for part in found if part.n],
        parts.known,
        terms,
        main_regime({name: tally.n for name, tally in asked.items()}, parts.known),
        [unit for unit in units if unit not in parts.units or not parts.units[unit].n],
        visitors,
    )


def _together(parts: Sequence[Part]) -> Part:
    counted, aside = added([part.counted for part in parts]), added([part.aside for part in parts])
    return Part(counted, aside, sum(part.held for part in parts))


def _brief(tallies: Tallies) -> Tallies:
    """The tallies without what only an interval needs."""
    return {name: replace(tally, counts=None, moments=None) for name, tally in tallies.items()}


def _by_unit(blocks: Mapping[Block, bytes]) -> dict[str, dict[Block, bytes]]:
    found: dict[str, dict[Block, bytes]] = defaultdict(dict)
    for key, block in blocks.items():
        found[key[0]][key] = block
    return found


def _part(answers: Answers, held: Mapping[Block, bytes]) -> Part:
    number = sum(len(block) // len(answers.known[key[-1]].items) for key, block in held.items())
    counted, aside = (count(lambda *_: "all").get("all", {}) for count in (answers.full, answers.not_counted))
    return Part(counted, aside, number)
