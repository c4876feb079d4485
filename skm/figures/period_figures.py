"""The figures of every organisation in a period, as they were known at a mark: one read serves them all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from skm.figures.answers import Answers, open_answers
from skm.figures.computation import Part, compute_figure, unit_figure
from skm.figures.figure import Figure, Terms
from skm.figures.results import Known, main_regime
from skm.figures.tallies import Tallies, added
from skm.store.database import Database
from skm.store.scores import Block, Mark, Selection
from skm.survey.period import POOLED, Span

Days = tuple[str, str]  # the first and the last


@dataclass(frozen=True)
class Parts:
    """What all units bring, by the unit's id or the name of a `piece`; the answers of the `damaged` cannot be read."""

    units: Mapping[str, Part]
    damaged: frozenset[str]
    known: Known
    terms: Terms


def piece(unit: str, days: Days) -> str:
    """The name of what a unit brings on some days: those on which it stood below an organisation."""
    return f"{unit}@{'/'.join(days)}"


def unit_of(key: str) -> str:
    """The unit that a part is of."""
    return key.partition("@")[0]


def days_of_piece(key: str) -> Days | None:
    """The days of a piece; None for a whole unit."""
    since, _, until = key.partition("@")[2].partition("/")
    return (since, until) if until else None


def read_parts(
    db: Database, path: str, span: Span, terms: Terms, until: Mark, keys: Iterable[str] = ()
) -> Parts:
    """What the units of a subtree bring to a span, as it was known at a mark; and the pieces among some keys."""
    answers = open_answers(db, Selection(path, span, until=until), terms=terms)
    blocks, left_out, held = (_by_unit(some) for some in (answers.blocks, answers.left_out, answers.held))
    read = {
        unit: replace(answers, blocks=unit_blocks, left_out=left_out[unit], held=held[unit])
        for unit, unit_blocks in blocks.items()
    } | {key: _read_piece(db, key, days, terms, until) for key in set(keys) if (days := days_of_piece(key))}
    units, damaged = {}, set()
    for key, some in read.items():
        try:
            units[key] = some.part
        except ValueError:
            damaged.add(unit_of(key))
    return Parts(
        {key: part for key, part in units.items() if key in blocks or part.n or part.aside},
        frozenset(damaged),
        {name: one for some in (answers, *read.values()) for name, one in some.known.items()},
        terms,
    )


def all_figures(
    parts: Parts,
    groups: Mapping[str, Sequence[str]],
    visitors: Mapping[str, int | None],
    terms: Mapping[str, Terms] | None = None,
) -> dict[str, Figure]:
    """The figures of organisations that are given with the keys of their parts; one of several units also says what
    each has. `terms` are those of the organisations that have others than the parts.
    """
    figures, own = {}, _Own(parts, visitors)
    for organisation, group in groups.items():
        wanted, keys = (terms or {}).get(organisation, parts.terms), _by_key(group)
        if organisation in keys:
            figures[organisation] = replace(own.figure(keys[organisation], wanted.weights), terms=wanted)
            continue
        figure = _figure(parts, keys, wanted, visitors.get(organisation))
        units = {unit: own.figure(some, wanted.of_unit(unit)) for unit, some in keys.items()}
        figures[organisation] = replace(
            figure, units={unit: unit_figure(one.result) for unit, one in units.items()}
        )
    return figures


class _Own:
    """The figures of units, each made once."""

    def __init__(self, parts: Parts, visitors: Mapping[str, int | None]) -> None:
        self._parts, self._visitors = parts, visitors
        self._made: dict[tuple[tuple[str, ...], str], Figure] = {}

    def figure(self, keys: Sequence[str], weights: str) -> Figure:
        """The figure of the parts of one unit by some weights."""
        at = (tuple(keys), weights)
        if at not in self._made:
            unit, terms = unit_of(keys[0]), replace(self._parts.terms, weights=weights, own={})
            visitors = self._visitors.get(unit) if keys == [unit] else None
            self._made[at] = _figure(self._parts, {unit: keys}, terms, visitors)
        return self._made[at]


def _figure(parts: Parts, units: Mapping[str, Sequence[str]], terms: Terms, visitors: int | None) -> Figure:
    """The figure of some units together, given with their keys, who had so many visitors."""
    unit_parts = {
        unit: _together([parts.units[key] for key in keys if key in parts.units])
        for unit, keys in units.items()
    }
    together = _together(list(unit_parts.values()))
    asked = added([together.counted, together.aside])
    return compute_figure(
        together,
        {
            unit: _brief(part.counted) if terms.rule == POOLED else part.counted
            for unit, part in unit_parts.items()
            if part.n
        },
        parts.known,
        terms,
        main_regime({name: tally.n for name, tally in asked.items()}, parts.known),
        [unit for unit, part in unit_parts.items() if not part.n],
        visitors,
    )


def _read_piece(db: Database, key: str, days: Days, terms: Terms, until: Mark) -> Answers:
    first, last = days
    span = Span("", first[:7], last[:7], "", first, last)
    return open_answers(db, Selection(f"{unit_of(key)}/", span, until=until), terms=terms)


def _by_key(group: Sequence[str]) -> dict[str, list[str]]:
    """The keys of a group by their unit."""
    keys: dict[str, list[str]] = defaultdict(list)
    for key in group:
        keys[unit_of(key)].append(key)
    return dict(keys)


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
