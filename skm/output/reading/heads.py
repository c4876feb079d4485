"""Where the heads of a table stand: below titles and remarks, in one line or in two with merged cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from skm.output.reading.tables import Line, Table
from skm.survey.problem import Problem

HEAD_LINES = 30  # lines that are looked at
ALL = 1.0
Worth = Callable[[Sequence[str]], float]
"""The share of the heads that are needed, of those that a line has: from 0 to ALL."""


@dataclass(frozen=True)
class Heads:
    """The heads of a table, the number of their last line, the share of those needed that is there, the rows below."""

    cells: Sequence[str]
    number: int
    worth: float
    lines: Iterator[Line]


def find_heads(table: Table, worth: Worth) -> Heads | None:
    """The first line, or two, with all the heads; else the one with most of them; None in a table without rows.

    Every sign that may separate the cells of a text is tried. Raises Problem "csv_unreadable" where nothing is like
    heads and a row has quotes that do not fit; the same while rows below the heads are read.
    """
    best: Heads | None = None
    broken = 0
    for reading in table.readings:
        lines = reading()
        first = list(islice(lines, HEAD_LINES))
        broken = broken or next((line.broken for line in first if line.broken), 0)
        for heads in _candidates(first, worth, lines):
            if best is None or heads.worth > best.worth:
                best = heads
        if best and best.worth >= ALL:
            return best
    if broken and (best is None or not best.worth):
        raise Problem("csv_unreadable", row=broken)
    return best


def _candidates(first: Sequence[Line], worth: Worth, rest: Iterator[Line]) -> Iterator[Heads]:
    """Every line as heads, until one has all."""
    for place, line in enumerate(first):
        if line.broken:
            continue
        cells = _with_above(line, first[place - 1] if place else None)
        heads = Heads(cells, line.number, worth(cells), _readable(chain(first[place + 1 :], rest)))
        yield heads
        if heads.worth >= ALL:
            return


def _with_above(line: Line, above: Line | None) -> Sequence[str]:
    """The cells of a line, and in place of an empty one what stands above it, where that is a line of heads too."""
    if above is None or above.number != line.number - 1 or sum(map(bool, above.cells)) < 2:
        return line.cells
    width = max(len(above.cells), len(line.cells))
    upper, lower = ([*cells, *[""] * (width - len(cells))] for cells in (above.cells, line.cells))
    return [low or high for high, low in zip(upper, lower, strict=True)]


def _readable(lines: Iterator[Line]) -> Iterator[Line]:
    for line in lines:
        if line.broken:
            raise Problem("csv_unreadable", row=line.broken)
        yield line
