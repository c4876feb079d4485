"""Coming in and going out: password, second factor, one-time links, one's account, and guessing passwords."""

import base64
import json
import zlib
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from skm.security import passwords
from skm.settings import Settings
from skm.store import officers
from skm.store.database import writing
from skm.survey.officer import WHOLE_CITY
from skm.usecases.deed import SERVER, Deed
from skm.usecases.people import arrivals, people, roles, sign_in
from skm.usecases.people.browsers import Origin
from skm.usecases.people.roles import Invitation
from tests.applications import an_application
from tests.builders import an_organisation
from tests.client import Visitor
from tests.officers import HASHED, PASSWORD, TOTP_SECRET, an_officer, roles_of, signed_in_as

NEW = "kapur barus lemari biru tua"


@pytest.fixture(autouse=True)
def nobody_is_checked_quickly(monkeypatch):
    """Unknown accounts take as little time as those of `an_officer`; tests/security compares the real ones."""
    monkeypatch.setattr(passwords, "NOBODY", HASHED)


@pytest.fixture
def closed(settings, city, clock):
    """The application as a city runs it: without open pages."""
    return an_application(
        Settings(settings.database, settings.address, secret_key=settings.secret_key), clock
    )


@pytest.fixture
def guest(closed) -> Visitor:
    """A browser in which nobody is signed in."""
    return Visitor(closed.test_client())


def code(clock, secret: str = TOTP_SECRET) -> str:
    return pyotp.TOTP(secret).at(clock.moment)


def gives(guest: Visitor, email: str, password: str = PASSWORD, status: int = 303, way: str = "/sign-in"):
    return guest.send_form(way, status, email=email, password=password)


def link(db, officer, clock) -> str:
    return f"/arrive/{people.offer_reset(db, Deed(SERVER, clock.moment), WHOLE_CITY, officer.id).secret}"


def test_a_unit_head_signs_in_and_starts_at_the_own_unit(guest, db, city):
    budi = an_officer(db, "unit_head", city.unit)
    assert gives(guest, budi.email.upper()).headers["Location"] == f"/units/{city.unit.slug}"
    guest.get(f"/units/{city.unit.slug}")
    assert "Budi · Kepala unit, UPTD Puskesmas I Denpasar Barat" in guest.words


@pytest.mark.parametrize(
    ("role", "front"),
    [
        ("organisasi", "/city"),
        ("auditor", "/city"),
        ("counter_staff", "/units/uptd-puskesmas-i-denpasar-barat/counters"),
    ],
)
def test_a_role_starts_where_its_work_is(closed, db, city, clock, role, front):
    place = city.unit if role == "counter_staff" else city.government
    visitor = signed_in_as(closed, db, role, place, clock())
    visitor.get("/sign-in", 302)
    assert visitor.response.headers["Location"] == front
    visitor.get(front)


@pytest.mark.parametrize(
    ("email", "password"),
    [("", PASSWORD), ("budi.1@example.go.id", "wrong"), ("who@example.go.id", PASSWORD)],
)
def test_every_way_of_being_wrong_gets_the_same_answer(guest, db, city, email, password):
    an_officer(db, "unit_head", city.unit)
    gives(guest, email or "nobody@example.go.id", password, 422)
    assert "Surel atau kata sandi tidak cocok" in guest.words
    assert guest.page.xpath("//input[@name='email']/@value") == [email or "nobody@example.go.id"]
    assert set(guest.page.xpath("//input[@type='password']/@value")) <= {""}


def test_an_unknown_person_costs_the_same_work(guest, db, city, monkeypatch):
    from skm.security import passwords

    checked = []
    monkeypatch.setattr(passwords, "verify", lambda stored, typed: bool(checked.append(stored)))
    for email in ("nobody@example.go.id", an_officer(db, "unit_head", city.unit).email):
        gives(guest, email, "wrong", 422)
    assert [stored is None for stored in checked] == [True, False]


def test_a_closed_account_stays_outside(guest, db, city, clock):
    budi = an_officer(db, "unit_head", city.unit)
    people.close_officer(db, Deed(SERVER, clock()), budi.id)
    gives(guest, budi.email, status=422)


def test_organisasi_proves_it_twice(guest, db, city, clock):
    sari = an_officer(db, "organisasi", city.government, TOTP_SECRET)
    gives(guest, sari.email)
    guest.get("/city", 302)
    assert guest.response.headers["Location"] == "/sign-in/code?next=/city"
    assert guest.send_form("/sign-in/code?next=/city", 303, code=code(clock)).headers["Location"] == "/city"
    guest.get("/city")


@pytest.mark.parametrize(
    ("role", "place", "page"),
    [
        ("auditor", "government", "/audit"),
        ("auditor", "unit", "/audit"),
        ("unit_head", "government", "/city"),
        ("unit_head", "agency", "/agencies/dinas-kesehatan"),
        ("counter_staff", "agency", "/units/uptd-puskesmas-i-denpasar-barat/counters"),
    ],
)
def test_who_reads_much_sets_up_an_authenticator_before_anything_opens(guest, db, city, role, place, page):
    gives(guest, an_officer(db, role, getattr(city, place)).email)
    guest.get(page, 302)
    assert guest.response.headers["Location"] == f"/sign-in/code?next={page}"
    guest.get(guest.response.headers["Location"], 302)
    assert guest.response.headers["Location"] == f"/sign-in/authenticator?next={page}"


def test_a_second_unit_asks_for_the_second_factor_in_the_open_session(closed, db, city, clock):
    budi = signed_in_as(closed, db, "unit_head", city.unit, clock(), proven=False)
    budi.get(f"/units/{city.unit.slug}")
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    person = officers.all_officers(db)[0]
    invitation = Invitation(person.email, "", "unit_head", other.id)
    people.invite_officer(db, Deed(SERVER, clock()), WHOLE_CITY, invitation)
    budi.get(f"/units/{city.unit.slug}", 302)
    assert budi.response.headers["Location"].startswith("/sign-in/code?")


def test_the_second_factor_is_asked_for_where_the_page_itself_would_be_open(tamu, db, city):
    sari, visitor = an_officer(db, "organisasi", city.government, TOTP_SECRET), tamu.again()
    way = "/sign-in?next=/agencies/dinas-kesehatan"
    assert gives(visitor, sari.email, way=way).headers["Location"] == (
        "/sign-in/code?next=/agencies/dinas-kesehatan"
    )


def test_a_wrong_code_does_not_open(guest, db, city, clock):
    gives(guest, an_officer(db, "organisasi", city.government, TOTP_SECRET).email)
    guest.send_form("/sign-in/code", 422, code="000000")
    guest.get("/city", 302)


def test_a_code_works_once(guest, closed, db, city, clock):
    sari = an_officer(db, "organisasi", city.government, TOTP_SECRET)
    gives(guest, sari.email)
    guest.send_form("/sign-in/code", 303, code=code(clock))
    other = Visitor(closed.test_client())
    gives(other, sari.email)
    other.send_form("/sign-in/code", 422, code=code(clock))


def test_organisasi_without_an_authenticator_sets_one_up_and_gets_recovery_codes(
    guest, closed, db, city, clock
):
    sari = an_officer(db, "organisasi", city.government)
    gives(guest, sari.email)
    guest.get("/sign-in/code?next=/city", 302)
    guest.get("/sign-in/authenticator?next=/city")
    secret = guest.page.xpath("string(//code)").replace(" ", "")
    guest.send(200, code=code(clock, secret))
    codes = guest.page.xpath("//ul[@class='codes']//code/text()")
    assert len(codes) == 10
    assert guest.page.xpath("//main//a/@href") == ["/city"]
    guest.get("/city")
    other = Visitor(closed.test_client())
    gives(other, sari.email)
    other.send_form("/sign-in/code", 303, code=f" {codes[0].lower()} ")
    other.get("/city")


def test_the_fresh_secret_is_on_its_page_and_in_no_cookie(guest, db, city, clock):
    gives(guest, an_officer(db, "organisasi", city.government).email)
    for _ in range(2):  # the second tab shows the same: nothing is stored by looking
        guest.get("/sign-in/authenticator")
        secret = guest.page.xpath("string(//code)").replace(" ", "")
        assert len(secret) == 32
        assert secret not in contents(guest)
        assert secret not in "\n".join(db.conn.iterdump())
    guest.send(422, code="000000")
    assert guest.page.xpath("string(//code)").replace(" ", "") == secret
    assert secret not in contents(guest)
    guest.send(200, code=code(clock, secret))
    assert secret not in contents(guest)


def contents(guest: Visitor) -> str:
    """What anybody who holds the cookies reads in them: they are signed, and no more."""
    values = [cookie.value for cookie in guest._client._cookies.values()]
    payloads = [value.lstrip(".").split(".")[0] for value in values]
    read = [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in payloads]
    packed = [
        zlib.decompress(part) if value[0] == "." else part for part, value in zip(read, values, strict=True)
    ]
    return "\n".join([*values, *(part.decode("utf-8", "replace") for part in packed)])


def test_who_replaces_the_authenticator_gets_another_secret(closed, db, city, clock):
    sari = signed_in_as(closed, db, "organisasi", city.government, clock())
    tied = {TOTP_SECRET}
    for _ in range(2):
        sari.get("/sign-in/authenticator")
        secret = sari.page.xpath("string(//code)").replace(" ", "")
        sari.send(200, code=code(clock, secret))
        tied.add(secret)
    assert len(tied) == 3


def test_another_session_is_offered_another_secret(guest, closed, db, city):
    sari, other = an_officer(db, "organisasi", city.government), Visitor(closed.test_client())
    offered = set()
    for visitor in (guest, other):
        gives(visitor, sari.email)
        visitor.get("/sign-in/authenticator")
        offered.add(visitor.page.xpath("string(//code)"))
    assert len(offered) == 2


def test_a_found_password_shows_no_secret(guest, db, city):
    gives(guest, an_officer(db, "organisasi", city.government, TOTP_SECRET).email)
    guest.get("/sign-in/authenticator.svg", 404)


def test_a_recovery_code_works_once(guest, closed, db, city, clock):
    signed_in = signed_in_as(closed, db, "organisasi", city.government, clock())
    signed_in.send_form("/account", 200, form=2)
    kept = signed_in.page.xpath("string(//ul[@class='codes']//code)")
    for status in (303, 422):
        visitor = Visitor(closed.test_client())
        gives(visitor, officers.all_officers(db)[0].email)
        visitor.send_form("/sign-in/code", status, code=kept)


def test_a_found_password_does_not_replace_the_authenticator(guest, db, city, clock):
    gives(guest, an_officer(db, "organisasi", city.government, TOTP_SECRET).email)
    guest.get("/sign-in/authenticator", 302)
    guest.get("/sign-in/code")
    token = guest.page.xpath("string(//input[@name='csrf_token']/@value)")
    guest.post("/sign-in/authenticator", {"csrf_token": token, "code": "123456"}, 422)
    assert officers.all_officers(db)[0].totp_secret == TOTP_SECRET


@pytest.mark.parametrize("failures", [10])
def test_after_ten_failures_even_the_right_password_waits(guest, db, city, clock, failures):
    budi = an_officer(db, "unit_head", city.unit)
    for _ in range(failures):
        gives(guest, budi.email, "wrong", 422)
    gives(guest, budi.email, status=429)
    assert "coba lagi setelah 15 menit" in guest.words
    clock.moment += timedelta(minutes=16)
    gives(guest, budi.email)


def test_an_unknown_account_is_held_up_just_the_same(guest, db, city):
    pages = []
    for email in (an_officer(db, "unit_head", city.unit).email, "nobody@example.go.id"):
        for _ in range(10):
            gives(guest, email, "wrong", 422)
        gives(guest, email, "wrong", 429)
        assert guest.response.headers["Retry-After"] == "900"
        assert guest.page.xpath("//input[@name='email']/@value") == [email]
        pages.append(guest.words)
    assert "coba lagi setelah 15 menit" in pages[0]
    assert pages[0] == pages[1]


def test_one_address_may_fail_a_hundred_times(guest, db, city, clock, monkeypatch):
    budi = an_officer(db, "unit_head", city.unit)
    monkeypatch.setattr(sign_in, "FROM_ADDRESS", 4)
    for number in range(4):
        gives(guest, f"nobody{number}@example.go.id", "wrong", 422)
    gives(guest, budi.email, status=429)
    assert "Terlalu banyak percobaan" in guest.words


def test_a_known_password_gives_no_endless_codes(guest, db, city):
    sari = an_officer(db, "organisasi", city.government, TOTP_SECRET)
    for _ in range(10):
        gives(guest, sari.email)
        guest.send_form("/sign-in/code", 422, code="000000")
        guest = guest.again()
    gives(guest, sari.email, status=429)
    assert "Terlalu banyak percobaan" in guest.words


def test_a_reset_link_is_the_way_in_for_one_who_is_held_up(guest, db, city, clock):
    budi = an_officer(db, "unit_head", city.unit)
    for status in [422] * 10 + [429] * 2:
        gives(guest, budi.email, "wrong", status)
    guest.send_form(link(db, budi, clock), 303, password=NEW, again=NEW)
    guest.get(f"/units/{city.unit.slug}")


def test_a_link_works_once(guest, closed, db, city, clock):
    address = link(db, an_officer(db, "unit_head", city.unit), clock)
    guest.send_form(address, 303, password=NEW, again=NEW)
    Visitor(closed.test_client()).get(address, 410)


@pytest.mark.parametrize("days", [1, 30])
def test_a_link_grows_old(guest, db, city, clock, days):
    address = link(db, an_officer(db, "unit_head", city.unit), clock)
    clock.moment += timedelta(days=days)
    guest.get(address, 410)
    assert "Mintalah tautan baru" in guest.words


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("pendek", "pendek", "paling sedikit 12"),
        ("passwordpassword", "passwordpassword", "mudah ditebak"),
        ("budi.1@example.go.id", "budi.1@example.go.id", "mudah ditebak"),
        ("a" * 73, "a" * 73, "paling banyak 72"),
        (NEW, NEW + " ", "tidak sama"),
        ("", "", "wajib diisi"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_still_works(guest, db, city, clock, password, again, words):
    address = link(db, an_officer(db, "unit_head", city.unit), clock)
    guest.send_form(address, 422, password=password, again=again)
    assert words in guest.words
    guest.send_form(address, 303, password=NEW, again=NEW)


def test_the_first_set_up_makes_the_city_and_its_admin(settings, db, clock):
    guest = Visitor(an_application(settings, clock).test_client())
    address = f"/set-up/{arrivals.offer_set_up(db, clock())}"
    given = {"city": "Pemerintah Kota Denpasar", "time_zone": "Asia/Makassar", "name": "Ayu"}
    guest.send_form(address, 303, **given, email="ayu@example.go.id", password=NEW, again=NEW)
    guest.get("/account", 302)
    assert guest.response.headers["Location"].startswith("/sign-in/code")
    Visitor(an_application(settings, clock).test_client()).get(address, 410)
    assert arrivals.offer_set_up(db, clock()) is None


def test_the_set_up_keeps_what_was_typed(settings, db, clock):
    guest = Visitor(an_application(settings, clock).test_client())
    guest.send_form(
        f"/set-up/{arrivals.offer_set_up(db, clock())}", 422, city="Kota", name="Ayu", email="ayu"
    )
    assert guest.page.xpath("//input[@name='city']/@value") == ["Kota"]
    assert guest.page.xpath("//input[@name='email']/@value") == ["ayu"]


def test_a_set_up_link_is_no_invitation(guest, db, city, clock):
    secret = arrivals.offer_set_up(db, clock())
    guest.get(f"/arrive/{secret}", 410)
    guest.get(f"/set-up/{secret}")


@pytest.mark.parametrize(
    ("minutes", "step", "status"), [(29, 29, 200), (31, 31, 302), (13 * 60, 20, 302), (11 * 60, 20, 200)]
)
def test_a_session_ends_by_itself(closed, db, city, clock, minutes, step, status):
    budi = signed_in_as(closed, db, "unit_head", city.unit, clock())
    while minutes > 0:
        clock.moment += timedelta(minutes=step)
        minutes -= step
        last = budi.open("/account", "GET")
    assert last.status_code == status


def test_signing_out_ends_the_session_on_the_server_too(closed, db, city, clock):
    budi = signed_in_as(closed, db, "unit_head", city.unit, clock())
    stolen = closed.test_client()
    stolen.set_cookie("__Host-skm", budi._client.get_cookie("__Host-skm").value)
    budi.get("/account")
    token = budi.page.xpath("string(//form[@action='/sign-out']//input/@value)")
    budi.post("/sign-out", {"csrf_token": token}, 303)
    assert stolen.get("/account").status_code == 302


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(guest, closed, db, city, clock):
    budi = signed_in_as(closed, db, "unit_head", city.unit, clock())
    gives(guest, officers.all_officers(db)[0].email)
    budi.send_form("/account", 303, current=PASSWORD, password=NEW, again=NEW)
    budi.get("/account")
    guest.get("/account", 302)
    gives(guest, officers.all_officers(db)[0].email, NEW)


def test_a_password_is_not_changed_without_the_present_one(closed, db, city, clock):
    budi = signed_in_as(closed, db, "unit_head", city.unit, clock())
    budi.send_form("/account", 422, current="wrong", password=NEW, again=NEW)
    assert "yang sekarang tidak cocok" in budi.words


def test_who_tries_passwords_in_a_browser_left_open_waits_too(closed, db, city, clock):
    budi = signed_in_as(closed, db, "unit_head", city.unit, clock())
    for status in [422] * 10 + [429]:
        budi.send_form("/account", status, current="wrong", password=NEW, again=NEW)
    assert budi.response.headers["Retry-After"] == "900"


def test_who_tries_codes_waits_too(guest, db, city):
    gives(guest, an_officer(db, "organisasi", city.government, TOTP_SECRET).email)
    for status in [422] * 10 + [429]:
        guest.send_form("/sign-in/code", status, code="000000")
    assert guest.response.headers["Retry-After"] == "900"


def test_the_other_devices_are_signed_out_on_request(guest, closed, db, city, clock):
    budi = signed_in_as(closed, db, "unit_head", city.unit, clock())
    gives(guest, officers.all_officers(db)[0].email)
    budi.get("/account")
    assert len(budi.page.xpath("//section[@aria-labelledby='perangkat']//li")) == 2
    budi.send(303, form=2)
    guest.get("/account", 302)


def test_a_role_is_changed_and_seen(closed, db, city, clock):
    visitor = signed_in_as(closed, db, "organisasi", city.government, clock())
    person = officers.all_officers(db)[0]
    invitation = Invitation(person.email, "", "unit_head", city.unit.id)
    people.invite_officer(db, Deed(SERVER, clock()), WHOLE_CITY, invitation)
    visitor.get("/city")
    (form,) = visitor.page.xpath("//form[@action='/role']")
    fields = dict(form.form_values()) | {"membership": form.xpath(".//option[not(@selected)]/@value")[0]}
    assert visitor.post("/role", fields, 303).headers["Location"] == f"/units/{city.unit.slug}"
    visitor.get("/city", 403)
    visitor.get(f"/units/{city.unit.slug}")
    assert "Sari · Kepala unit" in visitor.words


def test_the_log_tells_from_which_role_into_which_an_officer_changed(db, city, clock):
    sari = an_officer(db, "organisasi", city.government, TOTP_SECRET)
    invitation = Invitation(sari.email, "", "unit_head", city.unit.id)
    people.invite_officer(db, Deed(SERVER, clock()), WHOLE_CITY, invitation)
    officer = sign_in.find_signed_in(
        db, sign_in.sign_in(db, sari.email, PASSWORD, Origin("10.0.0.1"), clock()), clock()
    )
    for held in (*reversed(officer.memberships), officer.membership):
        sign_in.choose_role(db, Deed(officer.actor, clock()), officer, held.id)
    (entry,) = db.query("SELECT role, path, subject, before, after FROM audit WHERE verb = 'choose_role'")
    assert (entry["role"], entry["path"], entry["subject"]) == ("organisasi", city.unit.path, sari.email)
    assert json.loads(entry["before"]) == {"role": "organisasi", "organisation": city.government.name}
    assert json.loads(entry["after"]) == {"role": "unit_head", "organisation": city.unit.name}


def test_a_role_that_is_not_held_is_not_taken(closed, db, city, clock):
    signed_in_as(closed, db, "admin", city.government, clock())
    budi = signed_in_as(closed, db, "unit_head", city.unit, clock())
    (ayu,) = [one for one in officers.all_officers(db) if one.name == "Ayu"]
    budi.get("/account")
    token = budi.page.xpath("string(//input[@name='csrf_token']/@value)")
    held = roles_of(db, ayu.id)[0].id
    budi.post("/role", {"csrf_token": token, "membership": held}, 404)


def test_a_role_that_was_taken_away_is_gone_at_the_next_step(closed, db, city, clock):
    budi = signed_in_as(closed, db, "unit_head", city.unit, clock())
    budi.get(f"/units/{city.unit.slug}")
    (officer,) = officers.all_officers(db)
    roles.end_membership(db, Deed(SERVER, clock()), WHOLE_CITY, officer.id, roles_of(db, officer.id)[0].id)
    budi.get(f"/units/{city.unit.slug}", 403)
    budi.get("/account")


def test_a_planted_session_is_not_taken_over(guest, closed, db, city):
    budi = an_officer(db, "unit_head", city.unit)
    guest.get("/sign-in")
    planted = guest._client.get_cookie("__Host-skm").value
    gives(guest, budi.email)
    assert guest._client.get_cookie("__Host-skm").value != planted
    attacker = closed.test_client()
    attacker.set_cookie("__Host-skm", planted)
    assert attacker.get("/account").status_code == 302


def test_the_token_of_a_form_changes_at_sign_in(guest, db, city):
    guest.get("/sign-in")
    before = guest.page.xpath("string(//input[@name='csrf_token']/@value)")
    gives(guest, an_officer(db, "unit_head", city.unit).email)
    guest.post("/sign-out", {"csrf_token": before}, 400)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.test/", "//evil.test/", "//[", "/\\evil.test", "\\\\evil.test", "javascript:alert(1)",
        "evil.test", "/\t/evil.test", "\x00//evil.test", "https:evil.test", "///evil.test", " //evil.test",
        "/\n/evil.test", "",
    ],
)  # fmt: skip
def test_the_way_on_never_leads_elsewhere(guest, db, city, elsewhere):
    budi = an_officer(db, "unit_head", city.unit)
    guest.get("/sign-in", query_string={"next": elsewhere})
    assert gives_here(guest, budi.email) == f"/units/{city.unit.slug}"


def test_the_way_on_leads_to_the_page_that_was_asked_for(guest, db, city):
    budi = an_officer(db, "unit_head", city.unit)
    guest.get(f"/units/{city.unit.slug}?period=2026-TW1", 302)
    asked = guest.response.headers["Location"]
    assert parse_qs(urlsplit(asked).query)["next"] == [f"/units/{city.unit.slug}?period=2026-TW1"]
    guest.get(asked)
    assert gives_here(guest, budi.email) == f"/units/{city.unit.slug}?period=2026-TW1"


def gives_here(guest: Visitor, email: str) -> str:
    return guest.send(303, email=email, password=PASSWORD).headers["Location"]


def test_a_sign_in_without_the_token_of_the_form_is_refused(guest, db, city):
    budi = an_officer(db, "unit_head", city.unit)
    guest.post("/sign-in", {"email": budi.email, "password": PASSWORD}, 400)


def test_the_address_is_that_of_the_last_hop_that_is_trusted(settings, db, city, clock):
    seen = {}
    for proxies in (0, 1):
        trusting = Settings(
            settings.database, settings.address, proxies=proxies, secret_key=settings.secret_key
        )
        visitor = Visitor(an_application(trusting, clock).test_client())
        visitor.get("/sign-in")
        typed = {"email": f"who{proxies}@example.go.id", "password": "wrong"}
        token = visitor.page.xpath("string(//input[@name='csrf_token']/@value)")
        headers = {"X-Forwarded-For": "6.6.6.6, 10.1.1.1", "Referer": "http://localhost/sign-in"}
        visitor.post("/sign-in", typed | {"csrf_token": token}, 422, headers=headers)
        seen[proxies] = db.execute("SELECT address FROM attempts ORDER BY id DESC LIMIT 1").fetchone()[0]
    assert seen == {0: "127.0.0.1", 1: "10.1.1.1"}


def test_counter_staff_see_closed_months_and_only_of_enough_people(closed, db, city, clock):
    from tests.builders import answered

    wati = signed_in_as(closed, db, "counter_staff", city.unit, clock())
    page = f"/organisations/{city.unit.slug}/summary"
    for day in ["2026-05-31"] * 8:
        answered(db, city, "444444444", day=day)
    answered(db, city, "111111111", day="2026-06-01")
    wati.get(page)
    assert "Belum cukup jawaban." in wati.words
    answered(db, city, "444444444", day="2026-05-31")
    wati.get(page)
    assert "IKM 100,00 – Sangat Baik." in wati.words
    assert "Dari 5 jawaban, Jan–Mei 2026." in wati.words


def test_an_entry_of_the_log_tells_who_signed_in(guest, db, city):
    budi = an_officer(db, "unit_head", city.unit)
    gives(guest, budi.email)
    (entry,) = db.query("SELECT verb, subject, path FROM audit")
    assert entry == {"verb": "sign_in", "subject": budi.email, "path": city.unit.path}
