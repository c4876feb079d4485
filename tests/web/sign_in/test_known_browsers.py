"""Failures of others do not hold up a browser in which the officer came in before; they get nothing by it either."""

from datetime import timedelta

import pyotp
import pytest

from skm.security import passwords
from skm.settings import Settings
from skm.store import officers
from skm.survey.officer import WHOLE_CITY
from skm.usecases.deed import SERVER, Deed
from skm.usecases.people import people, sign_in
from tests.applications import an_application
from tests.client import Visitor
from tests.officers import HASHED, PASSWORD, TOTP_SECRET, an_officer

COOKIE = "__Host-skm-browser"
NEW = "kapur barus lemari biru tua"


@pytest.fixture(autouse=True)
def nobody_is_checked_quickly(monkeypatch):
    monkeypatch.setattr(passwords, "NOBODY", HASHED)


@pytest.fixture
def closed(settings, city, clock):
    return an_application(
        Settings(settings.database, settings.address, secret_key=settings.secret_key), clock
    )


@pytest.fixture
def browser(closed):
    """Opens a new browser, with the cookie of another where one is given."""

    def _browser(copied: str = "") -> Visitor:
        visitor = Visitor(closed.test_client())
        if copied:
            visitor._client.set_cookie(COOKIE, copied)
        return visitor

    return _browser


@pytest.fixture
def budi(db, city):
    return an_officer(db, "unit_head", city.unit)


@pytest.fixture
def own(browser, budi):
    """Budi's browser: he has come in there, and gone out."""
    visitor = browser()
    tries(visitor, budi)
    leaves(visitor)
    return visitor


def tries(visitor: Visitor, officer, password: str = PASSWORD, status: int = 303):
    return visitor.send_form("/sign-in", status, email=officer.email, password=password)


def leaves(visitor: Visitor) -> None:
    visitor.get("/account")
    token = visitor.page.xpath("string(//form[@action='/sign-out']//input/@value)")
    visitor.post("/sign-out", {"csrf_token": token}, 303)


def wrong(visitor: Visitor, officer, times: int = 10) -> None:
    for _ in range(times):
        tries(visitor, officer, "wrong", 422)


def cookie_of(visitor: Visitor) -> str:
    held = visitor._client.get_cookie(COOKIE)
    return held.value if held else ""


def test_ten_wrong_passwords_of_others_do_not_lock_the_owner_out(own, browser, budi):
    other = browser()
    wrong(other, budi)
    tries(other, budi, status=429)
    tries(own, budi)
    own.get("/account")


def test_nor_do_a_hundred_from_the_address_that_an_office_shares(own, browser, budi, monkeypatch):
    monkeypatch.setattr(sign_in, "FROM_ADDRESS", 4)
    wrong(browser(), budi, 4)
    tries(browser(), budi, status=429)
    tries(own, budi)


def test_nor_while_the_code_is_asked_for(browser, db, city, clock):
    sari = an_officer(db, "organisasi", city.government, TOTP_SECRET)
    own, other = browser(), browser()
    tries(own, sari)
    own.send_form("/sign-in/code", 303, code=pyotp.TOTP(TOTP_SECRET).at(clock.moment))
    leaves(own)
    clock.moment += timedelta(minutes=1)
    tries(own, sari)
    wrong(other, sari)
    own.send_form("/sign-in/code", 303, code=pyotp.TOTP(TOTP_SECRET).at(clock.moment))


def test_nor_while_the_password_is_changed(own, browser, budi):
    tries(own, budi)
    wrong(browser(), budi)
    own.send_form("/account", 303, current=PASSWORD, password=NEW, again=NEW)


def test_the_owner_s_coming_in_gives_others_no_new_tries(own, browser, budi):
    other = browser()
    wrong(other, budi)
    tries(own, budi)
    tries(other, budi, "wrong", 429)


def test_a_copied_cookie_is_stopped_by_its_own_count(own, browser, budi):
    thief = browser(cookie_of(own))
    wrong(thief, budi)
    tries(thief, budi, status=429)
    thief._client.delete_cookie(COOKIE)
    tries(thief, budi, "wrong", 429)  # what failed with it counts without it too


def test_a_copied_cookie_gives_no_endless_codes(browser, db, city, clock):
    sari = an_officer(db, "organisasi", city.government, TOTP_SECRET)
    own = browser()
    tries(own, sari)
    own.send_form("/sign-in/code", 303, code=pyotp.TOTP(TOTP_SECRET).at(clock.moment))
    for _ in range(10):
        thief = browser(cookie_of(own))
        tries(thief, sari)
        thief.send_form("/sign-in/code", 422, code="000000")
    tries(browser(cookie_of(own)), sari, status=429)
    tries(browser(), sari, status=429)


def test_the_cookie_of_another_account_gives_nothing(own, browser, db, city, budi):
    komang = an_officer(db, "unit_head", city.unit)
    wrong(browser(), komang)
    tries(own, komang, status=429)


def test_half_a_sign_in_makes_no_browser_known(browser, db, city):
    visitor = browser()
    tries(visitor, an_officer(db, "organisasi", city.government, TOTP_SECRET))
    assert cookie_of(visitor) == ""
    assert not list(db.query("SELECT * FROM browsers"))


def test_officers_who_share_a_computer_are_both_known_in_it(own, browser, db, city, budi):
    komang = an_officer(db, "unit_head", city.unit)
    tries(own, komang)
    leaves(own)
    for officer in (budi, komang):
        wrong(browser(), officer)
        tries(own, officer)
        leaves(own)


def test_a_secret_that_was_there_before_is_worth_nothing_after_coming_in(own, browser, budi):
    planted = cookie_of(own)
    tries(own, budi)
    assert cookie_of(own) != planted
    wrong(browser(), budi)
    tries(browser(planted), budi, status=429)


@pytest.mark.parametrize("text", ["x", "a.b", "~", "\u00e9.x", "." * 3000])
def test_what_was_not_signed_here_is_no_cookie(browser, budi, text):
    wrong(browser(), budi)
    tries(browser(text), budi, status=429)


def test_the_cookie_is_for_this_host_and_no_script_and_holds_no_name(own, db, budi):
    held = own._client.get_cookie(COOKIE)
    assert (held.secure, held.http_only, held.same_site, held.path) == (True, True, "Strict", "/")
    assert held.domain == "localhost"
    assert held.origin_only
    assert held.max_age == 180 * 86400
    secret = held.value.split(".")[0]
    stored = "\n".join(db.conn.iterdump())
    assert secret not in stored
    assert budi.id not in held.value
    assert budi.email not in held.value


def test_without_https_the_cookie_has_a_plain_name(settings, city, clock, budi):
    plain = Settings(settings.database, "http://localhost", secret_key=settings.secret_key)
    visitor = Visitor(an_application(plain, clock).test_client())
    tries(visitor, budi)
    assert visitor._client.get_cookie("skm-browser")


def known(db) -> int:
    return db.execute("SELECT count(*) FROM browsers").fetchone()[0]


def test_signing_out_elsewhere_ends_what_other_browsers_are_known_for(own, browser, db, budi):
    other = browser()
    tries(other, budi)
    other.get("/account")
    other.send(303, form=2)
    assert known(db) == 1
    wrong(browser(), budi)
    tries(own, budi, status=429)
    leaves(other)
    tries(other, budi)


def test_a_copied_session_makes_no_browser_known(own, browser, db, budi):
    tries(own, budi)
    thief = browser()
    thief._client.set_cookie("__Host-skm", own._client.get_cookie("__Host-skm").value)
    thief.get("/account")
    thief.send(303, form=2)
    assert (cookie_of(thief), known(db)) == ("", 0)


def test_a_new_password_ends_it_for_the_others(own, browser, db, budi):
    other = browser()
    tries(other, budi)
    other.send_form("/account", 303, current=PASSWORD, password=NEW, again=NEW)
    assert known(db) == 1
    wrong(browser(), budi)
    tries(own, budi, NEW, 429)
    leaves(other)
    tries(other, budi, NEW)


def test_a_reset_ends_it_everywhere_but_where_the_officer_comes_in(own, browser, db, budi, clock):
    secret = people.offer_reset(db, Deed(SERVER, clock.moment), WHOLE_CITY, budi.id).secret
    fresh = browser()
    fresh.send_form(f"/arrive/{secret}", 303, password=NEW, again=NEW)
    assert known(db) == 1
    wrong(browser(), budi)
    tries(own, budi, NEW, 429)


def test_a_closed_account_knows_no_browser(own, db, budi, clock):
    people.close_officer(db, Deed(SERVER, clock.moment), budi.id)
    assert known(db) == 0


def test_a_browser_is_known_for_half_a_year(own, browser, db, city, budi, clock):
    clock.moment += timedelta(days=180)
    wrong(browser(), budi)
    tries(own, budi, status=429)
    tries(browser(), an_officer(db, "unit_head", city.unit))
    assert [row[0] for row in db.execute("SELECT officer_id FROM browsers")] != [budi.id]
    assert known(db) == 1


def test_an_officer_has_ten_known_browsers_at_most(own, browser, db, budi, clock):
    for _ in range(11):
        clock.moment += timedelta(seconds=1)
        tries(browser(), budi)
    assert known(db) == 10
    assert officers.get(db, budi.id).closed is None
