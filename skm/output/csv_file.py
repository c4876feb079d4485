"""Comma-separated files: which sign separates the cells of one, and how one is written so that no cell is a formula."""

import codecs
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from skm.output.document import Document

MEDIA_TYPE = "text/csv; charset=utf-8"
LINES_A_CHUNK = 512  # some 64 kB
DELIMITERS = (";", ",", "\t")  # Excel set to Indonesian writes semicolons

# What a spreadsheet takes for the start of a formula; the wide forms count as one in East Asian settings.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def delimiter_of(line: str, worth: Callable[[Sequence[str]], int] = len) -> str:
    """The sign by which the cells of a line are worth most; by default, the sign that gives the most cells."""
    return max(DELIMITERS, key=lambda sign: worth(line.split(sign)))


def table_csv(heads: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> Document:
    """A table of words as UTF-8 CSV with a byte order mark; no cell is a formula."""
    return Document(name, MEDIA_TYPE, chunks(joined(*row) + "\r\n" for row in chain([heads], rows)))


def chunks(lines: Iterator[str]) -> Iterator[bytes]:
    """Lines as UTF-8 bytes, a few kilobytes at a time."""
    yield codecs.BOM_UTF8  # without the mark Excel reads UTF-8 as Windows-1252
    while batch := list(islice(lines, LINES_A_CHUNK)):
        yield "".join(batch).encode()


def joined(*texts: str) -> str:
    """A row without its end."""
    return ",".join(map(cell, texts))


def cell(text: str) -> str:
    """A field by RFC 4180 that no spreadsheet runs as a formula."""
    if text.startswith(FORMULA_STARTS):
        text = "'" + text
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
