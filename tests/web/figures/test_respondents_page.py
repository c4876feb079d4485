"""The page that says who answered."""

import pytest

from tests.builders import answered

UNIT = "uptd-puskesmas-i-denpasar-barat"
PAGE = f"/organisations/{UNIT}/who"
PAGES = [f"/organisations/{slug}/who" for slug in (UNIT, "dinas-kesehatan", "pemerintah-kota-denpasar")]


def some(db, city, n, scores="333333333", day="2025-05-05", **profile):
    """So many answers with one profile."""
    for _ in range(n):
        answered(db, city, scores, day=day, about=profile)


@pytest.fixture
def people(db, city):
    """Sixty women, thirty men and ten who did not say, five a day; the young rate lower."""
    for number in range(100):
        sex = {"sex": "P"} if number < 60 else {"sex": "L"} if number < 90 else {}
        age, level = (20, "23") if number % 5 == 0 else (40, "34")
        some(db, city, 1, level[number % 2] * 9, f"2025-05-{1 + number // 5:02}", age=age, **sex)


def rows(page):
    """The rows of all tables as text."""
    return [" ".join(" ".join(row.itertext()).split()) for row in page.xpath("//tbody/tr")]


@pytest.mark.parametrize("page", PAGES)
def test_every_level_says_first_who_answered(sari, people, page):
    sari.get(page)
    assert "Perempuan 60 %, laki-laki 30 %." in sari.words
    assert "Dari 100 jawaban, tahun 2025." in sari.words


def test_a_group_that_rates_lower_is_named_with_its_number(sari, people):
    sari.get(PAGE)
    assert "Menilai lebih rendah daripada yang lain: usia 17–25 tahun (62,50; n = 20)." in sari.words
    assert "17–25 lebih rendah 62,50 20 20,0 % D Tidak Baik" in rows(sari.page)


def test_where_none_clearly_does_the_page_says_so(sari, db, city):
    some(db, city, 10, sex="L")
    some(db, city, 10, sex="P")
    sari.get(PAGE)
    assert "Tidak ada kelompok yang jelas menilai lebih rendah daripada yang lain." in sari.words


def test_those_who_did_not_answer_and_those_not_asked_are_rows_of_their_own(sari, people):
    sari.get(PAGE)
    assert [row for row in rows(sari.page) if row.startswith("Tidak menjawab 82,50 10 10,0 %")]
    assert [row for row in rows(sari.page) if row.startswith("Tidak ditanyakan 82,50 100 100,0 %")]


def test_a_group_of_four_is_nowhere_on_the_page(sari, db, city):
    some(db, city, 60, sex="L", age=40)
    some(db, city, 4, sex="L", age=70)
    sari.get(PAGE)
    assert ">65" not in sari.words
    assert [row for row in rows(sari.page) if row.startswith("Digabung (kelompok kecil) 75,00 64")]


def test_answers_that_still_wait_are_counted_out_loud(sari, db, city):
    some(db, city, 60, day="2026-02-02")
    some(db, city, 3, day="2026-05-05")
    sari.get(PAGE)
    assert "Dari 60 jawaban, tahun 2026 sampai Triwulan I 2026." in sari.words
    assert "3 jawaban belum termasuk" in sari.words


def test_fewer_than_five_in_a_year_that_is_over_are_shown_nowhere(sari, db, city):
    some(db, city, 4, sex="P")
    sari.get(PAGE)
    assert "Belum cukup jawaban." in sari.words
    assert "4 jawaban tidak termasuk" in sari.words
    assert not sari.page.xpath("//table")


def test_without_answers_the_page_says_when_there_will_be_tables(sari, city):
    sari.get(PAGE)
    assert "Tabel tampil setelah satu triwulan berakhir" in sari.words


def test_the_page_is_found_from_the_figures_and_keeps_the_year(sari, people, db, city):
    some(db, city, 60, day="2026-02-02")
    sari.get(f"/units/{UNIT}?period=2025-TW2")
    (link,) = sari.page.xpath("//nav[@class='sections']//a[text()='Siapa yang menjawab']/@href")
    sari.get(link)
    assert "Dari 100 jawaban, tahun 2025." in sari.words


def test_an_unknown_period_says_what_a_period_looks_like(sari, city):
    sari.get(f"{PAGE}?period=kemarin", 404)
    assert "2026-TW3" in sari.words


@pytest.mark.parametrize("page", ["/organisations/nowhere/who", "/organisations/nowhere/who.csv"])
def test_an_unknown_organisation_is_explained(sari, city, page):
    sari.get(page, 404)


def test_the_tables_can_be_taken_home(sari, people):
    sari.get(f"{PAGE}.csv?period=2025")
    lines = sari.response.get_data(as_text=True).removeprefix("\ufeff").split("\r\n")
    assert lines[0] == "Tahun,Organisasi,Menurut,Kelompok,Jawaban,Persen,IKM,Mutu,Catatan"
    assert "2025,UPTD Puskesmas I Denpasar Barat,Usia (tahun),17–25,20,20.0,62.50,D," in lines
    assert sari.response.headers["Content-Disposition"].endswith(f"responden-{UNIT}-2025.csv")
