"""What is said of those who answered: values in, sentences out."""

from decimal import Decimal
from fractions import Fraction

import pytest

from skm import ikm
from skm.figures.figure import Result
from skm.figures.respondents import Respondents, Row, Table
from skm.survey.organisation import Organisation
from skm.survey.period import quarter, year
from skm.survey.respondent import NOT_ANSWERED
from skm.survey.small_cells import MERGED
from skm.wording.respondents import group_tables, lines, respondents_text

UNIT = Organisation("u", "g", "g/u/", "unit", "puskesmas", "Puskesmas", "", "", "Asia/Makassar")
LAST = quarter(2025, 4)
BELOW = ikm.Change(Decimal("-20"), True)
ABOVE = ikm.Change(Decimal("20"), True)


def a_result(n: int, index: str | None = "82.50", grade: str | None = "B") -> Result:
    """A result with this index, of so many answers."""
    value = None if index is None else Decimal(index)
    exact = None if value is None else Fraction(value)
    return Result(ikm.Measure(n, "exact", (), exact, value, grade, {}, False, None), ("permenpan-14-2017",))


def a_row(code: str, n: int, index: str = "82.50", grade: str = "B", apart: ikm.Change | None = None) -> Row:
    return Row(code, n, a_result(n, index, grade), apart)


SEX = Table(
    "sex", {"L": "Laki-laki", "P": "Perempuan"}, (a_row("L", 30), a_row("P", 60), a_row(NOT_ANSWERED, 10))
)


def answered(n: int = 100, tables=(SEX,), until=LAST, waiting: int = 0, left_out: int = 0):
    """Who answered in 2025."""
    known = year(2025)
    return Respondents(UNIT, (), (known,), known, until, a_result(n), waiting, left_out, tables)


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_the_larger_sex_is_named_first_and_who_said_nothing_is_not():
    assert plain(respondents_text(answered()).headline) == "Perempuan 60 %, laki-laki 30 %."


def test_without_sexes_or_answers_the_headline_says_so():
    assert respondents_text(answered(1234, ())).headline == "1.234 responden."
    assert respondents_text(answered(0, ())).headline == "Belum cukup jawaban."


@pytest.mark.parametrize(
    ("heading", "label", "words"),
    [
        ("age", "17–25", "usia 17–25 tahun (62,50; n = 20)"),
        ("sex", "Laki-laki", "laki-laki (62,50; n = 20)"),
        ("education", "SMA", "pendidikan SMA (62,50; n = 20)"),
        ("disability", "Ya", "penyandang atau pendamping disabilitas: ya (62,50; n = 20)"),
        ("hour", "08–12", "jam mengisi 08–12 (62,50; n = 20)"),
    ],
)
def test_a_group_that_rates_lower_is_named_with_its_number(heading, label, words):
    table = Table(heading, {"x": label}, (a_row("x", 20, "62.50", "D", BELOW),))
    assert respondents_text(answered(tables=(table,))).lower == (
        f"Menilai lebih rendah daripada yang lain: {words}."
    )


def test_three_groups_are_named_and_the_others_counted():
    rows = tuple(a_row(str(number), 20, "62.50", "D", BELOW) for number in range(5))
    lower = respondents_text(answered(tables=(Table("service", {}, rows),))).lower
    assert lower.endswith("; layanan 2 (62,50; n = 20); dan 2 kelompok lain.")


def test_where_none_clearly_rates_lower_it_says_so():
    table = Table("age", {}, (a_row("x", 20, apart=ABOVE),))
    assert respondents_text(answered(tables=(table,))).lower == (
        "Tidak ada kelompok yang jelas menilai lebih rendah daripada yang lain."
    )
    assert respondents_text(answered(0, ())).lower == ""


@pytest.mark.parametrize(
    ("until", "n", "words"),
    [
        (quarter(2025, 4), 100, "Dari 100 jawaban, tahun 2025."),
        (quarter(2025, 1), 60, "Dari 60 jawaban, tahun 2025 sampai Triwulan I 2025."),
        (
            None,
            0,
            "Tahun 2025. Tabel tampil setelah satu triwulan berakhir dan sedikitnya 50 jawaban "
            "terkumpul di satu unit.",
        ),
    ],
)
def test_what_the_tables_are_made_of_is_said(until, n, words):
    assert respondents_text(answered(n, until=until)).source == words


def test_what_waits_and_what_is_left_out_is_counted():
    over = respondents_text(answered(waiting=4, left_out=1200)).warnings
    assert over[0] == "4 jawaban tidak termasuk: jumlahnya di satu unit kurang dari 5."
    assert over[1] == "1.200 jawaban dari kuesioner dengan unsur lain tidak ikut dihitung di sini."
    (waiting,) = respondents_text(answered(waiting=3, until=quarter(2025, 1))).warnings
    assert waiting.startswith("3 jawaban belum termasuk: triwulannya belum berakhir")


def test_a_table_has_its_groups_with_their_parts():
    table = Table("age", {"a": "17–25"}, (a_row("a", 20, "62.50", "D", BELOW), a_row(MERGED, 40)))
    (shown,) = group_tables(answered(tables=(table, Table("sex", {}, ()))))
    young, merged = shown.groups
    assert (shown.title, young.label, str(young.percent), young.lower) == (
        "Usia (tahun)",
        "17–25",
        "33.3",
        True,
    )
    assert (young.index, young.grade, young.kinerja) == (Decimal("62.50"), "D", "Tidak Baik")
    assert (merged.label, merged.rest, merged.lower) == ("Digabung (kelompok kecil)", True, False)


def test_a_line_of_the_file_has_plain_numbers():
    first = next(lines(answered(), "DATA CONTOH"))
    assert first == (
        "2025",
        "Puskesmas",
        "Jenis kelamin",
        "Laki-laki",
        "30",
        "30.0",
        "82.50",
        "B",
        "DATA CONTOH",
    )
