"""The file itself: made whole before the first byte is given, in flat memory."""

import tempfile
from collections.abc import Callable, Iterator
from typing import IO

from xlsxwriter import Workbook

from skm.output.document import Document
from skm.output.workbook.spreadsheet import OPTIONS, Book

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 1 << 16


def written(name: str, title: str, demo: bool, fill: Callable[[Book], None]) -> Document:
    """The workbook that `fill` writes; what it raises leaves nothing behind."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - has no name and is gone once it is closed, by the reader
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            Workbook(file, {**OPTIONS, "tmpdir": folder}) as workbook,
        ):
            workbook.set_properties({"title": title, "comments": "DATA CONTOH" if demo else ""})
            fill(Book(workbook))
    except BaseException:
        file.close()
        raise
    return Document(name, MEDIA_TYPE, _drain(file))


def _drain(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk
