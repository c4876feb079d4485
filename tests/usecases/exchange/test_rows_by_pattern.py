"""The worksheets that are handed in have a row per respondent: by scores, so that nobody's row is told by its place."""

from io import BytesIO

from openpyxl import load_workbook

from skm.usecases.exchange.export import export_year
from tests.builders import answered


def test_the_rows_of_a_worksheet_are_in_the_order_of_their_scores(db, city):
    for number, scores in enumerate(("444444444", "111111111", "333333333", "121111111"), 1):
        answered(db, city, scores, f"2026-0{number}-15")
    book = load_workbook(BytesIO(b"".join(export_year(db, 2026).content)), read_only=True)
    rows = [row[:10] for row in book.worksheets[1].values if isinstance(row[0], int)]
    written = ["".join(map(str, row[1:])) for row in rows[:4]]
    assert written == ["111111111", "121111111", "333333333", "444444444"]
