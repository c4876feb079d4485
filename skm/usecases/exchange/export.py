"""The year of a city, to take home: the workbook with the recap and the official worksheets, and all answers as CSV."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from skm import ikm
from skm.figures.answers import Answers, open_answers
from skm.figures.figure import Result, Terms
from skm.figures.frozen import FrozenFigure, find_frozen
from skm.figures.held import held_by_unit, index_including_held, may_tell
from skm.figures.members import read_members
from skm.figures.results import Regime, main_regime, result_of
from skm.figures.scheme import scheme, weights_for
from skm.figures.tallies import Tallies, added, count
from skm.figures.terms import read_terms
from skm.i18n import formats
from skm.output.csv_file import COMMA
from skm.output.document import Document
from skm.output.opendata import answers_csv
from skm.output.recap import HeldLine, Recap, RecapRow, UnitSheet
from skm.output.workbook import yearly_workbook
from skm.store import installation, instruments, organisations, responses, snapshots
from skm.store.database import Database, reading
from skm.store.scores import Block, Selection
from skm.survey.instrument import say
from skm.survey.organisation import Organisation
from skm.survey.period import AGGREGATIONS, Span, year
from skm.survey.problem import Problem
from skm.wording import snapshot


@dataclass(frozen=True)
class _Year:
    """What the sheets of one export share: a year as it stands now, or as the record says that froze it."""

    db: Database
    span: Span
    city: Organisation
    units: Mapping[str, Organisation]
    agencies: Mapping[str, Organisation]
    answers: Answers
    record: FrozenFigure | None
    demo: bool

    @cached_property
    def tallies(self) -> Mapping[str, Tallies]:
        """What counts, by unit."""
        return self.answers.by_unit_in_full

    def result(self, unit: str) -> Result:
        """The figure of a unit: by its own weights, in the regime of most of its answers."""
        tallies = self.tallies.get(unit, {})
        return result_of(tallies, self.answers.known, self.answers.terms.of_unit(unit), self.regime(unit))

    def regime(self, unit: str) -> Regime | None:
        """The regime of most of a unit's answers."""
        return main_regime(self.numbers.get(unit, {}), self.answers.known)

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[str, int]]:
        """How many answers each questionnaire has, by unit."""
        return self.answers.numbers_by_unit


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


def export_answers(db: Database, number: int, separator: str = COMMA) -> Document:
    """All answers of a year, a row each, streamed, `separator` between cells; raises Problem when there are none."""
    city, span = organisations.get_root(db), year(number)
    questionnaires = {
        name: instruments.get(db, name) for name in responses.find_instruments(db, city.path, span)
    }
    if not questionnaires:
        raise Problem("year_empty", year=number)
    rows = responses.rows_for_export(db, city.path, span)
    demo = installation.find(db, "demo") is not None
    name = f"skm-jawaban-{number}{'' if separator == COMMA else '-titik-koma'}.csv"
    return answers_csv(rows, questionnaires, name, comments=True, demo=demo, separator=separator)


def count_answers(db: Database, number: int) -> int:
    """How many answers an export of the year holds."""
    return responses.count(db, organisations.get_root(db).path, year(number))


def _read(db: Database, number: int) -> _Year:
    city, span = organisations.get_root(db), year(number)
    members, record = read_members(db, city, span), find_frozen(db, city, span)
    below = members.organisations
    until = record.snapshot.mark if record else None
    terms = (
        record.figure.terms
        if record
        else read_terms(db, city.path).over(city.path, span, members.units.values())
    )
    answers = open_answers(db, Selection(city.path, span, until=until), terms=terms, dated=False)
    if not answers.blocks:
        raise Problem("year_empty", year=number)
    answers = replace(answers, regime=main_regime(answers.numbers(), answers.known))
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
        record=record,
        demo=installation.find(db, "demo") is not None,
    )


def _was_open(unit: Organisation, span: Span, blocks: Iterable[Block]) -> bool:
    """Whether a unit belongs into a year: it was open in it, or it has answers."""
    closed = unit.closed and unit.local(datetime.fromisoformat(unit.closed)).date().isoformat()
    return not closed or closed > f"{span.first}-01" or any(unit.id == key for key, *_ in blocks)


def _recap(work: _Year, number: int) -> Recap:
    everyone = added(work.tallies.values())
    result = work.answers.over_all()
    total = work.record.figure.measure if work.record else result.measure
    assert total is not None
    return Recap(
        city=work.city.name,
        year=number,
        rows=tuple(_row(work, unit) for unit in work.units.values()),
        total=total,
        n=total.n,
        convention=work.answers.terms.weights,
        instruments=tuple(dict.fromkeys(say(known.title, "id") for known in work.answers.known.values())),
        rule=_rule(work.answers.terms, result),
        demo=work.demo,
        row_count=count(everyone),
        standing=tuple(_standing(work, result)),
        held=tuple(_held(work, total)),
    )


def _held(work: _Year, total: ikm.Measure) -> Iterator[HeldLine]:
    """The units with held answers, and the city; the index with them where it tells of nobody in particular."""
    held = held_by_unit(work.answers)
    for key, unit in work.units.items():
        if key in held:
            n, result = count(held[key]), work.result(key)
            including = index_including_held(work.answers, key).index if may_tell([n]) else None
            yield HeldLine(unit.name, _agency(work, unit), result.n, n, result.index, including)
    if numbers := [count(tallies) for tallies in held.values()]:
        including = index_including_held(work.answers).index if may_tell(numbers) else None
        yield HeldLine(work.city.name, "", total.n, sum(numbers), total.index, including)


def _rule(terms: Terms, result: Result) -> str:
    """How the city's figure is made, with the value by the other rule, and how many units have weights of their own."""
    words = [formats.in_sentence(AGGREGATIONS[terms.rule])]
    if result.other and result.other.index is not None:
        other = formats.in_sentence(AGGREGATIONS[terms.other_rule])
        words.append(f"{other} {formats.number(result.other.index)} ({result.other.grade or '–'})")
    if terms.own:
        words.append(f"{formats.count(len(terms.own))} unit memakai bobot periodenya sendiri")
    return "; ".join(words)


def _standing(work: _Year, result: Result) -> list[str]:
    """Whether the figures of the workbook are still running, or which record they follow."""
    if work.record is None:
        last = Span("", max(at for _, at, *_ in work.answers.blocks), work.span.last)
        return [snapshot.running(responses.find_last_day(work.db, work.city.path, last))]
    return snapshot.by_record(work.record, result, _now(work))


def _now(work: _Year) -> Result | None:
    """What the year comes to by now; None where nothing came, or was decided on, after the record."""
    assert work.record
    if not snapshots.count_late(work.db, work.city.path, work.span, work.record.snapshot.mark):
        return None
    terms = work.answers.terms
    answers = open_answers(work.db, Selection(work.city.path, work.span), terms=terms, dated=False)
    return replace(answers, regime=main_regime(answers.numbers(), answers.known)).over_all()


def _row(work: _Year, unit: Organisation) -> RecapRow:
    result = work.result(unit.id)
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
        measure=ikm.measure(
            [(tally, structure)], weights_for(structure, work.answers.terms.of_unit(unit.id))
        ),
        scores=responses.scores_of(work.db, unit.id, name, work.span, work.answers.selection.until),
        demo=work.demo,
    )


def _agency(work: _Year, unit: Organisation) -> str:
    return work.agencies[unit.parent_id].name if unit.parent_id else ""
