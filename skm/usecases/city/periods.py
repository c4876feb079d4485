"""Survey periods (periode survei): when an organisation, and all below it, is asked, and with which questionnaire."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from skm.figures.scheme import scheme
from skm.security.keys import new_key
from skm.store import instruments as known_instruments
from skm.store import organisations, responses, snapshots
from skm.store import periods as stored
from skm.store.database import Database, writing
from skm.survey.instrument_file import builtin, builtin_source
from skm.survey.names import checked_name
from skm.survey.organisation import Organisation
from skm.survey.period import AGGREGATIONS, POOLED, Period
from skm.survey.problem import Problem
from skm.usecases.city.organisations import get_open
from skm.usecases.noting import Deed, added, changed


@dataclass(frozen=True)
class Suggestion:
    """A period that offices usually take: its name, first and last day."""

    name: str
    opens: date
    closes: date


def suggest(year: int) -> list[Suggestion]:
    """The year, its semesters and its quarters."""
    whole = [Suggestion(f"Tahun {year}", date(year, 1, 1), date(year, 12, 31))]
    halves = [_months(f"Semester {'I' * n} {year}", year, 6 * n - 5, 6) for n in (1, 2)]
    roman = ("I", "II", "III", "IV")
    quarters = [_months(f"Triwulan {r} {year}", year, 3 * n + 1, 3) for n, r in enumerate(roman)]
    return [*whole, *halves, *quarters]


def show(db: Database, organisation_slug: str) -> list[Period]:
    """The periods of an organisation itself, the earliest first; raises Problem."""
    found = organisations.find(db, organisation_slug)
    if found is None:
        raise Problem("organisation_unknown")
    return list(stored.all_for(db, [found.id]))


def add(
    db: Database,
    by: Deed,
    organisation_slug: str,
    name: str,
    opens: date,
    closes: date,
    instrument_code: str,
    weights: str,
    now: datetime,
    aggregation: str = POOLED,
) -> Period:
    """A new period; `instrument_code` as `instruments.choices` gives it, `aggregation` one of AGGREGATIONS.

    Raises Problem, also for an overlap.
    """
    with writing(db):
        organisation = get_open(db, organisation_slug, now)
        instrument_id = _instrument(db, instrument_code)
        _refuse_weights(db, instrument_id, weights)
        name = checked_name(name)
        made = Period(
            new_key(), organisation.id, name, opens, closes, instrument_id, weights, _checked(aggregation)
        )
        _refuse_dates(db, made)
        stored.add(db, [made])
        added(db, by, now, organisation.path, "add_period", made.name, made)
        return made


def edit(
    db: Database,
    by: Deed,
    period_id: str,
    name: str,
    opens: date,
    closes: date,
    aggregation: str,
    now: datetime,
) -> Period:
    """Another name, other days or another rule of aggregation.

    Raises Problem where answers would lie outside, or another period is met.
    """
    with writing(db):
        known = _get_open(db, period_id)
        edited = replace(
            known, name=checked_name(name), opens=opens, closes=closes, aggregation=_checked(aggregation)
        )
        _refuse_dates(db, edited)
        found = responses.find_days(db, known.id)
        if found and (found[0] < opens.isoformat() or found[1] > closes.isoformat()):
            first, last = map(date.fromisoformat, found)
            raise Problem("period_answered", first=first, last=last)
        _change(db, by, "edit_period", known, edited, now)
        return edited


def end_period_early(db: Database, by: Deed, period_id: str, on: date, now: datetime) -> Period:
    """Gives an open period an earlier last day; from the day after the form says that the survey is closed."""
    with writing(db):
        known = _get_open(db, period_id)
        if not known.opens <= on <= known.closes:
            raise Problem("period_day_outside", opens=known.opens, closes=known.closes)
        closed = replace(known, closes=on)
        _change(db, by, "end_period_early", known, closed, now)
        return closed


def remove(db: Database, by: Deed, period_id: str, now: datetime) -> None:
    """Takes a period away in which nobody has answered yet. Raises Problem."""
    with writing(db):
        known = _get_open(db, period_id)
        if responses.find_days(db, known.id):
            raise Problem("period_in_use", name=known.name)
        stored.remove(db, known.id)
        path = _organisation(db, known).path
        changed(db, by, now, path, "remove_period", known.name, vars(known), dict.fromkeys(vars(known)))


def get(db: Database, period_id: str) -> Period:
    """The period with this id; raises Problem "period_unknown"."""
    found = stored.find(db, period_id)
    if found is None:
        raise Problem("period_unknown")
    return found


def _get_open(db: Database, period_id: str) -> Period:
    """The period, unless its figures have been frozen."""
    known = get(db, period_id)
    if snapshots.count_revisions(db, known.id):
        raise Problem("period_frozen", name=known.name)
    return known


def _instrument(db: Database, code: str) -> str:
    """The stored instrument of a built-in code or of an own id such as `puskesmas/2`."""
    if code in builtin():
        return known_instruments.add(db, builtin_source(builtin()[code].family))[code]
    try:
        known_instruments.get(db, code)
    except LookupError:
        raise Problem("instrument_unknown", code=code[:60]) from None
    return code


def _checked(aggregation: str) -> str:
    if aggregation not in AGGREGATIONS:
        raise Problem("aggregation_unknown", known=", ".join(AGGREGATIONS.values()))
    return aggregation


def _refuse_weights(db: Database, instrument_id: str, weights: str) -> None:
    known = scheme(known_instruments.get(db, instrument_id)).conventions
    if weights not in known:
        raise Problem("weights_unknown", weights=weights[:20], known=", ".join(known))


def _refuse_dates(db: Database, period: Period) -> None:
    if period.closes < period.opens:
        raise Problem("period_backwards")
    for other in stored.all_for(db, [period.organisation_id]):
        if other.id != period.id and period.opens <= other.closes and other.opens <= period.closes:
            raise Problem("period_overlaps", name=other.name, opens=other.opens, closes=other.closes)


def _organisation(db: Database, period: Period) -> Organisation:
    return organisations.get(db, period.organisation_id)


def _change(db: Database, by: Deed, verb: str, known: Period, after: Period, now: datetime) -> None:
    stored.change(db, after)
    changed(db, by, now, _organisation(db, known).path, verb, known.name, vars(known), vars(after))


def _months(name: str, year: int, first: int, count: int) -> Suggestion:
    following = date(year + (first + count > 12), (first + count - 1) % 12 + 1, 1)
    return Suggestion(name, date(year, first, 1), following - timedelta(days=1))
