"""The tables of a unit for readers of rows: by service, by counter and by part of the day, as of now.

Rows below K are merged, as in every table of people: a page is printed and handed on to others than its reader.
"""

from skm.figures.answers import Answers, open_answers
from skm.figures.breakdown import HEADINGS, Breakdown, breakdown_labels, ordered_table
from skm.figures.choice import Choice
from skm.figures.figure import Figure, Result
from skm.figures.results import result_of
from skm.figures.tallies import Tallies, added
from skm.store.database import Database
from skm.store.scores import UNIT_MONTH
from skm.survey.respondent import part_of_day
from skm.survey.small_cells import MERGED, merged

_BY = (*UNIT_MONTH, "service_id", "counter_id", "local_hour")


def show_live_tables(db: Database, choice: Choice, figure: Figure) -> Breakdown | None:
    """The tables beside the figure of what was chosen; None for readers of states, other places and no answers.

    There is no table of a heading by which the answers were chosen.
    """
    unit, chosen = choice.organisation, {"service": choice.service, "counter": choice.counter}
    if choice.states is not None or unit.kind != "unit" or not figure.n:
        return None
    answers = open_answers(db, choice.chosen, _BY, figure.terms, dated=True)
    labels = breakdown_labels(db, unit.id)
    results = {name: _results(answers, name) for name in HEADINGS if not chosen.get(name)}
    tables = [ordered_table(name, labels[name], own) for name, own in results.items() if len(own) > 1]
    small = [name for name, own in results.items() if own.keys() == {MERGED}]
    return Breakdown([table for table in tables if table], figure.n, live=True, small=small)


def _results(answers: Answers, heading: str) -> dict[str, Result]:
    """The results of the rows under a heading, of small ones together; none where there is one row only.

    Each row is as the page has it on which it was chosen.
    """

    def row_of(_: str, __: str, service: str, counter: str, hour: int) -> str:
        return {"service": service, "counter": counter}.get(heading) or part_of_day(hour)

    rows = answers.full(row_of)
    results = {row: result for row, tallies in rows.items() if (result := _result(answers, tallies)).n}
    small = merged({row: result.n for row, result in results.items()})
    if len(results) < 2 or not small:
        return results if len(results) > 1 else {}
    together = _result(answers, added(rows[row] for row in small))
    return {row: result for row, result in results.items() if row not in small} | {MERGED: together}


def _result(answers: Answers, tallies: Tallies) -> Result:
    return result_of(tallies, answers.known, answers.terms.weights)
