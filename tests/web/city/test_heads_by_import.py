"""A hundred heads from one file: looked at, invited in one step, each with a message to copy and a link that works."""

from base64 import b64decode
from io import BytesIO
from urllib.parse import urlsplit

import openpyxl
import pytest

from skm.store import officers
from skm.store.database import writing
from tests.builders import an_organisation
from tests.officers import PASSWORD, an_officer
from tests.spreadsheets import csv

HUNDRED = 100


@pytest.fixture
def units(db, city):
    with writing(db):
        return [an_organisation(db, city.agency, "unit", f"Puskesmas {n}") for n in range(HUNDRED)]


def upload(visitor, *rows: str):
    """Sends a file to be looked at."""
    file = (BytesIO(csv("Petugas", *rows)), "kepala.csv")
    visitor.get("/setup/import")
    token = visitor.page.xpath("string(//main//input[@name='csrf_token']/@value)")
    visitor.post("/setup/import", {"csrf_token": token, "file": file}, 200)


def links(visitor) -> list[str]:
    """The links in the messages of a page."""
    messages = visitor.page.xpath("//ol[@class='slips']//textarea/text()")
    return [urlsplit(line).path for text in messages for line in text.split() if "/arrive/" in line]


@pytest.fixture
def invited(admin, units):
    """The admin on the page of links, after a hundred heads were invited."""
    upload(admin, *(f"Kepala {n};kepala{n}@example.go.id;{unit.slug};;" for n, unit in enumerate(units)))
    assert "100 petugas baru" in admin.words
    admin.send(200)
    return admin


def test_each_has_a_message_to_copy_and_a_link_that_works(invited):
    letters = invited.page.xpath("//ol[@class='slips']//textarea/text()")
    assert len(letters) == HUNDRED
    assert [text.split(",")[0].strip() for text in letters] == [f"Yth. Kepala {n}" for n in range(HUNDRED)]
    guest = invited.again()
    for n, link in enumerate(links(invited)):
        assert f"kepala{n}@example.go.id" in guest.get(link).get_data(as_text=True)


def test_a_head_comes_in_by_the_link_and_reaches_the_own_unit_alone(invited, units):
    guest = invited.again()
    guest.send_form(links(invited)[7], 303, password=PASSWORD, again=PASSWORD)
    guest.get(f"/units/{units[7].slug}")
    assert "Kepala 7 · Kepala unit, Puskesmas 7" in guest.words
    guest.get(f"/units/{units[8].slug}/visitors", 403)


def test_all_are_taken_home_in_one_file_that_lies_in_the_page(invited):
    (address,) = invited.page.xpath("//a[@download]/@href")
    book = openpyxl.load_workbook(BytesIO(b64decode(address.partition(";base64,")[2])))
    heads, *rows = book["Undangan"].values
    assert heads == ("nama", "surel", "peran", "tautan", "pesan")
    assert len(rows) == HUNDRED
    assert [urlsplit(row[3]).path for row in rows] == links(invited)
    assert all(row[3] in row[4] for row in rows)


def test_sent_once_more_the_page_shows_no_link_and_says_where_they_are_made_again(invited):
    upload(invited, "Kepala 0;kepala0@example.go.id;puskesmas-0;;")
    assert "Tidak ada yang berubah" in invited.words
    assert "Undang sekali lagi semua yang belum masuk" in invited.words
    assert "/arrive/" not in invited.response.get_data(as_text=True)


def test_lost_links_are_made_again_in_one_step_for_those_who_have_not_come(invited):
    before = links(invited)
    guest = invited.again()
    guest.send_form(before[0], 303, password=PASSWORD, again=PASSWORD)
    invited.get("/people")
    assert "Undang sekali lagi semua yang belum masuk (99)" in invited.words
    invited.send_form("/people/renew", 200)
    after = links(invited)
    assert len(after) == HUNDRED - 1
    assert not set(before) & set(after)
    guest.get(before[1], 410)
    invited.again().get(after[0])


def test_with_nobody_to_wait_for_there_is_nothing_to_renew(admin):
    admin.get("/people")
    assert "Undang sekali lagi" not in admin.words
    admin.send_form("/people/renew", 422)
    assert "Semua yang diundang sudah masuk" in admin.words


def test_one_faulty_row_and_nobody_is_invited(admin, units, db):
    upload(admin, f"Made;made@example.go.id;{units[0].slug};;", f"Ketut;ketut;{units[1].slug};;")
    assert "1 baris perlu diperbaiki" in admin.words
    assert not admin.page.xpath("//form[contains(@action, 'apply')]")
    assert officers.find(db, "made@example.go.id") is None


def test_who_needs_no_link_stands_below(admin, units, db, city):
    agus = an_officer(db, "auditor", city.government)
    upload(admin, f"Agus;{agus.email};{units[0].slug};;")
    admin.send(200)
    assert "Undangan untuk 0 petugas" in admin.words
    assert f"Agus ({agus.email}): sudah mempunyai akun; perannya langsung berlaku." in admin.words


def test_bagian_organisasi_invites_heads_and_no_admins(sari, units, city):
    upload(sari, f"Made;made@example.go.id;{units[0].slug};Admin;")
    assert "Admin untuk Puskesmas 0 di luar yang dapat Anda atur" in sari.words
    upload(sari, f"Made;made@example.go.id;{city.government.slug};;")
    assert "di luar yang dapat Anda atur" in sari.words
    upload(sari, f"Made;made@example.go.id;{units[0].slug};;")
    sari.send(200)
    assert len(links(sari)) == 1


def test_the_import_is_offered_only_to_those_who_may_open_it(signed_in, sari, city):
    sari.get("/people")
    assert sari.page.xpath("//main//a[@href='/setup/import']")
    part = signed_in("organisasi", city.agency)
    part.get("/people")
    assert not part.page.xpath("//main//a[@href='/setup/import']")
    part.get("/setup/import", 403)
