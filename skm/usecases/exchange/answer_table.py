"""A table of answers: a row per respondent, below whatever heads it has, among notes and sums that are none."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from skm.output.reading.cells import FORMULA
from skm.output.reading.heads import ALL, Heads, find_heads
from skm.output.reading.tables import Line, Table, Tables
from skm.survey.instrument import Instrument
from skm.survey.names import folded
from skm.survey.paper import UNANSWERED
from skm.survey.problem import Problem
from skm.usecases.exchange import asides
from skm.usecases.exchange.answer_columns import AnswerColumns
from skm.usecases.exchange.answer_values import ZERO, AnswerValues
from skm.usecases.exchange.day_column import find_day

BELOW = "di bawah tabel"


@dataclass(frozen=True)
class LeftOut:
    """A row that is no respondent, by its number in the spreadsheet, and why."""

    line: int
    why: str


@dataclass(frozen=True)
class Respondent:
    """A row with its scores, in the order of the questionnaire. `zeros` are the columns in which a nought stands."""

    line: Line
    scores: str
    zeros: Sequence[int]


@dataclass
class AnswerTable:
    """The table of a file that has the questions among its heads; `unread` are the names of the other sheets."""

    instrument: Instrument
    table: Table
    heads: Heads
    unread: Sequence[str]
    left_out: list[LeftOut] = field(default_factory=list)
    summed: bool = False  # a line of sums was met: what follows stands below the table

    def __post_init__(self) -> None:
        self.columns = AnswerColumns(self.instrument).find(self.heads.cells)
        self._values = [
            None if column is None else (column, AnswerValues(self.instrument, place))
            for place, column in enumerate(self.columns)
        ]
        asked = [found for found in self._values if found]
        self._plain = [(column, values.plain) for column, values in asked if len(asked) == len(self.columns)]
        self._asked_for = sum(column is not None for column in self.columns)
        self._first = min(column for column in self.columns if column is not None)

    def place(self, line: Line) -> int | str:
        """The number of a row, in a workbook with its sheet."""
        return f"{line.number} di lembar {self.table.name}" if self.table.name else line.number

    def respondents(self) -> Iterator[Respondent | Problem]:
        """Every respondent, or what is wrong with one; what is none goes to `left_out`."""
        for line in self.heads.lines:
            scores, zeros, wrong = self._scores(line)
            if why := self._aside(line, scores, wrong):
                self.left_out.append(LeftOut(line.number, f"{why}: “{asides.quoted(line.cells)}”"))
                self.summed = self.summed or why == asides.SUM
            elif wrong is not None:
                yield self._problem(line, wrong)
            elif any(line.cells[len(self.heads.cells) :]):
                yield Problem("row_too_long", row=self.place(line))
            else:
                yield Respondent(line, scores, zeros)

    def outside_scale(self, line: Line, column: int) -> Problem:
        """What is wrong with a value."""
        return Problem(
            "value_outside_scale",
            row=self.place(line),
            column=self.heads.cells[column],
            value=line.cells[column],
            scale=self.instrument.scale,
        )

    def _scores(self, line: Line) -> tuple[str, list[int], int | None]:
        """The scores of a row, the columns with a nought, and the first column with something else."""
        cells, width = line.cells, len(line.cells)
        if self._plain:
            with suppress(LookupError):  # a million rows are mostly of digits
                return "".join([plain[cells[column]] for column, plain in self._plain]), [], None
        scores, zeros, wrong = [], [], None
        for found in self._values:
            if found is None or found[0] >= width:
                scores.append(UNANSWERED)
                continue
            column, values = found
            score = None if column in line.faults else values.read(cells[column])
            if score == ZERO:
                zeros.append(column)
                score = UNANSWERED
            elif score is None:
                wrong = column if wrong is None else wrong
                score = UNANSWERED
            scores.append(score)
        return "".join(scores), zeros, wrong

    def _aside(self, line: Line, scores: str, wrong: int | None) -> str | None:
        """Why a row is no respondent; None where it is one, or should be."""
        cells = line.cells
        answers = len(scores) - scores.count(UNANSWERED)
        answered = answers > 0
        if self._is_sum(cells, wrong is not None or not answered):
            return asides.SUM
        if self.summed and answers * 2 < self._asked_for:
            return BELOW
        if answered and wrong is None:
            return None
        if wrong is not None and asides.are_numbers(cells, self.heads.cells):
            return asides.NUMBERS
        if asides.are_heads(
            [cells[column] for column in self._asked(cells)],
            [self.heads.cells[column] for column in self._asked(cells)],
        ):
            return asides.HEADS
        if answered:
            return None
        return asides.NOTE if self._in_words(cells, wrong) else None

    def _is_sum(self, cells: Sequence[str], doubtful: bool) -> bool:
        """Whether what stands before the answers labels a sum; in a doubtful row, whatever is no number."""
        label = [cell for cell in cells[: self._first] if cell]
        if label and label[0][0].isdigit():
            return False
        if not label and doubtful:
            label = [cell for cell in cells if any(map(str.isalpha, cell))]
        return bool(label) and asides.is_sum(label)

    def _in_words(self, cells: Sequence[str], wrong: int | None) -> bool:
        """Whether a row without an answer is a note: it begins with words, and no question of it has any others."""
        filled = [cell for cell in cells if cell]
        if wrong is not None:
            return len(filled) == 1 and asides.is_note(cells)
        first = filled[0]
        return any(map(str.isalpha, first)) and not find_day(first)

    def _asked(self, cells: Sequence[str]) -> list[int]:
        return [column for column in self.columns if column is not None and column < len(cells)]

    def _problem(self, line: Line, column: int) -> Problem:
        if column not in line.faults:
            return self.outside_scale(line, column)
        where = {"row": self.place(line), "column": self.heads.cells[column]}
        if line.faults[column] == FORMULA:
            return Problem("answer_formula", **where)
        return Problem("answer_unusable", **where, value=line.cells[column], scale=self.instrument.scale)


def find_answers(file: Tables, instrument: Instrument, sheet: str | None = None) -> AnswerTable:
    """The table with the answers of a file, or of one of its sheets.

    Raises Problem where no sheet has that name, no table all the questions, or several sheets have them.
    """
    columns = AnswerColumns(instrument)
    tables = [table for table in file.tables if sheet is None or folded(table.name) == folded(sheet)]
    if not tables:
        names = ", ".join(table.name for table in file.tables) or "-"
        raise Problem("sheet_missing", sheet=sheet, known=names)
    found = [(table, heads) for table in tables if (heads := find_heads(table, columns.share))]
    whole = [pair for pair in found if pair[1].worth >= ALL]
    if len(whole) > 1:
        raise Problem("answers_in_several_sheets", sheets=", ".join(table.name for table, _ in whole))
    if not whole:
        nearest = max(found, key=lambda pair: pair[1].worth, default=None)
        columns.find(nearest[1].cells if nearest else [])
    ((table, heads),) = whole
    return AnswerTable(instrument, table, heads, [other.name for other in file.tables if other is not table])
