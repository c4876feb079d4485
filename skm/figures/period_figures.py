"""The figures of every organisation in a period, as they were known at a mark: one read serves them all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from skm.figures.answers import open_answers
from skm.figures.computation import Part, compute_figure, unit_figure
from skm.figures.figure import Figure, Terms
from skm.figures.results import Known, main_regime
from skm.figures.tallies import Tallies, added
from skm.store.database import Database
from skm.store.scores import Block, Mark, Selection
from skm.survey.period import POOLED, Span


@dataclass(frozen=True)
class Parts:
    """What all units bring; the answers of those that are `damaged` cannot be read."""

    units: Mapping[str, Part]
    damaged: frozenset[str]
    known: Known
    terms: Terms


def read_parts(db: Database, path: str, span: Span, terms: Terms, until: Mark) -> Parts:
    """What the units of a subtree bring to a span, as it was known at a mark."""
    answers = open_answers(db, Selection(path, span, until=until), terms=terms)
    blocks, left_out, held = (_by_unit(some) for some in (answers.blocks, answers.left_out, answers.held))
    units, damaged = {}, set()
    for unit, unit_blocks in blocks.items():
        try:
            units[unit] = replace(answers, blocks=unit_blocks, left_out=left_out[unit], held=held[unit]).part
        except ValueError:
            damaged.add(unit)
    return Parts(units, frozenset(damaged), answers.known, terms)


def all_figures(
    parts: Parts, groups: Mapping[str, Sequence[str]], visitors: Mapping[str, int | None]
) -> dict[str, Figure]:
    """The figures of organisations that are given with their units; one of several units also says what each has."""
    units = {
        unit: _figure(parts, [unit], visitors.get(unit))
        for unit in sorted({u for group in groups.values() for u in group})
    }
    own = {unit: unit_figure(figure.result) for unit, figure in units.items()}
    return {
        organisation: units[organisation]
        if organisation in group
        else replace(
            _figure(parts, group, visitors.get(organisation)),
            units={unit: own[unit] for unit in group},
        )
        for organisation, group in groups.items()
    }


def _figure(parts: Parts, units: Sequence[str], visitors: int | None) -> Figure:
    """The figure of some units together, who had so many visitors."""
    terms, unit_parts = parts.terms, [parts.units[unit] for unit in units if unit in parts.units]
    together = _together(unit_parts)
    asked = added([together.counted, together.aside])
    return compute_figure(
        together,
        [_brief(part.counted) if terms.rule == POOLED else part.counted for part in unit_parts if part.n],
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
    return {name: replace(tally, counts=None, moments=None, days=None) for name, tally in tallies.items()}


def _by_unit(blocks: Mapping[Block, bytes]) -> dict[str, dict[Block, bytes]]:
    by_unit: dict[str, dict[Block, bytes]] = defaultdict(dict)
    for key, block in blocks.items():
        by_unit[key[0]][key] = block
    return by_unit
