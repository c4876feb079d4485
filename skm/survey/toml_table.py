"""A TOML table that knows its own line, so that what is wrong with it can be pointed at.

`tomllib` forgets where a value stood. The line is looked up again in the text, once something is refused.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Self

from skm.survey.instrument import LANGUAGES, InstrumentError, Words

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")
_HEADER = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*\"?([\w-]+)\"?\s*[.=]")
_SYNTAX = {  # how the messages of tomllib begin
    "Cannot overwrite": "kunci ini sudah ditulis sebelumnya",
    "Cannot declare": "tabel ini sudah ditulis sebelumnya",
    "Expected '='": "tanda '=' setelah nama kunci tidak ditemukan",
    "Expected newline": "ada tulisan yang berlebih setelah nilai",
    "Illegal character": "tanda kutip penutup tidak ditemukan",
    "Invalid value (at end": "berkas berakhir sebelum nilainya lengkap",
    "Invalid value": "nilai tidak dikenal; teks ditulis di antara tanda kutip",
    "Unclosed": "kurung penutup tidak ditemukan",
    "Unterminated": "tanda kutip penutup tidak ditemukan",
}
_SYNTAX_PLACE = re.compile(r"at line (\d+), column (\d+)")


@dataclass(frozen=True)
class Table:
    """One table of the file `name` with the whole `source`; `path` "" is the top, `nth` counts from 0."""

    name: str
    source: str
    data: dict[str, Any]
    path: str = ""
    nth: int = 0
    key: str = ""  # of an inline table: the key that holds it

    @classmethod
    def read(cls, source: str, name: str) -> Self:
        """The top of the file. Decimals stay the text that was written, so 0.1 is a tenth, exactly."""
        try:
            return cls(name, source, tomllib.loads(source, parse_float=str))
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
            raise _syntax_error(source, name, str(error)) from error

    def refuse(self, reason: str, key: str = "") -> InstrumentError:
        """The error to raise: it points at `key` of this table, or else at the table."""
        lines = _outline(self.source)
        parent, _, last = self.path.rpartition(".")
        places = (
            (self.path, self.nth, self.key or key),
            (self.path, self.nth, ""),
            (parent, 0, last),  # the whole list written inline
        )
        return InstrumentError(self.name, next((lines[p] for p in places if p in lines), 1), reason)

    def only(self, names: Collection[str]) -> None:
        """Refuse a key that nobody would read: most often a slip of the pen."""
        for key in self.data:
            if key not in names:
                raise self.refuse(f"kunci '{key}' tidak dikenal; yang dikenal: {', '.join(names)}", key)

    def value(self, key: str, kind: type, what: str) -> Any:
        """The value of a key that has to be there; `what` names the expected kind for the reader."""
        if key not in self.data:
            raise self.refuse(f"kunci '{key}' belum diisi")
        if type(self.data[key]) is not kind:  # not isinstance: True is no integer here
            raise self.refuse(f"'{key}' harus berupa {what}", key)
        return self.data[key]

    def integer(self, key: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        what = f"bilangan bulat {low} sampai {high}"
        number: int = self.value(key, int, what)
        if not low <= number <= high:
            raise self.refuse(f"'{key}' harus berupa {what}", key)
        return number

    def code(self) -> str:
        """The `code` of the table, fit to be a column heading, a form field and a part of an address."""
        code: str = self.value("code", str, "teks")
        if not _CODE.fullmatch(code):
            raise self.refuse(f"kode '{code}' hanya boleh berisi huruf, angka, dan tanda hubung", "code")
        return code

    def texts(self, key: str) -> list[str]:
        """A list of texts, none of them blank."""
        texts: list[Any] = self.value(key, list, "daftar teks")
        if not all(isinstance(text, str) and text.strip() for text in texts):
            raise self.refuse(f"'{key}' harus berupa daftar teks yang tidak kosong", key)
        return texts

    def words(self, key: str) -> Words:
        """A text in Indonesian and, where translated, in the other languages."""
        table = self.table(key)
        table.only(LANGUAGES)
        texts = {language: table.value(language, str, "teks") for language in table.data}
        if not texts.get("id", "").strip():
            raise self.refuse(f"'{key}' belum mempunyai teks bahasa Indonesia (id)", key)
        return {language: text for language, text in texts.items() if text.strip()}

    def table(self, key: str) -> Self:
        """The inline table held by a key, or the table [path.key]."""
        data = self.value(key, dict, "tabel")
        if self.path:
            return replace(self, data=data, key=self.key or key)
        return replace(self, data=data, path=key)

    def tables(self, key: str) -> list[Self]:
        """The tables under [[key]], none of them with the code of another; [] when the key is absent."""
        entries = self.value(key, list, "daftar tabel") if key in self.data else []
        if not all(isinstance(data, dict) for data in entries):
            raise self.refuse(f"'{key}' harus berupa daftar tabel", key)
        if self.path:
            tables = [replace(self, data=data, key=key) for data in entries]
        else:
            tables = [replace(self, data=data, path=key, nth=nth) for nth, data in enumerate(entries)]
        _no_doubles(tables)
        return tables


def _no_doubles(tables: Collection[Table]) -> None:
    seen: set[str] = set()
    for table in tables:
        code = table.code()
        if code in seen:
            raise table.refuse(f"kode '{code}' dipakai dua kali", "code")
        seen.add(code)


def _outline(source: str) -> dict[tuple[str, int, str], int]:
    """(path of the table, which of that path, key or "") -> line, counted from 1."""
    lines = {("", 0, ""): 1}
    path, seen = "", Counter({"": 1})
    for line, text in enumerate(source.split("\n"), start=1):
        if header := _HEADER.match(text):
            path = header[1]
            seen[path] += 1
            lines[path, seen[path] - 1, ""] = line
            parent, _, last = path.rpartition(".")
            lines.setdefault((parent, max(seen[parent] - 1, 0), last), line)
        elif key := _KEY.match(text):
            lines.setdefault((path, seen[path] - 1, key[1]), line)
    return lines


def _syntax_error(source: str, name: str, message: str) -> InstrumentError:
    reason = next(
        (words for start, words in _SYNTAX.items() if message.startswith(start)), "penulisan TOML keliru"
    )
    if place := _SYNTAX_PLACE.search(message):
        return InstrumentError(name, int(place[1]), f"{reason} (kolom {place[2]})")
    if "at end of document" in message:
        return InstrumentError(name, source.rstrip().count("\n") + 1, reason)
    return InstrumentError(name, None, reason)
