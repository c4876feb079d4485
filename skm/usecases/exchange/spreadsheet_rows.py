"""The sheets of a city, as an office fills them in: their columns, their words, and their rows as text."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from skm.i18n import formats
from skm.i18n.words import fill
from skm.output.reading.cells import DATE, ERROR, EXPONENT, FORMULA, LONG
from skm.output.reading.heads import ALL, Heads, find_heads
from skm.output.reading.tables import Line, Table, Tables
from skm.output.sandbox.limits import TREE
from skm.survey.names import folded, tidied
from skm.survey.organisation import CHANNELS, FIELDS, KINDS, TIME_ZONES
from skm.survey.problem import Problem
from skm.survey.sentences import SENTENCES
from skm.usecases.exchange import asides

T = TypeVar("T")
ORGANISATIONS, SERVICES, COUNTERS, PEOPLE = "Organisasi", "Layanan", "Loket", "Petugas"
VISITORS = "Pengunjung"
SINCE, UNTIL = "berlaku sejak", "sampai"  # the columns of days: here a cell may be a date
CITY = (ORGANISATIONS, SERVICES, COUNTERS, PEOPLE)
REQUIRED = {
    ORGANISATIONS: ("kode", "induk", "jenis", "nama"),
    SERVICES: ("unit kode", "nama"),
    COUNTERS: ("unit kode", "nama", "layanan"),
    PEOPLE: ("nama", "surel", "unit kode"),
    VISITORS: ("unit kode", "layanan", "pengunjung"),
}
COLUMNS = {
    ORGANISATIONS: (*REQUIRED[ORGANISATIONS], "alamat", "telepon", "zona waktu", "bidang", SINCE),
    SERVICES: (*REQUIRED[SERVICES], "saluran", "gratis", "pengunjung setahun"),
    COUNTERS: REQUIRED[COUNTERS],
    PEOPLE: (*REQUIRED[PEOPLE], "peran", UNTIL),
    VISITORS: (*REQUIRED[VISITORS], "unit nama", "perkiraan"),
}
NAMED = 10  # of what was left out, so many are named

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

_folded_word = lru_cache(1024)(folded)  # the same few words stand in every row

_OTHER_HEADS = {"kode unit": "unit kode", "email": "surel", "e-mail": "surel"}
_CELL_FAULTS = {
    FORMULA: "kolom {column} berisi rumus; tempelkan nilainya saja",
    DATE: "kolom {column} berisi tanggal atau jam; ubah format selnya menjadi teks",
    ERROR: "kolom {column} berisi galat lembar kerja, seperti #REF!",
    EXPONENT: "kolom {column} berisi “{typed}”, angka yang sudah terpotong; ketik ulang sebagai teks",
    LONG: "kolom {column} berisi angka lebih dari 15 digit, yang sudah dibulatkan; ketik ulang sebagai teks",
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
    cause: "Row | None" = None  # the row that has to be right before anything can be said of this one
    shared: bool = False  # whether other rows wait because they have the same fault
    unit: str = ""  # the name of the unit whose service or counter it is

    @property
    def stands(self) -> bool:
        """Whether nothing is in its way."""
        return not self.faults and self.cause is None

    @property
    def kind(self) -> str:
        """What it is about, in words: the kind of an organisation, else the name of its sheet."""
        meant = KIND_WORDS.get(_folded_word(self.cells.get("jenis", "")))
        if self.sheet == ORGANISATIONS:
            return KINDS[meant] if meant else "organisasi"
        return "baris" if self.sheet == VISITORS else self.sheet.lower()

    @property
    def name(self) -> str:
        """What it names, as it was typed: an organisation, or a service or counter with its unit."""
        own = tidied(self.cells.get("nama", "") or self.cells.get("kode", ""))[:200]
        return ", ".join(filter(None, [own, self.unit]))

    def has(self, column: str) -> bool:
        """Whether something is written in a column."""
        return bool(self.cells.get(column))

    def refuse(self, words: str) -> None:
        """Notes what is wrong."""
        self.faults.append(words)
        self.cause = None

    def wait(self, cause: "Row", *, shared: bool = False) -> None:
        """Notes that another row has to be right first; a fault of its own stays one.

        `shared`: the other row has the very fault that this one would have.
        """
        root = cause.cause or cause
        if not self.faults and root is not self:
            self.cause = root
            root.shared = root.shared or shared

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
        meanings = {_folded_word(word): meaning for word, meaning in words.items()}
        if column not in self.unreadable and typed and folded(typed) not in meanings:
            self.refuse(f"{column} “{typed[:60]}” tidak dikenal; pilihannya: {', '.join(_said(words))}")
        return meanings.get(folded(typed), otherwise)


@dataclass(frozen=True)
class Rows:
    """The rows of each sheet, and what a reader should know about the file."""

    sheets: Mapping[str, Sequence[Row]]
    notes: Sequence[str]

    def all(self) -> Iterator[Row]:
        """Every row, sheet after sheet."""
        for rows in self.sheets.values():
            yield from rows


def find_rows(file: Tables, wanted: Sequence[str] = CITY) -> Rows:
    """The rows of the wanted sheets of a file, known by their names, or else a single one by its heads.

    Raises Problem.
    """
    notes = [_OLD_ENCODING] if file.old_encoding else []
    named = [(table, name) for table in file.tables if (name := _named(wanted, table))]
    sheets: dict[str, list[Row]] = {name: [] for name in wanted}
    count = 0
    for table, name in named or [(table, "") for table in file.tables]:
        for row in _rows([name] if name else wanted, table, notes):
            sheets[row.sheet].append(row)
            count += 1
            if count > TREE.rows:
                raise Problem("import_too_long", limit=formats.count(TREE.rows))
    if named:
        notes[:0] = _unread(wanted, [table for table in file.tables if not _named(wanted, table)])
    if any(table.name for table in file.tables):
        notes[:0] = _missing(wanted, {name for _, name in named} or {name for name in wanted if sheets[name]})
    if not any(sheets.values()):
        raise Problem("import_empty")
    return Rows(sheets, notes)


_OLD_ENCODING = (
    "Berkas tidak memakai UTF-8 dan dibaca sebagai Windows-1252; periksa huruf bertanda seperti é pada nama."
)


def _named(wanted: Sequence[str], table: Table) -> str | None:
    """The wanted sheet that a table is by its name."""
    return next((name for name in wanted if folded(name) == folded(table.name)), None)


def _unread(wanted: Sequence[str], tables: Sequence[Table]) -> Iterator[str]:
    """Which sheets were not read; loudly where one has the heads of a wanted sheet, and rows."""
    others = []
    for table in tables:
        heads = find_heads(table, lambda cells: _worth(wanted, cells))
        if heads and heads.worth >= ALL and next(heads.lines, None):
            like = _sheet_with(wanted, list(map(_head, heads.cells)))
            yield (
                f"PERHATIAN: lembar “{table.name}” tidak dibaca, padahal kolomnya seperti lembar {like}; "
                f"pindahkan barisnya ke lembar {like}, atau ganti nama lembarnya."
            )
        else:
            others.append(table.name)
    if others:
        yield f"Lembar yang tidak dibaca: {', '.join(others)}."


def _missing(wanted: Sequence[str], there: Collection[str]) -> Iterator[str]:
    """Which wanted sheets a workbook does not have."""
    if missing := [name for name in wanted if name not in {*there, PEOPLE}]:
        yield f"Lembar yang tidak ada di berkas ini: {', '.join(missing)}; isinya di server tidak berubah."


def _rows(wanted: Sequence[str], table: Table, notes: list[str]) -> Iterator[Row]:
    """The rows below the heads. Raises Problem where a sheet has rows, but not the heads that a wanted one needs."""
    heads = find_heads(table, lambda cells: _worth(wanted, cells))
    if heads is None:
        return
    names = list(map(_head, heads.cells))
    sheet = _sheet_with(wanted, names)
    if sheet is None:
        raise Problem("import_columns", sheet=table.name or "CSV", columns=", ".join(REQUIRED[wanted[0]]))
    yield from _below(sheet, names, heads, notes)


def _below(sheet: str, names: Sequence[str], heads: Heads, notes: list[str]) -> Iterator[Row]:
    places = {name: place for place, name in reversed(list(enumerate(names))) if name in COLUMNS[sheet]}
    if unknown := [name for name in names if name and name not in places]:
        notes.append(f"Lembar {sheet}: kolom {', '.join(unknown)} tidak dikenal dan tidak dibaca.")
    if doubled := sorted({name for name in places if names.count(name) > 1}):
        yield Row(sheet, heads.number, {}, [f"kolom {', '.join(doubled)} ada dua kali"])
    left_out = []
    for line in heads.lines:
        row = _row(sheet, places, line)
        if why := _aside(row, line, heads):
            left_out.append(f"baris {line.number} ({why}: “{asides.quoted(line.cells)}”)")
        elif any(row.cells.values()):
            yield row
        else:
            left_out.append(f"baris {line.number} (di luar kolom yang dibaca: “{asides.quoted(line.cells)}”)")
    if left_out:
        more = f", dan {formats.count(len(left_out) - NAMED)} baris lain" if len(left_out) > NAMED else ""
        notes.append(f"Lembar {sheet}: tidak dibaca sebagai isian: {', '.join(left_out[:NAMED])}{more}.")


def _row(sheet: str, places: Mapping[str, int], line: Line) -> Row:
    cells = {name: line.cells[place] if place < len(line.cells) else "" for name, place in places.items()}
    wrong = {name: line.faults[place] for name, place in places.items() if place in line.faults}
    for day in (SINCE, UNTIL):
        if wrong.get(day) == DATE:
            del wrong[day]
    faults = [_CELL_FAULTS[why].format(column=name, typed=cells[name]) for name, why in wrong.items()]
    return Row(sheet, line.number, cells, faults, wrong.keys())


def _aside(row: Row, line: Line, heads: Heads) -> str | None:
    """Why a line is no row to import, None where it is one: what is left empty must be what a row cannot lack."""
    if asides.are_numbers(line.cells, heads.cells):
        return asides.NUMBERS
    if asides.are_heads(line.cells, heads.cells):
        return asides.HEADS
    if sum(map(row.has, REQUIRED[row.sheet])) > len(REQUIRED[row.sheet]) // 2:
        return None
    if asides.is_sum([cell for cell in line.cells if not cell[:1].isdigit()]):
        return asides.SUM
    return asides.NOTE if asides.is_note(line.cells) else None


def _worth(wanted: Sequence[str], cells: Sequence[str]) -> float:
    """The share of the columns that a wanted sheet needs, of the sheet that has most of them."""
    names = set(map(_head, cells))
    return max(len(names.intersection(REQUIRED[sheet])) / len(REQUIRED[sheet]) for sheet in wanted)


def _sheet_with(wanted: Sequence[str], heads: Sequence[str]) -> str | None:
    """The sheet whose needed columns are all there; of several, the one with the most."""
    fitting = [sheet for sheet in wanted if set(REQUIRED[sheet]) <= set(heads)]
    return max(fitting, key=lambda sheet: len(set(COLUMNS[sheet]) & set(heads)), default=None)


def _head(cell: str) -> str:
    head = folded(cell.replace("_", " ")).strip("*: ")
    return _OTHER_HEADS.get(head, head)


def _said(words: Mapping[str, object]) -> list[str]:
    """One word for each meaning, the first."""
    first: dict[object, str] = {}
    for word, meaning in words.items():
        first.setdefault(meaning, word)
    return list(first.values())
