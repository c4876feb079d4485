"""Which groups of respondents may be shown, so that no group of one to four people can be read or worked out.

The smallest published part is a unit in one or more whole quarters of a year. A part is made once: its quarters are
over, and it has PART answers, or the year is over and it has K. Within a part every group stands under its own name
or in the merged row, and there it stays: the table of a year, of an agency or of the city is the sum of such parts.
So whatever is taken from what (a unit from its agency, last month's page from today's, all rows from the total), the
rest is again a sum of rows of parts, and each of these has nobody or at least K people.

Why so, and what it does not protect from: docs/decisions/0010-small-cells.md.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

K = 5  # respondents; UU 27/2022 wants small groups kept, the usual bound of official statistics
PART = 50  # answers: below, nearly every one of seven age bands would be merged
MERGED = "+"
QUARTERS = 4

Cell = tuple[str, str, str]  # unit, quarter, row


def shown(numbers: Mapping[Cell, int], over: Sequence[str]) -> dict[Cell, str]:
    """The row under which each cell of one table is shown, its own or MERGED; a cell that is not shown is left out.

    `numbers` are respondents, `over` the quarters of the year that are over, in order.
    """
    units: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for (unit, quarter, row), n in numbers.items():
        units[unit][quarter, row] = n
    return {
        (unit, quarter, row): shown_as
        for unit, found in units.items()
        for (quarter, row), shown_as in _shown_of_unit(found, over).items()
    }


def parts(numbers: Mapping[str, int], over: Sequence[str]) -> list[tuple[str, ...]]:
    """The parts of a unit's year: its quarters that are over, grouped; the last may wait for more answers."""
    groups: list[tuple[str, ...]] = []
    waiting: list[str] = []
    for number, quarter in enumerate(over, 1):
        waiting.append(quarter)
        if sum(numbers.get(each, 0) for each in waiting) >= (K if number == QUARTERS else PART):
            groups.append(tuple(waiting))
            waiting = []
    return groups


def merged(numbers: Mapping[str, int]) -> frozenset[str]:
    """The rows of a part that go into the merged row: those below K, and the next smallest until they are K together.

    Never one group alone: a single one below K takes a neighbour with it.
    """
    rows = sorted((n, row) for row, n in numbers.items() if n)
    together: list[str] = []
    total = 0
    for n, row in rows:
        if n >= K and (total >= K or not together):
            break
        together.append(row)
        total += n
    return frozenset(together)


def _shown_of_unit(found: Mapping[tuple[str, str], int], over: Sequence[str]) -> dict[tuple[str, str], str]:
    by_quarter: dict[str, int] = defaultdict(int)
    for (quarter, _), n in found.items():
        by_quarter[quarter] += n
    rows: dict[tuple[str, str], str] = {}
    for part in parts(by_quarter, over):
        cells = {cell: n for cell, n in found.items() if cell[0] in part}
        numbers: dict[str, int] = defaultdict(int)
        for (_, row), n in cells.items():
            numbers[row] += n
        small = merged(numbers)
        rows |= {(quarter, row): MERGED if row in small else row for quarter, row in cells}
    return rows
