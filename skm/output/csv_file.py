"""Files of cells between separators, written so that no spreadsheet runs a cell as a formula, whatever it splits at."""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from skm.output.document import Document

MEDIA_TYPE = "text/csv; charset=utf-8"
LINES_A_CHUNK = 512  # some 64 kB
COMMA, SEMICOLON = (
    ",",
    ";",
)  # Excel set to Indonesian opens a file in columns where semicolons stand between them

# What a spreadsheet takes for the start of a formula; the wide forms count as one in East Asian settings.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_SEPARATING = re.compile('[,;\t\r\n"]')  # what makes a cell one that is quoted
# Rp10.000,- as prices are written: behind the hyphen nothing could be calculated.
_PRICE = re.compile(r",-(?:\s[^;,\t\r\n|!(=@+*/\d\"]*)?(?:$|[\r\n])")
# The start of a formula behind what another reader may take for the end of a cell.
_LIVE = re.compile(r"[,;\t\r\n][\s\"]*(?=[=+\-@＝＋－＠])")
_DASHES = "-– "


def table_csv(heads: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> Document:
    """A table of words as UTF-8 CSV with a byte order mark; no cell is a formula."""
    return Document(name, MEDIA_TYPE, chunks(joined(*row) + "\r\n" for row in chain([heads], rows)))


def chunks(lines: Iterator[str]) -> Iterator[bytes]:
    """Lines as UTF-8 bytes, a few kilobytes at a time."""
    yield codecs.BOM_UTF8  # without the mark Excel reads UTF-8 as Windows-1252
    while batch := list(islice(lines, LINES_A_CHUNK)):
        yield "".join(batch).encode()


def joined(*texts: str, separator: str = COMMA) -> str:
    """A row without its end."""
    return separator.join(map(cell, texts))


def cell(text: str) -> str:
    """A field by RFC 4180 that no spreadsheet runs as a formula, whether it splits at commas, semicolons or tabs.

    The quotes hold only for a reader of the same separator: for another one a cell begins behind each of the others,
    and behind every end of a line. A formula there is taken apart by an apostrophe, as at the start.
    """
    if text.lstrip(" ").startswith(FORMULA_STARTS) and text.strip(_DASHES):
        text = "'" + text
    if not _SEPARATING.search(text):
        return text
    return '"' + _LIVE.sub(_apart, text).replace('"', '""') + '"'


def _apart(start: re.Match[str]) -> str:
    return start[0] if _PRICE.match(start.string, start.start()) else f"{start[0]}'"
