"""The way from the answers to the index, as its page shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from skm import ikm
from skm.figures.figure import Questionnaire
from skm.figures.method import Workings
from skm.i18n import formats
from skm.survey.instrument import Item, say
from skm.survey.period import AGGREGATIONS
from skm.web.figures.figure import ShownFigure, shown_figure

PLACES = 6  # decimals of a value that is not rounded yet


@dataclass(frozen=True)
class ItemCounts:
    """How often an item got each score, from 1 on, how often none, and what that adds up to."""

    item: Item
    scores: Sequence[int]
    missing: int
    answers: int
    total: int


@dataclass(frozen=True)
class CountedQuestionnaire:
    """One questionnaire that is counted, by item."""

    title: str
    n: int
    scale: int
    items: Sequence[ItemCounts]


@dataclass(frozen=True)
class MethodPage:
    """All steps of one figure; of a `mean` of units also these, where they are known: name, respondents, index."""

    shown: ShownFigure
    rule: str
    mean: bool
    questionnaires: Sequence[CountedQuestionnaire]
    units: Sequence[tuple[str, int, Decimal | None]]
    steps: Sequence[ikm.Step]
    total: Fraction | None
    factor: Fraction | None
    without_fee: Decimal | None
    silent: Sequence[str]


def method_page(workings: Workings, when: str) -> MethodPage:
    """The steps of a figure; `when` names the time of its answers."""
    figure, steps = workings.figure, workings.steps
    return MethodPage(
        shown=shown_figure(figure, when, with_aside=workings.with_aside),
        rule=formats.in_sentence(AGGREGATIONS[figure.terms.rule]),
        mean=workings.mean,
        questionnaires=[_counted(one) for one in figure.joined],
        units=[(name, unit.n, exact(unit.exact)) for name, unit in workings.units],
        steps=steps.steps if steps else (),
        total=steps.total if steps else None,
        factor=steps.factor if steps else None,
        without_fee=workings.without_fee,
        silent=workings.silent,
    )


def exact(value: Fraction | None) -> Decimal | None:
    """A value with more decimals than anybody reports; the sum goes on with the exact one."""
    return None if value is None else ikm.round_half_up(value, PLACES)


def weight_words(weight: Fraction) -> str:
    """1/9, or 0,111."""
    return f"{weight}" if weight.numerator == 1 else formats.number(weight, 3).rstrip("0")


WORDS: Mapping[str, Any] = {"bounds": ikm.BOUNDS, "weight_words": weight_words}  # for the template


def _counted(questionnaire: Questionnaire) -> CountedQuestionnaire:
    title = say(questionnaire.instrument.title, "id")
    return CountedQuestionnaire(
        title, questionnaire.tally.n, questionnaire.instrument.scale, list(_items(questionnaire))
    )


def _items(questionnaire: Questionnaire) -> Iterator[ItemCounts]:
    """The items that an index counts, with how often each got each score."""
    tally, instrument = questionnaire.tally, questionnaire.instrument
    outside = {instrument.items[place].code for place in instrument.outside}
    for item, row, answers, total in zip(
        instrument.items, tally.counts or (), tally.answered, tally.totals, strict=True
    ):
        if item.code not in outside:
            yield ItemCounts(item, row[1:], row[0], answers, total)
