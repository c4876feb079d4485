"""Answers of a registered device count; those of any other kiosk are taken and held, each with its reason."""

import time
from datetime import timedelta

import pytest

from skm.security import cookies, stamps
from skm.store import devices, events
from skm.store.database import connect
from skm.usecases.answering import ending, kiosks
from skm.usecases.city.counter_cards import replace_token
from skm.usecases.city.devices import end_device, make_code
from skm.usecases.deed import SERVER, Deed
from tests.builders import THREES, stored_answers
from tests.conftest import DEED, NOON
from tests.waiting import until

PERSON, NEXT = "0" * 31 + "1", "0" * 31 + "2"
SAID = {"SKM-Version": "0123456789", "SKM-Waiting": "3"}


@pytest.fixture
def tablet(tamu):
    """A device with a browser of its own."""
    return tamu.again()


@pytest.fixture
def kiosk(tablet, db, city):
    """A tablet that is registered at the first counter."""
    code = make_code(db, DEED, city.unit.slug, city.counter.id, "Tablet & <1>").code
    tablet.post(f"/kios/{city.token}/daftar", {"kode": code}, 204)
    return tablet


def stamp(visitor, token) -> str:
    """The stamp in a kiosk's page."""
    visitor.get(f"/kios/{token}")
    return visitor.page.xpath("//input[@name='stamp']/@value")[0]


def sent(visitor, token, given, status=303, **more):
    """Sends an answer as a kiosk does."""
    return visitor.post(f"/s/{token}", THREES | {"stamp": given} | more, status)


def end(db):
    (device,) = devices.all_of_unit(db, db.execute("SELECT unit_id FROM counters").fetchone()[0])
    end_device(db, DEED, device.id)


def held(db) -> list[tuple[str, str]]:
    """The state of each answer with the reason of its last event, in the order of arrival."""
    sql = "SELECT why FROM response_events WHERE response_id = :id ORDER BY number DESC LIMIT 1"
    found = []
    for row in stored_answers(db):
        why = db.execute(sql, {"id": row["id"]}).fetchone()
        found.append((events.find_state(db, row["id"]), why[0] if why else ""))
    return found


def test_answers_of_a_registered_device_count(kiosk, city, db):
    issued = stamp(kiosk, city.token)
    for person in (PERSON, NEXT):
        sent(kiosk, city.token, f"{issued}~{person}")
    assert held(db) == [("counted", "")] * 2
    assert [(row["channel"], row["presence"]) for row in stored_answers(db)] == [("kiosk", "device")] * 2


def test_answers_of_a_device_that_nobody_registered_are_held(tamu, city, db):
    issued = stamp(tamu, city.token)
    receipts = {sent(tamu, city.token, f"{issued}~{PERSON}").headers["Location"] for _ in range(2)}
    assert len(receipts) == 1
    assert held(db) == [("held", kiosks.UNREGISTERED)]
    assert stored_answers(db)[0]["presence"] is None


def test_a_stamp_from_before_devices_were_registered_is_held(tamu, city, db, settings):
    old = stamps.issue(city.counter.id, NOON, settings.secret_key, "kiosk")
    sent(tamu, city.token, f"{old}~{PERSON}")
    assert held(db) == [("held", kiosks.UNREGISTERED)]


def test_the_queue_of_an_ended_device_is_taken_and_held(kiosk, city, db, clock):
    issued = stamp(kiosk, city.token)
    clock.moment += timedelta(hours=3)
    end_device(db, type(DEED)(DEED.by, clock.moment), devices.all_of_unit(db, city.unit.id)[0].id)
    clock.moment += timedelta(hours=1)
    sent(kiosk, city.token, f"{issued}~{PERSON}", ago="7200")
    sent(kiosk, city.token, f"{issued}~{NEXT}", ago="1800")
    assert held(db) == [("held", kiosks.ENDED_SINCE), ("held", kiosks.ENDED_BEFORE)]


def test_the_page_of_an_ended_device_is_one_of_a_device_that_is_not_registered(kiosk, city, db):
    assert "terdaftar sebagai kios loket ini: Tablet & <1>." in page(kiosk, city)
    end(db)
    assert "Daftarkan perangkat ini" in page(kiosk, city)
    sent(kiosk, city.token, f"{stamp(kiosk, city.token)}~{PERSON}")
    assert held(db) == [("held", kiosks.UNREGISTERED)]


def page(visitor, city) -> str:
    visitor.get(f"/kios/{city.token}")
    return visitor.words


def test_a_stamp_of_one_counter_stores_nothing_at_another(kiosk, city, db):
    sent(kiosk, city.wide_token, f"{stamp(kiosk, city.token)}~{PERSON}", 400)
    assert not stored_answers(db)


def test_a_device_of_one_counter_is_not_registered_at_another(kiosk, city, db):
    issued = stamp(kiosk, city.wide_token)
    sent(kiosk, city.wide_token, f"{issued}~{PERSON}", service=city.services[1].id)
    assert held(db) == [("held", kiosks.UNREGISTERED)]


def test_one_device_can_be_registered_at_two_counters(kiosk, city, db, settings):
    code = make_code(db, DEED, city.unit.slug, city.wide_counter.id, "Tablet").code
    kiosk.post(f"/kios/{city.wide_token}/daftar", {"kode": code}, 204)
    for token in (city.token, city.wide_token):
        assert stamps.read(f"{stamp(kiosk, token)}~{PERSON}", settings.secret_key).device


def test_a_stamp_that_was_carried_away_ends_by_itself(kiosk, city, db, clock):
    issued = stamp(kiosk, city.token)
    clock.moment += timedelta(days=31, seconds=1)
    sent(kiosk, city.token, f"{issued}~{PERSON}")
    assert held(db) == [("held", kiosks.OLD_PAGE)]


def test_no_script_and_no_other_page_reads_the_cookie(kiosk):
    cookie = kiosk.response.headers["Set-Cookie"]
    assert cookie.startswith("__Secure-skm-kiosk=")
    for part in ("HttpOnly", "Path=/kios", "Secure", "SameSite=Lax", "Max-Age=34560000"):
        assert part in cookie


def test_every_page_gives_the_cookie_another_year(kiosk, city):
    kiosk.get(f"/kios/{city.token}")
    assert "Max-Age=34560000" in kiosk.response.headers["Set-Cookie"]


def test_who_is_not_registered_gets_no_cookie(tamu, city):
    assert "Set-Cookie" not in tamu.get(f"/kios/{city.token}").headers


def test_a_code_that_is_wrong_says_so(tamu, city, db):
    make_code(db, DEED, city.unit.slug, city.counter.id, "Tablet")
    tamu.post(f"/kios/{city.token}/daftar", {"kode": "2345"}, 400)
    assert "salah ketik" in tamu.words
    other = make_code(db, DEED, city.unit.slug, city.wide_counter.id, "Tablet").code
    tamu.post(f"/kios/{city.token}/daftar", {"kode": other}, 403)
    assert "tidak berlaku untuk loket ini" in tamu.words


def test_what_a_device_says_of_itself_is_noted_once_in_a_quarter_of_an_hour(kiosk, city, db, clock):
    kiosk.get(f"/kios/{city.token}", headers=SAID)
    until(lambda: devices.all_of_unit(db, city.unit.id)[0].waiting == 3)
    kiosk.get(f"/kios/{city.token}", headers=SAID | {"SKM-Waiting": "4"})
    clock.moment += timedelta(minutes=15)
    kiosk.get(f"/kios/{city.token}", headers=SAID | {"SKM-Waiting": "5"})
    until(lambda: devices.all_of_unit(db, city.unit.id)[0].waiting == 5)


@pytest.mark.parametrize(
    "said",
    [{}, {"SKM-Version": "x", "SKM-Waiting": "3"}, SAID | {"SKM-Waiting": "-1"}, SAID | {"SKM-Waiting": "é"}],
)
def test_what_no_device_says_of_itself_is_not_noted(kiosk, city, db, said):
    kiosk.get(f"/kios/{city.token}", headers=said)
    assert devices.all_of_unit(db, city.unit.id)[0].version == ""


@pytest.fixture
def replaced(db, city, clock):
    """The QR was replaced ten days ago; the stamp is of the page that the device had a day before."""

    def _replaced(visitor):
        issued = stamp(visitor, city.token)
        clock.moment += timedelta(days=1)
        replace_token(db, Deed(SERVER, clock.moment), city.counter.id)
        clock.moment += timedelta(days=10)
        return issued

    return _replaced


def ago(**passed: int) -> str:
    """What a device says of an answer that was begun so long ago."""
    return str(int(timedelta(**passed).total_seconds()))


def test_what_a_registered_device_holds_from_before_the_replacement_is_taken_and_held(
    kiosk, city, db, replaced
):
    sent(kiosk, city.token, f"{replaced(kiosk)}~{PERSON}", ago=ago(days=10, hours=1))
    assert held(db) == [("held", ending.WHY["token_revoked"])]
    assert [row["token_revoked"] for row in stored_answers(db)] == [1]


def test_what_it_took_after_the_replacement_is_refused(kiosk, city, db, replaced):
    sent(kiosk, city.token, f"{replaced(kiosk)}~{PERSON}", 410, ago=ago(days=9))
    assert not stored_answers(db)


def test_a_device_that_nobody_registered_has_a_day_only(tamu, city, db, replaced):
    sent(tamu, city.token, f"{replaced(tamu)}~{PERSON}", 410, ago=ago(days=10, hours=1))
    assert not stored_answers(db)


def test_a_device_that_was_ended_has_a_day_only(kiosk, city, db, replaced):
    issued = replaced(kiosk)
    end(db)
    sent(kiosk, city.token, f"{issued}~{PERSON}", 410, ago=ago(days=10, hours=1))
    assert not stored_answers(db)


def test_a_page_of_a_registered_device_ends_after_a_month(kiosk, city, db, clock, replaced):
    issued = replaced(kiosk)
    clock.moment += timedelta(days=20, minutes=1)  # 31 days after the page
    sent(kiosk, city.token, f"{issued}~{PERSON}", 410, ago=ago(days=30, hours=1))
    assert not stored_answers(db)


def test_a_cookie_that_was_not_signed_here_opens_nothing(tablet, city, db):
    make_code(db, DEED, city.unit.slug, city.counter.id, "Tablet")
    forged = cookies.signed(["anything"], "another secret, as long as the first one", "kiosk")
    page = tablet.get(f"/kios/{city.token}", headers={"Cookie": f"__Secure-skm-kiosk={forged}"})
    assert "Set-Cookie" not in page.headers


def test_a_cookie_of_an_officers_browser_is_none_of_a_device(settings):
    signed = cookies.signed(["secret"], settings.secret_key)
    assert cookies.read(signed, settings.secret_key, "kiosk") == ()


def test_a_kiosk_opens_at_once_while_nothing_can_be_written(kiosk, city, tmp_path):
    other = connect(tmp_path / "skm.sqlite")
    other.conn.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    kiosk.get(f"/kios/{city.token}", headers=SAID)
    assert time.monotonic() - begun < 2
    other.close()


def test_after_too_many_wrong_codes_every_one_is_refused_for_a_while(tablet, city, db, monkeypatch):
    monkeypatch.setattr("skm.usecases.city.devices.FROM_ADDRESS", 1)
    wrong = make_code(db, DEED, city.unit.slug, city.wide_counter.id, "Tablet").code
    for status in (403, 429):
        tablet.post(f"/kios/{city.token}/daftar", {"kode": wrong}, status)
    assert "coba lagi 15 menit lagi" in tablet.words


def test_stuffed_kiosk_answers_do_not_count_among_honest_ones(kiosk, tamu, city, db):
    """By one page of an address and by a fresh one each; the honest ones come from the registered device."""
    once, honest = stamp(tamu, city.token), stamp(kiosk, city.token)
    for number in range(100):
        sent(kiosk, city.token, f"{honest}~{number:032x}")
        sent(tamu, city.token, f"{once}~{number:032x}")
        sent(tamu, city.token, f"{stamp(tamu, city.token)}~{PERSON}")
    found = held(db)
    assert found.count(("held", kiosks.UNREGISTERED)) == 200
    assert found.count(("counted", "")) == 100
