"""The sheet of the yearly workbook with what is held: without and with, and nothing of one to four."""

from io import BytesIO

from openpyxl import load_workbook

from skm.usecases.exchange.export import export_year
from tests.builders import answered, decided


def held(db, city, n, **other):
    for _ in range(n):
        decided(db, answered(db, city, "1" * 9, **other), "held")


def sheet(db):
    """The lines of the sheet by name; None without one."""
    book = load_workbook(BytesIO(b"".join(export_year(db, 2026).content)))
    if "Jawaban Ditahan" not in book.sheetnames:
        return None
    return {
        row[0]: row[2:6] for row in book["Jawaban Ditahan"].iter_rows(min_row=4, values_only=True) if row[2]
    }


def test_the_index_stands_there_without_and_with_the_held_answers(db, two_units):
    held(db, two_units, 5)
    assert sheet(db) == {
        two_units.unit.name: (1, 5, 50, 29.17),
        two_units.government.name: (10, 5, 95, 71.67),
    }


def test_the_index_with_fewer_than_five_is_not_told_and_none_from_which_it_follows(db, city, two_units):
    held(db, two_units, 4)
    held(db, city, 6)
    told = {name: values[3] for name, values in sheet(db).items()}
    assert told == {city.unit.name: 70, two_units.unit.name: "–", city.government.name: "–"}


def test_where_nothing_is_held_there_is_no_such_sheet(db, two_units):
    assert sheet(db) is None
