"""What some answers come to, in one shape: the pages, the charts, the workbooks and the snapshots are made from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from skm import ikm
from skm.survey.instrument import Instrument
from skm.survey.period import MEAN_OF_UNITS, POOLED


@dataclass(frozen=True)
class Terms:
    """How a figure is made: the weights of the elements, and the rule over units. Settings of the period.

    `own` are the weights of the units that have others, by the unit's id: a mean of units is one of their own indices.
    """

    weights: str = ikm.EXACT
    rule: str = POOLED
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def other_rule(self) -> str:
        """The rule over units that was not chosen."""
        return POOLED if self.rule == MEAN_OF_UNITS else MEAN_OF_UNITS

    def of_unit(self, unit: str) -> str:
        """The weights of a unit."""
        return self.own.get(unit, self.weights)


@dataclass(frozen=True)
class Result:
    """The index that a set of answers gives.

    `instruments` are those counted together; `others` measure something else, and their `left_out` answers are not
    in it. `other` is the value by the other rule over units, None where the rule makes no difference.
    """

    measure: ikm.Measure | None
    instruments: tuple[str, ...]
    left_out: int = 0
    others: tuple[str, ...] = ()
    other: ikm.Alternative | None = None

    @property
    def n(self) -> int:
        """The number of respondents in the measure."""
        return self.measure.n if self.measure else 0

    @property
    def index(self) -> Decimal | None:
        """The index, rounded to two decimals."""
        return self.measure.index if self.measure else None

    @property
    def grade(self) -> str | None:
        """The grade (mutu pelayanan), A to D."""
        return self.measure.grade if self.measure else None

    @property
    def elements(self) -> tuple[ikm.ElementFigure, ...]:
        """The elements in the order of the questionnaire; none without answers."""
        return self.measure.elements if self.measure else ()

    @property
    def lowest(self) -> list[ikm.ElementFigure]:
        """The elements to improve first, the lowest first."""
        return lowest(self.measure) if self.measure else []

    @property
    def grade_depends_on_rule(self) -> bool:
        """Whether the other rule over units would give another grade."""
        return bool(self.other and self.measure and self.other.grade != self.measure.grade)


@dataclass(frozen=True)
class FurtherIndex:
    """Another index of a questionnaire, such as IPAK, from the answers to this questionnaire alone."""

    exact: Fraction | None
    index: Decimal | None
    grade: str | None


@dataclass(frozen=True)
class Questionnaire:
    """The answers to one questionnaire: how often each item got each score, and its further indices by code.

    `joined` says that they are in the index. The tally holds counts, not the moments that an interval needs.
    """

    instrument: Instrument
    tally: ikm.Tally
    joined: bool
    indices: Mapping[str, FurtherIndex]


@dataclass(frozen=True)
class UnitFigure:
    """One unit among several: its respondents and its index, exact and rounded."""

    n: int
    exact: Fraction | None
    index: Decimal | None


@dataclass(frozen=True)
class Figure:
    """What the answers of some people come to, and what a reader has to know about it.

    `names` and `weights` are by element, `questionnaires` by the id of the instrument, `units` by the id of the unit:
    None for a unit itself, and where they were not asked for. `held` and `excluded` count answers that are not in the
    index; `silent` are the units without counted answers.
    """

    terms: Terms
    result: Result
    names: Mapping[str, str]
    weights: Mapping[str, Fraction]
    questionnaires: Mapping[str, Questionnaire]
    held: int = 0
    excluded: int = 0
    silent: tuple[str, ...] = ()
    units: Mapping[str, UnitFigure] | None = None

    @property
    def n(self) -> int:
        """The number of respondents in the index."""
        return self.result.n

    @property
    def measure(self) -> ikm.Measure | None:
        """The index with its elements; None without answers."""
        return self.result.measure

    @property
    def aside(self) -> int:
        """How many answers are held back or excluded."""
        return self.held + self.excluded

    @property
    def joined(self) -> list[Questionnaire]:
        """The questionnaires that are counted together."""
        return [self.questionnaires[name] for name in self.result.instruments]


def lowest(measure: ikm.Measure) -> list[ikm.ElementFigure]:
    """The three lowest elements, the lowest first: what a unit usually plans to improve (rencana tindak lanjut).

    More where the third is tied, fewer where only one or two stand out; equal ones in the order of the regulation.
    """
    values = sorted(figure.value for figure in measure.elements if figure.value is not None)
    if len(values) < 4:
        return []
    low = [
        f for f in measure.elements if f.value is not None and f.value <= values[2] and f.value < values[-1]
    ]
    return sorted(low, key=lambda figure: figure.value or 0)
