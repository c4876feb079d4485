"""The index of a CSV file: the calculator, which needs no database."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from skm import ikm
from skm.figures.scheme import scheme
from skm.output.csv_file import delimiter_of
from skm.survey.instrument import Instrument
from skm.survey.paper import UNANSWERED
from skm.survey.problem import Problem
from skm.usecases.exchange.day_column import find_day_column, read_day


@dataclass(frozen=True)
class Calculation:
    """The main index, the instrument's other indices by code, and why respondents were skipped."""

    instrument: Instrument
    measure: ikm.Measure
    others: Mapping[str, ikm.Measure]
    skipped: Sequence[Problem]


def calculate(
    lines: Iterable[str],
    instrument: Instrument,
    weights: str = ikm.EXACT,
    skip_invalid: bool = False,
    day: str | None = None,
) -> Calculation:
    """The figures of a CSV file: a header, then a row per respondent; an empty cell is unanswered.

    Columns carry item codes, or the code of an element with one item; other columns are ignored, and those of items
    that count in no index with them. The column `day`, by default one called `tanggal`, says when each answered; then
    the interval is by days.
    Raises Problem for unknown weights, for missing or doubled columns, for a row without a day where there is such a
    column, and for an invalid row, unless `skip_invalid`.
    """
    offered = scheme(instrument).offered
    if weights not in offered:
        raise Problem("weights_unknown", weights=weights, known=", ".join(offered))
    block, days, skipped = _read(lines, instrument, skip_invalid, day)
    tally = ikm.tally(block, len(instrument.items), instrument.scale, days)
    main, *others = (_measure(tally, instrument, index.code, weights) for index in instrument.indices)
    codes = [index.code for index in instrument.indices[1:]]
    return Calculation(instrument, main, dict(zip(codes, others, strict=True)), skipped)


def _measure(tally: ikm.Tally, instrument: Instrument, code: str, weights: str) -> ikm.Measure:
    its = scheme(instrument, code)
    return ikm.measure([(tally, its)], weights if weights in its.offered else ikm.EXACT)


def _read(
    lines: Iterable[str], instrument: Instrument, skip_invalid: bool, day: str | None
) -> tuple[bytes, list[int] | None, list[Problem]]:
    """The scores of all valid respondents, joined, their days where known, and what was wrong with the others."""
    rest = iter(lines)
    first = next(rest, "").removeprefix("\ufeff")
    reader = csv.reader(chain([first], rest), delimiter=_delimiter(first, instrument), strict=True)
    scores: list[str] = []
    days: list[int] = []
    skipped: list[Problem] = []
    try:
        header = _Header(instrument, next(reader, []), day)
        for number, row in enumerate(reader, start=2):
            try:
                given = header.scores(number, row)
            except Problem as problem:
                if not skip_invalid:
                    raise
                skipped.append(problem)
                continue
            if given and header.day is not None:
                days.append(read_day(row, header.day, header.header, number).toordinal())
            scores.append(given)
    except csv.Error:
        raise Problem("csv_unreadable", row=reader.line_num) from None
    return "".join(scores).encode(), None if header.day is None else days, skipped


def _delimiter(line: str, instrument: Instrument) -> str:
    """The delimiter under which the header names most items."""
    names = _names(instrument)
    return delimiter_of(line, lambda cells: sum(_name(cell) in names for cell in cells))


class _Header:
    """Where the items stand in a file with this header."""

    def __init__(self, instrument: Instrument, header: Sequence[str], day: str | None) -> None:
        self.header = header
        self.day = find_day_column(header, day)
        self.columns = _columns(instrument, header)
        self.scale = instrument.scale
        self.signs = {"": UNANSWERED} | {str(score): str(score) for score in range(1, instrument.scale + 1)}

    def scores(self, number: int, row: Sequence[str]) -> str:
        """The scores of the respondent in row `number` (as a spreadsheet counts); "" for an empty row."""
        if not any(cell.strip() for cell in row):
            return ""
        if any(cell.strip() for cell in row[len(self.header) :]):
            raise Problem("row_too_long", row=number)
        return "".join(self._score(number, row, column) for column in self.columns)

    def _score(self, number: int, row: Sequence[str], column: int | None) -> str:
        if column is None or column >= len(row):
            return UNANSWERED
        value = row[column].strip()
        if value not in self.signs:
            raise Problem(
                "value_outside_scale", row=number, column=self.header[column], value=value, scale=self.scale
            )
        return self.signs[value]


def _columns(instrument: Instrument, header: Sequence[str]) -> list[int | None]:
    """The column of each item, in the instrument's order; None for one that counts in no index."""
    names = _names(instrument)
    columns: dict[int, int] = {}
    for column, cell in enumerate(header):
        item = names.get(_name(cell))
        if item in columns:
            raise Problem("column_doubled", first=header[columns[item]], second=cell)
        if item is not None:
            columns[item] = column
    if missing := [_wanted(names, item) for item in dict.fromkeys(names.values()) if item not in columns]:
        raise Problem("column_missing", columns=", ".join(missing))
    return [columns.get(item) for item in range(len(instrument.items))]


def _names(instrument: Instrument) -> dict[str, int]:
    """The item that each possible column name stands for."""
    names = {
        item.code: place for place, item in enumerate(instrument.items) if place not in instrument.outside
    }
    for element in instrument.counted:
        if len(places := instrument.positions(element.code)) == 1:
            names.setdefault(element.code, places[0])
    return {_name(code): place for code, place in names.items()}


def _wanted(names: Mapping[str, int], item: int) -> str:
    """What a missing column may be called: `P3/U3`."""
    return "/".join(name.upper() for name, place in names.items() if place == item)


def _name(cell: str) -> str:
    return cell.strip().strip('"').casefold()
