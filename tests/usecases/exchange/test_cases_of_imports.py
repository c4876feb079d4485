"""Spreadsheets to import as offices send them: what is read, what is refused, and what is said."""

import io
import re
import zipfile

import openpyxl
import pytest

from skm.store import organisations
from skm.survey.problem import Problem
from skm.usecases.city import counter_cards
from skm.usecases.exchange import spreadsheet
from tests.cases import case
from tests.conftest import DEED, NOON
from tests.spreadsheets import EVERYTHING, csv, saved, xlsx


@pytest.fixture
def plan(db):
    return lambda content: spreadsheet.plan_import(db, EVERYTHING, content, "kota.xlsx", NOON)


@pytest.fixture
def apply(db):
    return lambda content: spreadsheet.apply_import(db, DEED, EVERYTHING, content, "kota.xlsx")


def unit(db, code):
    return organisations.find(db, code)


def services(db, code):
    return [(each.name, each.yearly_visitors) for each in organisations.services_of(db, unit(db, code).id)]


def faults(plan):
    return [(row.sheet, row.number, row.words) for row in plan.faults]


def test_a_title_with_commas_does_not_choose_the_separator(db, apply):
    assert apply(case("title-with-commas.csv")).counts["new"] == 2
    assert unit(db, "dinkes").name == "Dinas Kesehatan"


def test_strict_open_xml_is_read(db, apply):
    assert apply(case("strict-open-xml.xlsx")).counts["new"] == 5
    assert services(db, "pkm-1") == [("Poli Umum", 12000)]


def test_a_sheet_with_another_name_is_named_loudly(plan):
    (note,) = plan(case("sheet-with-another-name.xlsx")).notes
    assert note.startswith(
        "PERHATIAN: lembar “Layanan 2026” tidak dibaca, padahal kolomnya seperti lembar Layanan"
    )


def test_sheets_of_another_kind_are_named_quietly(plan):
    content = xlsx(Organisasi=[["kota", "", "pemerintah daerah", "Kota"]], Grafik=[["x"]], Petunjuk=[["isi"]])
    assert "Lembar yang tidak dibaca: Grafik, Petunjuk." in plan(content).notes


def test_a_code_is_read_as_its_cell_shows_it(db, apply):
    apply(case("code-shown-as-002.xlsx"))
    assert (unit(db, "002").phone, unit(db, "2")) == ("0361234567", None)
    assert services(db, "002") == [("Poli Gigi", 900)]


def test_a_decimal_is_no_count(plan):
    said = faults(plan(case("visitors-number-1.234.xlsx")))
    assert said == [("Layanan", 2, "pengunjung setahun “1,234” bukan bilangan bulat di atas nol")]


def test_an_exponent_is_refused_and_a_telephone_without_its_nought_warned_of(plan):
    shown = plan(case("phone-in-scientific-notation.csv"))
    ((_, number, words),) = [fault for fault in faults(shown) if "belum benar" not in fault[2]]
    assert (number, words[:36]) == (3, "kolom telepon berisi “6,28123E+12”, ")
    shown = plan(case("phone-in-scientific-notation.csv").replace(b"6,28123E+12", b""))
    assert (shown.faults, [note for note in shown.notes if "baris 4 (361234567)" in note]) == (
        (),
        list(shown.notes),
    )


@pytest.mark.parametrize(
    "phone", ["0361-424801", "(0361) 424801", "+62 361 424801", "112", "1500-046", "", "021.1"]
)
def test_a_telephone_that_is_whole_is_not_warned_of(plan, phone):
    assert plan(csv("Organisasi", f"k;;pemerintah daerah;Kota;;{phone};")).notes == ()


def test_names_with_other_apostrophes_are_one_service(db, apply):
    for name in ("apostrophe-0-organisations.csv", "apostrophe-1-first.csv"):
        apply(case(name))
    changed = apply(case("apostrophe-2-then.csv"))
    assert (changed.counts["new"], changed.counts["changed"]) == (0, 1)
    assert services(db, "pkm-1") == [("Poli Jum’at", 1000)]


def test_escaped_signs_are_read_and_names_in_many_scripts_come_in(db, apply):
    assert apply(case("names-in-many-scripts.xlsx")).counts["fault"] == 0
    assert unit(db, "u3").name == "Unit A aneh"
    assert unit(db, "u5").name == "ᬧᭂᬒᭂᬓ᭄ᬬᬸᬲ᭄ ᬤᬾᬮ᭄"
    sent = spreadsheet.export_organisations(db, NOON)
    again = spreadsheet.plan_import(db, EVERYTHING, sent.content, sent.name, NOON)
    assert tuple(again.counts.values()) == (0, 0, 19 + 17 + 17, 0)


def test_names_that_no_poster_can_show_are_named(db, plan, apply):
    (note,) = [note for note in plan(case("names-in-many-scripts.xlsx")).notes if "dicetak" in note]
    shown = re.findall(r"Organisasi baris (\d+)", note)
    assert shown == ["8", "9", "18", "19"]  # an emoji, Balinese, Arabic and Chinese
    apply(case("names-in-many-scripts.xlsx"))
    cards = counter_cards.all_cards(db, "dinkes", "https://skm.example.go.id", NOON)
    assert set(counter_cards.unprintable(cards)) == {"Puskesmas 😀 Senyum", "ᬧᭂᬒᭂᬓ᭄ᬬᬸᬲ᭄ ᬤᬾᬮ᭄", "مكتب", "中文"}


def test_a_name_that_looks_escaped_goes_out_and_comes_in_as_it_is(db, apply):
    apply(csv("Organisasi", "k;;pemerintah daerah;Kota _x0041_;;;"))
    sent = spreadsheet.export_organisations(db, NOON)
    assert spreadsheet.plan_import(db, EVERYTHING, sent.content, sent.name, NOON).counts["same"] == 1


def test_notes_sums_and_numbers_of_columns_are_named_and_not_taken_for_rows(plan):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Layanan"
    for row in (
        ["Daftar layanan"],
        ["unit kode", "nama", "pengunjung setahun"],
        ["(1)", "(2)", "(3)"],
        ["x", "Poli", 9],
    ):
        page.append(row)
    for row in (
        ["Jumlah", None, 9],
        ["Catatan: data sementara"],
        [None, "Keterangan:"],
        [None, None, None, "lain"],
    ):
        page.append(row)
    shown = plan(saved(book))
    assert [row.number for row in shown.rows] == [4]
    _, note = shown.notes
    assert "baris 3 (nomor kolom: “(1) (2) (3)”), baris 5 (jumlah atau rata-rata: “Jumlah 9”)" in note
    assert "baris 6 (catatan: “Catatan: data sementara”), baris 7" in note
    assert "baris 8 (di luar kolom yang dibaca: “lain”)" in note


@pytest.mark.parametrize("row", ["x;;;", ";;;Dinas", "Jumlah;;perangkat daerah;Dinas Jumlah"])
def test_a_row_that_lacks_something_is_still_a_faulty_row(plan, row):
    assert len(plan(csv("Organisasi", f"{row};;;")).faults) == 1


def test_heads_may_stand_in_two_lines_with_merged_cells(plan):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Organisasi"
    page.append(["kode", "organisasi", None, None, "alamat"])
    page.append([None, "induk", "jenis", "nama"])
    page.merge_cells("B1:D1")
    page.merge_cells("A1:A2")
    page.append(["kota", None, "pemerintah daerah", "Kota", "Jalan 1"])
    shown = plan(saved(book))
    assert [(row.number, row.outcome) for row in shown.rows] == [(3, "new")]


def test_what_only_looks_like_a_workbook_is_refused_with_the_reason(plan):
    for part, key in (("content.xml", "import_other_workbook"), ("xl/workbook.bin", "import_other_workbook")):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as out:
            out.writestr(part, "x")
        with pytest.raises(Problem, match=key):
            plan(file.getvalue())
    with pytest.raises(Problem, match="import_pdf"):
        plan(b"%PDF-1.7 ...")
