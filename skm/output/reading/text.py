"""A text whose cells are separated by commas, semicolons or tabs: its encoding, its separator, its rows."""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import count

from skm.output.reading.size import LAST_COLUMN
from skm.survey.problem import Problem

SIGNS = (";", ",", "\t", "|")  # Excel set to Indonesian writes semicolons
_BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1b]")  # of which a text has next to none
_SAID = re.compile(
    r'"?sep=(.|\t)"?[;,\t|]*(?:\r\n|\n|\r|$)', re.IGNORECASE
)  # the line in which Excel names the sign


def decoded(content: bytes) -> tuple[str, bool]:
    """The text of a file, and whether it is in the old encoding of Windows. Raises Problem for any other."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _plain(content[len(mark) :], encoding), False
    if unmarked := _without_mark(content[:200]):
        return _plain(content, unmarked), False
    try:
        return _plain(content, "utf-8-sig"), False
    except UnicodeDecodeError:
        return _plain(content, "cp1252"), True


class Text:
    """The rows of a text by each sign that may separate their cells, `signs`; the one that the text names is first."""

    def __init__(self, text: str) -> None:
        said = _SAID.match(text)
        self._text = text[said.end() :] if said else text
        self.signs: Sequence[str] = list(dict.fromkeys([said[1], *SIGNS])) if said else SIGNS

    def rows(self, sign: str) -> Iterator[tuple[int, list[str], int]]:
        """Every row: its number as a spreadsheet counts, its cells, and 0.

        A row with quotes that do not fit, or with more cells than a sheet is wide, has no cells, and the number of the
        line in place of the 0.
        """
        reader = csv.reader(StringIO(self._text, newline=""), delimiter=sign, strict=True)
        for number in count(1):
            try:
                cells = next(reader, None)
            except csv.Error:
                yield number, [], reader.line_num
                continue
            if cells is None:
                return
            yield (number, [], reader.line_num) if len(cells) > LAST_COLUMN else (number, cells, 0)


def _plain(content: bytes, encoding: str) -> str:
    """Raises Problem for what is no text; UnicodeDecodeError for bytes that are not UTF-8."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-8-sig":
            raise
        raise Problem("import_encoding") from None
    if "\0" in text or len(_CONTROLS.findall(text)) * 100 > len(text):  # a picture, a program
        raise Problem("import_encoding")
    return text


def _without_mark(start: bytes) -> str | None:
    """UTF-16 that does not say so: every second byte of common words is 0."""
    even, odd = start[::2], start[1::2]
    if not even or not odd:
        return None
    if odd.count(0) > len(odd) * 0.6 and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > len(even) * 0.6 and not odd.count(0) else None
