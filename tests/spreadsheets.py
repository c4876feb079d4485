"""Spreadsheets as offices send them, made by hand or by another program's library."""

import io

import openpyxl

from skm.usecases.exchange.spreadsheet_rows import COLUMNS

EVERYTHING = ""  # the subtree that a file may change


def csv(sheet: str, *rows: str, encoding: str = "utf-8", mark: str = ";") -> bytes:
    """A CSV of one sheet, its cells separated by semicolons in `rows`."""
    lines = [";".join(COLUMNS[sheet]), *rows]
    return "\r\n".join(line.replace(";", mark) for line in lines).encode(encoding)


def xlsx(**sheets: list[list[object]]) -> bytes:
    """A workbook with these sheets, each below its heads."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in [list(COLUMNS.get(name, ())), *rows]:
            page.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
