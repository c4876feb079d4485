"""A span beside the one before it: the same months on both sides, and only answers to the same questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm import ikm
from skm.figures.answers import Answers
from skm.figures.choice import Choice, answers_within
from skm.figures.figure import Result
from skm.figures.results import Known
from skm.figures.tallies import Tallies, count
from skm.store.database import Database
from skm.survey.instrument import Instrument
from skm.survey.period import Span


@dataclass(frozen=True)
class Comparison:
    """What is compared: the months `now` with the months `since`; `earlier` is the whole span that these are of.

    `all_before` and `all_now` say that no month with answers is left out on that side; `alike`, that the same
    questions were asked.
    """

    earlier: Span
    since: Span
    now: Span
    all_before: bool
    all_now: bool
    alike: bool
    before: Result
    after: Result

    @property
    def step(self) -> ikm.Change | None:
        """From the months before to those now; None where other questions were asked, or nobody answered."""
        before, after = self.before.measure, self.after.measure
        return ikm.change(before, after) if self.alike and before and after else None


def compare_with_earlier(db: Database, choice: Choice, answers: Answers) -> Comparison | None:
    """The chosen span beside the earlier one, month by month in the same place of both.

    Spans that begin or end within a month, or that are not of one length, are compared as they are. None where there
    is no earlier span, and where no month has answers on both sides.
    """
    now, earlier = choice.span, choice.earlier
    if now is None or earlier is None:
        return None
    if now.cuts_months or earlier.cuts_months or len(now.months) != len(earlier.months):
        return _compared(db, answers, earlier, earlier, now)
    has = _answered(answers.by_month)
    both = [(a, b) for a, b in zip(earlier.months, now.months, strict=True) if a in has and b in has]
    if not both:
        return None
    (first_a, first_b), (last_a, last_b) = both[0], both[-1]
    since, until = Span("", first_a, last_a), Span("", first_b, last_b)
    answered = [sum(at in has for at in span.months) for span in (earlier, now)]
    return _compared(db, answers, earlier, since, until, both, [number == len(both) for number in answered])


def _compared(
    db: Database,
    answers: Answers,
    earlier: Span,
    since: Span,
    now: Span,
    both: Sequence[tuple[str, str]] = (),
    whole: Sequence[bool] = (True, True),
) -> Comparison:
    if both:
        sides = [answers.within([pair[side] for pair in both]) for side in (0, 1)]
    else:
        sides = [answers_within(db, answers, span) for span in (since, now)]
    before, after = (side.over_all() for side in sides)
    alike = _questions(before, answers.known) == _questions(after, answers.known)
    all_before, all_now = whole
    return Comparison(earlier, since, now, all_before, all_now, alike, before, after)


def _answered(by_month: Mapping[str, Tallies]) -> set[str]:
    return {at for at, tallies in by_month.items() if count(tallies)}


def _questions(result: Result, known: Known) -> set[tuple[tuple[str, str, tuple[str, ...]], ...]]:
    """What was asked for the index: element, question and answers of each item, once for each way of asking."""
    return {_asked(known[name]) for name in result.instruments}


def _asked(instrument: Instrument) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    elements = instrument.main_index.elements
    return tuple(
        (item.element, item.text["id"], tuple(option["id"] for option in item.options))
        for item in instrument.items
        if item.element in elements
    )
