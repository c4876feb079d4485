"""A city of hundreds of units: what is long is folded, searched and turned over; a place is found by typing."""

from dataclasses import replace

import pytest

from skm.security.keys import new_key
from skm.store import officers, organisations
from skm.store.database import writing
from skm.survey.officer import Officer
from skm.web.asking.paging import LENGTH
from tests.builders import an_organisation
from tests.client import Visitor

HERE = "/setup/organisations"


@pytest.fixture
def large(db, city):
    """The city with another agency of many units, one of them of a name that the first agency has too."""
    agency = an_organisation(db, city.government, "agency", "Kecamatan Utara")
    units = [an_organisation(db, agency, "unit", f"Kelurahan {number}") for number in range(LENGTH + 20)]
    db.conn.commit()
    return agency, units


def called(db, organisation, name: str) -> None:
    """The same organisation by another name, and by the same code."""
    organisations.change(db, [replace(organisation, name=name)])
    db.conn.commit()


def rows(visitor: Visitor) -> list[str]:
    found = visitor.page.xpath("(//table)[1]//tbody/tr")
    return [" ".join(" ".join(cell.text_content() for cell in row).split()) for row in found]


def suggested(visitor: Visitor) -> list[str]:
    return visitor.page.xpath("//datalist/option/@value")


def test_a_tree_of_many_shows_what_stands_right_below_with_how_many_are_under_it(admin, city, large):
    admin.get(f"{HERE}/{city.government.slug}")
    assert [row.split(" perangkat")[0] for row in rows(admin)] == ["Dinas Kesehatan", "Kecamatan Utara"]
    assert "perangkat daerah 120 " in rows(admin)[1]
    assert "123 organisasi di bawah" in admin.words


def test_a_tree_of_few_is_shown_whole_and_without_a_search(admin, city):
    admin.get(f"{HERE}/{city.government.slug}")
    assert len(rows(admin)) == 2
    assert not admin.page.xpath("//form[@role='search']")


def test_the_tree_is_searched_at_any_depth(admin, city, large):
    admin.get(f"{HERE}/{city.government.slug}", query_string={"words": "KELURAHAN 77"})
    assert rows(admin) == ["Kelurahan 77 Kecamatan Utara unit – 0 0"]
    admin.get(f"{HERE}/{city.government.slug}?words=zzz")
    assert "Tidak ada organisasi dengan kata “zzz”" in admin.words


def test_a_long_list_is_turned_over(admin, large):
    admin.get(f"{HERE}/{large[0].slug}")
    assert len(rows(admin)) == LENGTH
    admin.get(admin.page.xpath("//a[text()='Berikutnya']/@href")[0])
    assert len(rows(admin)) == 20
    assert "Baris 101 sampai 120 dari 120" in admin.words
    admin.get(admin.page.xpath("//a[text()='Sebelumnya']/@href")[0])
    assert len(rows(admin)) == LENGTH


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", ""])
def test_a_page_that_there_is_not_is_the_nearest(admin, large, page):
    admin.get(f"{HERE}/{large[0].slug}?page={page}")
    assert len(rows(admin)) == (20 if page == "99" else LENGTH)


@pytest.fixture
def many_people(db, city):
    with writing(db):
        for number in range(LENGTH + 20):
            key, email = new_key(), f"komang{number}@example.go.id"
            created = "2026-01-01T00:00:00+00:00"
            officers.add(db, Officer(key, email, f"Komang {number}", None, None, 0, created, None))
            officers.add_membership(db, new_key(), key, "unit_head", city.unit.id, created)


def test_people_are_listed_page_by_page_and_searched(admin, many_people):
    admin.get("/people")
    assert len(rows(admin)) == LENGTH
    assert "121 orang" in admin.words
    admin.get("/people?words=komang119@ kepala puskesmas")
    assert len(rows(admin)) == 1
    admin.get("/people?words=zzz")
    assert "Tidak ada petugas dengan kata “zzz”" in admin.words


def test_a_place_is_chosen_by_the_words_that_are_suggested(admin, db, city, large):
    admin.get(f"{HERE}/kelurahan-7/merge")
    assert "Kelurahan 8 – Kecamatan Utara" in suggested(admin)
    assert "Kecamatan Utara – Pemerintah Kota Denpasar" not in suggested(admin)
    admin.send(303, slug="kelurahan 8 – kecamatan utara", named="Kelurahan 7")
    assert organisations.find(db, "kelurahan-7").merged_into == large[1][8].id


def test_a_chosen_place_stays_in_words_beside_what_is_wrong(admin, large):
    admin.send_form(f"{HERE}/kelurahan-7/merge", 422, slug="kelurahan 8", named="")
    assert admin.page.xpath("//input[@id='slug']/@value") == ["Kelurahan 8 – Kecamatan Utara"]


def test_a_plain_name_is_enough_where_only_one_has_it(admin, db, large):
    admin.send_form(f"{HERE}/kelurahan-7/move", 303, slug="Dinas Kesehatan")
    assert organisations.find(db, "kelurahan-7").path.count("/") == 3


def test_a_name_that_two_have_is_asked_for_in_full(admin, db, city, large):
    called(db, an_organisation(db, city.agency, "unit", "Delapan"), "Kelurahan 8")
    admin.send_form(f"{HERE}/kelurahan-7/merge", 422, slug="Kelurahan 8", named="Kelurahan 7")
    assert "“Kelurahan 8” cocok dengan" in admin.words
    assert admin.page.xpath("//input[@id='slug']/@value") == ["Kelurahan 8"]


def test_part_of_a_name_is_never_acted_on_but_offered(admin, db, large):
    admin.send_form(f"{HERE}/kelurahan-7/move", 422, slug="kesehatan")
    assert "Mungkin maksud Anda “Dinas Kesehatan – Pemerintah Kota Denpasar”" in admin.words
    assert organisations.find(db, "kelurahan-7").parent_id == large[0].id
    admin.send(303)
    assert organisations.find(db, "kelurahan-7").parent_id != large[0].id


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Pilih salah satu dari daftar."),
        ("   ", "Pilih salah satu dari daftar."),
        ("Dinas Perikanan", "Tidak ada organisasi “Dinas Perikanan” yang dapat dipilih di sini"),
        ("kelurahan", "dan 116 lainnya. Tulis lebih lengkap."),
        ("<b>", "Tidak ada organisasi “<b>”"),
    ],
)
def test_what_names_no_place_is_said(admin, large, typed, said):
    admin.send_form(f"{HERE}/kelurahan-7/merge", 422, slug=typed, named="Kelurahan 7")
    assert said in admin.words


def test_two_of_one_name_below_one_agency_are_told_apart_by_their_codes(admin, db, city):
    for code in ("Kembar0", "Kembar1"):
        called(db, an_organisation(db, city.agency, "unit", code), "Kembar")
    admin.get("/people/invite")
    assert "Kembar – Dinas Kesehatan (kembar0)" in suggested(admin)
    assert "Kembar – Dinas Kesehatan (kembar1)" in suggested(admin)
