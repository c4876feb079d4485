from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from skm.output.recap import UnitSheet
from skm.output.workbook import worksheet, yearly_workbook
from skm.survey.problem import Problem
from tests.output.year import HYBRID, SIXTEEN, a_recap, a_unit, opened, random_scores, row_of

ELEMENTS = [f"U{number}" for number in range(1, 10)]


def test_the_recap_comes_first_then_the_units_then_the_basis() -> None:
    names = opened(a_unit(unit="Puskesmas I"), a_unit(unit="Puskesmas II")).sheetnames
    assert names == ["Rekap 2026", "01 Puskesmas I", "02 Puskesmas II", "Dasar Rekap 2026"]


def test_the_recap_has_the_default_columns() -> None:
    heads = row_of(opened(a_unit()).worksheets[0], "No")
    assert heads[:3] == ["No", "OPD/Unit Pelayanan Publik", "Periode Pelaksanaan"]
    assert heads[3:14] == [*ELEMENTS, "IKM", "Kategori"]
    assert heads[14:] == [
        "Jumlah Responden",
        "Metode SKM",
        "Unsur Prioritas Perbaikan",
        "Rencana Tindak Lanjut",
    ]


def test_the_recap_shows_the_values_of_a_unit() -> None:
    unit = a_unit(["444433333"] * 3)
    row = row_of(opened(unit).worksheets[0], 1)
    assert row[3:12] == [100, 100, 100, 100, 75, 75, 75, 75, 75]
    assert row[12:15] == [86.11, "B (Baik)", 3]


def test_a_figure_in_the_recap_leads_to_the_sheet_of_its_unit() -> None:
    row = row_of(opened(a_unit(unit="Puskesmas I"), formulas=True).worksheets[0], 1)
    assert all(str(formula).startswith("='01 Puskesmas I'!") for formula in row[3:15])


def test_the_recap_ends_with_value_and_grade_per_element_and_of_the_city() -> None:
    sheet = opened(a_unit(["4" * 9], "A"), a_unit(["3" * 9] * 3, "B")).worksheets[0]
    assert row_of(sheet, "IKM Kota Denpasar")[3:15] == [81.25] * 10 + ["B (Baik)", 4]
    assert row_of(sheet, "Mutu per unsur")[3:12] == ["B"] * 9


def test_the_figure_of_the_city_is_a_formula_too() -> None:
    row = row_of(opened(a_unit(unit="A"), a_unit(unit="B"), formulas=True).worksheets[0], "IKM Kota Denpasar")
    assert all(str(formula).startswith("='Dasar Rekap 2026'!") for formula in row[3:15])


def test_a_figure_by_another_rule_is_a_value_and_the_sheet_says_so() -> None:
    units = [a_unit(["4" * 9], "A"), a_unit(["3" * 9] * 3, "B")]
    recap = replace(a_recap(units), total=units[0].measure)
    sheet = opened(*units, recap=recap, formulas=True).worksheets[0]
    assert row_of(sheet, "IKM Kota Denpasar")[12] == 100
    assert "bukan rumus" in _text(sheet)


def test_the_recap_names_convention_instruments_rule_and_row_count() -> None:
    text = _text(opened(a_unit(weights="0.111")).worksheets[0])
    assert "Konvensi bobot: bobot 0,111 per unsur" in text
    assert "Kuesioner: Survei Kepuasan Masyarakat" in text
    assert "Angka Kota Denpasar: gabungan seluruh responden" in text
    assert "Jumlah baris: 1 unit; 4 jawaban" in text


def test_a_unit_without_answers_has_no_figures() -> None:
    unit = a_unit()
    row = row_of(opened(unit, recap=a_recap([unit], empty=["Kelurahan Serangan"])).worksheets[0], 2)
    assert row[3:15] == ["–"] * 9 + ["belum ada data", "belum ada data", 0]


def test_a_sheet_without_respondents_says_so() -> None:
    sheet = opened(a_unit(), a_unit([], "Kosong"))["02 Kosong"]
    assert row_of(sheet, "IKM Unit Pelayanan")[10] == "belum ada data"
    assert row_of(sheet, "NRR/Unsur")[1:10] == ["belum ada data"] * 9


def test_an_element_without_answers_leaves_the_index_open() -> None:
    sheet = opened(a_unit(["33333333-", "44444444-"])).worksheets[1]
    assert row_of(sheet, "NRR/Unsur")[1:10] == [3.5] * 7 + ["belum ada data", 3.5]
    assert row_of(sheet, "IKM UNIT PELAYANAN", column=2)[9] == "belum ada data"


def test_answers_go_to_their_element_by_code() -> None:
    sheet = opened(a_unit(["333333324"])).worksheets[1]
    assert row_of(sheet, "NO. RESP")[1:10] == ELEMENTS
    assert row_of(sheet, 1)[1:10] == [3, 3, 3, 3, 3, 3, 3, 4, 2]


def test_an_unanswered_item_is_an_empty_cell_and_no_zero() -> None:
    sheet = opened(a_unit(["3333-3333", "444444444"])).worksheets[1]
    assert row_of(sheet, 1)[5] is None
    assert row_of(sheet, "NRR/Unsur")[5] == 4


def test_the_bottom_rows_are_those_of_the_official_worksheet() -> None:
    sheet = opened(a_unit(["444433333", "444433333"])).worksheets[1]
    assert row_of(sheet, "Σ Nilai/Unsur")[1:10] == [8, 8, 8, 8, 6, 6, 6, 6, 6]
    assert row_of(sheet, "Jumlah Jawaban/Unsur")[1:10] == [2] * 9
    assert row_of(sheet, "NRR tertbg/Unsur")[10] == pytest.approx(31 / 9)
    assert row_of(sheet, "IKM Unit Pelayanan")[10] == 86.11


def test_the_bottom_rows_are_formulas() -> None:
    sheet = opened(a_unit(["4" * 9] * 2), formulas=True).worksheets[1]
    assert row_of(sheet, "Σ Nilai/Unsur")[1] == "=SUM(B10:B11)"
    assert row_of(sheet, "NRR/Unsur")[1] == '=IF(B13=0,"belum ada data",B12/B13)'
    assert row_of(sheet, "Bobot/Unsur")[1] == "=1/9"
    assert (
        row_of(sheet, "IKM Unit Pelayanan")[10]
        == '=IF(ISNUMBER(K16),ROUND(ROUND(K16*25,9),2),"belum ada data")'
    )


def test_a_rounded_weight_is_written_as_it_is() -> None:
    sheet = opened(a_unit(weights="0.11"), formulas=True).worksheets[1]
    assert row_of(sheet, "Bobot/Unsur")[1] == "=0.11"


def test_items_of_an_element_stand_together_below_its_code() -> None:
    sheet = opened(a_unit(random_scores(3, 16), instrument=SIXTEEN)).worksheets[1]
    assert row_of(sheet, "NO. RESP")[1:6] == ["U1", None, "U2", None, "U3"]
    assert row_of(sheet, "P1", column=2)[1:12] == [
        f"P{number}" for number in (1, 2, 3, 4, 6, 7, 10, 11, 12, 15, 16)
    ]


def test_an_element_with_several_items_has_the_mean_of_their_means() -> None:
    sheet = opened(a_unit(["1-" + "3" * 14, "34" + "3" * 14], instrument=SIXTEEN)).worksheets[1]
    assert row_of(sheet, "NRR/Pertanyaan")[1:3] == [2, 4]
    assert row_of(sheet, "NRR/Unsur")[1] == 3


def test_items_outside_the_index_follow_with_an_index_of_their_own() -> None:
    sheet = opened(a_unit(["3" * 16, "3" * 12 + "4433"], instrument=SIXTEEN)).worksheets[1]
    assert row_of(sheet, "NO. RESP")[12:] == ["IKM", "IPAK1", "IPAK2", "IPAK3", "IPAK4", "IPAK5", "IPAK"]
    assert row_of(sheet, "Indeks IPAK")[18] == 80


def test_a_unit_with_two_instruments_has_two_sheets_and_one_row() -> None:
    units = [a_unit(instrument=SIXTEEN, scores=["3" * 16]), a_unit(instrument=HYBRID, scores=["4" * 19] * 3)]
    book = opened(*units)
    assert book.sheetnames[1:3] == ["01 UPTD Puskesmas I Denpasar Ba", "01.2 UPTD Puskesmas I Denpasar"]
    assert row_of(book.worksheets[0], 1)[12:15] == [93.75, "A (Sangat Baik)", 4]


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "<r><b>x</b></r>", "https://contoh.invalid/"]
)
def test_text_is_never_a_formula_a_link_or_markup(name: str) -> None:
    unit = replace(a_unit(), address=name)
    value = row_of(opened(unit, formulas=True).worksheets[1], "ALAMAT")[1]
    assert str(value).strip() == name


def test_a_follow_up_that_looks_like_a_formula_stays_text() -> None:
    unit = a_unit()
    recap = a_recap([unit])
    rows = (replace(recap.rows[0], follow_up='=HYPERLINK("x")'),)
    row = next(
        opened(unit, recap=replace(recap, rows=rows), formulas=True).worksheets[0].iter_rows(min_row=10)
    )
    assert (row[17].value, row[17].data_type) == ('=HYPERLINK("x")', "s")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dinas [A]: B/C?*\\", "01 Dinas A BC"),
        ("Puskesmas 'I'", "01 Puskesmas 'I"),
        ("Kantor\n\tBaru", "01 KantorBaru"),
        ("Balai 😀", "01 Balai"),
        ("X" * 40, "01 " + "X" * 28),
    ],
)
def test_the_name_of_a_sheet_is_one_that_excel_accepts(name: str, expected: str) -> None:
    assert opened(a_unit(unit=name)).sheetnames[1] == expected


def test_names_that_begin_alike_stay_apart() -> None:
    units = [a_unit(unit="Kelurahan " + "A" * 30 + end) for end in "BC"]
    assert len(set(opened(*units).sheetnames)) == 4


def test_invented_answers_are_marked_on_every_sheet() -> None:
    unit = a_unit(demo=True)
    for sheet in opened(unit, recap=a_recap([unit], demo=True)).worksheets:
        assert str(sheet["A1"].value).startswith("DATA CONTOH")
        assert "DATA CONTOH" in sheet.oddHeader.center.text


def test_real_answers_carry_no_such_mark() -> None:
    assert not any("DATA CONTOH" in _text(sheet) for sheet in opened(a_unit()).worksheets)


def test_every_sheet_prints_on_a4_landscape_with_its_heads() -> None:
    for sheet in opened(a_unit()).worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows
        assert sheet.oddFooter.right.text == "Halaman &P dari &N"


def test_a_sheet_that_excel_could_not_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet, "MAX_ROWS", 63)
    with pytest.raises(Problem) as problem:
        opened(a_unit())
    assert (problem.value.key, problem.value.details["rows"]) == ("worksheet_too_long", 4)


def test_rows_other_than_those_counted_are_refused() -> None:
    unit = replace(a_unit(), scores=["4" * 9])
    with pytest.raises(ValueError, match="1 respondents were given, 4 were counted"):
        opened(unit)


def test_a_sheet_that_is_missing_is_refused() -> None:
    units = [a_unit(unit="A"), a_unit(unit="B")]
    with pytest.raises(ValueError, match="4 respondents were written, 8 were announced"):
        opened(units[0], recap=a_recap(units))


def test_the_document_is_given_in_chunks_and_leaves_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    units = [a_unit(random_scores(12_000, 9))]
    document = yearly_workbook(a_recap(units), iter(units))
    assert isinstance(document.content, Iterator)
    assert len(list(document.content)) > 1
    assert document.name == "rekap-skm-2026.xlsx"
    assert list(tmp_path.iterdir()) == []


def test_respondents_are_read_one_at_a_time() -> None:
    unit: UnitSheet = a_unit()
    assert isinstance(unit.scores, Iterator)
    assert row_of(opened(unit).worksheets[1], "JUMLAH RESPONDEN", column=2)[9] == 4


def _text(sheet: object) -> str:
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)  # type: ignore[attr-defined]
