"""The sheets of a city, as an office fills them in: their columns, their words, and their rows as text."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from skm.i18n import formats
from skm.i18n.words import fill
from skm.output.workbook.tables import DATE, ERROR, FORMULA, Line, Table, Tables
from skm.survey.names import tidied
from skm.survey.organisation import CHANNELS, FIELDS, KINDS, TIME_ZONES
from skm.survey.problem import Problem
from skm.survey.sentences import SENTENCES

T = TypeVar("T")
ORGANISATIONS, SERVICES, COUNTERS, VISITORS = "Organisasi", "Layanan", "Loket", "Pengunjung"
SINCE = "berlaku sejak"  # the column of days: here a cell may be a date
CITY = (ORGANISATIONS, SERVICES, COUNTERS)
REQUIRED = {
    ORGANISATIONS: ("kode", "induk", "jenis", "nama"),
    SERVICES: ("unit kode", "nama"),
    COUNTERS: ("unit kode", "nama", "layanan"),
    VISITORS: ("unit kode", "layanan", "pengunjung"),
}
COLUMNS = {
    ORGANISATIONS: (*REQUIRED[ORGANISATIONS], "alamat", "telepon", "zona waktu", "bidang", SINCE),
    SERVICES: (*REQUIRED[SERVICES], "saluran", "gratis", "pengunjung setahun"),
    COUNTERS: REQUIRED[COUNTERS],
    VISITORS: (*REQUIRED[VISITORS], "unit nama", "perkiraan"),
}
ROW_LIMIT = 100_000
HEAD_LINES = 10  # a title and a remark may stand above the heads

KIND_WORDS = {name: kind for kind, name in KINDS.items()} | {"pemerintah": "government", "opd": "agency"}
CHANNEL_WORDS = {name: channel for channel, name in CHANNELS.items()} | {
    "luring": "face_to_face",
    "online": "online",
    "hibrida": "hybrid",
    "daring dan tatap muka": "hybrid",
}
YES_NO = {"ya": True, "y": True, "1": True, "tidak": False, "t": False, "0": False}
ZONE_WORDS = {short: name for name, short in TIME_ZONES.items()} | {name: name for name in TIME_ZONES}

FIELD_WORDS = {name: code for code, name in FIELDS.items()} | {code: code for code in FIELDS}

_OTHER_HEADS = {"kode unit": "unit kode"}
_CELL_FAULTS = {
    FORMULA: "kolom {column} berisi rumus; tempelkan nilainya saja",
    DATE: "kolom {column} berisi tanggal atau jam; ubah format selnya menjadi teks",
    ERROR: "kolom {column} berisi galat lembar kerja, seperti #REF!",
}


@dataclass
class Row:
    """A row by its number in the spreadsheet, with the text of each column that the sheet has, and its outcome."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    faults: list[str] = field(default_factory=list)
    unreadable: Collection[str] = ()  # columns whose fault is noted already
    outcome: str = "same"
    words: str = ""

    def has(self, column: str) -> bool:
        """Whether something is written in a column."""
        return bool(self.cells.get(column))

    def refuse(self, words: str) -> None:
        """Notes what is wrong."""
        self.faults.append(words)

    def checked(self, column: str, check: Callable[[str], str]) -> str:
        """The text of a column after a check of `survey`; what the check says is noted, and the text is "" then."""
        if column in self.unreadable:
            return ""
        if not self.has(column) and column in REQUIRED[self.sheet]:
            self.refuse(f"{column} kosong")
            return ""
        try:
            return check(self.cells.get(column, ""))
        except Problem as problem:
            said = fill(SENTENCES[problem.key], problem.details)
            self.refuse(f"kolom {column}: {formats.in_sentence(said).rstrip('.')}")
            return ""

    def chosen(self, column: str, words: Mapping[str, T], otherwise: T) -> T:
        """What the word of a column stands for, `otherwise` for an empty one; an unknown word is noted."""
        typed = tidied(self.cells.get(column, ""))
        meanings = {word.casefold(): meaning for word, meaning in words.items()}
        if column not in self.unreadable and typed and typed.casefold() not in meanings:
            self.refuse(f"{column} “{typed[:60]}” tidak dikenal; pilihannya: {', '.join(_said(words))}")
        return meanings.get(typed.casefold(), otherwise)


@dataclass(frozen=True)
class Rows:
    """The rows of each sheet, and what a reader should know about the file."""

    sheets: Mapping[str, Sequence[Row]]
    notes: Sequence[str]

    def all(self) -> Iterator[Row]:
        """Every row, sheet after sheet."""
        for rows in self.sheets.values():
            yield from rows


def read_rows(file: Tables, wanted: Sequence[str] = CITY) -> Rows:
    """The rows of the wanted sheets of a file, known by their names, or else a single one by its heads.

    Raises Problem.
    """
    notes = [_OLD_ENCODING] if file.old_encoding else []
    by_name = {name.casefold(): name for name in wanted}
    named = [(by_name.get(tidied(table.name).casefold()), table) for table in file.tables]
    sheets: dict[str, list[Row]] = {name: [] for name in wanted}
    count = 0
    for name, table in [pair for pair in named if pair[0]] or [(None, table) for table in file.tables]:
        for row in _rows([name] if name else wanted, table, notes):
            sheets[row.sheet].append(row)
            count += 1
            if count > ROW_LIMIT:
                raise Problem("import_too_long", limit=formats.count(ROW_LIMIT))
    if not any(sheets.values()):
        raise Problem("import_empty")
    return Rows(sheets, notes)


_OLD_ENCODING = (
    "Berkas tidak memakai UTF-8 dan dibaca sebagai Windows-1252; periksa huruf bertanda seperti é pada nama."
)


def _rows(wanted: Sequence[str], table: Table, notes: list[str]) -> Iterator[Row]:
    """The rows below the heads. Raises Problem where a sheet has rows, but not the heads that a wanted one needs."""
    lines = iter(table.lines)
    first: Line | None = None
    for _, line in zip(range(HEAD_LINES), lines, strict=False):
        first = first or line
        heads = [_head(cell) for cell in line.cells]
        if sheet := _sheet_with(wanted, heads):
            yield from _below(sheet, heads, line.number, lines, notes)
            return
    if first is not None:
        sheet, columns = table.name or "CSV", ", ".join(REQUIRED[wanted[0]])
        raise Problem("import_columns", sheet=sheet, columns=columns)


def _below(
    sheet: str, heads: Sequence[str], at: int, lines: Iterator[Line], notes: list[str]
) -> Iterator[Row]:
    places = {head: place for place, head in reversed(list(enumerate(heads))) if head in COLUMNS[sheet]}
    if unknown := [head for head in heads if head and head not in places]:
        notes.append(f"Lembar {sheet}: kolom {', '.join(unknown)} tidak dikenal dan tidak dibaca.")
    if doubled := sorted({head for head in places if heads.count(head) > 1}):
        yield Row(sheet, at, {}, [f"kolom {', '.join(doubled)} ada dua kali"])
    for line in lines:
        cells = {head: line.cells[place] if place < len(line.cells) else "" for head, place in places.items()}
        wrong = {head: line.faults[place] for head, place in places.items() if place in line.faults}
        if wrong.get(SINCE) == DATE:
            del wrong[SINCE]
        faults = [_CELL_FAULTS[why].format(column=head) for head, why in wrong.items()]
        if any(cells.values()):
            yield Row(sheet, line.number, cells, faults, wrong.keys())


def _sheet_with(wanted: Sequence[str], heads: Sequence[str]) -> str | None:
    """The sheet whose needed columns are all there; of several, the one with the most."""
    fitting = [sheet for sheet in wanted if set(REQUIRED[sheet]) <= set(heads)]
    return max(fitting, key=lambda sheet: len(set(COLUMNS[sheet]) & set(heads)), default=None)


def _head(cell: str) -> str:
    head = tidied(cell.replace("_", " ")).strip("*: ").casefold()
    return _OTHER_HEADS.get(head, head)


def _said(words: Mapping[str, object]) -> list[str]:
    """One word for each meaning, the first."""
    first: dict[object, str] = {}
    for word, meaning in words.items():
        first.setdefault(meaning, word)
    return list(first.values())
