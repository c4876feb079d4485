"""How many people a figure speaks for: the visitors of units, where an office has entered them."""

from collections.abc import Mapping, Sequence

from skm.figures.members import was_open
from skm.figures.numbers import count_answers
from skm.store import organisations, visitor_numbers
from skm.store.database import Database
from skm.survey.organisation import Service
from skm.survey.period import Span


def population_of(db: Database, path: str, span: Span) -> dict[str, int]:
    """How many visitors the units of a subtree had in a span, by unit: for the finite-population correction.

    Only what was entered for a period that fills the span is known well enough. A unit is left out where any of its
    services has more answers than visitors, or answers without a number: one that cannot be right spoils their sum.
    """
    entered = visitor_numbers.all_for(db, path, *span.days)
    if not entered:
        return {}
    units = {one.id: one for one in organisations.all_ever_below(db, path, span)}
    services = [
        (one, was_open(one, units[one.unit_id], span))
        for one in organisations.all_services_in(db, path, span)
    ]
    answers = count_answers(db, path, span, "unit_id", "service_id")
    populations = {
        unit: _population(unit, services, entered, answers) for unit in {one.unit_id for one, _ in services}
    }
    return {unit: number for unit, number in populations.items() if number is not None}


def _population(
    unit: str,
    services: Sequence[tuple[Service, bool]],
    entered: Mapping[str, int],
    answers: Mapping[tuple[str, ...], int],
) -> int | None:
    own = {one.id: answers.get((unit, one.id), 0) for one, _ in services if one.unit_id == unit}
    taking_part = [one.id for one, is_open in services if one.id in own and (own[one.id] or is_open)]
    if any(own[key] > entered.get(key, 0) for key in taking_part):
        return None
    return sum(entered.get(key, 0) for key in taking_part) or None
