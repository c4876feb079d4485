"""Who answered, in words: the finding on top, what waits, and the tables with their labels."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm import ikm
from skm.figures.respondents import Respondents, Row, Table
from skm.i18n import formats
from skm.survey.respondent import NOT_ANSWERED, NOT_ASKED
from skm.survey.small_cells import MERGED, PART, QUARTERS, K
from skm.wording import spans
from skm.wording.shares import share

TITLES = {
    "sex": "Jenis kelamin",
    "age": "Usia (tahun)",
    "education": "Pendidikan",
    "occupation": "Pekerjaan",
    "disability": "Penyandang atau pendamping disabilitas",
    "service": "Layanan",
    "hour": "Jam mengisi",
    "channel": "Saluran",
}
REST = {
    NOT_ANSWERED: "Tidak menjawab",
    NOT_ASKED: "Tidak ditanyakan",
    MERGED: "Digabung (kelompok kecil)",
}
HEADS = ("Tahun", "Organisasi", "Menurut", "Kelompok", "Jawaban", "Persen", "IKM", "Mutu", "Catatan")
_IN_A_SENTENCE = {
    "sex": "{}",
    "age": "usia {} tahun",
    "disability": "penyandang atau pendamping disabilitas: {}",
}
_NAMED = 3  # groups in the sentence on top


@dataclass(frozen=True)
class RespondentsText:
    """What is said above the tables: the shares of the sexes, the groups that rate `lower`, what all is made of."""

    headline: str
    lower: str
    source: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """A row of a table as it is read; `rest` are those in no group, `lower` rates lower than all others."""

    label: str
    n: int
    percent: Decimal  # of all in the table, to one decimal
    measure: ikm.Measure | None
    rest: bool
    lower: bool

    @property
    def index(self) -> Decimal | None:
        """The index of the group."""
        return self.measure.index if self.measure else None

    @property
    def grade(self) -> str | None:
        """The grade of that index."""
        return self.measure.grade if self.measure else None

    @property
    def kinerja(self) -> str:
        """The word of that grade."""
        return ikm.KINERJA[self.grade] if self.grade else ""


@dataclass(frozen=True)
class GroupTable:
    """The groups under one heading."""

    code: str
    title: str
    groups: tuple[Group, ...]


def respondents_text(answered: Respondents) -> RespondentsText:
    """Everything that is said above the tables."""
    warnings = (_waiting(answered), _left_out(answered))
    return RespondentsText(
        _sexes(answered), _lower(answered), _source(answered), tuple(filter(None, warnings))
    )


def group_tables(answered: Respondents) -> list[GroupTable]:
    """The tables that have rows."""
    return [_table(table) for table in answered.tables if table.rows]


def lines(answered: Respondents, note: str) -> Iterator[tuple[str, ...]]:
    """All tables as rows of a file, under HEADS; `note` stands in each."""
    for table in group_tables(answered):
        for group in table.groups:
            index = "" if group.index is None else str(group.index)
            numbers = (str(group.n), str(group.percent), index, group.grade or "")
            yield (answered.year.code, answered.organisation.name, table.title, group.label, *numbers, note)


def _sexes(answered: Respondents) -> str:
    """The shares of the sexes, the larger first: `Perempuan 61 %, laki-laki 35 %.`"""
    if not answered.result.n:
        return "Belum cukup jawaban."
    pairs = [(table, row) for table in answered.tables if table.heading == "sex" for row in table.rows]
    groups = sorted((pair for pair in pairs if pair[1].code not in REST), key=lambda pair: -pair[1].n)
    words = ", ".join(
        f"{_label(*pair).lower()} {share(Fraction(pair[1].n, answered.result.n))}" for pair in groups
    )
    return f"{words[0].upper()}{words[1:]}." if words else f"{formats.count(answered.result.n)} responden."


def _lower(answered: Respondents) -> str:
    """Which groups rate lower than the others, as far as that is no chance."""
    if not answered.result.n:
        return ""
    if not answered.lower:
        return "Tidak ada kelompok yang jelas menilai lebih rendah daripada yang lain."
    groups = [_group_in_a_sentence(table, row) for table, row in answered.lower[:_NAMED]]
    if others := len(answered.lower) - len(groups):
        groups.append(f"dan {others} kelompok lain")
    return f"Menilai lebih rendah daripada yang lain: {'; '.join(groups)}."


def _source(answered: Respondents) -> str:
    """How many answers the tables are made of, and of which time; or when there will be some."""
    if not answered.result.n or answered.until is None:
        return (
            f"Tahun {answered.year.code}. Tabel tampil setelah satu triwulan berakhir dan "
            f"sedikitnya {PART} jawaban terkumpul di satu unit."
        )
    until = "" if _is_over(answered) else f" sampai {spans.name(answered.until)}"
    return f"Dari {formats.count(answered.result.n)} jawaban, tahun {answered.year.code}{until}."


def _label(table: Table, row: Row) -> str:
    """What a group is called in its table."""
    return REST.get(row.code) or table.labels.get(row.code, row.code)


def _group_in_a_sentence(table: Table, row: Row) -> str:
    """A group with its index and number: `usia 17–25 tahun (81,20; n = 34)`."""
    name = _label(table, row).lower() if table.heading in ("sex", "disability") else _label(table, row)
    words = _IN_A_SENTENCE.get(table.heading, f"{TITLES[table.heading].lower()} {{}}").format(name)
    measure = row.result.measure
    return f"{words} ({formats.number(measure.index if measure else None)}; n = {formats.count(row.n)})"


def _is_over(answered: Respondents) -> bool:
    """Whether the last quarter of the year is over."""
    return answered.until is not None and answered.until.code.endswith(str(QUARTERS))


def _waiting(answered: Respondents) -> str:
    n = formats.count(answered.waiting)
    if not answered.waiting:
        return ""
    if _is_over(answered):
        return f"{n} jawaban tidak termasuk: jumlahnya di satu unit kurang dari {K}."
    return (
        f"{n} jawaban belum termasuk: triwulannya belum berakhir, atau di unitnya masih kurang dari {PART}."
    )


def _left_out(answered: Respondents) -> str:
    if not answered.left_out:
        return ""
    return f"{formats.count(answered.left_out)} jawaban dari kuesioner dengan unsur lain tidak ikut dihitung di sini."


def _table(table: Table) -> GroupTable:
    n = sum(row.n for row in table.rows)
    groups = tuple(
        Group(
            label=_label(table, row),
            n=row.n,
            percent=ikm.round_half_up(Fraction(100 * row.n, n), 1),
            measure=row.result.measure,
            rest=row.code in REST,
            lower=bool(row.apart and row.apart.points < 0),
        )
        for row in table.rows
    )
    return GroupTable(table.heading, TITLES[table.heading], groups)
