"""What the answers say about a unit, an agency or the city: the index, its elements, its course over time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from skm import ikm
from skm.store import instruments, organisations, periods, responses
from skm.store.database import Database
from skm.survey.instrument import Instrument
from skm.survey.organisation import Organisation, Service
from skm.survey.period import Span, before, find_span, month, spans_of_year, year
from skm.survey.problem import Problem
from skm.usecases.scheme import scheme

Tallies = dict[str, ikm.Tally]  # by instrument
WHOLE_TIME = "semua"


@dataclass(frozen=True)
class Result:
    """What a set of answers comes to. `left_out` counts answers to instruments with other elements."""

    measure: ikm.Measure | None
    instruments: tuple[str, ...]
    left_out: int

    @property
    def n(self) -> int:
        """How many respondents stand behind the measure."""
        return self.measure.n if self.measure else 0


@dataclass(frozen=True)
class Child:
    """An organisation directly below, and its result in the chosen span; a closed one only where it has answers."""

    organisation: Organisation
    result: Result


@dataclass(frozen=True)
class Figures:
    """Everything that a page about an organisation shows."""

    organisation: Organisation
    above: Sequence[Organisation]
    services: Sequence[Service]
    service: Service | None
    spans: Sequence[Span]
    span: Span | None
    instruments: Mapping[str, Instrument]
    result: Result
    before: tuple[Span, Result] | None  # the year, semester or quarter before the chosen one
    months: Sequence[tuple[Span, Result]]
    years: Sequence[tuple[Span, Result]]
    children: Sequence[Child]


def show_figures(db: Database, slug: str, period: str = "", service_id: str = "") -> Figures:
    """The figures of an organisation, for a span such as `2026-TW3` and a service; raises Problem.

    Without a span it is the newest year with answers; `semua` is the whole time.
    """
    organisation = organisations.find(db, slug)
    if organisation is None:
        raise Problem("organisation_unknown")
    services = organisations.services_of(db, organisation.id)
    service = next((service for service in services if service.id == service_id), None)
    spans = _spans(db, organisation)
    span = _chosen(spans, period)
    return _figures(db, organisation, services, service, spans, span)


def show_root(db: Database) -> Organisation:
    """The government at the top of the tree; raises Problem when nothing has been set up yet."""
    root = organisations.find_root(db)
    if root is None:
        raise Problem("city_missing")
    return root


def convention_of(db: Database, organisation: Organisation) -> str:
    """The weights by which the organisation's latest period counts."""
    known = {period.organisation_id: period for period in periods.all_for(db, organisation.ancestors)}
    return next((known[key].weights for key in organisation.ancestors if key in known), ikm.EXACT)


def result_of(tallies: Tallies, known: Mapping[str, Instrument], weights: str) -> Result:
    """The result of tallies by instrument; those that measure other elements than most answers are left out."""
    schemes = {name: scheme(known[name]) for name, tally in tallies.items() if tally.n}
    if not schemes:
        return Result(None, (), 0)
    most = max(schemes, key=lambda name: tallies[name].n)
    joined = sorted(name for name, other in schemes.items() if other.codes == schemes[most].codes)
    measure = ikm.measure([(tallies[name], schemes[name]) for name in joined], weights)
    left_out = sum(tallies[name].n for name in schemes if name not in joined)
    return Result(measure, tuple(joined), left_out)


def _figures(
    db: Database,
    organisation: Organisation,
    services: Sequence[Service],
    service: Service | None,
    spans: Sequence[Span],
    span: Span | None,
) -> Figures:
    blocks = responses.score_blocks(db, organisation.path, service_id=service.id if service else None)
    known = {name: instruments.get(db, name) for name in {name for _, _, name in blocks}}
    weights = convention_of(db, organisation)
    by_month = tallied(blocks, known, lambda _, at: at)
    months = [month(code) for code in (spans[-1].months if spans else ())]
    within = set(span.months) if span else by_month.keys()
    return Figures(
        organisation=organisation,
        above=organisations.all_above(db, organisation),
        services=services,
        service=service,
        spans=spans[:-1],
        span=span,
        instruments=known,
        result=_sum(by_month, within, known, weights),
        before=(before(span), _sum(by_month, before(span).months, known, weights)) if span else None,
        months=[(at, _sum(by_month, at.months, known, weights)) for at in months],
        years=[(at, _sum(by_month, at.months, known, weights)) for at in _years(months)],
        children=_children(db, organisation, blocks, within, known, weights),
    )


def _spans(db: Database, organisation: Organisation) -> list[Span]:
    """The years, semesters and quarters that hold answers, the newest year first; last, the whole time."""
    found = responses.find_months(db, organisation.path)
    if found is None:
        return []
    first, last = found
    years = range(int(last[:4]), int(first[:4]) - 1, -1)
    spans = [
        span
        for number in years
        for span in spans_of_year(number)
        if span.last >= first and span.first <= last
    ]
    return [*spans, Span("", first, last)]


def _chosen(spans: Sequence[Span], code: str) -> Span | None:
    if code == WHOLE_TIME or not (code or spans):
        return None
    span = find_span(code) if code else spans[0]
    if span is None:
        raise Problem("span_unknown", code=code[:20])
    return next((known for known in spans if known.code == span.code), span)


def _years(months: Sequence[Span]) -> list[Span]:
    return [year(number) for number in sorted({int(at.code[:4]) for at in months})]


def lowest(measure: ikm.Measure) -> list[ikm.ElementFigure]:
    """The three lowest elements, the lowest first: what a unit usually plans to improve (rencana tindak lanjut).

    More where the third is tied, fewer where only one or two stand out; equal ones in the order of the regulation.
    """
    values = sorted(figure.value for figure in measure.elements if figure.value is not None)
    if len(values) < 4:
        return []
    weak = [
        f for f in measure.elements if f.value is not None and f.value <= values[2] and f.value < values[-1]
    ]
    return sorted(weak, key=lambda figure: figure.value or 0)


def tallied(
    blocks: Mapping[responses.Block, bytes],
    known: Mapping[str, Instrument],
    group: Callable[[str, str], str | None],
) -> dict[str, Tallies]:
    """The tallies of blocks that `group(unit, month)` puts together; what it gives None is left out."""
    joined: dict[tuple[str, str], list[bytes]] = defaultdict(list)
    for (unit, at, name), block in blocks.items():
        if key := group(unit, at):
            joined[key, name].append(block)
    tallies: dict[str, Tallies] = defaultdict(dict)
    for (key, name), parts in joined.items():
        tallies[key][name] = ikm.tally(b"".join(parts), len(known[name].items), known[name].scale)
    return tallies


def _sum(
    by_month: Mapping[str, Tallies], within: Iterable[str], known: Mapping[str, Instrument], weights: str
) -> Result:
    total: Tallies = {}
    for at in within:
        for name, tally in by_month.get(at, {}).items():
            total[name] = total[name] + tally if name in total else tally
    return result_of(total, known, weights)


def _children(
    db: Database,
    organisation: Organisation,
    blocks: Mapping[responses.Block, bytes],
    within: Iterable[str],
    known: Mapping[str, Instrument],
    weights: str,
) -> list[Child]:
    below = organisations.all_below(db, organisation.path)
    children = {child.id: child for child in below if child.parent_id == organisation.id}
    branch = {other.id: key for other in below for key in other.ancestors if key in children}
    months = set(within)
    tallies = tallied(blocks, known, lambda unit, at: branch.get(unit) if at in months else None)
    found = [Child(child, result_of(tallies.get(key, {}), known, weights)) for key, child in children.items()]
    return [child for child in found if child.result.n or child.organisation.closed is None]
