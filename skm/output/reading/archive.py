"""The parts of a workbook, which is a ZIP: none is unpacked further than it may be."""

import re
import zipfile
from io import BytesIO
from typing import Any

from skm.i18n import formats
from skm.output.reading.size import LONGEST_CELL, PART_LIMIT, PARTS_LIMIT
from skm.output.sandbox.limits import MB
from skm.survey.problem import Problem

_RUN = LONGEST_CELL * 10  # bytes without a tag: a sign written as &#x1F600; has nine
_DEFINITIONS = (b"<!DOCTYPE", b"<!ENTITY")  # which no workbook has
_CHUNK = 64 * 1024
# Strict Open XML is the same but for the names of its vocabularies (ISO/IEC 29500-1, annex A and part 4).
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(spreadsheetml|drawingml|officeDocument)/")
_TRANSITIONAL = {
    b"spreadsheetml": b"http://schemas.openxmlformats.org/spreadsheetml/2006/",
    b"drawingml": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"officeDocument": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}
_RELATIONS = "_rels/.rels"


class Archive(zipfile.ZipFile):
    """A ZIP whose parts are read within `unpacked` bytes in all, with the common names in place of the strict ones."""

    def __init__(self, content: bytes, unpacked: int) -> None:
        super().__init__(BytesIO(content))
        self._left = unpacked
        self._limit = unpacked
        self._strict = False
        parts = self.infolist()
        if len(parts) > PARTS_LIMIT:
            raise Problem("import_many_parts", limit=formats.count(PARTS_LIMIT))
        if sum(part.file_size for part in parts) > unpacked:
            raise self.too_large(unpacked)
        names = set(self.namelist())
        self._strict = _RELATIONS in names and bool(_STRICT.search(self.read(_RELATIONS)))

    def read(self, name: Any, _pwd: bytes | None = None) -> bytes:
        """A small part. Raises Problem."""
        with self.open(name) as file:
            content = file.read(PART_LIMIT + 1)
        if len(content) > PART_LIMIT:
            raise Problem("import_large_part", part=str(name)[:80], megabytes=PART_LIMIT // MB)
        self.unpack(len(content))
        _check_definitions(content)
        return self.common(content)

    def stream(self, name: str) -> "Part":
        """A part as it is unpacked."""
        return Part(self, name)

    def unpack(self, size: int) -> None:
        """Counts what was unpacked, whatever the ZIP announced. Raises Problem."""
        self._left -= size
        if self._left < 0:
            raise self.too_large(self._limit)

    def common(self, content: bytes) -> bytes:
        """The same with the common names of the vocabularies."""
        return _STRICT.sub(lambda name: _TRANSITIONAL[name[1]], content) if self._strict else content

    @staticmethod
    def too_large(limit: int) -> Problem:
        """What is unpacked exceeds a limit."""
        return Problem("import_unpacked", megabytes=limit // MB)


class Part:
    """A part of an archive, read from its beginning to its end."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._archive, self._file = archive, archive.open(name)
        self._begun = False
        self._run = 0

    def read(self, _size: int = -1) -> bytes:
        """The next bytes. Raises Problem for more than may be unpacked, for a long cell, and for definitions."""
        chunk = self._file.read(_CHUNK)
        self._archive.unpack(len(chunk))
        first, last = chunk.find(b"<"), chunk.rfind(b"<")
        if self._run + (first if first >= 0 else len(chunk)) > _RUN:
            raise Problem("import_long_cell", limit=formats.count(LONGEST_CELL))
        self._run = len(chunk) - last if last >= 0 else self._run + len(chunk)
        if self._begun:
            return chunk
        self._begun = True
        _check_definitions(chunk)
        return self._archive.common(chunk)


def _check_definitions(content: bytes) -> None:
    if any(mark in content for mark in _DEFINITIONS):
        raise Problem("import_definitions")
