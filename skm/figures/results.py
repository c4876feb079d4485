"""From tallies to a result: which answers may be counted together, by which weights, by which rule over units."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from skm import ikm
from skm.figures.figure import Result, Terms
from skm.figures.scheme import scheme, weights_for
from skm.figures.tallies import Tallies, added
from skm.survey.instrument import Instrument
from skm.survey.period import MEAN_OF_UNITS

Known = Mapping[str, Instrument]
Regime = tuple[object, ...]


def regime_of(instrument: Instrument) -> Regime:
    """What makes two questionnaires comparable: the same elements, by code and by name, weighed and scaled alike."""
    its = scheme(instrument)
    names = tuple(instrument.element(code).name["id"].casefold() for code in its.codes)
    return its.codes, names, its.weights, its.scale, its.graded


def main_regime(numbers: Mapping[str, int], known: Known) -> Regime | None:
    """The regime of most of the answers, whose numbers are given by instrument; None for no answers."""
    most = max(numbers, key=lambda name: numbers[name], default=None)
    return regime_of(known[most]) if most and numbers[most] else None


def result_of(
    tallies: Tallies,
    known: Known,
    weights: str,
    regime: Regime | None = None,
    population: int | None = None,
) -> Result:
    """The result of tallies by instrument, pooled over respondents, within a regime: by default that of most.

    `population` is the number of visitors, where known. Questionnaires with weights of their own keep these.
    """
    asked = sorted(name for name, tally in tallies.items() if tally.n)
    wanted = regime or _main_regime(tallies, known)
    joined = tuple(name for name in asked if regime_of(known[name]) == wanted)
    others = tuple(name for name in asked if name not in joined)
    parts = [(tallies[name], scheme(known[name])) for name in joined]
    measure = ikm.measure(parts, weights_for(parts[0][1], weights), population) if parts else None
    return Result(measure, joined, sum(tallies[name].n for name in others), others)


def over_units(
    units: Mapping[str, Tallies],
    known: Known,
    terms: Terms,
    regime: Regime | None = None,
    pooled: Tallies | None = None,
    population: int | None = None,
) -> Result:
    """The result of several units, given by id, by the rule of `terms`, with the value by the other rule beside it.

    `pooled` are the units' tallies together, where they are known in full; else they are added up here. `population`
    is the number of visitors of all of them, where known; it narrows the interval of a pooled figure.
    """
    together = added(units.values()) if pooled is None else pooled
    wanted = regime or _main_regime(together, known)
    weights = terms.of_unit(*units) if terms.rule == MEAN_OF_UNITS and len(units) == 1 else terms.weights
    result = result_of(together, known, weights, wanted, population)
    if result.measure is None or len(units) < 2:
        return result
    if terms.rule == MEAN_OF_UNITS:
        measure = _mean_measure(units, known, terms, result)
        pooled_value = ikm.Alternative(result.measure.index, result.measure.grade)
        return replace(result, measure=measure, other=pooled_value if measure else None)
    return replace(result, other=_mean_value(units, known, terms, result))


def _mean_measure(
    units: Mapping[str, Tallies], known: Known, terms: Terms, result: Result
) -> ikm.Measure | None:
    schemes = {name: scheme(known[name]) for name in result.instruments}
    first = schemes[result.instruments[0]]
    measures = [
        ikm.measure(part, weights_for(first, terms.of_unit(unit)))
        for unit, part in _parts(units, schemes).items()
        if part
    ]
    return ikm.measure_units(measures, first, weights_for(first, terms.weights))


def _mean_value(units: Mapping[str, Tallies], known: Known, terms: Terms, result: Result) -> ikm.Alternative:
    """The mean of units' indices alone: many times as fast as their measures."""
    schemes = {name: scheme(known[name]) for name in result.instruments}
    first, parts = schemes[result.instruments[0]], defaultdict(list)
    for unit, part in _parts(units, schemes).items():
        parts[weights_for(first, terms.of_unit(unit))].append(part)
    exact = ikm.mean_of_units(value for name, some in parts.items() for value in ikm.index_values(some, name))
    index = None if exact is None else ikm.round_half_up(exact, 2)
    return ikm.Alternative(index, ikm.grade(index) if index is not None and first.graded else None)


def _parts(
    units: Mapping[str, Tallies], schemes: Mapping[str, ikm.Scheme]
) -> dict[str, list[tuple[ikm.Tally, ikm.Scheme]]]:
    return {
        unit: [(tallies[name], schemes[name]) for name in schemes if name in tallies and tallies[name].n]
        for unit, tallies in units.items()
    }


def _main_regime(tallies: Tallies, known: Known) -> Regime | None:
    return main_regime({name: tally.n for name, tally in tallies.items()}, known)
