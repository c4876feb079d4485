"""What the answers say about a counter, a service, a unit, an agency, a field or the city: the index over time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm import ikm
from skm.figures.answers import Answers
from skm.figures.choice import Choice, answers_within, figure_within, open_choice, visitors_within
from skm.figures.figure import Figure, Result
from skm.figures.results import result_of
from skm.figures.tallies import Tallies, added
from skm.store.database import Database
from skm.survey.instrument import Instrument
from skm.survey.organisation import FIELDS, Organisation
from skm.survey.period import MEAN_OF_UNITS, Span, month, year


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
class Overview:
    """Everything that a page about an organisation shows.

    `with_aside` is the index with the answers that are held back or excluded; `visitors` are those of all services,
    where known; `fields` are those of the city, by code; `sources` are there where more than one questionnaire was in
    use.
    """

    choice: Choice
    instruments: Mapping[str, Instrument]
    figure: Figure
    with_aside: ikm.Alternative | None
    visitors: int | None
    before: tuple[Span, Result] | None
    months: Sequence[tuple[Span, Result]]
    years: Sequence[tuple[Span, Result]]
    children: Sequence[Child]
    fields: Sequence[tuple[str, Result]]
    sources: Sequence[Source]

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
        measure, by_mean = self.result.measure, self.figure.terms.rule == MEAN_OF_UNITS
        if measure is None or measure.exact is None or self.result.grade is None or self.visitors is None:
            return None
        if by_mean and self.result.other:
            return None
        return ikm.tipping_point(measure.exact, measure.n, self.visitors)

    @property
    def step(self) -> ikm.Change | None:
        """From the span before to the chosen one."""
        measure = self.before[1].measure if self.before else None
        return ikm.change(measure, self.result.measure) if measure and self.result.measure else None


def show_figures(db: Database, choice: Choice) -> Overview:
    """The figures of the chosen answers."""
    answers, earlier = open_choice(db, choice), choice.earlier
    chosen = answers_within(db, answers, choice.span)
    months = [month(code) for code in (choice.whole.months if choice.whole else ())]
    return Overview(
        choice=choice,
        instruments=answers.known,
        figure=figure_within(db, choice, chosen, choice.span),
        with_aside=chosen.with_aside(),
        visitors=visitors_within(db, choice, chosen, choice.span),
        before=(earlier, _before(db, choice, answers, earlier)) if earlier else None,
        months=[(at, _point(choice, answers, at)) for at in months],
        years=[(at, _point(choice, answers, at)) for at in _years(months)],
        children=_children(choice, chosen),
        fields=_fields(choice, chosen),
        sources=_sources(answers),
    )


def list_units(db: Database, choice: Choice) -> tuple[Mapping[str, Instrument], list[Child]]:
    """Every unit below an organisation with its result in the chosen span, those without answers too."""
    answers = answers_within(db, open_choice(db, choice, dated=False), choice.span)
    tallies = answers.by_unit
    open_ones = {key: unit for key, unit in choice.units.items() if not unit.closed or key in tallies}
    return answers.known, [
        Child(unit, answers.over([tallies.get(key, {})])) for key, unit in open_ones.items()
    ]


def _before(db: Database, choice: Choice, answers: Answers, span: Span) -> Result:
    within = answers_within(db, answers, span)
    return within.over_all(visitors_within(db, choice, within, span))


def _point(choice: Choice, answers: Answers, at: Span) -> Result:
    """One point of a trend: pooled with its interval; as a mean of units without one."""
    within = answers.within(at.months)
    if answers.terms.rule == MEAN_OF_UNITS and len(choice.units) > 1:
        return within.over(list(within.by_unit_in_brief.values()))
    return within.result(within.pooled)


def _years(months: Sequence[Span]) -> list[Span]:
    return [year(number) for number in sorted({int(at.code[:4]) for at in months})]


def _children(choice: Choice, chosen: Answers) -> list[Child]:
    top = choice.organisation.id
    children = {child.id: child for child in choice.below if child.parent_id == top}
    branch = {unit.id: key for unit in choice.units.values() for key in unit.ancestors if key in children}
    parts: dict[str, list[Tallies]] = {key: [] for key in children}
    for unit, tallies in chosen.by_unit.items():
        if unit in branch:
            parts[branch[unit]].append(tallies)
    shown = [Child(child, chosen.over(parts[key])) for key, child in children.items()]
    return [
        child for child in shown if child.result.n or (child.organisation.closed is None and not choice.field)
    ]


def _fields(choice: Choice, chosen: Answers) -> list[tuple[str, Result]]:
    if choice.organisation.kind != "government" or choice.field:
        return []
    parts: dict[str, list[Tallies]] = defaultdict(list)
    for unit, tallies in chosen.by_unit.items():
        parts[choice.fields[unit]].append(tallies)
    return [(field, chosen.over(parts[field])) for field in FIELDS if field in parts]


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
