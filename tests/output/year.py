"""Builders of a year's workbook: they fill in everything except what a test is about."""

from collections.abc import Iterable, Sequence
from functools import reduce
from io import BytesIO
from operator import add
from pathlib import Path
from random import Random

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from skm import ikm
from skm.output.recap import Recap, RecapRow, UnitSheet
from skm.output.workbook import yearly_workbook
from skm.survey.instrument import Instrument
from skm.survey.instrument_file import builtin

NINE, SIXTEEN, HYBRID = "permenpan-14-2017", "skm-online-16", "skm-online-16-hybrid"
SOME = ("344443433", "333333343", "44444444-", "2343-4334")


def a_scheme(instrument: Instrument) -> ikm.Scheme:
    index = instrument.main_index
    places = tuple(instrument.positions(code) for code in index.elements)
    return ikm.Scheme(index.elements, places, len(instrument.items), index.weights, instrument.scale)


def a_unit(
    scores: Sequence[str] = SOME,
    unit: str = "UPTD Puskesmas I Denpasar Barat",
    instrument: str = NINE,
    weights: str = ikm.EXACT,
    demo: bool = False,
) -> UnitSheet:
    used = builtin()[instrument]
    tally = ikm.tally("".join(scores).encode(), len(used.items))
    return UnitSheet(
        unit=unit,
        agency="Dinas Kesehatan",
        address="Jalan Gunung Agung 1",
        phone="(0361) 123456",
        city="Kota Denpasar",
        period="Tahun 2026",
        instrument=used,
        scheme=a_scheme(used),
        tally=tally,
        measure=ikm.measure([(tally, a_scheme(used))], weights),
        scores=iter(scores),
        demo=demo,
    )


def random_scores(n: int, width: int, unanswered: float = 0.0, seed: int = 1) -> list[str]:
    random = Random(seed)
    return [
        "".join("-" if random.random() < unanswered else random.choice("2334444") for _ in range(width))
        for _ in range(n)
    ]


def a_recap(units: Sequence[UnitSheet], empty: Iterable[str] = (), demo: bool = False) -> Recap:
    """The recap of these units, pooled, and of units without answers."""
    weights = units[0].measure.weights
    total = _pooled(units, weights)
    by_name = {unit.unit: [other for other in units if other.unit == unit.unit] for unit in units}
    rows = [_row(name, _pooled(sheets, weights)) for name, sheets in by_name.items()]
    return Recap(
        city="Kota Denpasar",
        year=2026,
        rows=(*rows, *(_row(name, None) for name in empty)),
        total=total,
        n=total.n,
        convention=weights,
        instruments=tuple({unit.instrument.code: unit.instrument.title["id"] for unit in units}.values()),
        rule="gabungan seluruh responden",
        demo=demo,
        row_count=sum(unit.tally.n for unit in units),
    )


def _row(unit: str, measure: ikm.Measure | None) -> RecapRow:
    n = measure.n if measure else 0
    wish = "Menambah petugas loket"
    return RecapRow(
        unit, "Dinas Kesehatan", "Tahun 2026", measure, n, "Daring", ("Waktu Penyelesaian",), wish
    )


def _pooled(units: Sequence[UnitSheet], weights: str) -> ikm.Measure:
    alike: dict[str, list[UnitSheet]] = {}
    for unit in units:
        alike.setdefault(unit.instrument.code, []).append(unit)
    parts = [(reduce(add, (unit.tally for unit in group)), group[0].scheme) for group in alike.values()]
    return ikm.measure(parts, weights)


def saved(path: Path, recap: Recap, units: Sequence[UnitSheet]) -> Path:
    """The workbook as a file."""
    path.write_bytes(b"".join(yearly_workbook(recap, iter(units)).content))
    return path


def opened(*units: UnitSheet, recap: Recap | None = None, formulas: bool = False) -> Workbook:
    """The workbook of these units as openpyxl reads it, with values or with formulas."""
    content = yearly_workbook(recap or a_recap(units), iter(units)).content
    return load_workbook(BytesIO(b"".join(content)), data_only=not formulas)


def row_of(sheet: Worksheet, text: str | int, column: int = 1) -> list[object]:
    """The values of the first row whose cell in this column (from 1) holds this."""
    return [cell.value for cell in next(row for row in sheet.iter_rows() if row[column - 1].value == text)]
