"""What stands beside a record: the figure with what came later, and other years that are frozen."""

from dataclasses import replace

from skm.figures.answers import open_answers
from skm.figures.choice import Choice, figure_within
from skm.figures.figure import Figure, Result
from skm.figures.frozen import alike, find_frozen
from skm.figures.results import main_regime
from skm.store.database import Database
from skm.survey.period import Span


def follows_record(choice: Choice, figure: Figure) -> bool:
    """Whether a figure of the chosen answers is that of their record; so is one for which there is no record."""
    if choice.record is None or choice.states or choice.partial:
        return True
    return alike(choice.record.figure, figure)


def find_running(db: Database, choice: Choice, frozen: Figure) -> Figure | None:
    """The figure of a frozen span with all that came after its record; None where it is the same."""
    running = choice.running
    terms = running.terms(choice.members.organisations[choice.organisation.id].path, choice.span)
    if choice.span not in choice.marks and terms == frozen.terms:
        return None
    answers = open_answers(db, running.chosen, terms=terms)
    answers = replace(answers, regime=main_regime(answers.numbers(), answers.known))
    figure = figure_within(db, running, answers, choice.span)
    return None if alike(figure, frozen) else figure


def year_of_record(db: Database, choice: Choice, year: Span, point: Result) -> Result:
    """A year of a trend as it was frozen; without its interval where the others have none either."""
    if choice.states or choice.partial or year == choice.span:
        return point
    frozen = find_frozen(db, choice.organisation, year)
    if frozen is None or frozen.figure.measure is None or point.measure is None:
        return point
    interval = frozen.figure.measure.interval if point.measure.interval else None
    return replace(frozen.figure.result, measure=replace(frozen.figure.measure, interval=interval))
