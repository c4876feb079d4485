"""The rows of the sheets of a city that somebody sent, read in a process of its own."""

from collections.abc import Sequence
from typing import Any

from skm.output.reading.tables import read_tables
from skm.output.sandbox.limits import TREE
from skm.output.sandbox.run import in_sandbox
from skm.survey.problem import Problem
from skm.usecases.exchange.spreadsheet_rows import CITY, Row, Rows, find_rows


def read_rows(content: bytes, wanted: Sequence[str] = CITY) -> Rows:
    """The rows of the wanted sheets of a file. Raises Problem for a file that cannot be read at all."""
    if not content:
        raise Problem("import_empty")
    said = in_sandbox(TREE, rows_as_data, content, wanted)
    return Rows(
        {name: [Row(name, *row) for row in rows] for name, rows in said["sheets"].items()}, said["notes"]
    )


def rows_as_data(content: bytes, wanted: Sequence[str]) -> dict[str, Any]:
    """The same as plain data, read in this process. Raises Problem."""
    rows = find_rows(read_tables(content, TREE), wanted)
    sheets = {
        name: [(row.number, row.cells, row.faults, list(row.unreadable)) for row in its]
        for name, its in rows.sheets.items()
    }
    return {"sheets": sheets, "notes": rows.notes}
