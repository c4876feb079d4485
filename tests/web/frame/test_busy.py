"""While the database cannot be written, officers read on and nothing that was typed is lost."""

import sqlite3
from datetime import timedelta

import pytest

from skm.store import installation
from skm.store.database import StoreBusy
from skm.web.frame.connection import Connections
from tests.builders import THREES

CONTACT = "0361 1234"


@pytest.fixture
def locked(db, tmp_path, monkeypatch):
    """Somebody else holds the write lock, and nobody waits long."""
    for module in ("database", "writer"):
        monkeypatch.setattr(f"skm.store.{module}.SECONDS", 0.05)
    monkeypatch.setattr("skm.web.frame.connection.SECONDS", 0.05)
    other = sqlite3.connect(tmp_path / "skm.sqlite")
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def send_brand(officer, status):
    officer.get("/setup/branding")
    form = next(form for form in officer.page.xpath("//main//form") if "contact" in form.fields)
    given = {name: value for name, value in form.form_values() if name != "contact"}
    return officer.post(form.get("action") or "/setup/branding", given | {"contact": CONTACT}, status)


def test_a_page_is_read_while_nobody_can_write(budi, city, clock, locked):
    clock.moment += timedelta(minutes=5)  # so that it would be noted that the session is in use
    budi.get(f"/units/{city.unit.slug}")
    assert "Kepala unit" in budi.words


def test_a_session_is_known_to_be_in_use_once_it_can_be_written(budi, city, clock, locked):
    clock.moment += timedelta(minutes=20)
    budi.get(f"/units/{city.unit.slug}")
    locked.rollback()
    budi.get(f"/units/{city.unit.slug}")
    clock.moment += timedelta(minutes=20)  # forty since the session began
    budi.get(f"/units/{city.unit.slug}")


def test_what_an_officer_typed_comes_back_and_is_sent_with_one_press(sari, city, db, locked):
    send_brand(sari, 503)
    assert "masih ada di halaman ini" in sari.words
    assert installation.find(db, "brand") in (None, "")
    locked.rollback()
    sari.send(303)
    assert CONTACT in installation.find(db, "brand")


def test_a_password_is_not_put_into_a_page(tamu, city, locked):
    browser = tamu.again()
    browser.send_form("/sign-in", 503, email="a@example.go.id", password="a long secret phrase")
    assert b"a long secret phrase" not in browser.response.data
    assert "kembali ke halaman sebelumnya" in browser.words


def test_an_answer_comes_back_where_not_even_the_form_can_be_read(tamu, city, app, settings, clock, tmp_path):
    hidden = tamu.open_form(city.token)
    whole = app.extensions["skm"]
    (tmp_path / "broken.sqlite").write_bytes(b"no database" * 1000)
    app.extensions["skm"] = Connections(
        type(settings)(**vars(settings) | {"database": tmp_path / "broken.sqlite"}), clock
    )
    tamu.post(f"/s/{city.token}", THREES | hidden | {"comment": "Mantap"}, 503)
    assert "Mantap" in [field.value for field in tamu.page.xpath("//main//form//input[@name='comment']")]
    app.extensions["skm"] = whole
    tamu.send(303)


@pytest.mark.parametrize("address", ["/", "/s/AAAAAAAA", "/city", "/no-such-page"])
def test_an_error_page_needs_no_database(tamu, app, settings, clock, tmp_path, address):
    app.extensions["skm"] = Connections(
        type(settings)(**vars(settings) | {"database": tmp_path}), clock
    )  # a folder, which cannot be opened
    response = tamu.open(address, "GET")
    assert response.status_code in (404, 503)
    assert b"Survei Kepuasan Masyarakat" in response.data


def test_a_question_that_is_wrong_is_a_fault_of_ours(tamu, app, city, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(
        "skm.web.public.views.store", lambda: app.extensions["skm"].reading()["no_such"].get(1)
    )
    monkeypatch.setattr(
        "skm.web.public.views.questionnaire.home",
        lambda *_: app.extensions["skm"].reading().execute("SELECT no_such"),
    )
    tamu.get("/", 500)
    assert "Gangguan ini sudah dicatat" in tamu.words


def test_the_writer_of_answers_says_busy_for_a_lock_too(tamu, city, locked):
    hidden = tamu.open_form(city.token)
    tamu.post(f"/s/{city.token}", THREES | hidden, 503)
    locked.rollback()
    tamu.post(f"/s/{city.token}", THREES | hidden, 303)


def test_busy_is_an_error_of_the_store():
    assert not issubclass(StoreBusy, sqlite3.Error)  # one is what we say, the other what SQLite says
