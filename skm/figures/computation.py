"""From what units bring to the figure of them together: the one place where a figure is made from answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from skm import ikm
from skm.figures.figure import Figure, FurtherIndex, Questionnaire, Result, Terms, UnitFigure
from skm.figures.results import Known, Regime, over_units
from skm.figures.scheme import scheme, weights_for
from skm.figures.tallies import Tallies, count
from skm.survey.instrument import Instrument, say


@dataclass(frozen=True)
class Part:
    """What one unit brings, or several: the tallies of the answers that count, of those that do not, and how many of
    these are held."""

    counted: Tallies
    aside: Tallies
    held: int

    @property
    def n(self) -> int:
        """How many answers count."""
        return count(self.counted)


def compute_figure(
    together: Part,
    units: Mapping[str, Tallies],
    known: Known,
    terms: Terms,
    regime: Regime | None,
    silent: Sequence[str] = (),
    population: int | None = None,
) -> Figure:
    """The figure of what some units bring `together`; `units` are the counted tallies of each that has any, by id.

    `population` is the number of visitors, where known.
    """
    result = over_units(units, known, terms, regime, together.counted, population)
    return Figure(
        terms=terms,
        result=result,
        names=_names(result, known),
        weights=_weights(result, known),
        questionnaires={
            name: _questionnaire(tally, known[name], terms, name in result.instruments)
            for name, tally in together.counted.items()
            if tally.n
        },
        held=together.held,
        excluded=count(together.aside) - together.held,
        silent=tuple(sorted(silent)),
    )


def unit_figure(result: Result) -> UnitFigure:
    """A result as that of one unit among several."""
    measure = result.measure
    return UnitFigure(result.n, measure.exact if measure else None, measure.index if measure else None)


def pooled_indices(figure: Figure) -> dict[str, ikm.Measure]:
    """The further indices of all questionnaires by code, such as IPAK, pooled and without an interval."""
    parts: dict[str, list[tuple[ikm.Tally, ikm.Scheme]]] = {}
    for questionnaire in figure.questionnaires.values():
        for code in questionnaire.indices:
            parts.setdefault(code, []).append((questionnaire.tally, scheme(questionnaire.instrument, code)))
    return {code: _pooled(some, figure.terms.weights) for code, some in parts.items()}


def _names(result: Result, known: Known) -> dict[str, str]:
    """The names of the elements by code, in Indonesian."""
    instrument = known[result.instruments[0]] if result.measure else None
    return {e.code: say(instrument.element(e.code).name, "id") for e in result.elements} if instrument else {}


def _weights(result: Result, known: Known) -> dict[str, Fraction]:
    if result.measure is None:
        return {}
    its = scheme(known[result.instruments[0]])
    return dict(zip(its.codes, its.conventions[result.measure.weights], strict=True))


def _questionnaire(tally: ikm.Tally, instrument: Instrument, terms: Terms, joined: bool) -> Questionnaire:
    counts = replace(tally, moments=None, days=None)
    codes = [index.code for index in instrument.indices[1:]]
    return Questionnaire(
        instrument, counts, joined, {code: _further(counts, instrument, code, terms) for code in codes}
    )


def _further(tally: ikm.Tally, instrument: Instrument, code: str, terms: Terms) -> FurtherIndex:
    its = scheme(instrument, code)
    measure = ikm.measure([(tally, its)], weights_for(its, terms.weights))
    return FurtherIndex(measure.exact, measure.index, measure.grade)


def _pooled(parts: Sequence[tuple[ikm.Tally, ikm.Scheme]], weights: str) -> ikm.Measure:
    """The measure of the parts that count as the largest does."""
    _, most = max(parts, key=lambda part: part[0].n)
    alike = [part for part in parts if part[1].codes == most.codes and part[1].scale == most.scale]
    return ikm.measure(alike, weights_for(most, weights))
