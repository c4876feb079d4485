"""The year of a city, to take home: the workbook with the recap and the official worksheets, and all answers as CSV."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from skm import ikm
from skm.figures.answers import Answers, open_answers
from skm.figures.figure import Result, Terms
from skm.figures.results import over_units
from skm.figures.scheme import scheme, weights_for
from skm.figures.tallies import Tallies, added
from skm.i18n import formats
from skm.output.document import Document
from skm.output.opendata import answers_csv
from skm.output.recap import Recap, RecapRow, UnitSheet
from skm.output.workbook import yearly_workbook
from skm.store import installation, instruments, organisations, responses
from skm.store.database import Database, reading
from skm.store.scores import Block, Selection
from skm.survey.instrument import say
from skm.survey.organisation import Organisation
from skm.survey.period import AGGREGATIONS, MEAN_OF_UNITS, POOLED, Span, year
from skm.survey.problem import Problem


@dataclass(frozen=True)
class _Year:
    """What the sheets of one export share."""

    db: Database
    span: Span
    city: Organisation
    units: Mapping[str, Organisation]
    agencies: Mapping[str, Organisation]
    answers: Answers
    demo: bool

    @property
    def tallies(self) -> Mapping[str, Tallies]:
        """What counts, by unit."""
        return self.answers.by_unit_in_full


def show_years(db: Database) -> list[tuple[int, int]]:
    """The years with answers and how many each has, the newest first."""
    root = organisations.find_root(db)
    months = responses.find_months(db, root.path) if root else None
    if root is None or months is None:
        return []
    years = range(int(months[1][:4]), int(months[0][:4]) - 1, -1)
    return [(number, responses.count(db, root.path, year(number))) for number in years]


def export_year(db: Database, number: int) -> Document:
    """The workbook of a year; raises Problem when the year has no answers."""
    with reading(db):
        work = _read(db, number)
        return yearly_workbook(_recap(work, number), _sheets(work))


def export_answers(db: Database, number: int) -> Document:
    """All answers of a year, a row each, streamed; raises Problem when there are none."""
    city, span = organisations.get_root(db), year(number)
    questionnaires = {
        name: instruments.get(db, name) for name in responses.find_instruments(db, city.path, span)
    }
    if not questionnaires:
        raise Problem("year_empty", year=number)
    rows = responses.rows_for_export(db, city.path, span)
    demo = installation.find(db, "demo") is not None
    return answers_csv(rows, questionnaires, f"skm-jawaban-{number}.csv", comments=True, demo=demo)


def count_answers(db: Database, number: int) -> int:
    """How many answers an export of the year holds."""
    return responses.count(db, organisations.get_root(db).path, year(number))


def _read(db: Database, number: int) -> _Year:
    city, span = organisations.get_root(db), year(number)
    answers = open_answers(db, Selection(city.path, span), dated=False)
    if not answers.blocks:
        raise Problem("year_empty", year=number)
    below = {organisation.id: organisation for organisation in organisations.all_below(db, city.path)}
    return _Year(
        db=db,
        span=span,
        city=city,
        units={
            key: unit
            for key, unit in below.items()
            if unit.kind == "unit" and _was_open(unit, span, answers.blocks)
        },
        agencies=below,
        answers=answers,
        demo=installation.find(db, "demo") is not None,
    )


def _was_open(unit: Organisation, span: Span, blocks: Iterable[Block]) -> bool:
    """Whether a unit belongs into a year: it was open in it, or it has answers."""
    closed = unit.closed and unit.local(datetime.fromisoformat(unit.closed)).date().isoformat()
    return not closed or closed > f"{span.first}-01" or any(unit.id == key for key, *_ in blocks)


def _recap(work: _Year, number: int) -> Recap:
    everyone = added(work.tallies.values())
    total = work.answers.result(everyone).measure
    assert total is not None
    rows = sum(tally.n for tally in everyone.values())
    return Recap(
        city=work.city.name,
        year=number,
        rows=tuple(_row(work, unit) for unit in work.units.values()),
        total=total,
        n=total.n,
        convention=work.answers.terms.weights,
        instruments=tuple(dict.fromkeys(say(known.title, "id") for known in work.answers.known.values())),
        rule=_rule(work, everyone),
        demo=work.demo,
        row_count=rows,
    )


def _rule(work: _Year, everyone: Tallies) -> str:
    """How the city's figure is made, with the value by the other rule and which of the two the period goes by."""
    said = formats.in_sentence(AGGREGATIONS[POOLED])
    mean = over_units(
        list(work.tallies.values()), work.answers.known, Terms(work.answers.terms.weights), pooled=everyone
    ).other
    if mean is None or mean.index is None:
        return said
    other = formats.in_sentence(AGGREGATIONS[MEAN_OF_UNITS])
    official = f"; aturan periode ini {other}" if work.answers.terms.rule == MEAN_OF_UNITS else ""
    return f"{said}; {other} {formats.number(mean.index)} ({mean.grade or '–'}){official}"


def _row(work: _Year, unit: Organisation) -> RecapRow:
    result = work.answers.result(work.tallies.get(unit.id, {}))
    return RecapRow(
        unit=unit.name,
        agency=_agency(work, unit),
        period=f"Januari–Desember {work.span.code}",
        measure=result.measure,
        n=result.n,
        method="Kuesioner elektronik (kode QR)",
        priorities=_priorities(work, result),
        follow_up="",
    )


def _priorities(work: _Year, result: Result) -> tuple[str, ...]:
    """The names of the elements with the lowest values."""
    low = [(work.answers.known[result.instruments[0]], figure) for figure in result.lowest]
    return tuple(say(instrument.element(figure.code).name, "id") for instrument, figure in low)


def _sheets(work: _Year) -> Iterator[UnitSheet]:
    for key, unit in work.units.items():
        for name, tally in work.tallies.get(key, {}).items():
            yield _sheet(work, unit, name, tally)


def _sheet(work: _Year, unit: Organisation, name: str, tally: ikm.Tally) -> UnitSheet:
    structure = scheme(work.answers.known[name])
    return UnitSheet(
        unit=unit.name,
        agency=_agency(work, unit),
        address=unit.address,
        phone=unit.phone,
        city=work.city.name,
        period=f"Januari–Desember {work.span.code}",
        instrument=work.answers.known[name],
        scheme=structure,
        tally=tally,
        measure=ikm.measure([(tally, structure)], weights_for(structure, work.answers.terms.weights)),
        scores=responses.scores_of(work.db, unit.id, name, work.span),
        demo=work.demo,
    )


def _agency(work: _Year, unit: Organisation) -> str:
    return work.agencies[unit.parent_id].name if unit.parent_id else ""
