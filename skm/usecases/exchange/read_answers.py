"""The answers of a table that somebody sent: a row per respondent, read in a process of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from skm.output.reading.tables import Tables, read_tables
from skm.output.sandbox.limits import ANSWERS
from skm.output.sandbox.run import in_sandbox
from skm.survey.instrument import Instrument
from skm.survey.problem import Problem
from skm.survey.response import STATES
from skm.usecases.exchange import asides
from skm.usecases.exchange.answer_table import AnswerTable, LeftOut, Respondent, find_answers
from skm.usecases.exchange.day_column import DayColumn, find_day_column

STATE = "keadaan"  # the column
COUNTED = STATES["counted"]
NAMED = 10  # rows with a nought, so many are named
LONG_HEAD = 12  # signs: a head that is longer is no code, and how it was understood is said


@dataclass(frozen=True)
class Answers:
    """What a table holds: the scores of each respondent, the days where they are known, and why some were skipped.

    `left_out` are rows that are no respondents, `notes` what a reader should know about the file. `held` are the scores
    of those that wait for a decision, by a column STATE as our own export has it; None without such a column.
    """

    scores: Sequence[str]
    days: Sequence[int] | None
    skipped: Sequence[Problem]
    left_out: Sequence[LeftOut]
    notes: Sequence[str]
    held: Sequence[str] | None = None
    excluded: int = 0


@dataclass(frozen=True)
class Choices:
    """How a table is read: invalid rows are skipped or refused, `day` names a column, `sheet` one of a workbook."""

    skip_invalid: bool = False
    day: str | None = None
    sheet: str | None = None


@dataclass(frozen=True)
class _Answers:
    """What a table holds: scores, days where they are known, what was noticed, and the state of each in words."""

    scores: Sequence[str]
    days: Sequence[int] | None
    skipped: Sequence[Problem]
    noughts: Sequence[str]
    on_days: str
    states: Sequence[str]


def read_answers(content: bytes, instrument: Instrument, choices: Choices) -> Answers:
    """The answers of a file. Raises Problem."""
    said = in_sandbox(ANSWERS, answers_as_data, content, instrument, choices)
    skipped = [Problem(key, **details) for key, details in said["skipped"]]
    left_out = [LeftOut(*row) for row in said["left_out"]]
    held = None if said["held"] is None else said["held"].split()
    return Answers(
        said["scores"].split(), said["days"], skipped, left_out, tuple(said["notes"]), held, said["excluded"]
    )


def answers_as_data(content: bytes, instrument: Instrument, choices: Choices) -> dict[str, Any]:
    """The same as plain data, read in this process. Raises Problem."""
    file = read_tables(content, ANSWERS)
    table = find_answers(file, instrument, choices.sheet)
    answers = _read(table, choices.skip_invalid, choices.day)
    said = _says_states(answers.states)
    states = [state or COUNTED if said else COUNTED for state in answers.states]
    counted, held, excluded = (
        [place for place, state in enumerate(states) if state == wanted] for wanted in STATES.values()
    )
    return {
        "scores": " ".join(answers.scores[place] for place in counted),
        "days": answers.days and [answers.days[place] for place in counted],
        "held": " ".join(answers.scores[place] for place in held) if said else None,
        "excluded": len(excluded),
        "skipped": [(problem.key, problem.details) for problem in answers.skipped],
        "left_out": [(row.line, row.why) for row in table.left_out],
        "notes": list(_notes(file, table, answers)),
    }


def _read(table: AnswerTable, skip_invalid: bool, day: str | None) -> _Answers:
    """The scores of all valid respondents, their days where known, and what was wrong with the others."""
    place = find_day_column(table.heads.cells, day)
    days = None if place is None else DayColumn(place, table.heads.cells)
    column = _state_column(table)
    states: list[str] = []
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
        cells = respondent.line.cells
        states.append(cells[column].strip().casefold() if column is not None and column < len(cells) else "")
    dates = None if days is None else [day.toordinal() for day in days.days()]
    answers = _Answers(scores, dates, skipped, [], "" if days is None else _said_of(days), states)
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
        states=[answers.states[place] for place in kept],
        skipped=sorted(
            [*answers.skipped, *problems], key=lambda problem: str(problem.details["row"]).zfill(9)
        ),
    )


def _state_column(table: AnswerTable) -> int | None:
    """The column that may say of each answer whether it counts; None without one."""
    heads = [cell.strip().casefold() for cell in table.heads.cells]
    return heads.index(STATE) if heads.count(STATE) == 1 else None


def _says_states(states: Sequence[str]) -> bool:
    """Whether a column says nothing but the states of our own export: others mean something else by its name."""
    return bool(set(states) - {""}) and set(states) <= {*STATES.values(), ""}


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
