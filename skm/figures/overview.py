"""What the answers say about a counter, a service, a unit, an agency, a field or the city: the index over time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm import ikm
from skm.figures.choice import EVERYTHING, Choice, Wish, choose
from skm.figures.figure import Result, Terms
from skm.figures.results import result_of
from skm.figures.scheme import scheme
from skm.figures.tallies import Tallies, added
from skm.figures.view import Aside, Inside, View, aside
from skm.store.database import Database
from skm.survey.instrument import Instrument
from skm.survey.organisation import FIELDS, Organisation
from skm.survey.period import Span, month, year


@dataclass(frozen=True)
class Child:
    """An organisation directly below, and its result in the chosen span; a closed one only where it has answers."""

    organisation: Organisation
    result: Result


@dataclass(frozen=True)
class Source:
    """One questionnaire of the whole time: from when to when it was answered, and what it gives by itself."""

    instrument: str
    span: Span
    result: Result


@dataclass(frozen=True)
class Figures(Choice):
    """Everything that a page about an organisation shows."""

    instruments: Mapping[str, Instrument]
    terms: Terms
    result: Result
    aside: Aside
    before: tuple[Span, Result] | None
    months: Sequence[tuple[Span, Result]]
    years: Sequence[tuple[Span, Result]]
    children: Sequence[Child]
    fields: Sequence[tuple[str, Result]]  # by field, the city's page only
    silent: Sequence[Organisation]  # open units without answers in the span
    indices: Mapping[str, ikm.Measure]  # further indices of the questionnaires, such as IPAK; pooled
    sources: Sequence[Source]  # where more than one questionnaire was in use


def show_figures(db: Database, slug: str, wish: Wish = EVERYTHING) -> Figures:
    """The figures of an organisation; raises Problem."""
    choice = choose(db, slug, wish)
    view, earlier = choice.view(db), choice.earlier
    inside = view.inside(choice.span)
    months = [month(code) for code in (choice.whole.months if choice.whole else ())]
    return Figures(
        **vars(choice),
        instruments=view.answers.known,
        terms=view.terms,
        result=view.result(inside),
        aside=aside(view, inside),
        before=(earlier, view.result(view.inside(earlier))) if earlier else None,
        months=[(at, view.point(at)) for at in months],
        years=[(at, view.point(at)) for at in _years(months)],
        children=_children(view, inside),
        fields=_fields(view, inside),
        silent=[unit for key, unit in view.units.items() if not unit.closed and key not in inside.units],
        indices=_indices(view, inside),
        sources=_sources(view, view.by_month),
    )


def list_units(
    db: Database, slug: str, wish: Wish = EVERYTHING
) -> tuple[Choice, Mapping[str, Instrument], list[Child]]:
    """Every unit below an organisation with its result in the chosen span, those without answers too."""
    choice = choose(db, slug, wish)
    view = choice.view(db)
    inside = view.inside(choice.span)
    open_ones = {key: unit for key, unit in view.units.items() if not unit.closed or key in inside.units}
    rows = [Child(unit, view.over([inside.units.get(key, {})])) for key, unit in open_ones.items()]
    return choice, view.answers.known, rows


def _years(months: Sequence[Span]) -> list[Span]:
    return [year(number) for number in sorted({int(at.code[:4]) for at in months})]


def _children(view: View, inside: Inside) -> list[Child]:
    top = view.organisation.id
    children = {child.id: child for child in view.below if child.parent_id == top}
    branch = {unit.id: key for unit in view.units.values() for key in unit.ancestors if key in children}
    parts: dict[str, list[Tallies]] = {key: [] for key in children}
    for unit, tallies in inside.units.items():
        if unit in branch:
            parts[branch[unit]].append(tallies)
    found = [Child(child, view.over(parts[key])) for key, child in children.items()]
    return [
        child for child in found if child.result.n or (child.organisation.closed is None and not view.field)
    ]


def _fields(view: View, inside: Inside) -> list[tuple[str, Result]]:
    if view.organisation.kind != "government" or view.field:
        return []
    parts: dict[str, list[Tallies]] = defaultdict(list)
    for unit, tallies in inside.units.items():
        parts[view.fields[unit]].append(tallies)
    return [(field, view.over(parts[field])) for field in FIELDS if field in parts]


def _indices(view: View, inside: Inside) -> dict[str, ikm.Measure]:
    """The further indices of the counted questionnaires, pooled."""
    parts: dict[str, list[tuple[ikm.Tally, ikm.Scheme]]] = defaultdict(list)
    for name, tally in view.pooled(inside).items():
        for index in view.answers.known[name].indices[1:] if tally.n else ():
            parts[index.code].append((tally, scheme(view.answers.known[name], index.code)))
    return {code: _alike(found, view.terms.weights) for code, found in parts.items()}


def _alike(parts: Sequence[tuple[ikm.Tally, ikm.Scheme]], weights: str) -> ikm.Measure:
    """The measure of the parts that count as the largest does."""
    _, most = max(parts, key=lambda part: part[0].n)
    alike = [part for part in parts if part[1].codes == most.codes and part[1].scale == most.scale]
    return ikm.measure(alike, weights if weights in most.conventions else ikm.EXACT)


def _sources(view: View, by_month: Mapping[str, Tallies]) -> list[Source]:
    """Each questionnaire by itself, the earliest first; none where there was only one."""
    months: dict[str, list[str]] = defaultdict(list)
    for at in sorted(by_month):
        for name, tally in by_month[at].items():
            if tally.n:
                months[name].append(at)
    if len(months) < 2:
        return []
    return [
        Source(name, Span("", found[0], found[-1]), _alone(view, name, [by_month[at] for at in found]))
        for name, found in months.items()
    ]


def _alone(view: View, name: str, parts: Sequence[Tallies]) -> Result:
    return result_of({name: added(parts)[name]}, view.answers.known, view.terms.weights)
