"""A span beside the one before it: the same months on both sides, the same questions, the mix of groups fixed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm import ikm
from skm.figures.answers import Answers
from skm.figures.choice import Choice, answers_within
from skm.figures.figure import Result
from skm.figures.mixes import Beside, Mixed, read_mix
from skm.figures.sides import are_alike
from skm.figures.tallies import Tallies, count
from skm.store.database import Database
from skm.survey.period import Span, month


@dataclass(frozen=True)
class Comparison:
    """What is compared: the months `now` with the months `since`; `earlier` is the whole span that these are of.

    `all_before` and `all_now` say that no month with answers is left out on that side; `alike`, that the same
    questions were asked. `mixed` are the parts of the change; None where there is nothing to compare.
    """

    earlier: Span
    since: Span
    now: Span
    all_before: bool
    all_now: bool
    alike: bool
    before: Result
    after: Result
    mixed: Mixed | None = None

    @property
    def step(self) -> ikm.Change | None:
        """From the months before to those now; None where nothing can be compared."""
        before, after, mixed = self.before.measure, self.after.measure, self.mixed
        if before is None or after is None or mixed is None or mixed.parts is None:
            return None
        return ikm.change(before, after, mix=mixed.parts, shock=mixed.shock)


def compare_with_earlier(db: Database, choice: Choice, answers: Answers) -> Comparison | None:
    """The chosen span beside the earlier one, month by month in the same place of both.

    Spans that begin or end within a month, or that are not of one length, are compared as they are. None where there
    is no earlier span, and where no month has answers on both sides.
    """
    now, earlier = choice.span, choice.earlier
    if now is None or earlier is None:
        return None
    if now.cuts_months or earlier.cuts_months or len(now.months) != len(earlier.months):
        return _compared(db, choice, answers, earlier, earlier, now)
    has = _answered(answers.by_month)
    both = [(a, b) for a, b in zip(earlier.months, now.months, strict=True) if a in has and b in has]
    if not both:
        return None
    (first_a, first_b), (last_a, last_b) = both[0], both[-1]
    since, until = Span("", first_a, last_a), Span("", first_b, last_b)
    answered = [sum(at in has for at in span.months) for span in (earlier, now)]
    whole = [number == len(both) for number in answered]
    return _compared(db, choice, answers, earlier, since, until, both, whole)


def compare_last_months(db: Database, choice: Choice, answers: Answers) -> Comparison | None:
    """The last month with answers beside the one with answers before it; None for fewer than two."""
    months = sorted(_answered(answers.by_month))
    if len(months) < 2:
        return None
    before, last = months[-2:]
    return _compared(db, choice, answers, month(before), month(before), month(last), [(before, last)])


def _compared(
    db: Database,
    choice: Choice,
    answers: Answers,
    earlier: Span,
    since: Span,
    now: Span,
    both: Sequence[tuple[str, str]] = (),
    whole: Sequence[bool] = (True, True),
) -> Comparison:
    sides = []
    for place, span in enumerate((since, now)):
        months = [pair[place] for pair in both]
        own = answers.within(months) if both else answers_within(db, answers, span)
        sides.append(Beside(own, own.over_all(), span, frozenset(months or span.months)))
    before, after = (side.result for side in sides)
    alike = are_alike(before.instruments, after.instruments, answers.known)
    both_known = before.index is not None and after.index is not None
    mixed = read_mix(db, choice, answers, sides) if alike and both_known else None
    all_before, all_now = whole
    return Comparison(earlier, since, now, all_before, all_now, alike, before, after, mixed)


def _answered(by_month: Mapping[str, Tallies]) -> set[str]:
    return {at for at, tallies in by_month.items() if count(tallies)}
