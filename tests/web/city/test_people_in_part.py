"""Bagian Organisasi of an agency on the page of people: its own part, and no way around it by post."""

from urllib.parse import urlsplit

import pyotp
import pytest

from skm.store import officers
from skm.store.database import writing
from tests.builders import an_organisation
from tests.officers import PASSWORD, an_officer, roles_of

KOMANG = {"name": "Komang", "email": "komang@example.go.id", "role": "unit_head"}


@pytest.fixture
def sari(signed_in, city):
    return signed_in("organisasi", city.agency)


@pytest.fixture
def elsewhere(db, city):
    with writing(db):
        agency = an_organisation(db, city.government, "agency", "Dinas Lain")
        return an_organisation(db, agency, "unit", "Unit Lain")


def test_the_page_shows_this_part_alone(db, city, sari, elsewhere):
    an_officer(db, "unit_head", city.unit)
    other = an_officer(db, "unit_head", elsewhere)
    sari.get("/people")
    assert "Budi" in sari.words
    assert other.email not in sari.words
    assert "Unit Lain" not in sari.words
    sari.get(f"/people/{other.id}", 404)


def test_a_head_below_is_invited_and_the_link_shown(sari, city):
    sari.send_form("/people/invite", 200, **KOMANG, organisation=city.unit.slug)
    assert "/arrive/" in sari.page.xpath("string(//textarea[@id='link'])")
    sari.get("/people")
    assert "diundang, belum masuk" in sari.words


def test_only_roles_and_places_within_are_offered(sari, city, elsewhere):
    sari.get("/people/invite")
    assert sari.page.xpath("//select[@id='role']/option/@value") == ["", "counter_staff", "unit_head"]
    offered = " ".join(sari.page.xpath("//datalist/option/@value"))
    assert city.unit.name in offered
    assert elsewhere.name not in offered
    assert not offered.startswith(city.agency.name)


@pytest.mark.parametrize("typed", [{"role": "admin"}, {"role": "auditor"}, {"role": "organisasi"}])
def test_another_role_by_post_is_refused(db, sari, city, typed):
    sari.send_form("/people/invite", 422, **(KOMANG | {"organisation": city.unit.slug} | typed))
    assert officers.find(db, KOMANG["email"]) is None


@pytest.mark.parametrize("place", ["government", "agency", "elsewhere"])
def test_another_organisation_by_post_is_refused(db, sari, city, elsewhere, place):
    top = elsewhere if place == "elsewhere" else getattr(city, place)
    sari.send_form("/people/invite", 422, **KOMANG, organisation=top.slug)
    assert officers.find(db, KOMANG["email"]) is None


def test_accounts_are_closed_by_the_admin_alone(db, sari, city):
    budi = an_officer(db, "unit_head", city.unit)
    sari.get(f"/people/{budi.id}/close", 403)
    sari.get(f"/people/{budi.id}")
    assert "Tutup akun" not in sari.words
    assert "Buat tautan masuk kembali" in sari.words


def test_the_second_factor_of_somebody_above_is_not_reset(db, sari, city):
    boss = an_officer(db, "organisasi", city.government)
    with writing(db):
        officers.add_membership(db, "m", boss.id, "unit_head", city.unit.id, "2026-01-01T00:00:00+00:00")
    sari.get(f"/people/{boss.id}")
    assert "juga memegang peran di luar bagian Anda" in sari.words
    assert "Buat tautan masuk kembali" not in sari.words
    sari.send_form(f"/people/{boss.id}/reset", 422)
    assert "di luar yang dapat Anda atur" in sari.words
    assert not sari.page.xpath("//textarea")


@pytest.mark.parametrize("deed", ["end", "until"])
def test_the_role_of_an_auditor_below_stays(db, sari, city, deed):
    agus = an_officer(db, "auditor", city.unit)
    (held,) = roles_of(db, agus.id)
    sari.send_form(f"/people/{agus.id}/roles/{held.id}/{deed}", 422)
    assert roles_of(db, agus.id) == [held]


def test_the_role_of_one_person_is_not_ended_by_way_of_another(db, sari, city, elsewhere):
    budi, other = an_officer(db, "unit_head", city.unit), an_officer(db, "unit_head", elsewhere)
    (held,) = roles_of(db, other.id)
    sari.get(f"/people/{budi.id}/roles/{held.id}/end", 404)
    sari.get(f"/people/{other.id}/roles/{held.id}/end", 404)


def test_after_the_only_role_was_ended_the_list_says_so(db, sari, city):
    budi = an_officer(db, "unit_head", city.unit)
    (held,) = roles_of(db, budi.id)
    response = sari.send_form(f"/people/{budi.id}/roles/{held.id}/end", 303)
    assert response.headers["Location"] == "/people"


@pytest.mark.parametrize("role", ["unit_head", "counter_staff", "auditor"])
def test_nobody_else_comes_in(signed_in, city, role):
    visitor = signed_in(role, city.government)
    for page in ("/people", "/people/invite", "/people/renew"):
        visitor.get(page, 403)


def test_an_admin_of_a_part_does_not_come_in(signed_in, city):
    signed_in("admin", city.agency).get("/people", 403)


def test_an_account_of_bagian_organisasi_gets_a_higher_role_only_with_a_link_of_the_admin(
    admin, sari, city, clock
):
    sari.send_form("/people/invite", 200, **KOMANG, organisation=city.unit.slug)
    kept = sari.again()
    kept.send_form(link_on(sari), 303, password=PASSWORD, again=PASSWORD)
    higher = KOMANG | {"role": "auditor", "organisation": city.government.slug}
    admin.send_form("/people/invite", 200, **higher)
    assert "membuktikan dirinya sekali lagi" in admin.words
    kept.get("/account", 302)
    komang = sari.again()
    komang.send_form(link_on(admin), 303, password=PASSWORD, again=PASSWORD)
    komang.get("/sign-in/authenticator")
    secret = komang.page.xpath("string(//code)").replace(" ", "")
    komang.send(200, code=pyotp.TOTP(secret).at(clock.moment))
    komang.get("/account")
    assert "Auditor" in komang.words


def link_on(visitor) -> str:
    """The one-time link of a page."""
    return urlsplit(visitor.page.xpath("string(//textarea[@id='link'])").strip()).path
