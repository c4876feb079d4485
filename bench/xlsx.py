"""(c) The yearly workbook of 100,000 answers in 40 units, beside xlsxwriter writing as many cells and nothing else."""

import json
import re
import tempfile
from itertools import count
from pathlib import Path
from statistics import median
from zipfile import ZipFile

from xlsxwriter import Workbook

from bench.child import cost
from bench.city import FIRST_YEAR, filled
from bench.report import Line
from skm.store.database import connect
from skm.usecases.exchange.export import export_year

UNITS, MONTHS, ANSWERS = 40, 12, 100_000
ROUNDS = 5
TIME_GOAL, MEMORY_GOAL = 1.4, 200
ROW = re.compile(rb"<row [^>]*/>|<row .*?</row>", re.DOTALL)


def measure() -> list[Line]:
    """Time side by side, and the most memory that ours takes."""
    database = filled(UNITS, MONTHS, ANSWERS)
    with tempfile.TemporaryDirectory() as folder:
        book, shape, plain = (Path(folder) / name for name in ("ours.xlsx", "shape.json", "bare.xlsx"))
        cost(ours, database, book)
        sheets = _shape(book)
        shape.write_text(json.dumps(sheets))
        rounds = [(cost(ours, database, book), cost(bare, shape, plain)) for _ in range(ROUNDS)]
        if _shape(plain) != sheets:
            raise RuntimeError("the two workbooks differ in their cells")
    cells = sum(sum(rows) for rows in sheets)
    ratio = median(mine.seconds / plain.seconds for mine, plain in rounds)
    seconds, bare_seconds = (median(run.seconds for run in side) for side in zip(*rounds, strict=True))
    peak, bare_peak = (max(run.peak for run in side) for side in zip(*rounds, strict=True))
    name = f"xlsx: {ANSWERS:,} answers, {len(sheets)} sheets, {cells:,} cells"
    return [
        Line(name, ratio, "×", TIME_GOAL, f"{seconds:.2f} s", f"{bare_seconds:.2f} s"),
        Line("xlsx: peak memory", peak, "MB", MEMORY_GOAL, f"{peak:.0f} MB", f"{bare_peak:.0f} MB"),
    ]


def ours(database: Path, book: Path) -> None:
    """The year as Bagian Organisasi downloads it."""
    content = export_year(connect(database), FIRST_YEAR).content
    with book.open("wb") as file:
        file.writelines([content] if isinstance(content, bytes) else content)


def bare(shape: Path, book: Path) -> None:
    """As many sheets, rows and cells, each a plain number."""
    with Workbook(str(book), {"constant_memory": True}) as workbook:
        for rows in json.loads(shape.read_text()):
            sheet = workbook.add_worksheet()
            for row, cells in enumerate(rows):
                for column in range(cells):
                    sheet.write_number(row, column, 4)


def _shape(book: Path) -> list[list[int]]:
    """The number of cells in each row that has some, by sheet."""
    with ZipFile(book) as parts:
        names = (f"xl/worksheets/sheet{number}.xml" for number in count(1))
        known = set(parts.namelist())
        sheets: list[list[int]] = []
        for name in names:
            if name not in known:
                return sheets
            rows = (row.count(b"<c ") for row in ROW.findall(parts.read(name)))
            sheets.append([cells for cells in rows if cells])
    return sheets
