"""What the television of a waiting room shows: how its unit does, what it changed, and the way to answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from skm.figures.official import Official, find_improvements, find_official
from skm.figures.summary import ENOUGH, Summary, show_summary
from skm.store.database import Database
from skm.survey.improvement import Improvement
from skm.survey.period import Span
from skm.usecases.answering.answer import find_place
from skm.usecases.city.counter_cards import CounterCard, show_card


@dataclass(frozen=True)
class Screen:
    """The counter whose code opened the page, and its unit's figures for everybody.

    `summary` holds closed months only, and never fewer than five people, as that for counter staff does; nor does
    what is left when it is taken from `official`.
    """

    card: CounterCard
    summary: Summary
    official: Official | None
    improvements: Sequence[Improvement]


def show_screen(db: Database, typed: str, base: str, now: datetime) -> Screen:
    """The screen that a counter's token opens, the one in its QR; raises Problem."""
    counter, unit = find_place(db, typed, now)
    official = find_official(db, unit.id)
    return Screen(
        card=show_card(db, counter.id, base),
        summary=beside(show_summary(db, unit.slug, now), official),
        official=official,
        improvements=find_improvements(db, unit.id),
    )


def beside(summary: Summary, official: Official | None) -> Summary:
    """What of a summary may stand beside an official figure.

    The respondents of its steps, taken from those of the figure, must leave nobody or ENOUGH. Where they do not, or
    where a step reaches over an end of the period, the figure stands, for everyone may read it anyway, and the steps
    that meet its period give way, and with them the summary, which is their sum.
    """
    if official is None:
        return summary
    meeting = [step for step in summary.steps if _meets(step[0], official)]
    rest = official.n - sum(result.n for _, result in meeting)
    if all(_is_within(span, official) for span, _ in meeting) and (rest == 0 or rest >= ENOUGH):
        return summary
    return replace(summary, result=None, steps=[step for step in summary.steps if step not in meeting])


def _meets(span: Span, official: Official) -> bool:
    first, last = span.days
    return first <= official.closes and official.opens <= last


def _is_within(span: Span, official: Official) -> bool:
    first, last = span.days
    return official.opens <= first and last <= official.closes
