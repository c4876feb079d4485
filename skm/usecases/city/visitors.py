"""How many visitors a service had in a period: the number that an office entered, or an estimate from its year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from skm.figures.period_choice import choose_period, periods_for
from skm.figures.visitors import estimate
from skm.store import organisations, visitor_numbers
from skm.store.database import Database, reading
from skm.survey.organisation import Organisation, Service, is_closed
from skm.survey.period import Period
from skm.survey.problem import Problem, needed
from skm.usecases.city.services import VISITORS_LIMIT, get_open_unit
from skm.usecases.deed import Deed, Notes, logged


@dataclass(frozen=True)
class VisitorCounts:
    """What an office enters for a unit and a period: each open service, its number, and what is taken without one."""

    unit: Organisation
    above: Sequence[Organisation]
    periods: Sequence[Period]
    period: Period | None
    rows: Sequence[tuple[Service, int | None, int | None]]


def show_visitors(db: Database, slug: str, wanted: str, now: datetime) -> VisitorCounts:
    """What is known about the visitors of a unit in a period, by default the one that runs; raises Problem."""
    with reading(db):
        unit = get_open_unit(db, slug, now)
        holding = periods_for(db, unit)
        period = choose_period(holding, wanted, unit.today(now))
        above = organisations.all_above(db, unit)
        return VisitorCounts(unit, above, holding, period, _rows(db, unit, period, now) if period else ())


def enter_visitors(
    db: Database, deed: Deed, slug: str, period_id: str, visitors: Mapping[str, int | None]
) -> None:
    """Sets visitors by service of a unit, in a period that holds there; None takes a number back. Raises Problem."""
    with logged(db, deed) as log:
        unit = get_open_unit(db, slug, deed.at)
        holding = (one for one in periods_for(db, unit) if one.id == period_id)
        period = needed(next(holding, None), "period_unknown")
        lines = _rows(db, unit, period, deed.at)
        rows = {service.id: (service.name, entered) for service, entered, _ in lines}
        _check(visitors, rows)
        before = dict(rows.values())
        after = {rows[key][0]: number for key, number in visitors.items()}
        visitor_numbers.change(db, period.id, visitors)
        note_visitors(log, unit, period, before, after)


def note_visitors(
    notes: Notes,
    unit: Organisation,
    period: Period,
    before: Mapping[str, int | None],
    after: Mapping[str, int | None],
) -> None:
    """Notes in the log what was entered for a unit, by the names of its services; nothing where nothing differs."""
    notes.changed(unit.path, "enter_visitors", f"{unit.name}, {period.name}", before, after)


def _check(visitors: Mapping[str, int | None], rows: Mapping[str, object]) -> None:
    if not visitors.keys() <= rows.keys():
        raise Problem("service_unregistered")
    if any(number is not None and not 0 <= number <= VISITORS_LIMIT for number in visitors.values()):
        raise Problem("period_visitors_outside", limit=VISITORS_LIMIT)


def _rows(
    db: Database, unit: Organisation, period: Period, now: datetime
) -> list[tuple[Service, int | None, int | None]]:
    days = period.opens, period.closes
    entered = visitor_numbers.all_for(db, unit.path, *days)
    services = [one for one in organisations.services_of(db, unit.id) if not is_closed(one, now)]
    return [(one, entered.get(one.id), estimate(one, days)) for one in services]
