"""Tables of answers as forms and offices bring them: what is a respondent, and what is not."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skm.output.reading.tables import read_tables
from skm.output.workbook import yearly_workbook
from skm.survey.instrument_file import builtin
from skm.survey.problem import Problem
from skm.usecases.exchange.answer_table import find_answers
from skm.usecases.exchange.calculate import calculate
from tests.cases import case
from tests.output.year import a_recap, a_unit, random_scores

ANNEX = builtin()["permenpan-14-2017"]
CODES = [f"P{number}" for number in range(1, 10)]
HEADER = ";".join(CODES)
ALL_FOUR = ";".join("4" * 9)
ALL_THREE = ";".join("3" * 9)


def of(*lines, **options):
    return calculate("\n".join(lines).encode(), ANNEX, **options)


def totals(calculation):
    return [figure.total for figure in calculation.measure.elements]


def left_out(calculation):
    return [row.line for row in calculation.left_out]


def refused(*lines, **options):
    with pytest.raises(Problem) as caught:
        of(*lines, **options)
    return caught.value.key, caught.value.details.get("row"), caught.value.details.get("column")


def a_book(*rows, title="Jawaban", others=()):
    """The bytes of a workbook with a sheet of rows, and empty sheets beside it."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name in others:
        book.create_sheet(name)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "excel-sep-line.csv",
        "excel-unicode-text.txt",
        "zero-width-in-a-score.csv",
    ],
)
def test_a_file_is_read_whatever_excel_wrote_around_it(name):
    # 4;3;4;4;3;4;3;4;4 by items: P8 is U9 and P9 is U8, both 4.
    assert totals(calculate(case(name), ANNEX)) == [4, 3, 4, 4, 3, 4, 3, 4, 4]


@pytest.mark.parametrize("name", ["scores-as-decimals.csv", "scores-as-decimals-comma.csv"])
def test_a_score_may_be_written_with_noughts_behind_it(name):
    result = calculate(case(name), ANNEX)
    assert (result.measure.n, totals(result)) == (2, [7, 6, 4, 8, 6, 8, 6, 8, 8])


@pytest.mark.parametrize("name", ["kobo-group-names.csv", "limesurvey-code-and-text.csv"])
def test_codes_are_found_in_longer_heads(name):
    assert totals(calculate(case(name), ANNEX)) == [4, 3, 3, 4, 3, 3, 3, 3, 3]


def test_whole_questions_and_answers_in_words_are_read():
    result = calculate(case("google-forms.csv"), ANNEX)
    assert (result.measure.n, totals(result)) == (2, [7, 6, 6, 8, 6, 6, 6, 7, 6])
    assert "dibaca sebagai P1" in result.notes[0]


def test_both_shapes_of_timestamps_are_the_same_day():
    result = calculate(case("google-forms.csv"), ANNEX, day="Timestamp")
    assert result.measure.interval is None  # both on one day
    assert "Tanggal dibaca dengan bulan lebih dahulu, seperti 4/22/2026." in result.notes


def test_notes_below_the_table_are_named_and_not_counted():
    result = calculate(case("notes-below-the-table.csv"), ANNEX)
    assert (result.measure.n, left_out(result)) == (3, [5, 6, 7, 8])
    assert result.left_out[0].why == "catatan: “Catatan: data per 31 Desember 2025”"


@pytest.mark.parametrize("name", ["worksheet-two-line-head.csv", "worksheet-two-line-head.xlsx"])
def test_the_worksheet_of_an_office_is_read_below_its_heads_and_above_its_sums(name):
    result = calculate(case(name), ANNEX)
    # The sums of the worksheet itself; the nought in row 14 is an empty cell, so U4 has 37 of 11 answers.
    assert totals(result) == [38, 40, 42, 37, 38, 32, 36, 39, 34]
    assert [figure.n for figure in result.measure.elements] == [12, 12, 12, 11, 12, 12, 12, 12, 12]
    assert left_out(result) == [22, 23, 24, 25, 27, 28, 29, 30, 31]
    assert any("0 dibaca sebagai sel kosong" in note and "baris 14" in note for note in result.notes)


def test_a_sheet_of_our_own_yearly_workbook_gives_its_index_again():
    unit = a_unit(random_scores(40, 9, 0.1, 1), "Unit 1")
    book = b"".join(yearly_workbook(a_recap([unit]), iter([unit])).content)
    result = calculate(book, ANNEX, sheet="01 Unit 1")
    assert (result.measure.n, result.measure.exact) == (40, unit.measure.exact)
    assert result.notes == ("Lembar yang tidak dibaca: Rekap 2026, Dasar Rekap 2026.",)


def test_a_table_below_the_sums_is_not_taken_for_respondents():
    legend = [
        "Nilai;Interval",
        "4;3,5324 - 4,00;A;Sangat baik",
        "3;3,0644;B;Baik",
        "1;4",
        "U1;Persyaratan;3,5",
    ]
    result = of(f"No;{HEADER}", f"1;{ALL_FOUR}", f"NRR{';4' * 9}", *legend)
    assert (result.measure.n, left_out(result)) == (1, [3, 4, 5, 6, 7, 8])


@pytest.mark.parametrize(
    "label",
    [
        "Jumlah", "JML.", "Total", "Σ", "∑ Nilai/Unsur", "ΣNilai", "Rata-rata", "Rata - rata", "Rerata",
        "NRR", "NRR / unsur", "NRR tertimbang per unsur", "NRR tertbg", "Nilai rata-rata", "IKM Unit Pelayanan",
        "Bobot", "Mutu", "Nilai Indeks", "Jumlah Jawaban/Unsur",
    ],
)  # fmt: skip
def test_sums_and_means_are_no_respondents_even_where_they_could_be_scores(label):
    result = of(
        f"No;{HEADER}", f"1;{ALL_FOUR}", f"2;{ALL_THREE}", f"{label};{ALL_THREE}", f"{label};;{ALL_THREE[2:]}"
    )
    assert (result.measure.n, left_out(result)) == (2, [4, 5])


@pytest.mark.parametrize("name", ["Jumlah Nasution", "Total puas", "Bobotsari", "NRR Wati"])
def test_a_respondent_whose_cell_begins_like_a_sum_counts(name):
    assert of(f"Nama;{HEADER}", f"{name};{ALL_FOUR}").measure.n == 1


def test_the_label_of_a_sum_may_stand_under_the_first_question():
    result = of(HEADER, ALL_FOUR, f"Jumlah{';4' * 8}", f"Rata-rata{';4,00' * 8}")
    assert (result.measure.n, left_out(result)) == (1, [3, 4])


def test_numbers_of_columns_and_repeated_heads_are_no_respondents():
    numbers = ";".join(f"({number})" for number in range(1, 11))
    result = of(f"No;{HEADER}", numbers, f"1;{ALL_FOUR}", f"No;{HEADER}", f"2;{ALL_THREE}")
    assert (result.measure.n, left_out(result)) == (2, [2, 4])


def test_a_nought_elsewhere_is_refused_for_it_may_be_a_scale_from_nought():
    assert refused(HEADER, ALL_FOUR, f"0{ALL_FOUR[1:]}") == ("value_outside_scale", 3, "P1")
    result = of(HEADER, ALL_FOUR, f"0{ALL_FOUR[1:]}", ALL_THREE, skip_invalid=True)
    assert (result.measure.n, [problem.details["row"] for problem in result.skipped]) == (2, [3])


def test_a_wrong_value_below_the_table_is_no_note():
    assert refused(HEADER, ALL_FOUR, f"5{ALL_FOUR[1:]}") == ("value_outside_scale", 3, "P1")
    sums = f"Jumlah{';4' * 9}"
    assert refused(f"No;{HEADER}", f"1;{ALL_FOUR}", sums, f"2;5{ALL_FOUR[1:]}")[0] == "value_outside_scale"


def test_respondents_below_the_sum_of_a_page_count():
    result = of(f"No;{HEADER}", f"1;{ALL_FOUR}", f"Jumlah{';4' * 9}", f"2;{ALL_THREE}")
    assert (result.measure.n, left_out(result)) == (2, [3])


def test_a_workbook_is_read_with_its_days():
    days = [date(2026, 3, 1 + number // 2) for number in range(12)]
    rows = [[day, *("4433"[number % 4] * 9)] for number, day in enumerate(days)]
    result = calculate(a_book(["Tanggal", *CODES], *rows), ANNEX)
    assert (result.measure.n, result.measure.interval.by) == (12, "days")


def test_sheets_without_answers_are_named():
    result = calculate(a_book(CODES, list("444444444"), others=["Grafik", "Isian"]), ANNEX)
    assert result.notes == ("Lembar yang tidak dibaca: Grafik, Isian.",)


def test_of_several_sheets_with_answers_one_must_be_chosen():
    book = openpyxl.load_workbook(io.BytesIO(a_book(CODES, list("444444444"), title="Juli")))
    book.copy_worksheet(book.active).title = "Agustus"
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(Problem, match="answers_in_several_sheets"):
        calculate(file.getvalue(), ANNEX)
    assert calculate(file.getvalue(), ANNEX, sheet="agustus").measure.n == 1
    with pytest.raises(Problem, match="sheet_missing"):
        calculate(file.getvalue(), ANNEX, sheet="Mei")


def test_what_is_wrong_in_a_workbook_is_said_with_its_sheet():
    for value, key in (
        ("9", "value_outside_scale"),
        ("=1+2", "answer_formula"),
        (date(2026, 1, 4), "answer_unusable"),
    ):
        with pytest.raises(Problem, match=key) as caught:
            calculate(a_book(["Judul"], CODES, [value, *"44444444"]), ANNEX)
        assert (caught.value.details["row"], caught.value.details["column"]) == ("3 di lembar Jawaban", "P1")


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        ("Sangat sesuai", "4"), ("SANGAT SESUAI", "4"), ("3. Sesuai", "3"),
        ("(2) Kurang sesuai", "2"), ("a. Tidak sesuai", "1"), ("d) Sangat sesuai", "4"), ("Very well", "4"),
        ("Anut pisan", "4"), ("Kurang baik", "2"), ("4\u200b", "4"), ("\u00a03 ", "3"),
    ],
)  # fmt: skip
def test_answers_are_read_in_words(cell, score):
    table = find_answers(read_tables(f"{HEADER}\n{cell}{';4' * 8}".encode()), ANNEX)
    (respondent,) = table.respondents()
    assert respondent.scores[0] == score


@pytest.mark.parametrize("cell", ["3. Sangat sesuai", "4 orang", "c. Sangat sesuai", "Sesuai sekali"])
def test_words_that_are_no_option_are_refused(cell):
    assert refused(HEADER, f"{cell}{';4' * 8}") == ("value_outside_scale", 2, "P1")


@pytest.mark.parametrize(
    "heads",
    [
        [f"grup/bagian/{code}" for code in CODES],
        [f"[{code}] Pertanyaan" for code in CODES],
        [f"U{number} Unsur" for number in range(1, 10)],
        [element.name["id"] for element in ANNEX.elements],
        [f"{number}. {item.text['en']}" for number, item in enumerate(ANNEX.items, 1)],
        [f"Catatan: {code}" for code in CODES] + [f"{code}. Pertanyaan" for code in CODES],
    ],
    ids=["path", "bracket", "element", "name", "english", "remarks beside"],
)
def test_heads_name_a_question_in_many_ways(heads):
    row = ["x"] * (len(heads) - 9) + list("444444444")
    assert of(";".join(f'"{head}"' for head in heads), ";".join(row)).measure.exact == 100


def test_a_remark_to_a_question_is_not_the_question():
    heads = [*CODES, "P1[comment]. Bagaimana [Komentar]", "Saran untuk pelayanan dan kecepatan waktu"]
    assert of(";".join(heads), f"{ALL_FOUR};lama;").measure.n == 1


def test_days_with_the_day_first_and_the_month_first_do_not_mix():
    key, row, column = refused(f"tanggal;{HEADER}", f"22/4/2026;{ALL_FOUR}", f"4/22/2026;{ALL_FOUR}")
    assert (key, row, column) == ("day_invalid", 2, "tanggal")


def test_days_that_could_be_either_have_the_day_first():
    rows = [f"0{1 + number // 4}/03/2026;{ALL_FOUR if number % 2 else ALL_THREE}" for number in range(24)]
    result = of(f"tanggal;{HEADER}", *rows)
    assert result.measure.interval.by == "days"
    (note,) = result.notes
    assert note.startswith("Tanggal seperti 01/03/2026 dibaca dengan hari lebih dahulu; ")
    assert of(f"tanggal;{HEADER}", *rows, f"22/03/2026;{ALL_FOUR}").notes == ()


ROWS = st.lists(st.lists(st.sampled_from("1234 "), min_size=9, max_size=9), min_size=1, max_size=8)
ABOVE = st.lists(
    st.sampled_from(["PENGOLAHAN DATA SKM", "Unit: Puskesmas, Kota; 2026", "", "Alamat: Jalan 1"]), max_size=4
)
BELOW = st.lists(
    st.sampled_from(
        [
            "Jumlah;38;40;41",
            "NRR/unsur;4;3;4;4;3;4;3;4;4",
            "Rata-rata;3,5;3,2",
            "Catatan: sementara",
            "Σ;4",
            "",
        ]
    )
)


@given(
    rows=ROWS,
    above=ABOVE,
    below=BELOW,
    sign=st.sampled_from(";,\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    shape=st.sampled_from(["{}", "{}.0", "{}.00", " {} ", "{}"]),
)
def test_whatever_surrounds_the_answers_the_figures_are_the_same(rows, above, below, sign, encoding, shape):
    assume(encoding != "cp1252" or not any("Σ" in line for line in below))
    out = io.StringIO()
    table = csv.writer(out, delimiter=sign)
    table.writerows([line] for line in above)
    table.writerow(["No", *CODES])
    for number, scores in enumerate(rows, 1):
        table.writerow([number, *(shape.format(score) if score.strip() else "" for score in scores)])
    table.writerows(line.split(";") for line in below)
    result = calculate(out.getvalue().encode(encoding), ANNEX)
    plain = calculate([HEADER + "\n", *(";".join(scores) + ";\n" for scores in rows)], ANNEX)
    assert totals(result) == totals(plain)
    empty = sum(not "".join(scores).strip() for scores in rows)
    assert result.measure.n == len(rows)
    assert plain.measure.n == len(rows) - empty
    assert len(result.left_out) == sum(map(bool, below))
