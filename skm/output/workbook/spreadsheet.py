"""A sheet of an Excel file: text that is never taken for a formula, formulas that carry their value."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import xlsxwriter.worksheet
from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from skm.i18n.formats import NO_DATA

Cached = int | str | Decimal | Fraction | None

MAX_ROWS = 1_048_576
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
INK, LINE, TINT, MARK = "#17202a", "#b8c2cc", "#e6eff1", "#ffe08a"

_BOX = {"border": 1, "border_color": LINE, "valign": "vcenter"}
_HEAD = {**_BOX, "bold": True, "bg_color": TINT, "text_wrap": True}
_SUM = {**_BOX, "bold": True, "bg_color": "#f4f7f9"}
STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "mark": {"bold": True, "bg_color": MARK, "font_color": INK},
    "section": {"bold": True, "font_size": 12},
    "label": {"bold": True},
    "plain": {},
    "typed": {"num_format": "@", "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "small": {"font_color": "#5b6773", "font_size": 9},
    "head": {**_HEAD, "align": "center"},
    "head right": {**_HEAD, "align": "right"},
    "head left": {**_HEAD, "align": "left", "indent": 1},
    "text": {**_BOX, "text_wrap": True, "indent": 1},
    "centre": {**_BOX, "align": "center", "text_wrap": True},
    "count": {**_BOX, "num_format": "#,##0", "align": "right"},
    "value": {**_BOX, "num_format": "0.00", "align": "right", "text_wrap": True},
    "mean": {**_BOX, "num_format": "0.000", "align": "right"},
    "sum text": _SUM,
    "sum centre": {**_SUM, "align": "center"},
    "sum count": {**_SUM, "num_format": "#,##0", "align": "right"},
    "sum mean": {**_SUM, "num_format": "0.000", "align": "right"},
    "sum weight": {**_SUM, "num_format": "0.0000", "align": "right"},
    "sum value": {**_SUM, "num_format": "0.00", "align": "right"},
    # The marks of the official worksheet stay part of the number format: the cell itself is a number.
    "sum one star": {**_SUM, "num_format": '"*)" 0.000', "align": "right"},
    "sum two stars": {**_SUM, "num_format": '"**)" 0.00', "align": "right"},
    "result": {"bold": True, "num_format": "0.00", "align": "left"},
    "result count": {"num_format": "#,##0", "align": "left"},
}


class Book:
    """An Excel file being written, with its styles."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self.styles = {name: workbook.add_format(properties) for name, properties in STYLES.items()}
        self.grid = workbook.add_format({"border": 1, "border_color": LINE})

    def add(self, name: str) -> "Worksheet":
        """A new sheet after the others; `name` as `sheet_name` gives it."""
        return Worksheet(self._workbook.add_worksheet(name), self)


class Worksheet:
    """One sheet, written from top to bottom: in constant memory a row is gone once a later one is begun."""

    def __init__(self, worksheet: xlsxwriter.worksheet.Worksheet, book: Book) -> None:
        self.worksheet, self._book, self._styles = worksheet, book, book.styles
        self.name = str(worksheet.get_name())

    def text(self, row: int, column: int, text: str, style: str = "plain") -> None:
        """Text, whatever it begins with."""
        _written(self.worksheet.write_string(row, column, _harmless(text), self._styles[style]))

    def number(self, row: int, column: int, number: float, style: str) -> None:
        """A number that stands for itself."""
        _written(self.worksheet.write_number(row, column, number, self._styles[style]))

    def formula(self, row: int, column: int, formula: str, value: Cached, style: str) -> None:
        """A formula with the value it comes to, for readers that cannot calculate; None: "belum ada data"."""
        _written(self.worksheet.write_formula(row, column, formula, self._styles[style], cached(value)))

    def value(self, row: int, column: int, value: Cached, style: str) -> None:
        """A figure without a formula behind it."""
        figure = cached(value)
        if isinstance(figure, str):
            self.text(row, column, figure, style)
        else:
            self.number(row, column, figure, style)

    def blank(self, row: int, column: int, style: str) -> None:
        """An empty cell with a style."""
        _written(self.worksheet.write_blank(row, column, None, self._styles[style]))

    def texts(self, row: int, column: int, texts: Iterable[str], style: str) -> None:
        """Texts side by side."""
        for place, text in enumerate(texts, column):
            self.text(row, place, text, style)

    def across(self, row: int, first: int, last: int, style: str) -> None:
        """Joins the cells of a row from `first` to `last`; what is written at `first` fills them."""
        if last > first:
            self.worksheet.merge_range(row, first, row, last, "", self._styles[style])

    def columns(self, first: float, others: Iterable[float]) -> None:
        """The widths of the columns, in characters."""
        for column, width in enumerate((first, *others)):
            self.worksheet.set_column(column, column, width)

    def mark_demo(self, last_column: int) -> None:
        """The first row says that the answers are invented."""
        self.across(0, 0, last_column, "mark")
        self.text(0, 0, "DATA CONTOH – jawaban rekaan, bukan hasil survei", "mark")

    def lines_high(self, row: int, lines: int) -> None:
        """The height of a row with wrapped text, before it is written; not every program finds it by itself."""
        self.worksheet.set_row(row, 15 * lines)

    def grid(self, first_row: int, last_row: int, last_column: int) -> None:
        """Thin lines around the cells of a block, once: a style for each cell costs a third more time."""
        always = {"type": "formula", "criteria": "=TRUE", "format": self._book.grid}
        self.worksheet.conditional_format(first_row, 0, last_row, last_column, always)

    def for_print(self, title: str, demo: bool, repeat: tuple[int, int]) -> None:
        """A4 landscape, one page wide, the head of the table on each page, "Halaman n dari m"."""
        page = self.worksheet
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.6, right=0.4, top=0.7, bottom=0.7)
        page.repeat_rows(*repeat)
        # An ampersand begins a code in a header; doubled it is itself.
        page.set_footer(f"&L&9{title[:90].replace('&', '&&')}&R&9Halaman &P dari &N")
        if demo:
            page.set_header("&C&B&12DATA CONTOH")
        page.hide_gridlines(2)


def cached(value: Cached) -> float | str:
    """What a cell shows for a value."""
    if value is None:
        return NO_DATA
    return value if isinstance(value, str | int) else float(value)


def cell(row: int, column: int, sheet: str | None = None) -> str:
    """`B12`, or `'01 Puskesmas I'!B12`."""
    name = xl_rowcol_to_cell(row, column)
    return str(name if sheet is None else f"{quote_sheetname(sheet)}!{name}")


def span(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """`B12:B20`."""
    return f"{cell(first_row, first_column)}:{cell(last_row, last_column)}"


def sheet_name(number: str, name: str) -> str:
    """A name that Excel accepts: 31 characters, none of []:*?/\\, no apostrophe at its end, unique by number."""
    allowed = "".join(
        sign for sign in name if sign.isprintable() and sign not in "[]:*?/\\" and sign <= "\uffff"
    )
    return f"{number} {' '.join(allowed.split())}"[:31].rstrip(" '")


def _written(code: int) -> None:
    # The writer drops what comes too late for its row, and only its return value says so.
    if code == -1:
        raise ValueError("a cell was written after a later row")


def _harmless(text: str) -> str:
    # In constant memory a string between these tags would be written as markup, unescaped.
    return f" {text}" if text.startswith("<r>") else text
