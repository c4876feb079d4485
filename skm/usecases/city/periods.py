"""Survey periods (periode survei): when an organisation, and all below it, is asked, and with which questionnaire."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from skm.figures.scheme import scheme
from skm.security.keys import new_key
from skm.store import instruments, organisations, periods, responses, snapshots
from skm.store.database import Database
from skm.survey.instrument_file import builtin, builtin_source
from skm.survey.names import checked_name
from skm.survey.period import AGGREGATIONS, POOLED, Period
from skm.survey.problem import Problem
from skm.usecases.city.organisations import get_open_organisation
from skm.usecases.deed import Deed, Log, logged


@dataclass(frozen=True)
class Suggestion:
    """A period that offices usually take: its name, first and last day."""

    name: str
    opens: date
    closes: date


def suggest_periods(year: int) -> list[Suggestion]:
    """The year, its semesters and its quarters."""
    whole = [Suggestion(f"Tahun {year}", date(year, 1, 1), date(year, 12, 31))]
    halves = [_months(f"Semester {'I' * n} {year}", year, 6 * n - 5, 6) for n in (1, 2)]
    roman = ("I", "II", "III", "IV")
    quarters = [_months(f"Triwulan {r} {year}", year, 3 * n + 1, 3) for n, r in enumerate(roman)]
    return [*whole, *halves, *quarters]


def show_own_periods(db: Database, organisation_slug: str) -> list[Period]:
    """The periods of an organisation itself, the earliest first; raises Problem."""
    return list(periods.all_for(db, [organisations.get_by_slug(db, organisation_slug).id]))


def add_period(
    db: Database,
    deed: Deed,
    organisation_slug: str,
    name: str,
    opens: date,
    closes: date,
    instrument_code: str,
    weights: str,
    aggregation: str = POOLED,
) -> Period:
    """A new period; `instrument_code` as `instrument_choices` gives it, `aggregation` one of AGGREGATIONS.

    Raises Problem, also for an overlap.
    """
    with logged(db, deed) as log:
        organisation = get_open_organisation(db, organisation_slug, deed.at)
        instrument_id = _instrument(db, instrument_code)
        _refuse_weights(db, instrument_id, weights)
        name = checked_name(name)
        made = Period(
            new_key(), organisation.id, name, opens, closes, instrument_id, weights, _checked(aggregation)
        )
        _refuse_dates(db, made)
        _refuse_divided(db, None, made)
        periods.add(db, [made])
        log.added(organisation.path, "add_period", made.name, made)
        return made


def edit_period(
    db: Database, deed: Deed, period_id: str, name: str, opens: date, closes: date, aggregation: str
) -> Period:
    """Another name, other days or another rule of aggregation.

    Raises Problem where answers would lie outside, or another period is met.
    """
    with logged(db, deed) as log:
        period = _get_unfrozen(db, period_id)
        edited = replace(
            period, name=checked_name(name), opens=opens, closes=closes, aggregation=_checked(aggregation)
        )
        _refuse_dates(db, edited)
        if (opens, closes) != (period.opens, period.closes):  # a name can always be changed
            _refuse_outside(db, edited)
            _refuse_divided(db, period, edited)
        _change(log, "edit_period", period, edited)
        return edited


def end_period_early(db: Database, deed: Deed, period_id: str, on: date) -> Period:
    """Gives an open period an earlier last day; from the day after the form says that the survey is closed.

    Raises Problem: frozen, a day outside of the period, and answers after that day, which would count nowhere.
    """
    with logged(db, deed) as log:
        period = _get_unfrozen(db, period_id)
        if not period.opens <= on <= period.closes:
            raise Problem("period_day_outside", opens=period.opens, closes=period.closes)
        ended = replace(period, closes=on)
        _refuse_outside(db, ended)
        _refuse_divided(db, period, ended)
        _change(log, "end_period_early", period, ended)
        return ended


def remove_period(db: Database, deed: Deed, period_id: str) -> None:
    """Takes a period away in which nobody has answered yet. Raises Problem."""
    with logged(db, deed) as log:
        period = _get_unfrozen(db, period_id)
        if responses.find_days(db, period.id):
            raise Problem("period_in_use", name=period.name)
        _refuse_divided(db, period, None)
        periods.remove(db, period.id)
        path = organisations.get(db, period.organisation_id).path
        log.changed(path, "remove_period", period.name, vars(period), dict.fromkeys(vars(period)))


def _get_unfrozen(db: Database, period_id: str) -> Period:
    """The period, unless its figures have been frozen."""
    period = periods.get(db, period_id)
    if snapshots.count_revisions(db, period.id):
        raise Problem("period_frozen", name=period.name)
    return period


def _instrument(db: Database, code: str) -> str:
    """The stored instrument of a built-in code or of an own id such as `puskesmas/2`; raises Problem."""
    if code in builtin():
        return instruments.add(db, builtin_source(builtin()[code].family))[code]
    instruments.get(db, code)
    return code


def _checked(aggregation: str) -> str:
    if aggregation not in AGGREGATIONS:
        raise Problem("aggregation_unknown", known=", ".join(AGGREGATIONS.values()))
    return aggregation


def _refuse_weights(db: Database, instrument_id: str, weights: str) -> None:
    conventions = scheme(instruments.get(db, instrument_id)).conventions
    if weights not in conventions:
        raise Problem("weights_unknown", weights=weights[:20], known=", ".join(conventions))


def _refuse_dates(db: Database, period: Period) -> None:
    if period.closes < period.opens:
        raise Problem("period_backwards")
    for other in periods.all_for(db, [period.organisation_id]):
        if other.id != period.id and period.opens <= other.closes and other.opens <= period.closes:
            raise Problem("period_overlaps", name=other.name, opens=other.opens, closes=other.closes)


def _refuse_outside(db: Database, period: Period) -> None:
    answered = responses.find_days(db, period.id)
    if answered and not all(period.holds(date.fromisoformat(day)) for day in answered):
        first, last = map(date.fromisoformat, answered)
        raise Problem("period_answered", first=first, last=last)


def _refuse_divided(db: Database, before: Period | None, after: Period | None) -> None:
    """Raises Problem where a period comes, changes or goes, and answers that showed together no longer would.

    What has been read of them would stand beside what is read from then on, and a few people between the two.
    Why so: docs/decisions/0021-states-and-steps.md.
    """
    changed = before or after
    if changed is None:
        return
    organisation = organisations.get(db, changed.organisation_id)
    others = [one for one in periods.all_for(db, organisation.ancestors) if one.id != changed.id]
    parts = {
        tuple((day[:4], *(one.holds(date.fromisoformat(day)) for one in (*others, *own))) for own in sides)
        for day in responses.all_days(db, organisation.path)
        for sides in [([before] if before else [], [after] if after else [])]
    }
    if any(len({pair[side] for pair in parts}) < len(parts) for side in (0, 1)):
        raise Problem("period_divides", name=organisation.name)


def _change(log: Log, verb: str, before: Period, after: Period) -> None:
    periods.change(log.db, after)
    path = organisations.get(log.db, before.organisation_id).path
    log.changed(path, verb, before.name, vars(before), vars(after))


def _months(name: str, year: int, first: int, count: int) -> Suggestion:
    following = date(year + (first + count > 12), (first + count - 1) % 12 + 1, 1)
    return Suggestion(name, date(year, first, 1), following - timedelta(days=1))
