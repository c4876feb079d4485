"""The index of a table of answers: the calculator, which needs no database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from skm import ikm
from skm.figures.scheme import scheme
from skm.output.reading.tables import Tables, read_tables
from skm.survey.instrument import Instrument
from skm.survey.problem import Problem
from skm.usecases.exchange import asides
from skm.usecases.exchange.answer_table import AnswerTable, LeftOut, Respondent, find_answers
from skm.usecases.exchange.day_column import DayColumn, find_day_column

NAMED = 10  # rows with a nought, so many are named
LONG_HEAD = 12  # signs: a head that is longer is no code, and how it was understood is said


@dataclass(frozen=True)
class Calculation:
    """The main index, the instrument's other indices by code, and why respondents were skipped.

    `left_out` are rows that are no respondents, `notes` what a reader should know about the file.
    """

    instrument: Instrument
    measure: ikm.Measure
    others: Mapping[str, ikm.Measure]
    skipped: Sequence[Problem]
    left_out: Sequence[LeftOut] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class _Answers:
    """What a table holds: scores, days where they are known, and what was noticed."""

    scores: Sequence[str]
    days: Sequence[int] | None
    skipped: Sequence[Problem]
    noughts: Sequence[str]
    on_days: str


def calculate(
    source: bytes | Iterable[str],
    instrument: Instrument,
    weights: str = ikm.EXACT,
    skip_invalid: bool = False,
    day: str | None = None,
    sheet: str | None = None,
) -> Calculation:
    """The figures of a table of answers, the content of a file (XLSX or text) or its lines: a row per respondent.

    Columns carry item codes, the code or name of an element with one item, or the question; other columns are ignored,
    and those of items that count in no index with them. An empty cell is unanswered. The column `day`, by default one
    called `tanggal`, says when each answered; then the interval is by days. `sheet` is one of a workbook.
    Raises Problem for unknown weights, for missing or doubled columns, for a row without a day where there is such a
    column, and for an invalid row, unless `skip_invalid`.
    """
    offered = scheme(instrument).offered
    if weights not in offered:
        raise Problem("weights_unknown", weights=weights, known=", ".join(offered))
    content = source if isinstance(source, bytes) else "".join(source).encode()
    file = read_tables(content, limit=None)
    table = find_answers(file, instrument, sheet)
    answers = _read(table, skip_invalid, day)
    block = "".join(answers.scores).encode()
    tally = ikm.tally(block, len(instrument.items), instrument.scale, answers.days)
    main, *others = (_measure(tally, instrument, index.code, weights) for index in instrument.indices)
    codes = [index.code for index in instrument.indices[1:]]
    named = dict(zip(codes, others, strict=True))
    notes = tuple(_notes(file, table, answers))
    return Calculation(instrument, main, named, answers.skipped, table.left_out, notes)


def _measure(tally: ikm.Tally, instrument: Instrument, code: str, weights: str) -> ikm.Measure:
    its = scheme(instrument, code)
    return ikm.measure([(tally, its)], weights if weights in its.offered else ikm.EXACT)


def _read(table: AnswerTable, skip_invalid: bool, day: str | None) -> _Answers:
    """The scores of all valid respondents, their days where known, and what was wrong with the others."""
    place = find_day_column(table.heads.cells, day)
    days = None if place is None else DayColumn(place, table.heads.cells)
    scores: list[str] = []
    noughts: dict[int, Respondent] = {}  # by the place of their scores
    skipped: list[Problem] = []
    for respondent in table.respondents():
        if isinstance(respondent, Problem):
            if not skip_invalid:
                raise respondent
            skipped.append(respondent)
            continue
        if respondent.zeros:
            noughts[len(scores)] = respondent
        if days is not None:
            days.add(respondent.line.cells, table.place(respondent.line))
        scores.append(respondent.scores)
    dates = None if days is None else [day.toordinal() for day in days.days()]
    answers = _Answers(scores, dates, skipped, [], "" if days is None else _said_of(days))
    return _with_noughts(answers, table, noughts, skip_invalid) if noughts else answers


def _with_noughts(
    answers: _Answers, table: AnswerTable, noughts: Mapping[int, Respondent], skip_invalid: bool
) -> _Answers:
    """A nought is an empty cell in a worksheet, which has its sums below; elsewhere it is outside the scale."""
    if table.summed:
        notes = [
            f"baris {table.place(each.line)}, kolom {', '.join(table.heads.cells[column] for column in each.zeros)}"
            for each in noughts.values()
        ]
        return replace(answers, noughts=notes)
    problems = [table.outside_scale(each.line, each.zeros[0]) for each in noughts.values()]
    if not skip_invalid:
        raise problems[0]
    kept = [place for place in range(len(answers.scores)) if place not in noughts]
    return replace(
        answers,
        scores=[answers.scores[place] for place in kept],
        days=answers.days and [answers.days[place] for place in kept],
        skipped=sorted(
            [*answers.skipped, *problems], key=lambda problem: str(problem.details["row"]).zfill(9)
        ),
    )


def _notes(file: Tables, table: AnswerTable, answers: _Answers) -> Iterator[str]:
    """What a reader should know about the file."""
    if file.old_encoding:
        yield "Berkas tidak memakai UTF-8 dan dibaca sebagai Windows-1252."
    if table.unread:
        yield f"Lembar yang tidak dibaca: {', '.join(table.unread)}."
    for place, column in enumerate(table.columns):
        head = "" if column is None else table.heads.cells[column]
        code = table.instrument.items[place].code
        if len(head) > LONG_HEAD:
            yield f"Kolom “{asides.quoted([head])}” dibaca sebagai {code}."
    if answers.noughts:
        shown, more = answers.noughts[:NAMED], len(answers.noughts) - NAMED
        rest = f"; dan {more} baris lain" if more > 0 else ""
        yield f"Angka 0 dibaca sebagai sel kosong, pertanyaan yang tidak dijawab: {'; '.join(shown)}{rest}."
    if answers.on_days:
        yield answers.on_days


def _said_of(days: DayColumn) -> str:
    """How the days were read, where that is not plain."""
    if days.month_first:
        return "Tanggal dibaca dengan bulan lebih dahulu, seperti 4/22/2026."
    if days.doubtful:
        return f"Tanggal seperti {days.doubtful} dibaca dengan hari lebih dahulu; tidak ada tanggal yang memastikannya."
    return ""
