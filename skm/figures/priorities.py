"""What to improve first: the lowest elements, where they come from, and which of them move people's judgement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from skm import ikm
from skm.figures.choice import EVERYTHING, Choice, Wish, choose
from skm.figures.figure import Result, lowest
from skm.figures.results import result_of
from skm.figures.scheme import scheme
from skm.figures.tallies import Tallies, read_answers
from skm.figures.view import Inside, View
from skm.store.database import Database
from skm.survey.instrument import Instrument

ENOUGH = 5  # respondents; of a smaller group nothing is said
SHOWN = 3  # groups for an element


@dataclass(frozen=True)
class Origin:
    """A group's value of one element, beside the value of all; `name` is a service, an hour or a unit."""

    name: str
    figure: ikm.ElementFigure
    low: ikm.Share
    n: int


@dataclass(frozen=True)
class Weak:
    """One of the lowest elements: the share of 1 and 2, and where it is lowest."""

    figure: ikm.ElementFigure
    low: ikm.Share
    services: Sequence[Origin]
    hours: Sequence[Origin]
    units: Sequence[Origin]


@dataclass(frozen=True)
class Priorities(Choice):
    """`importance` is by element, the correlation with respondents' own mean; None where it cannot be said."""

    instruments: Mapping[str, Instrument]
    result: Result
    weak: Sequence[Weak]
    importance: Mapping[str, float | None]


def show_priorities(db: Database, slug: str, wish: Wish = EVERYTHING) -> Priorities:
    """What to improve first, for the answers that `figures.show_figures` shows for the same wish; raises Problem."""
    choice = choose(db, slug, wish)
    view = choice.view(db)
    inside = view.inside(choice.span)
    result, pooled = view.result(inside), view.pooled(inside)
    groups = _groups(db, choice, view, inside)
    return Priorities(
        **vars(choice),
        instruments=view.answers.known,
        result=result,
        weak=[_weak(view, result, figure, groups, pooled) for figure in _lowest(result)],
        importance=_importance(view, inside, result),
    )


def _lowest(result: Result) -> list[ikm.ElementFigure]:
    return lowest(result.measure) if result.measure else []


def _groups(db: Database, choice: Choice, view: View, inside: Inside) -> dict[str, dict[str, Tallies]]:
    """The tallies by unit, or within a unit by service, and by hour; a group by its name."""
    wanted = replace(choice.selection, span=choice.span)
    hours = read_answers(db, wanted, ("unit_id", "local_hour"))
    by_hour = hours.full(lambda unit, hour: _hour(hour) if unit in view.units else None)
    if choice.organisation.kind != "unit":
        units = {view.units[key].name: tallies for key, tallies in inside.full_units.items()}
        return {"units": units, "services": {}, "hours": by_hour}
    names = {service.id: service.name for service in choice.services}
    services = read_answers(db, wanted, ("unit_id", "service_id")).full(lambda _, service: names.get(service))
    return {"units": {}, "services": services if not choice.service else {}, "hours": by_hour}


def _hour(hour: int) -> str:
    return f"{hour:02}.00–{hour:02}.59"


def _weak(
    view: View,
    result: Result,
    figure: ikm.ElementFigure,
    groups: Mapping[str, Mapping[str, Tallies]],
    pooled: Tallies,
) -> Weak:
    found = {kind: _origins(view, result, figure, tallies) for kind, tallies in groups.items()}
    return Weak(figure, _low(view, result, figure.code, pooled), **found)


def _origins(
    view: View, result: Result, figure: ikm.ElementFigure, groups: Mapping[str, Tallies]
) -> list[Origin]:
    """The groups that lie below the whole, the lowest first; none with fewer than ENOUGH answers."""
    found = []
    for name, tallies in groups.items():
        its = result_of(tallies, view.answers.known, view.terms.weights, view.regime)
        element = (
            next((e for e in its.measure.elements if e.code == figure.code), None) if its.measure else None
        )
        if element and element.n >= ENOUGH and _value(element) < _value(figure):
            found.append(Origin(name, element, _low(view, result, figure.code, tallies), its.n))
    return sorted(found, key=lambda origin: _value(origin.figure))[:SHOWN]


def _value(figure: ikm.ElementFigure) -> Decimal:
    return Decimal(100) if figure.value is None else figure.value


def _low(view: View, result: Result, element: str, tallies: Tallies) -> ikm.Share:
    """How many of an element's answers lie in the lower half of the scale: 1 and 2 of four."""
    low = answers = 0
    for name in result.instruments:
        known, tally = view.answers.known[name], tallies.get(name)
        for place in known.positions(element) if tally and tally.counts else ():
            counts = tally.counts[place] if tally and tally.counts else ()
            low += sum(counts[1 : 1 + known.scale // 2])
            answers += sum(counts[1:])
    return ikm.Share(low, answers)


def _importance(view: View, inside: Inside, result: Result) -> dict[str, float | None]:
    parts = [
        (block, scheme(view.answers.known[name]))
        for name, block in inside.scores().items()
        if name in result.instruments
    ]
    if not parts:
        return {}
    return dict(zip(parts[0][1].codes, ikm.importance(parts), strict=True))
