"""The pages of improvements: a unit's head notes, corrects, publishes and withdraws them."""

import re
from dataclasses import replace

import pytest

from skm.store import improvements
from tests.builders import answered

UNIT = "/units/uptd-puskesmas-i-denpasar-barat/improvements"
CHAIRS = {"sentence": "Kursi tunggu ditambah 20 buah.", "done": "2026-05-04", "element": "U9"}


@pytest.fixture
def settings(settings):
    return replace(settings, open_pages=False)


@pytest.fixture
def chairs(budi, db, city):
    """An improvement that Budi has noted."""
    budi.send_form(f"{UNIT}/add", 303, **CHAIRS)
    (made,) = improvements.all_for(db, city.unit.id)
    return f"/improvements/{made.id}"


def rows(visitor):
    """The rows of the table, as text."""
    return [" ".join(" ".join(row.itertext()).split()) for row in visitor.page.xpath("//tbody/tr")]


def follow(visitor, words):
    """Opens the link with these words."""
    visitor.get(visitor.page.xpath("//main//a[normalize-space()=$words]/@href", words=words)[0])


def test_budi_notes_publishes_and_withdraws_an_improvement(budi):
    budi.get("/units/uptd-puskesmas-i-denpasar-barat")
    follow(budi, "Perbaikan")
    assert "Belum ada perbaikan yang dicatat." in budi.words
    follow(budi, "Catat perbaikan")
    assert "Jangan menyebut nama orang" in budi.words
    budi.send(303, **CHAIRS)
    budi.get(UNIT)
    assert "Perbaikan tersimpan. Warga belum melihatnya." in budi.words
    assert re.match(
        r"Kursi tunggu.* selesai 4 Mei 2026; Sarana dan Prasarana belum diumumkan Umumkan Ubah Tarik",
        rows(budi)[0],
    )
    follow(budi, "Umumkan")
    assert "“Kursi tunggu ditambah 20 buah.” Selesai 4 Mei 2026." in budi.words
    budi.send(303)
    budi.get(UNIT)
    assert rows(budi)[0].endswith("Prasarana diumumkan Tarik")
    follow(budi, "Tarik")
    budi.send(303)
    budi.get(UNIT)
    assert rows(budi)[0].endswith("Prasarana ditarik")


def test_a_citizen_reads_what_was_published(budi, tamu, db, city, chairs):
    receipt = answered(db, city, "344434334").receipt
    tamu.get(f"/terima-kasih/{receipt}")
    assert CHAIRS["sentence"] not in tamu.words
    budi.send_form(f"{chairs}/publish", 303)
    tamu.get(f"/terima-kasih/{receipt}")
    assert CHAIRS["sentence"] in tamu.words


def test_a_draft_is_corrected_with_what_was_there(budi, chairs):
    budi.get(f"{chairs}/edit")
    assert budi.page.xpath("string(//textarea)").strip() == CHAIRS["sentence"]
    assert budi.page.xpath("//option[@selected]/@value") == ["U9"]
    budi.send(303, sentence="Kursi tunggu ditambah 25 buah.")
    budi.get(UNIT)
    assert rows(budi)[0].startswith("Kursi tunggu ditambah 25 buah.")


def test_a_published_one_cannot_be_corrected(budi, chairs):
    budi.get(f"{chairs}/edit")
    budi.send_form(f"{chairs}/publish", 303)
    budi.send_form(f"{chairs}/edit", 422, sentence="Kursi ditambah 50 buah.")
    assert "kalimatnya tidak dapat diubah lagi" in budi.words
    assert "Kursi ditambah 50 buah." in budi.page.xpath("string(//textarea)")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"sentence": ""}, "Bagian ini wajib diisi."),
        ({"sentence": "a" * 161}, "Paling banyak 160 huruf."),
        ({"done": "2026-06-16"}, "Tanggal selesainya belum tiba"),
        ({"done": "kemarin"}, "Tulis tanggal yang ada di kalender."),
        ({"element": "U99"}, "Pilih salah satu dari daftar."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(budi, db, city, typed, said):
    budi.send_form(f"{UNIT}/add", 422, **CHAIRS | typed)
    assert said in budi.words
    assert not improvements.all_for(db, city.unit.id)
    if "sentence" not in typed:
        assert CHAIRS["sentence"] in budi.page.xpath("string(//textarea)")


def test_the_auditor_reads_and_cannot_change(agus, budi, chairs):
    agus.get(UNIT)
    assert rows(agus)[0].endswith("belum diumumkan")
    assert not agus.page.xpath("//main//a[contains(@href, 'improvements/')]")
    agus.get(f"{chairs}/publish", 403)


def test_an_agency_has_no_such_page(sari, city):
    sari.get("/units/dinas-kesehatan/improvements", 404)
    sari.get("/improvements/nothing/edit", 404)


def test_the_deeds_are_in_the_log_in_words(budi, agus, chairs):
    budi.send_form(f"{chairs}/publish", 303)
    agus.get("/audit?words=perbaikan")
    assert [word for word in ("Mencatat perbaikan", "Mengumumkan perbaikan") if word not in agus.words] == []
    assert "kalimat:" in agus.words


@pytest.mark.parametrize("page", ["", "/add"])
def test_a_list_is_found_under_its_former_address(budi, page):
    budi.get(f"{UNIT.replace('improvements', 'follow-ups')}{page}", 301)
    assert budi.response.headers["Location"] == f"{UNIT}{page}"


@pytest.mark.parametrize("verb", ["edit", "publish", "withdraw"])
def test_an_improvement_is_found_under_its_former_address(budi, chairs, verb):
    budi.get(f"{chairs.replace('improvements', 'follow-ups')}/{verb}", 301)
    assert budi.response.headers["Location"] == f"{chairs}/{verb}"
