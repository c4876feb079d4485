"""The pages that explain a figure: how it was computed, priorities, every unit by element."""

import re
from csv import reader
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook

from skm.store import organisations
from skm.store.database import writing
from skm.survey.period import MEAN_OF_UNITS
from tests.builders import a_period, answered, decided

UNIT = "/organisations/uptd-puskesmas-i-denpasar-barat"
CITY = "/organisations/pemerintah-kota-denpasar"


def spaced(visitor, address):
    """The words of a page with its cells apart."""
    page = visitor.get(address).get_data(as_text=True)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def some(db, city):
    """Ten answers by all, question 3 the lowest; two of them at another counter and hour, lower still."""
    for day in range(10, 15):
        answered(db, city, "443444444", f"2026-06-{day}")
        answered(db, city, "441444334", f"2026-06-{day}", local_hour=9, service_id=city.services[1].id)


def test_the_method_can_be_done_by_hand(agus, some):
    words = spaced(agus, f"{UNIT}/method")
    # U3: 5 x 3 + 5 x 1 = 20 over 10; U7 and U9: 5 x 4 + 5 x 3 = 35; the others 40.
    for said in ("P3 U3 5 0 5 0 0 10 20", "U3 Waktu Penyelesaian 20 10 2,000000 1/9 0,222222"):
        assert said in words
    assert "× 25 91,666667" in words
    assert "IKM 91,67 – Sangat Baik." in words


def test_it_says_whether_the_grade_depends_on_how_weights_are_rounded(agus, db, city):
    answered(db, city, "444443333")  # 88,89: A exactly, B with 0.11
    words = spaced(agus, f"{UNIT}/method")
    assert "Mutunya bergantung pada pembobotan" in words


def test_it_says_what_the_index_is_without_the_fee(agus, some):
    words = spaced(agus, f"{UNIT}/method")
    assert "IKM tanpa U4: 90,63." in words


def test_the_mean_of_units_lists_the_units_and_those_without_answers(sari, db, city, two_units):
    with writing(db):
        db.execute("UPDATE periods SET aggregation = :rule", {"rule": MEAN_OF_UNITS})
    words = spaced(sari, f"{CITY}/method")
    assert "IKM 75,00 – Kurang Baik." in words
    assert "Puskesmas II 1 50,000000" in words
    assert "Tanpa jawaban, jadi tidak ikut dihitung: Puskesmas III." in words
    assert "Gabungan seluruh responden 95,00 A berbeda" in words


def test_answers_that_are_held_back_are_said_with_the_value_they_would_give(agus, db, city, some):
    decided(db, answered(db, city, "111111111"), "held")
    words = spaced(agus, "/units/uptd-puskesmas-i-denpasar-barat")
    assert "1 jawaban ditahan atau dikeluarkan" in words
    assert "Dengan jawaban yang ditahan atau dikeluarkan 85,61 B" in words


@pytest.mark.parametrize("page", ["method", "priorities", "units"])
def test_without_answers_there_is_nothing_to_explain(sari, city, page):
    words = spaced(sari, f"{CITY}/{page}")
    assert "belum ada jawaban" in words


def test_the_sheet_holds_the_same_index_as_a_formula(agus, db, city, some, sixteen):
    answered(db, sixteen, "3" * 16, "2026-07-01")
    sheet = agus.get(f"{UNIT}/method.xlsx").data
    values = cells(sheet, data_only=True)
    formulas = cells(sheet, data_only=False)
    place = [at for at, value in values.items() if value == "IKM GABUNGAN"][-1]
    row = [(at, value) for at, value in values.items() if at[1] == place[1] and isinstance(value, float)]
    assert any(str(formulas[at]).startswith("=") for at, _ in row)
    words = spaced(agus, f"{UNIT}/method?period=semua")
    assert f"IKM {row[-1][1]:.2f}".replace(".", ",") in words


def cells(sheet, data_only):
    found = {}
    for one in load_workbook(BytesIO(sheet), data_only=data_only).worksheets:
        for row in one.iter_rows():
            found |= {(one.title, c.row, c.column): c.value for c in row if c.value is not None}
    return {(title, row, column): value for (title, row, column), value in found.items()}


def test_priorities_name_the_element_that_stands_alone_and_where_it_comes_from(agus, some):
    words = spaced(agus, f"{UNIT}/priorities")
    assert (
        "Yang pertama diperbaiki: Waktu Penyelesaian 50,00; yang lain tidak dapat dibedakan. IKM 91,67"
        in words
    )
    assert "50,0 % (5 dari 10) menjawab nilai 1 atau 2." in words
    assert "Poli Umum 25,00 5 dari 5" in words
    assert "09.00–09.59 25,00 5 dari 5" in words


def test_priorities_say_what_each_element_holds_the_index_back_by(agus, some):
    # U3: 50 / 9; U7 and U9: 12.5 / 9.
    words = spaced(agus, f"{UNIT}/priorities")
    assert "U3 Waktu Penyelesaian 5,56 ya 50,00 5 dari 10" in words
    assert "U7 Perilaku Pelaksana 1,39 tidak 87,50 0 dari 10" in words


def test_a_fee_that_nobody_pays_is_not_compared(agus, some):
    words = spaced(agus, f"{UNIT}/priorities")
    assert "Biaya/Tarif tidak ikut dibandingkan: semua layanan di sini gratis." in words
    assert "U4" not in words


def test_a_fee_that_somebody_pays_is_compared(agus, db, some):
    with writing(db):
        db.execute("UPDATE services SET free_of_charge = 0 WHERE name = 'Farmasi'")
    assert "U4 Biaya/Tarif 0,00 tidak 100,00 0 dari 10" in spaced(agus, f"{UNIT}/priorities")


def test_elements_that_chance_could_have_ordered_are_named_together(agus, db, city):
    for day in range(10, 30):
        answered(db, city, "443444434" if day % 2 else "434444444", f"2026-06-{day}")
    words = spaced(agus, f"{UNIT}/priorities")
    said = "Sistem, Mekanisme, dan Prosedur 87,50; Waktu Penyelesaian 87,50; atau Sarana dan Prasarana 87,50."
    assert f"Yang pertama diperbaiki: {said} Ketiganya tidak dapat dibedakan." in words


def test_the_mean_of_units_weighs_every_unit_the_same(sari, db, city, two_units):
    # Puskesmas II has few answers, in which the first element is lower: half of the mean, and little is known of it.
    with writing(db):
        db.execute("UPDATE periods SET aggregation = :rule", {"rule": MEAN_OF_UNITS})
    for day in range(10, 30):
        answered(db, city, "434444444" if day % 2 else "433444444", f"2026-06-{day}")
        if day < 16:
            answered(db, two_units, "144444444" if day % 2 else "134444444", f"2026-06-{day}")
    words = spaced(sari, f"{CITY}/priorities")
    assert "Yang pertama diperbaiki: Persyaratan 64,29 atau Sistem, Mekanisme, dan Prosedur 82,45." in words
    assert "Puskesmas II" in words


def test_where_nobody_is_asked_for_the_whole_nothing_is_said_to_decide(agus, some):
    assert "menentukan" not in spaced(agus, f"{UNIT}/priorities")


def test_a_group_of_fewer_than_five_is_not_named(agus, db, city, some):
    for _ in range(4):
        answered(db, city, "111111111", local_hour=15)
    words = spaced(agus, f"{UNIT}/priorities")
    assert "15.00" not in words


def test_for_the_city_priorities_name_units(sari, db, city, two_units):
    for _ in range(4):
        answered(db, replace(two_units), "223222222")
    words = spaced(sari, f"{CITY}/priorities")
    assert "Puskesmas II" in words


def test_every_unit_by_element_sorts_by_any_column(sari, db, city, two_units):
    words = spaced(sari, f"{CITY}/units?sort=U3")
    assert words.index("Puskesmas II 50,00 D") < words.index("UPTD Puskesmas I Denpasar Barat 100,00 A")


@pytest.fixture
def fallen(db, city, two_units):
    """Twenty days in both years: Puskesmas I falls, Puskesmas II stays, Puskesmas III has none."""
    for day in range(1, 21):
        for year, score in ((2025, "4"), (2026, "2")):
            answered(db, city, score * 9, f"{year}-03-{day:02}")
            answered(db, two_units, "333343333" if day % 2 else "333333333", f"{year}-03-{day:02}")


def test_the_table_of_units_says_how_each_changed_and_how_many_were_looked_at(sari, fallen):
    words = spaced(sari, f"{CITY}/units?sort=change")
    assert "Dari 2 unit yang dilihat, 1 berubah nyata dari tahun 2025; dari 18 IKM unsur, 9." in words
    assert words.index("turun 50,00 nyata") < words.index("Puskesmas II ") < words.index(" sama ")
    assert len(sari.page.xpath("//td//span[@aria-label='turun']")) == 9


def test_the_changes_of_units_can_be_taken_home(sari, db, two_units, fallen):
    third = organisations.get_by_slug(db, "puskesmas-iii")
    for day in range(1, 21):
        for year, score in ((2025, "2"), (2026, "4")):
            answered(db, replace(two_units, unit=third), score * 9, f"{year}-03-{day:02}")
    heads, *rows = reader(sari.get(f"{CITY}/units.csv").data.decode("utf-8-sig").splitlines())
    assert heads[-4:] == [
        "Perubahan penilaian dari tahun 2025",
        "Putusan",
        "Unsur yang naik",
        "Unsur yang turun",
    ]
    changes = {row[0]: row[-4:] for row in rows}
    assert changes["UPTD Puskesmas I Denpasar Barat"] == ["−50,00", "nyata", "", " ".join(heads[4:13])]
    assert changes["Puskesmas II"] == ["0,00", "dapat kebetulan", "", ""]
    assert changes["Puskesmas III"] == ["50,00", "nyata", " ".join(heads[4:13]), ""]


def test_the_table_of_an_agency_says_the_same(sari, budi, signed_in, city, fallen):
    words = spaced(sari, "/agencies/dinas-kesehatan?sort=change")
    assert "Dari 2 unit yang dilihat, 1 berubah nyata dari tahun 2025" in words
    assert "turun 50,00 nyata" in words
    assert "turun 50,00 nyata" in spaced(signed_in("unit_head", city.agency), "/agencies/dinas-kesehatan")


def test_the_city_leads_to_the_changes_of_its_units(sari, fallen):
    sari.get("/city?period=2026")
    (link,) = sari.page.xpath("//section[@aria-labelledby='unit']//a[text()='Unit per unsur']/@href")
    assert "turun 50,00 nyata" in spaced(sari, link)


@pytest.mark.parametrize("page", [f"{CITY}/units", "/agencies/dinas-kesehatan"])
def test_without_changes_the_table_of_units_says_why(sari, db, city, two_units, page):
    words = spaced(sari, page)
    assert "yang dilihat" not in words
    assert "Perubahan dari tahun 2025 tidak ditampilkan: tidak ada unit yang menjawab" in words
    assert "seluruh waktu tidak mempunyai masa sebelumnya" in spaced(sari, f"{page}?period=semua")


@pytest.mark.parametrize("page", [f"{CITY}/units", "/agencies/dinas-kesehatan"])
def test_a_period_that_cuts_months_has_no_changes_and_says_so(sari, db, city, fallen, page):
    with writing(db):
        for year in (2025, 2026):
            days = {"opens": date(year, 3, 1), "closes": date(year, 3, 15)}
            own = a_period(db, city.government, city.period.instrument_id, name=f"Pekan {year}", **days)
    words = spaced(sari, f"{page}?period={own.id}")
    assert "Pekan 2026 mulai atau berakhir di tengah bulan, sedangkan unit dibandingkan" in words
    assert "Perubahan dari" not in words


def test_the_table_of_units_can_be_taken_home(sari, db, city, two_units):
    lines = sari.get(f"{CITY}/units.csv").data.decode("utf-8-sig").splitlines()
    assert lines[0] == "Unit,Jawaban,IKM,Mutu,U1,U2,U3,U4,U5,U6,U7,U8,U9"
    assert lines[2].startswith("Puskesmas III,0,belum ada data")


@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_what_holds_the_index_back_as_a_picture(agus, some, kind):
    assert agus.get(f"{UNIT}/priorities.{kind}").data


def test_what_holds_the_index_back_as_numbers(agus, some):
    heads, first, *_ = agus.get(f"{UNIT}/priorities.csv").data.decode("utf-8-sig").splitlines()
    assert heads == "unsur,nama,ikm_unsur,menahan_ikm,nilai_1_atau_2,jawaban,mungkin_pertama"
    assert first == "U3,Waktu Penyelesaian,50.00,5.56,5,10,ya"


def test_a_field_has_a_page(sari, db, city, two_units):
    with writing(db):
        db.execute("UPDATE organisations SET field = 'kesehatan' WHERE slug = 'puskesmas-ii'")
    words = spaced(sari, "/city")
    assert "Kesehatan 50,00 D" in words
    words = spaced(sari, "/city?field=kesehatan")
    assert "Dari 1 jawaban" in words
