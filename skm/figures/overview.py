"""What the answers say about a counter, a service, a unit, an agency, a field or the city: the index over time."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from skm import ikm
from skm.figures.answers import Answers
from skm.figures.by_visitors import find_index_by_visitors
from skm.figures.choice import Choice, answers_within, figure_within, open_choice, read_piece, visitors_within
from skm.figures.comparison import Comparison, compare_last_months, compare_with_earlier
from skm.figures.figure import Figure, Result
from skm.figures.frozen import FrozenFigure, alike
from skm.figures.held import index_including_held
from skm.figures.members import days_of, was_open
from skm.figures.recorded import find_running, year_of_record
from skm.figures.results import main_regime, over_units, result_of
from skm.figures.tallies import Tallies, added, count
from skm.store.database import Database
from skm.survey.instrument import Instrument
from skm.survey.organisation import FIELDS, Organisation, Placement
from skm.survey.period import MEAN_OF_UNITS, Span, month, year


@dataclass(frozen=True)
class Child:
    """An organisation directly below, and its result in the chosen span; a closed one only where it has answers.

    `days` are the first and the last on which it stood here, "" for those of the span.
    """

    organisation: Organisation
    result: Result
    days: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Source:
    """One questionnaire of the whole time: from when to when it was answered, and what it gives by itself."""

    instrument: str
    span: Span
    result: Result


@dataclass(frozen=True)
class Overview:
    """Everything that a page about an organisation shows.

    `with_aside` is the index with the answers that are held back or excluded; `visitors` are those of all services,
    where known, `by_visitors` is the index of all of them; `fields` are those of the city, by code; `sources` are
    there where more than one questionnaire was in use; `last_months` where they were asked for. `frozen` is the figure
    of the period that fills the span, where it was frozen, for the organisation as a whole. Then everything follows its
    record, and `running` is the figure with what came later.
    """

    choice: Choice
    instruments: Mapping[str, Instrument]
    figure: Figure
    with_aside: ikm.Alternative | None
    visitors: int | None
    by_visitors: ikm.VisitorIndex | None
    comparison: Comparison | None
    months: Sequence[tuple[Span, Result]]
    years: Sequence[tuple[Span, Result]]
    children: Sequence[Child]
    fields: Sequence[tuple[str, Result]]
    sources: Sequence[Source]
    frozen: FrozenFigure | None = None
    last_months: Comparison | None = None
    running: Figure | None = None
    answered: int = 0  # units with answers in the chosen span
    including_held: Result | None = None  # where any is held, for readers of rows

    @property
    def follows(self) -> bool:
        """Whether it shows what was frozen: a reader of states cannot, nor where the record no longer comes out."""
        return self.frozen is None or alike(self.frozen.figure, self.figure)

    @property
    def result(self) -> Result:
        """The index of the chosen answers."""
        return self.figure.result

    @property
    def silent(self) -> list[Organisation]:
        """The open units without answers in the chosen span."""
        return [unit for key, unit in self.choice.units.items() if key in self.figure.silent]

    @property
    def tipping_point(self) -> ikm.TippingPoint | None:
        """What the visitors who did not answer would have to think for the grade to fall.

        None where their number is unknown, where the grade has no bands, and for a mean of units.
        """
        measure = self.result.measure
        if measure is None or measure.exact is None or measure.grade is None or self.visitors is None:
            return None
        return None if self._is_mean else ikm.tipping_point(measure.exact, measure.n, self.visitors)

    @property
    def lacking(self) -> int | None:
        """How many more answers would make the grade certain; None for a mean of units, and where it is certain."""
        measure = self.result.measure
        return ikm.answers_lacking(measure) if measure and not self._is_mean else None

    @property
    def _is_mean(self) -> bool:
        return self.figure.terms.rule == MEAN_OF_UNITS and self.result.other is not None

    @property
    def step(self) -> ikm.Change | None:
        """From the span before to the chosen one, over the months that have answers in both."""
        return self.comparison.step if self.comparison else None


def show_figures(db: Database, choice: Choice, *, last_months: bool = False) -> Overview:
    """The figures of the chosen answers; with the last two months beside each other where that is asked for.

    Of a frozen span they are those of its record, as long as they come to the same.
    """
    shown = _show(db, choice, last_months)
    if choice.states or choice.record is None or choice.partial:
        return shown
    if not shown.follows:
        return replace(_show(db, choice.running, last_months), choice=choice, frozen=choice.record)
    return replace(shown, running=find_running(db, choice, shown.figure))


def _show(db: Database, choice: Choice, last_months: bool) -> Overview:
    answers = open_choice(db, choice)
    chosen = answers_within(db, answers, choice.span)
    visitors = visitors_within(db, choice, chosen, choice.span)
    months = [month(code) for code in (choice.whole.months if choice.whole else ())]
    return Overview(
        choice=choice,
        instruments=answers.known,
        figure=figure_within(db, choice, chosen, choice.span),
        with_aside=None if choice.states else chosen.with_aside(),
        visitors=visitors,
        by_visitors=find_index_by_visitors(db, choice, chosen) if visitors and not choice.states else None,
        comparison=compare_with_earlier(db, choice, answers),
        months=[(at, _point(choice, answers, at)) for at in months],
        years=[(at, year_of_record(db, choice, at, _point(choice, answers, at))) for at in _years(months)],
        children=_children(db, choice, chosen),
        fields=_fields(db, choice, chosen),
        sources=_sources(answers),
        frozen=None if choice.partial else choice.record,
        last_months=compare_last_months(db, choice, answers) if last_months else None,
        answered=len(chosen.by_unit),
        including_held=index_including_held(chosen) if chosen.part.held and not choice.states else None,
    )


def list_units(db: Database, choice: Choice) -> tuple[Mapping[str, Instrument], list[Child]]:
    """Every unit below an organisation with its result in the chosen span, those without answers too."""
    answers = answers_within(db, open_choice(db, choice, dated=False), choice.span)
    by_unit, numbers = answers.by_unit, answers.numbers_by_unit
    return answers.known, [
        Child(
            unit,
            _standing(choice, answers, unit, {key: by_unit.get(key, {})}, numbers.get(key, {})),
            _days(choice, choice.members.placements[key]),
        )
        for key, unit in choice.units.items()
        if key in by_unit or was_open(unit, unit, choice.span)
    ]


def _point(choice: Choice, answers: Answers, at: Span) -> Result:
    """One point of a trend: pooled with its interval; as a mean of units without one."""
    within, top = answers.within(at.months), choice.organisation.id
    terms = choice.terms(choice.members.organisations[top].path, at)
    within = within if terms == answers.terms else replace(within, terms=terms)
    if terms.rule == MEAN_OF_UNITS and choice.organisation.kind != "unit":
        return within.over(within.by_unit_in_brief)
    return within.result(within.pooled)


def _years(months: Sequence[Span]) -> list[Span]:
    return [year(number) for number in sorted({int(at.code[:4]) for at in months})]


def _children(db: Database, choice: Choice, chosen: Answers) -> list[Child]:
    """The organisations right below; a unit that moved counts in each for the days on which it stood there."""
    top, members = choice.organisation.id, choice.members
    children = {
        key: one
        for key, one in members.organisations.items()
        if any(placement.parent_id == top for placement in members.placements[key])
    }
    parts = _branches(db, choice, chosen, lambda placement: _child_of(placement.path, top))
    nothing = _Branch({}, Counter())
    shown = [
        Child(
            child,
            _standing(choice, chosen, child, parts.get(key, nothing).units, parts.get(key, nothing).numbers),
            _days(choice, [one for one in members.placements[key] if one.parent_id == top]),
        )
        for key, child in children.items()
    ]
    return [
        child
        for child in shown
        if child.result.n
        or (was_open(child.organisation, child.organisation, choice.span) and not choice.field)
    ]


def _fields(db: Database, choice: Choice, chosen: Answers) -> list[tuple[str, Result]]:
    if choice.organisation.kind != "government" or choice.field:
        return []
    parts = _branches(db, choice, chosen, choice.field_of)
    return [
        (field, _standing(choice, chosen, choice.organisation, parts[field].units, parts[field].numbers))
        for field in FIELDS
        if field in parts
    ]


@dataclass(frozen=True)
class _Branch:
    """What the units of one branch bring: their tallies, and how many answers each questionnaire has."""

    units: dict[str, Tallies]
    numbers: Counter[str]


def _branches(
    db: Database, choice: Choice, chosen: Answers, branch_of: Callable[[Placement], str | None]
) -> dict[str | None, _Branch]:
    """The chosen answers by branch; those of a unit that stood in several are read by their days."""
    found: dict[str | None, _Branch] = defaultdict(lambda: _Branch({}, Counter()))
    by_unit, numbers = chosen.by_unit, chosen.numbers_by_unit
    for unit in numbers:
        times = choice.members.branches(unit, branch_of)
        if len(times) == 1:
            found[next(iter(times))].units[unit] = by_unit.get(unit, {})
            found[next(iter(times))].numbers.update(numbers[unit])
            continue
        for branch, placements in times.items():
            pieces = [read_piece(db, chosen, one, choice.span or choice.whole) for one in placements]
            found[branch].units[unit] = added(piece.pooled for piece in pieces)
            for piece in pieces:
                found[branch].numbers.update(piece.numbers())
    return {
        branch: replace(part, units={unit: t for unit, t in part.units.items() if count(t)})
        for branch, part in found.items()
    }


def _standing(
    choice: Choice,
    answers: Answers,
    organisation: Organisation,
    units: Mapping[str, Tallies],
    numbers: Mapping[str, int],
) -> Result:
    """The result of an organisation as its own page has it: by its own terms, in the regime of most of its answers."""
    terms = choice.terms(organisation.path, choice.span)
    return over_units(units, answers.known, terms, main_regime(numbers, answers.known))


def _child_of(path: str, top: str) -> str | None:
    """The organisation right below the top on a path."""
    return path.partition(f"{top}/")[2].partition("/")[0] or None


def _days(choice: Choice, own: Sequence[Placement]) -> tuple[str, str]:
    """Since when and until when it stood here in the chosen span; "" for the first and the last day of the span."""
    opens, closes = days_of(choice.span or choice.whole)
    since, until = own[0].since, own[-1].until
    return (since if since > opens else "", until if until < closes else "")


def _sources(answers: Answers) -> list[Source]:
    """Each questionnaire by itself, the earliest first; none where there was only one."""
    by_month = answers.by_month
    months: dict[str, list[str]] = defaultdict(list)
    for at in sorted(by_month):
        for name, tally in by_month[at].items():
            if tally.n:
                months[name].append(at)
    if len(months) < 2:
        return []
    return [
        Source(name, Span("", found[0], found[-1]), _alone(answers, name, [by_month[at] for at in found]))
        for name, found in months.items()
    ]


def _alone(answers: Answers, name: str, parts: Sequence[Tallies]) -> Result:
    return result_of({name: added(parts)[name]}, answers.known, answers.terms.weights)
