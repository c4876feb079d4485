"""A session that ends inside a form: the reason is said, and what was typed comes back to whoever typed it."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from skm.store import officers
from skm.store.database import writing
from tests.client import Visitor
from tests.officers import PASSWORD, TOTP_SECRET, an_officer, signed_in_as
from tests.papers import a_batch, a_deed

CHAIRS = "Kursi tunggu ditambah 20 buah."
UNIT = "/units/uptd-puskesmas-i-denpasar-barat"
ADD = f"{UNIT}/improvements/add"


@pytest.fixture
def settings(settings):
    return replace(settings, open_pages=False)


@pytest.fixture
def late(clock):
    """Lets the session of everybody end."""

    def _late(minutes=31):
        clock.moment += timedelta(minutes=minutes)

    return _late


@pytest.fixture
def typed(app, db, city, clock, late):
    """The head of Puskesmas I has sent a sentence too late: the browser, and the head's address."""
    budi = signed_in_as(app, db, "unit_head", city.unit, clock())
    budi.get(f"{ADD}?from=list")
    late()
    budi.send(303, sentence=CHAIRS, done="2026-06-01", element="U9")
    return budi, officers.all_officers(db)[-1].email


def sentence(visitor):
    """What stands in the field, an input or an area."""
    (field,) = visitor.page.xpath("//main//*[@name='sentence']")
    return (field.get("value") or field.text or "").strip()


def sign_in(visitor: Visitor, email):
    """By the form of the page that is open, and on to where it leads."""
    visitor.send(303, email=email, password=PASSWORD)
    where = visitor.response.headers["Location"]
    visitor.get(where)
    return where


def test_the_reason_is_said_and_the_link_with_its_query_is_kept(typed):
    budi, email = typed
    budi.get(budi.response.headers["Location"])
    assert "Sesi Anda berakhir" in budi.words
    assert "belum dijalankan" in budi.words
    assert sign_in(budi, email) == f"{ADD}?from=list"


def test_what_was_typed_comes_back_and_nothing_is_done_before_the_button(typed, db, city):
    budi, email = typed
    budi.get(budi.response.headers["Location"])
    sign_in(budi, email)
    assert sentence(budi) == CHAIRS
    assert "Isian Anda ada kembali" in budi.words
    assert not db.execute("SELECT 1 FROM improvements").fetchall()
    budi.send(303)
    assert db.execute("SELECT sentence FROM improvements").fetchall() == [(CHAIRS,)]
    budi.get(ADD)
    assert sentence(budi) == ""
    assert not db.execute("SELECT 1 FROM uploads").fetchall()


def test_another_officer_at_the_same_browser_sees_nothing_of_it(typed, db, city):
    budi, _ = typed
    colleague = an_officer(db, "unit_head", city.unit)
    budi.get(budi.response.headers["Location"])
    assert sign_in(budi, colleague.email) == f"{ADD}?from=list"
    assert sentence(budi) == ""


def test_after_a_quarter_of_an_hour_it_is_gone(typed, late):
    budi, email = typed
    budi.get(budi.response.headers["Location"])
    late(16)
    sign_in(budi, email)
    assert sentence(budi) == ""


def test_another_page_is_not_filled_with_it(typed):
    budi, email = typed
    budi.get(budi.response.headers["Location"])
    sign_in(budi, email)
    budi.get(f"{UNIT}/papers/add")
    assert "Isian Anda ada kembali" not in budi.words


def test_a_role_that_was_taken_away_meanwhile_opens_nothing(typed, db):
    budi, email = typed
    with writing(db):
        db.execute("DELETE FROM sessions")
        db.execute("DELETE FROM memberships")
    budi.get(budi.response.headers["Location"])
    budi.send(303, email=email, password=PASSWORD)
    budi.get(budi.response.headers["Location"], 403)
    assert CHAIRS not in budi.words


def test_a_form_without_its_token_is_not_held(app, db, city, clock, late):
    budi = signed_in_as(app, db, "unit_head", city.unit, clock())
    budi.get(ADD)
    late()
    budi.post(ADD, {"sentence": CHAIRS, "csrf_token": "forged"}, 303)
    assert not db.execute("SELECT 1 FROM uploads").fetchall()


def test_a_stranger_makes_the_server_hold_nothing(tamu, db):
    tamu.post(ADD, {"sentence": CHAIRS}, 303)
    assert not db.execute("SELECT 1 FROM uploads").fetchall()
    tamu.get(tamu.response.headers["Location"])
    assert "Sesi Anda berakhir" not in tamu.words


def test_no_password_is_ever_held(app, db, city, clock, late):
    budi = signed_in_as(app, db, "unit_head", city.unit, clock())
    budi.get("/account")
    late()
    budi.send(
        303, form=1, current=PASSWORD, password="kapal terbang biru tua", again="kapal terbang biru tua"
    )
    assert not db.execute("SELECT 1 FROM uploads").fetchall()


def test_too_long_a_form_is_not_held_and_the_page_promises_nothing(app, db, city, clock, late):
    budi = signed_in_as(app, db, "unit_head", city.unit, clock())
    budi.get(ADD)
    late()
    budi.send(303, sentence="x" * 70_000, done="2026-06-01", element="")
    assert not db.execute("SELECT 1 FROM uploads").fetchall()
    budi.get(budi.response.headers["Location"])
    assert "tampil kembali di sana" not in budi.words


def test_what_was_keyed_of_a_paper_comes_back(app, db, city, clock, late):
    wati = signed_in_as(app, db, "counter_staff", city.unit, clock())
    email = officers.all_officers(db)[-1].email
    batch = a_batch(db, city, a_deed(db, city))
    wati.get(f"/papers/{batch.id}/sheets/add")
    late()
    wati.send(303, P1="4", P2="3")
    wati.get(wati.response.headers["Location"])
    sign_in(wati, email)
    assert wati.page.xpath("//input[@name='P1' and @checked]/@value") == ["4"]
    assert wati.page.xpath("//input[@name='P2' and @checked]/@value") == ["3"]


def test_a_deed_without_a_page_of_its_own_leads_back_to_where_it_stood(app, db, city, clock, late):
    budi = signed_in_as(app, db, "unit_head", city.unit, clock())
    page = f"/counters/{city.counter.id}/token"
    budi.get(page)
    late()
    budi.send(303)
    assert budi.response.headers["Location"].startswith("/sign-in?next=")


def test_a_page_from_before_the_sign_in_says_so(budi):
    budi.get(ADD)
    budi.send(400, csrf_token="from an earlier session", sentence=CHAIRS, done="2026-06-01", element="")
    assert "Halaman tadi dibuka sebelum Anda masuk kembali" in budi.words
    assert "Belum ada yang dijalankan" in budi.words


def test_it_comes_back_by_way_of_the_second_factor(app, db, city, clock, late):
    sari = signed_in_as(app, db, "organisasi", city.government, clock())
    email = officers.all_officers(db)[-1].email
    sari.get(ADD)
    late()
    sari.send(303, sentence=CHAIRS, done="2026-06-01", element="U9")
    sari.get(sari.response.headers["Location"])
    sign_in(sari, email)
    assert CHAIRS not in sari.words
    sari.send(303, code=pyotp.TOTP(TOTP_SECRET).at(clock.moment))
    assert sari.response.headers["Location"] == ADD
    sari.get(ADD)
    assert sentence(sari) == CHAIRS
