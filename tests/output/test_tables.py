"""Spreadsheets that are damaged: whatever is wrong with a file, it is read or refused with a reason."""

import io
import random
import zipfile
from contextlib import suppress

import pytest

from skm.output.reading.tables import read_tables
from skm.output.workbook.tables import Column, WrittenTable, write_tables
from skm.survey.problem import Problem

HEADS = [Column("kode", 12), Column("nama", 40), Column("pengunjung", 12)]
GOOD = write_tables("kota.xlsx", [WrittenTable("Layanan", HEADS, [("d", "Dinas", 1920)])], "Kota").content
SHEET, BOOK, WORDS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"


def read(content: bytes) -> list[list[str]]:
    """The cells of every row of every sheet."""
    return [list(line.cells) for table in read_tables(content).tables for line in table.readings[0]()]


def part(name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(GOOD)).read(name)


def with_part(name: str, content: bytes | None) -> bytes:
    """The workbook with another part in place of one, or without it."""
    file, whole = io.BytesIO(), zipfile.ZipFile(io.BytesIO(GOOD))
    with zipfile.ZipFile(file, "w") as out:
        for known in whole.namelist():
            if known != name or content is not None:
                out.writestr(known, content if known == name else whole.read(known))
    return file.getvalue()


def locked() -> bytes:
    """The workbook in a ZIP whose parts say that they have a password."""
    content = bytearray(GOOD)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + flags] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        GOOD[: len(GOOD) // 2],
        GOOD[:-1],
        locked(),
        with_part(SHEET, b""),
        with_part(SHEET, part(SHEET)[:-30]),
        with_part(SHEET, b"<html><body>Maaf, sesi Anda berakhir.</body></htm>"),
        with_part(SHEET, part(SHEET).replace(b'r="A1"', b'r="A?"')),
        with_part(SHEET, part(SHEET).replace(b"<v>1920</v>", b"<v>x</v>")),
        with_part(SHEET, part(SHEET).replace(b"<v>0</v>", b"<v>99999</v>")),
        with_part(BOOK, None),
        with_part(BOOK, part(BOOK).replace(b'sheetId="1"', b'sheetIdentity="1"')),
        with_part(WORDS, b"\xff\xff\xff"),
        with_part("[Content_Types].xml", b"<Types/>"),
    ],
    ids=[
        "half", "almost whole", "password", "empty sheet", "cut sheet", "web page for a sheet", "cell",
        "number", "word beyond", "no book", "attribute", "words", "no types",
    ],
)  # fmt: skip
def test_a_damaged_workbook_is_refused_as_unreadable(content):
    assert content != GOOD
    with pytest.raises(Problem, match="import_unreadable"):
        read(content)


@pytest.mark.parametrize("seed", range(100))
def test_a_workbook_with_any_damage_is_read_or_refused(seed):
    chance = random.Random(seed)
    content = bytearray(with_part("", None) if seed % 2 else GOOD)  # parts as they are, or compressed
    for _ in range(chance.choice((1, 3, 20))):
        content[chance.randrange(4, len(content))] = chance.randrange(256)
    with suppress(Problem):
        read(bytes(content))


def test_a_fault_of_our_own_is_not_called_damage(monkeypatch):
    monkeypatch.setattr("skm.output.reading.xlsx._row", lambda number, row: [][number])
    with pytest.raises(IndexError):
        read(GOOD)
