"""Bagian Organisasi erases what somebody wants gone, on a page, by the receipt."""

import pytest

from tests.builders import answered

WORDS = "Ibu Ketut di loket tiga"


@pytest.fixture
def said(db, city):
    return answered(db, city, "344434334", comment=WORDS, about={"sex": "P"})


def test_the_guide_leads_there_for_whom_it_is_meant(sari, admin):
    sari.get("/setup")
    assert sari.page.xpath("//a[@href='/erasures']")
    admin.get("/setup")
    assert not admin.page.xpath("//a[@href='/erasures']")


def test_words_are_erased_by_their_receipt(db, sari, said):
    sari.send_form("/erasures", 303, receipt=said.receipt.lower(), why="Diminta orangnya")
    sari.get("/setup")
    assert f"Saran dan data responden pada jawaban {said.receipt} dihapus." in sari.words
    assert db.execute("SELECT count(*) FROM comments").fetchone()[0] == 0
    assert db.execute("SELECT count(*) FROM profiles").fetchone()[0] == 0


def test_only_the_comment(db, sari, said):
    sari.send_form("/erasures", 303, receipt=said.receipt, what="comment", why="Diminta orangnya")
    assert db.execute("SELECT count(*) FROM profiles").fetchone()[0] == 1


@pytest.mark.parametrize(
    ("typed", "said_back"),
    [
        ({"receipt": "ABCD-EFGH-2345"}, "Tidak ada jawaban dengan kode bukti ini."),
        ({"why": " "}, "wajib diisi"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(sari, said, typed, said_back):
    sari.send_form("/erasures", 422, **({"receipt": said.receipt, "why": "Diminta"} | typed))
    assert said_back in sari.words
    assert (sari.page.xpath("//input[@name='receipt']/@value") or [""])[0] == typed.get(
        "receipt", said.receipt
    )


def test_the_auditor_reads_who_erased_and_why_and_nothing_of_the_words(sari, agus, said):
    sari.send_form("/erasures", 303, receipt=said.receipt, why="Diminta orangnya")
    agus.get("/audit")
    assert "Menghapus saran atau data responden" in agus.words
    assert "Diminta orangnya" in agus.words
    assert WORDS not in agus.words


def test_the_receipt_still_answers(sari, tamu, said):
    sari.send_form("/erasures", 303, receipt=said.receipt, why="Diminta orangnya")
    tamu.get(f"/terima-kasih/{said.receipt}")
