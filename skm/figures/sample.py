"""How many respondents are wanted, how many have answered, and where that is heading.

The rule of the levels: a unit wants the sample of Krejcie & Morgan for the visitors of its services in the period. An
agency or a city has no sample of its own: each of its units has to meet its own, so the target is the sum of theirs,
and what one unit has too many does not fill what another lacks. Where some services of a unit have no number of
visitors, the sample of the others is its target for the time being, marked as incomplete.

Answers count by their day, whichever period they came in by: a unit with a period of its own is in the city's year
too. Nothing here keeps anybody from answering, or a period from being closed.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from skm.figures.members import Members, read_members
from skm.figures.numbers import Numbers, count_answers
from skm.figures.outlook import look_ahead, window_of
from skm.figures.period_choice import choose_period, periods_for
from skm.figures.progress import Total, UnitSample, furthest_behind
from skm.figures.quotas import CounterPart, ServicePart, counter_parts, service_parts
from skm.figures.visitors import Visitors, visitors_in
from skm.store import organisations
from skm.store.counters import all_served
from skm.store.database import Database, reading
from skm.survey.order import in_reading_order, in_series, others_last
from skm.survey.organisation import Organisation, Service, is_closed
from skm.survey.period import Period, Span, span_of


@dataclass(frozen=True)
class Branch:
    """An agency right below, with its units together."""

    organisation: Organisation
    total: Total


@dataclass(frozen=True)
class Sample:
    """Everything that a page about the sample of an organisation shows; `services` and `counters` are a unit's."""

    organisation: Organisation
    above: Sequence[Organisation]
    periods: Sequence[Period]
    period: Period | None
    today: date
    total: Total
    branches: Sequence[Branch] = ()
    services: Sequence[ServicePart] = ()
    counters: Sequence[CounterPart] = ()

    @property
    def unit(self) -> UnitSample | None:
        """The progress of the organisation itself, where it is a unit; None for one with units below."""
        return self.total.units[0] if self.organisation.kind == "unit" and self.total.units else None


@dataclass(frozen=True)
class _Basis:
    """What is read once for all units. A part that closed early takes part where it has answers in the period."""

    moment: datetime  # at which it is judged what is open
    below: Sequence[Organisation]
    services: Mapping[str, Sequence[Service]]  # by unit
    visitors: Mapping[str, Visitors]
    answers: Numbers  # by unit and service
    numbers: Mapping[str, int]  # by unit
    path: str  # of the subtree that was read: a unit that moved has to fill its sample wherever its answers were given


def show_sample(db: Database, slug: str, wanted: str, now: datetime) -> Sample:
    """The progress of an organisation in a period, by id or calendar code, by default the one that runs.

    The units furthest behind come first. Raises Problem.
    """
    with reading(db):
        organisation = organisations.get_by_slug(db, slug)
        today = organisation.today(now)
        holding = periods_for(db, organisation)
        period = choose_period(holding, wanted, today)
        above = organisations.all_above(db, organisation)
        sample = Sample(organisation, above, holding, period, today, Total(()))
        return _measured(db, sample, period, now) if period else sample


def _measured(db: Database, sample: Sample, period: Period, now: datetime) -> Sample:
    top = sample.organisation
    basis = _basis(db, top, period, now)
    units = [_unit(basis, one) for one in basis.below if one.kind == "unit" and _takes_part(basis, one, top)]
    units = _with_outlook(db, basis.path, units, period, sample.today)
    measured = replace(sample, total=Total(sorted(units, key=furthest_behind)))
    if top.kind == "unit":
        return _with_parts(db, measured, basis, units[0], period)
    return replace(measured, branches=_branches(basis.below, top, measured.total))


def _basis(db: Database, top: Organisation, period: Period, now: datetime) -> _Basis:
    after = datetime.combine(period.closes + timedelta(days=1), time(), ZoneInfo(top.time_zone))
    moment = min(now, after)
    today = _day(min(period.closes, top.today(now)))
    below = read_members(db, top, today)
    path = _path(top, below, read_members(db, top, span_of(period)))
    answers = count_answers(db, path, span_of(period), "unit_id", "service_id")
    services: dict[str, list[Service]] = defaultdict(list)
    for service in organisations.all_services_in(db, top.path, today):
        if not is_closed(service, moment) or (service.unit_id, service.id) in answers:
            services[service.unit_id].append(service)
    every = [service for some in services.values() for service in some]
    visitors = visitors_in(db, every, path, (period.opens, period.closes))
    numbers: Counter[str] = Counter()
    for (unit, _), n in answers.items():
        numbers[unit] += n
    return _Basis(moment, list(below.organisations.values()), services, visitors, answers, numbers, path)


def _day(day: date) -> Span:
    return Span("", f"{day:%Y-%m}", f"{day:%Y-%m}", "", day.isoformat(), day.isoformat())


def _path(top: Organisation, below: Members, within: Members) -> str:
    """The subtree in which all answers of the units below lie: the whole city where one of them moved in the period."""
    moved = any(unit in within.partly or unit not in within.units for unit in below.units)
    return f"{top.ancestors[-1]}/" if moved else top.path


def _takes_part(basis: _Basis, unit: Organisation, top: Organisation) -> bool:
    return unit == top or not is_closed(unit, basis.moment)


def _unit(basis: _Basis, unit: Organisation) -> UnitSample:
    services = basis.services.get(unit.id, ())
    known = [(one, number) for one in services if (number := basis.visitors[one.id].number) is not None]
    wrong = [one for one, number in known if number < basis.answers.get((unit.id, one.id), 0)]
    numbers = [number for one, number in known if one not in wrong]
    return UnitSample(
        unit=unit,
        n=basis.numbers.get(unit.id, 0),
        visitors=sum(numbers) if any(numbers) or (numbers and not wrong) else None,
        lacking=len(services) - len(known),
        wrong=tuple(one.name for one in wrong),
    )


def _with_outlook(
    db: Database, path: str, units: Sequence[UnitSample], period: Period, today: date
) -> list[UnitSample]:
    window = window_of(period, today)
    if window is None:
        return list(units)
    recent = count_answers(db, path, window, "unit_id")
    return [
        replace(
            one,
            outlook=look_ahead(
                one.n, recent.get((one.unit.id,), 0), window, one.target, today, period.closes
            ),
        )
        if one.target is not None
        else one
        for one in units
    ]


def _with_parts(db: Database, sample: Sample, basis: _Basis, unit: UnitSample, period: Period) -> Sample:
    top = sample.organisation
    counters = organisations.counters_ever_of(db, top.id)
    answers = count_answers(db, top.path, span_of(period), "counter_id")
    by_counter = {key: n for (key,), n in answers.items()}
    by_service = Counter({service: n for (_, service), n in basis.answers.items()})
    services = others_last(in_series(basis.services.get(top.id, ())))
    given: dict[str, list[str]] = {one.id: [] for one in services}
    works = {one.id for one in counters if one.unit_id == top.id and not is_closed(one, basis.moment)}
    for counter_id, service in all_served(db, top.path):
        if counter_id in works and service in given:
            given[service].append(counter_id)
    target = None if unit.unsettled else unit.target
    parts = service_parts(target, services, basis.visitors, given, by_service)
    shown = [one for one in counters if one.id in works or one.id in by_counter]
    return replace(sample, services=parts, counters=counter_parts(parts, shown, given, by_counter))


def _branches(below: Sequence[Organisation], top: Organisation, total: Total) -> list[Branch]:
    """The agencies right below, by name; the units under each keep their order."""
    branches = []
    for child in in_reading_order(below):
        units = [one for one in total.units if child.id in one.unit.ancestors]
        if child.parent_id == top.id and child.kind == "agency" and units:
            branches.append(Branch(child, Total(units)))
    return branches
