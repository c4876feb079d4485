"""Results as rows of tables: organisations below, fields, questionnaires; with the links by which they are sorted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from flask import request, url_for

from skm import ikm
from skm.figures.changes import Changes, UnitChange
from skm.figures.choice import Choice
from skm.figures.figure import Result
from skm.figures.overview import Child, Source
from skm.survey.instrument import Instrument, say
from skm.survey.order import Key, natural
from skm.survey.organisation import FIELDS
from skm.web.frame.addresses import address, chosen
from skm.wording import spans
from skm.wording.change import in_table, looked_at, real_way, why_no_changes

LEAST = Decimal(-1)


@dataclass(frozen=True)
class NamedResult:
    """A result in a row with its name, which may be a link, and with its change in a list of changes."""

    name: str
    result: Result
    url: str = ""
    change: UnitChange | None = None

    @cached_property
    def elements(self) -> dict[str, ikm.ElementFigure]:
        """The elements by code."""
        return {element.code: element for element in self.result.elements}

    @property
    def step(self) -> ikm.Change | None:
        """The change of its index."""
        return self.change.index if self.change else None

    @property
    def step_words(self) -> str:
        """The change of its index in a few words."""
        return in_table(self.step)

    def way(self, code: str) -> str:
        """Which way an element really changed: "naik", "turun" or ""."""
        step = self.change.elements.get(code) if self.change else None
        return real_way(step)

    @cached_property
    def least(self) -> Decimal | None:
        """The value of the lowest element."""
        return min((e.value for e in self.result.elements if e.value is not None), default=None)


@dataclass(frozen=True)
class SourceRow:
    """One questionnaire beside others: how many items it has, when it was used, and what it gives."""

    name: str
    items: int
    when: str
    result: Result

    @property
    def values(self) -> dict[str, Decimal | None]:
        """The value of each element by code."""
        return {element.code: element.value for element in self.result.elements}


@dataclass(frozen=True)
class HeatTable:
    """Organisations by element: the names of the elements by code, the rows, and the links that sort them.

    `sorted_by` is a column's name, with "-" in front where the largest comes first. `since` names the time from which
    changes are shown, "" where none are; `looked_at` says in words how many there are, or why there are none.
    """

    elements: Mapping[str, str]
    rows: Sequence[NamedResult]
    sorted_by: str
    sort_links: Mapping[str, str]
    since: str = ""
    looked_at: str = ""


def heat_table(
    children: Sequence[Child],
    known: Mapping[str, Instrument],
    changes: Changes | None = None,
    choice: Choice | None = None,
) -> HeatTable:
    """Organisations by element, in the order that the address asks for.

    A table of units has their changes, or says why there are none in what was chosen.
    """
    why = why_no_changes(choice, changes) if choice else ""
    elements, own = _elements(children, known), changes.units if changes and not why else {}
    sorts = SORTS | ({"change": _by_change} if own else {}) | {code: _by(code) for code in elements}
    wanted = request.args.get("sort", "name")
    wanted = wanted if wanted.removeprefix("-") in sorts else "name"
    rows = [
        NamedResult(
            _name(one),
            _comparable(one.result, elements, known),
            address(one.organisation),
            own.get(one.organisation.id),
        )
        for one in children
    ]
    return HeatTable(
        elements=elements,
        rows=sorted(sorted(rows, key=SORTS["name"]), key=sorts[wanted.lstrip("-")], reverse=wanted[0] == "-"),
        sorted_by=wanted,
        sort_links={name: _sort_link(name, wanted) for name in sorts},
        since=spans.in_sentence(changes.earlier) if changes and own else "",
        looked_at=looked_at(changes) if changes and own else why,
    )


def fields(results: Sequence[tuple[str, Result]]) -> list[NamedResult]:
    """The fields of a city, such as kesehatan."""
    return [
        NamedResult(FIELDS[field], result, url_for("city.show_city", **chosen() | {"field": field}))
        for field, result in results
    ]


def source(one: Source, known: Mapping[str, Instrument]) -> SourceRow:
    """A questionnaire of the whole time."""
    instrument = known[one.instrument]
    return SourceRow(say(instrument.title, "id"), len(instrument.items), spans.months(one.span), one.result)


def _name(child: Child) -> str:
    """The name of an organisation; of one that moved, with the days on which it stood here."""
    days = spans.since_until(*child.days)
    return f"{child.organisation.name} ({days})" if days else child.organisation.name


def _comparable(result: Result, elements: Mapping[str, str], known: Mapping[str, Instrument]) -> Result:
    """A result without its elements where they are called otherwise than those of the table."""
    if result.measure is None or _named(result, known).items() <= elements.items():
        return result
    return replace(result, measure=replace(result.measure, elements=()))


def _elements(children: Sequence[Child], known: Mapping[str, Instrument]) -> dict[str, str]:
    """The elements of the first result, with their names."""
    result = next((one.result for one in children if one.result.measure), None)
    if result is None:
        return {}
    return _named(result, known)


def _named(result: Result, known: Mapping[str, Instrument]) -> dict[str, str]:
    """The names of a result's elements by code."""
    instrument = known[result.instruments[0]]
    return {e.code: say(instrument.element(e.code).name, "id") for e in result.elements}


def _by_name(row: NamedResult) -> Key:
    return natural(row.name)


def _by_n(row: NamedResult) -> int:
    return row.result.n


def _by_index(row: NamedResult) -> Decimal:
    return row.result.index or LEAST


def _by_change(row: NamedResult) -> Decimal:
    return row.step.rated if row.step else Decimal("-Infinity")


def _by(code: str) -> Callable[[NamedResult], Decimal]:
    return lambda row: (code in row.elements and row.elements[code].value) or LEAST


SORTS: dict[str, Callable[[NamedResult], Key | int | Decimal]] = {
    "name": _by_name,
    "n": _by_n,
    "index": _by_index,
}


def _sort_link(column: str, sorted_by: str) -> str:
    other = (
        column if sorted_by == f"-{column}" or (column == "name" and sorted_by != "name") else f"-{column}"
    )
    return "?" + urlencode(request.args.to_dict() | {"sort": other})
