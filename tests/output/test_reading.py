"""The reader of tables: whatever separates, encodes and surrounds them, the cells come out as they were typed."""

import csv
import io
import string
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skm.output.reading.cells import ERROR, EXPONENT, FORMULA, LONG
from skm.output.reading.heads import ALL, find_heads
from skm.output.reading.number_formats import shown
from skm.output.reading.tables import read_tables
from skm.survey.problem import Problem

HEADS = ["kode", "nama", "pengunjung"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
WORDS = st.text(string.ascii_letters + string.digits + " ,;|\"'.-/()é", min_size=1, max_size=12)
ROWS = st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6)
TITLES = st.lists(st.text(string.ascii_letters + " ,;.:", max_size=30), max_size=4)


def share(cells):
    return len(set(HEADS) & set(cells)) / len(HEADS)


def rows_of(content, worth=share):
    """The heads and the rows of the first table."""
    heads = find_heads(read_tables(content).tables[0], worth)
    assert heads is not None
    return heads, [list(line.cells) for line in heads.lines]


def a_text(rows, sign=";", end="\r\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator=end).writerows(rows)
    return out.getvalue()


def a_sheet(*rows, formats=()):
    """The bytes of a workbook; `formats` are those of the cells of the last row."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, number_format in zip(book.active[len(rows)], formats, strict=False):
        cell.number_format = number_format
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def plain(row):
    return [" ".join(cell.split()) if cell.isspace() else cell.strip() for cell in row]


@given(
    rows=ROWS,
    titles=TITLES,
    sign=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(ENCODINGS),
    said=st.booleans(),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_a_table_comes_back_whatever_separates_encodes_and_precedes_it(
    rows, titles, sign, encoding, said, end
):
    assume(not any(cell.startswith("=") for row in rows for cell in row))
    text = (f"sep={sign}{end}" if said else "") + a_text(
        [*([title] for title in titles), HEADS, *rows], sign, end
    )
    heads, read = rows_of(text.encode(encoding))
    assert heads.cells == HEADS
    wanted = [plain(row) for row in rows]
    assert read == [row for row in wanted if any(row)]
    assert heads.number == 1 + len(titles)


@given(rows=ROWS, titles=TITLES)
def test_a_workbook_gives_the_same_rows_as_a_text(rows, titles):
    sheet = a_sheet(*([title] for title in titles), HEADS, *map(list, rows))
    _, in_text = rows_of(a_text([*([title] for title in titles), HEADS, *rows]).encode())
    _, in_sheet = rows_of(sheet)
    assert in_sheet == in_text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_reason(content):
    with suppress(Problem):
        for table in read_tables(content).tables:
            if heads := find_heads(table, share):
                list(heads.lines)


@given(st.integers(0, 10**15 - 1), st.integers(1, 12))
def test_a_number_is_shown_with_the_noughts_of_its_format(number, width):
    text = shown(number, "0" * width)
    assert int(text) == number
    assert len(text) == max(width, len(str(number)))


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (2, "000", "002"),
        (2, "General", "2"),
        (1234, "#,##0", "1234"),
        (1.234, "#,##0", "1,234"),
        (1.234, "General", "1,234"),
        (4.0, "0.0", "4"),
        (0.1 + 0.2, "General", "0,3"),
        (1e-7, "General", "0,0000001"),
        (361424801, "0000000000", "0361424801"),
        (361424801, '0000"-"000000', "0361-424801"),
        (361424801, "(0000) 000000", "(0361) 424801"),
        (81234567, '"0"0', "081234567"),
        (62361, '"+"0', "+62361"),
        (12, '0" orang"', "12"),
        (7, '"PKM-"000', "PKM-007"),
        (1, "0%", "100%"),
        (-2, "000", "-2"),
        (2, "000;-000;0", "002"),
    ],
)
def test_a_number_is_read_as_its_cell_shows_it(value, number_format, text):
    assert shown(value, number_format) == text
    _, ((_, read),) = rows_of(
        a_sheet(["kode", "x"], ["a", value], formats=["", number_format]), lambda c: c[0] == "kode"
    )
    assert read == text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("=1+1", FORMULA),
        ("6,28123E+12", EXPONENT),
        ("6.28E+12", EXPONENT),
        ("3E+05", EXPONENT),
        ("3E5", EXPONENT),
        ("3e5", None),
        ("12e", None),
        ("2024", None),
        ('="002"', None),
    ],
)
def test_what_a_spreadsheet_cut_off_is_a_fault(typed, fault):
    (line,) = read_tables(a_text([["a", typed]]).encode()).tables[0].readings[0]()
    assert line.faults.get(1) == fault
    if typed == '="002"':
        assert line.cells[1] == "002"


def test_a_number_of_more_digits_than_a_spreadsheet_has_is_a_fault():
    (line,) = read_tables(a_sheet(["a", 198012312006041001, "#REF!"])).tables[0].readings[0]()
    assert line.faults == {1: LONG, 2: ERROR}


def test_without_all_heads_the_line_with_most_of_them_is_named():
    heads, _ = rows_of(a_text([["Judul"], ["kode", "nama"], ["1", "a"]]).encode())
    assert heads.worth < ALL
    assert (heads.number, heads.cells) == (2, ["kode", "nama"])


def test_quotes_in_a_title_do_not_hide_the_table():
    content = b'"Daftar" unit\r\nkode;nama;pengunjung\r\na;b;1\r\n'
    assert rows_of(content)[1] == [["a", "b", "1"]]


def test_quotes_that_do_not_fit_below_the_heads_are_refused():
    with pytest.raises(Problem, match="csv_unreadable") as refused:
        rows_of(b'kode;nama;pengunjung\r\na;b;1\r\n"c" d;e;2\r\n')
    assert refused.value.details == {"row": 3}


def test_signs_that_nobody_sees_are_taken_off_a_cell():
    (line,) = read_tables("\u200bkode\ufeff;\u00a0nama\u2003;a\u200db".encode()).tables[0].readings[0]()
    assert list(line.cells) == ["kode", "nama", "a\u200db"]


@pytest.mark.parametrize(
    "content", [b"\x00\x01", b"\x01\x02\x03abc", b"\xff\xfe\x01\x00\x02\x00", bytes(range(1, 30))]
)
def test_what_is_no_text_is_refused_as_such(content):
    with pytest.raises(Problem, match="import_encoding"):
        read_tables(content)


def test_a_stray_control_sign_in_a_remark_does_no_harm():
    remark = "x" * 200 + "\x07\x0b"
    assert len(rows_of(f"kode;nama;pengunjung\na;{remark};1\n".encode())[1]) == 1
