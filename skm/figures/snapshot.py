"""What a snapshot holds: the figures of an organisation in one canonical form, so that equal figures are equal bytes.

The form is described in docs/decisions/0009-closing-a-period.md.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from skm import __version__, ikm
from skm.figures.results import Known, Result, Terms, main_regime, over_units
from skm.figures.scheme import scheme
from skm.figures.tallies import Answers, Tallies, added, read_answers
from skm.store import scores
from skm.store.database import Database
from skm.store.scores import Block, Mark, Selection
from skm.survey.instrument import Instrument, say
from skm.survey.period import AGGREGATIONS, POOLED, Span

SCHEMA = 1
PARTS = ("organisation", "period", "mark", "units", "figures")
HELD = ("held",)
Content = dict[str, Any]
Difference = tuple[str, Any, Any]  # the way to a figure, as `elements/U1/total`; what it was; what it is


@dataclass(frozen=True)
class Part:
    """What one unit brings: the tallies of the answers that count, of those that do not, and how many are held."""

    counted: Tallies
    aside: Tallies
    held: int

    @property
    def brief(self) -> Tallies:
        """The counted tallies without what only an interval needs."""
        return {name: replace(tally, counts=None, moments=None) for name, tally in self.counted.items()}


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
) -> dict[str, Content]:
    """The figures of organisations that are given with their units; one of several units also says what each has."""
    units = {
        unit: figures(parts, [unit], terms, visitors.get(unit))
        for unit in sorted({u for group in groups.values() for u in group})
    }
    found = {}
    for organisation, group in groups.items():
        own = {unit: {"n": units[unit]["n"], "index": units[unit]["index"]} for unit in group}
        found[organisation] = (
            units[organisation]
            if organisation in own
            else figures(parts, group, terms, visitors.get(organisation)) | {"units": own}
        )
    return found


def figures(parts: Parts, units: Sequence[str], terms: Terms, visitors: int | None = None) -> Content:
    """Everything that follows from the answers of some units, together, and the number of their visitors."""
    found, known = [parts.units[unit] for unit in units if unit in parts.units], parts.known
    pooled, aside = added([part.counted for part in found]), added([part.aside for part in found])
    regime = main_regime({name: tally.n for name, tally in added([pooled, aside]).items()}, known)
    counted = [part.brief if terms.rule == POOLED else part.counted for part in found if _count(part.counted)]
    result, held = (
        over_units(counted, known, terms, regime, pooled, visitors),
        sum(part.held for part in found),
    )
    return {
        "n": result.n,
        "held": held,
        "excluded": _count(aside) - held,
        "left_out": result.left_out,
        "questionnaires": {
            name: _questionnaire(tally, known[name], terms, name in result.instruments)
            for name, tally in pooled.items()
            if tally.n
        },
        "silent": sorted(
            unit for unit in units if unit not in parts.units or not _count(parts.units[unit].counted)
        ),
        **_measured(result, known, terms),
    }


def _measured(result: Result, known: Known, terms: Terms) -> Content:
    measure = result.measure
    if measure is None:
        return {"elements": {}, "index": None, "grade": None}
    instrument = known[result.instruments[0]]
    its = scheme(instrument)
    return {
        "elements": {figure.code: _element(figure, instrument) for figure in measure.elements},
        "weights": dict(zip(its.codes, map(_text, its.conventions[terms.weights]), strict=True)),
        "index": {"exact": _text(measure.exact), "value": _text(measure.index)},
        "grade": measure.grade,
        "alternatives": {name: _outcome(other) for name, other in measure.alternatives.items()},
        "grade_depends_on_weights": measure.grade_depends_on_weights,
        "interval": _interval(measure.interval),
        "other_rule": _outcome(result.other) | {"rule": _other(terms.rule)} if result.other else None,
    }


def canonical(content: Content) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


def parsed(content: bytes) -> Content | None:
    """The content of stored bytes; None where they are damaged."""
    try:
        found = json.loads(content)
    except ValueError:
        return None
    whole = isinstance(found, dict) and all(isinstance(found.get(part), dict) for part in PARTS)
    return found if whole else None


def differences(before: Content, after: Content) -> list[Difference]:
    """Every figure that two sets of figures do not have alike; None for what is not there."""
    if before == after:
        return []
    left, right = dict(_flat(before)), dict(_flat(after))
    ways = dict.fromkeys([*left, *right])
    return [(way, left.get(way), right.get(way)) for way in ways if left.get(way) != right.get(way)]


def unlike(stored: Content, figures: Content) -> list[Difference]:
    """Where stored figures differ from those computed now.

    An interval is an estimate whose method may get better: it is compared only where the same version made both.
    """
    found = differences(stored["figures"], figures)
    if stored.get("software") == __version__:
        return found
    return [one for one in found if not one[0].startswith("interval")]


def _flat(value: Any, way: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name in value:
            yield from _flat(value[name], f"{way}/{name}" if way else name)
    else:
        yield way, value


def _by_unit(blocks: Mapping[Block, bytes]) -> dict[str, dict[Block, bytes]]:
    found: dict[str, dict[Block, bytes]] = defaultdict(dict)
    for key, block in blocks.items():
        found[key[0]][key] = block
    return found


def _part(answers: Answers, held: Mapping[Block, bytes]) -> Part:
    number = sum(len(block) // len(answers.known[key[-1]].items) for key, block in held.items())
    counted, aside = (count(lambda *_: "all").get("all", {}) for count in (answers.full, answers.not_counted))
    return Part(counted, aside, number)


def _questionnaire(tally: ikm.Tally, instrument: Instrument, terms: Terms, joined: bool) -> Content:
    """How often each score was given to each item (first: unanswered), and the further indices."""
    items = (item.code for item in instrument.items)
    return {
        "n": tally.n,
        "counted_together": joined,
        "counts": {item: list(row) for item, row in zip(items, tally.counts or (), strict=True)},
        "indices": {
            index.code: _further(tally, instrument, index.code, terms) for index in instrument.indices[1:]
        },
    }


def _further(tally: ikm.Tally, instrument: Instrument, code: str, terms: Terms) -> Content:
    its = scheme(instrument, code)
    weights = terms.weights if terms.weights in its.conventions else ikm.EXACT
    measure = ikm.measure([(tally, its)], weights)
    return _outcome(ikm.Alternative(measure.index, measure.grade)) | {"exact": _text(measure.exact)}


def _element(figure: ikm.ElementFigure, instrument: Instrument) -> Content:
    return {
        "name": say(instrument.element(figure.code).name, "id"),
        "n": figure.n,
        "total": figure.total,
        "nrr": _text(figure.nrr),
        "value": _text(figure.value),
        "grade": figure.grade,
    }


def _outcome(other: ikm.Alternative) -> Content:
    return {"index": _text(other.index), "grade": other.grade}


def _interval(found: ikm.Interval | None) -> Content | None:
    if found is None:
        return None
    low, high = _text(found.low), _text(found.high)
    return {"level": str(found.level), "low": low, "high": high, "grade_certain": found.grade_certain}


def _other(rule: str) -> str:
    return next(name for name in AGGREGATIONS if name != rule)


def _count(tallies: Tallies) -> int:
    return sum(tally.n for tally in tallies.values())


def _text(value: Fraction | Decimal | None) -> str | None:
    """A decimal as it is, a fraction as `numerator/denominator`: no figure passes through binary."""
    return None if value is None else str(value)
