"""Small files that take much of whoever reads them: made by code, none is stored. Each is a sheet of visitors."""

import io
import zipfile
from collections.abc import Iterable

from skm.output.workbook.tables import Column, WrittenTable, write_tables

HEADS = ("unit kode", "layanan", "pengunjung")
_GOOD = write_tables(
    "x.xlsx", [WrittenTable("Pengunjung", [Column(head, 12) for head in HEADS], [("pkm", "Umum", 7)])], "x"
).content
SHEET, BOOK, WORDS, STYLES = (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def good() -> bytes:
    """A workbook that does no harm."""
    return _GOOD


def workbook(parts: dict[str, bytes]) -> bytes:
    """The good workbook with other parts in place of some."""
    file, whole = io.BytesIO(), zipfile.ZipFile(io.BytesIO(_GOOD))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name in dict.fromkeys([*whole.namelist(), *parts]):
            out.writestr(name, parts.get(name) or whole.read(name))
    return file.getvalue()


def sheet(rows: bytes, before: str = "") -> bytes:
    """A workbook whose only sheet has these rows below its heads."""
    heads = f"{before}<worksheet {_MAIN}><sheetData><row>{''.join(map(_cell, HEADS))}</row>"
    return workbook({SHEET: heads.encode() + rows + b"</sheetData></worksheet>"})


def words(items: bytes) -> bytes:
    """A workbook with these texts."""
    return workbook({WORDS: f"<sst {_MAIN}>".encode() + items + b"</sst>"})


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def inline(text: bytes) -> bytes:
    """A row with a text in its cell."""
    return b'<row r="2"><c r="A2" t="inlineStr"><is><t>' + text + b"</t></is></c></row>"


def a_row_in_the_trillions() -> bytes:
    """Its only row has a number that nobody reaches by counting."""
    return sheet(b'<row r="9000000000000"><c r="A9000000000000" t="str"><v>x</v></c></row>')


def empty_rows(count: int = 19_000_000) -> bytes:
    """As many rows as fit, with nothing in them."""
    return sheet(b"<row/>" * count)


def the_same_row_again() -> bytes:
    """Rows that all call themselves the first."""
    return sheet(b'<row r="1"/>' * 15_000_000)


def a_long_cell() -> bytes:
    """A cell of 190 MB."""
    return sheet(inline(b"a" * 190_000_000))


def a_long_word() -> bytes:
    """A text of 190 MB among those that cells share."""
    return words(b"<si><t>" + b"a" * 190_000_000 + b"</t></si>")


def a_long_attribute() -> bytes:
    """A name of 190 MB where a number belongs."""
    return sheet(b'<row r="' + b"1" * 190_000_000 + b'"/>')


def many_styles() -> bytes:
    """More styles than anybody chose."""
    xf = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    head = f'<styleSheet {_MAIN}><cellXfs count="1">'.encode()
    return workbook({STYLES: head + xf * 130_000 + b"</cellXfs></styleSheet>"})


def large_styles() -> bytes:
    """Styles of 190 MB."""
    return workbook({STYLES: f"<styleSheet {_MAIN}>".encode() + b"<fill/>" * 27_000_000 + b"</styleSheet>"})


def many_words() -> bytes:
    """Millions of texts that no cell points at."""
    return words(b"<si><t>a</t></si>" * 11_000_000)


def a_wide_row() -> bytes:
    """Millions of cells in one row."""
    return sheet(b'<row r="1">' + b"<c><v>1</v></c>" * 12_000_000 + b"</row>")


def many_rows() -> bytes:
    """A million rows with a number each."""
    return sheet(b"<row><c><v>1</v></c></row>" * 1_000_000)


def strange_parts() -> bytes:
    """Elements in a sheet that mean nothing."""
    return sheet(b"<a/>" * 45_000_000)


def many_sheets(count: int = 10_000) -> bytes:
    """A list of ten thousand sheets, all in one part."""
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, count + 1))
    relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return workbook({BOOK: f"<workbook {_MAIN} {relations}><sheets>{listed}</sheets></workbook>".encode()})


def many_parts() -> bytes:
    """Ten thousand parts, each a sheet."""
    return workbook({f"xl/worksheets/s{n}.xml": b"<worksheet/>" for n in range(10_000)})


def entities() -> bytes:
    """A word that stands for thirty others, eight times over."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 30}">' for n in range(1, 9))
    return sheet(inline(b"&a8;"), f'<!DOCTYPE s [<!ENTITY a0 "boom">{levels}]>')


def entities_in_two_bytes() -> bytes:
    """The same in UTF-16, where a search for the usual signs finds nothing."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 30}">' for n in range(1, 9))
    text = f'<!DOCTYPE s [<!ENTITY a0 "boom">{levels}]><worksheet {_MAIN}><sheetData>&a8;</sheetData></worksheet>'
    return workbook({SHEET: text.encode("utf-16")})


def a_lying_directory() -> bytes:
    """A part of 190 MB that the directory says has 40 bytes."""
    content = bytearray(empty_rows())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as whole:
        size = whole.getinfo(SHEET).file_size
    for at in _places(content, size.to_bytes(4, "little")):
        content[at : at + 4] = (40).to_bytes(4, "little")
    return bytes(content)


def a_boasting_directory() -> bytes:
    """A part that the directory says has 4 GB."""
    content = bytearray(_GOOD)
    with zipfile.ZipFile(io.BytesIO(_GOOD)) as whole:
        size = whole.getinfo(SHEET).file_size
    for at in _places(content, size.to_bytes(4, "little")):
        content[at : at + 4] = (4_000_000_000).to_bytes(4, "little")
    return bytes(content)


def one_part_many_times() -> bytes:
    """A directory that names the same bytes 4,000 times."""
    content = workbook({SHEET: b"<worksheet>" + b" " * 10_000_000 + b"</worksheet>"})
    end = content.rfind(b"PK\x05\x06")
    start = int.from_bytes(content[end + 16 : end + 20], "little")
    directory = content[start:end]
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        count = len(whole.infolist())
    again = 4_000 // count
    record = bytearray(content[end:])
    record[8:10] = record[10:12] = (count * again).to_bytes(2, "little")
    record[12:16] = (len(directory) * again).to_bytes(4, "little")
    return content[:start] + directory * again + bytes(record)


def nested() -> bytes:
    """A ZIP of ZIPs."""
    content = workbook({SHEET: b" " * 100_000_000})
    for _ in range(5):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            for n in range(10):
                out.writestr(f"{n}.zip", content)
        content = file.getvalue()
    return content


def one_endless_line() -> bytes:
    """A text without an end of line."""
    return b"unit kode;layanan;pengunjung" + b"a" * 19_000_000


def an_open_quote() -> bytes:
    """A text whose first quote is never closed."""
    return b'unit kode;layanan;pengunjung\n"' + b"a;b;1\n" * 3_000_000


def many_columns() -> bytes:
    """A text of a million columns."""
    return b"unit kode;layanan;pengunjung" + b";x" * 1_000_000 + b"\n" + b"a;b;1\n" * 10


def many_lines() -> bytes:
    """A text of nothing but ends of lines, and one word."""
    return b"unit kode;layanan;pengunjung\n" + b"\n" * 19_000_000 + b"a;b;1\n"


def commas_only() -> bytes:
    """A text of nothing but separators."""
    return (b",;\t|" * 4_000 + b"\n") * 1_200


def a_broken_xls() -> bytes:
    """The beginning of an old Excel file, and of a workbook with a password."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0\xff" * 100_000


def an_ods_with_repeats() -> bytes:
    """An ODS whose one row says that it stands there a thousand million times."""
    cell = (
        '<table:table-cell table:number-columns-repeated="1000000000"><text:p>1</text:p></table:table-cell>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr(
            "content.xml",
            f'<table:table-row table:number-rows-repeated="1000000000">{cell}</table:table-row>',
        )
    return file.getvalue()


def with_a_password() -> bytes:
    """The workbook in a ZIP whose parts say that they have a password."""
    content = bytearray(_GOOD)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for at in _places(content, mark):
            content[at + flags] |= 1
    return bytes(content)


# Each with the reason for which it is refused; None where it does no harm any more.
BOMBS = {
    a_row_in_the_trillions: "import_last_row",
    empty_rows: "import_last_row",
    the_same_row_again: "import_unreadable",
    a_long_cell: "import_long_cell",
    a_long_word: "import_long_cell",
    a_long_attribute: "import_long_cell",
    many_styles: None,
    large_styles: "import_large_part",
    many_words: "import_many_words",
    a_wide_row: "import_too_wide",
    many_rows: "import_too_long",
    strange_parts: "upload_memory",
    many_sheets: "import_many_sheets",
    many_parts: "import_many_parts",
    entities: "import_definitions",
    entities_in_two_bytes: "import_unreadable",
    a_lying_directory: "import_unreadable",
    a_boasting_directory: "import_unpacked",
    one_part_many_times: "import_unpacked",
    nested: "import_unreadable",
    one_endless_line: "csv_unreadable",
    an_open_quote: "csv_unreadable",
    many_columns: "csv_unreadable",
    many_lines: "import_last_row",
    commas_only: "import_columns",
    a_broken_xls: "import_old_excel",
    an_ods_with_repeats: "import_other_workbook",
    with_a_password: "import_unreadable",
}


def _places(content: bytes | bytearray, mark: bytes) -> Iterable[int]:
    at = content.find(mark)
    while at >= 0:
        yield at
        at = content.find(mark, at + 1)
