"""Acting heads on the pages: said with their last day, warned of, and out of every door the day after."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from skm.store import organisations
from skm.store.database import writing
from tests.applications import an_application
from tests.builders import an_organisation
from tests.officers import an_officer, roles_of, signed_in_as

TODAY = date(2026, 6, 15)
LATE = datetime(2026, 6, 15, 15, 55, tzinfo=UTC)  # 23.55 WITA
NEXT_DAY = datetime(2026, 6, 15, 16, 5, tzinfo=UTC)


@pytest.fixture
def acting(settings, db, city, clock):
    """An acting head whose last day is today, signed in five minutes before it ends, where no page is open."""
    clock.moment = LATE
    closed = an_application(replace(settings, open_pages=False), clock)
    return signed_in_as(closed, db, "unit_head", city.unit, LATE, until=TODAY)


def test_the_right_is_gone_in_the_session_that_is_open(acting, city, clock):
    acting.get(f"/units/{city.unit.slug}")
    assert "Plt. Kepala unit, UPTD Puskesmas I Denpasar Barat, sampai 15 Juni 2026" in acting.words
    clock.moment = NEXT_DAY
    for page in ("", "/counters", "/papers", "/improvements", "/visitors"):
        acting.get(f"/units/{city.unit.slug}{page}", 403)
    acting.get("/account")
    assert "belum mempunyai peran" in acting.words


def test_a_form_that_was_open_is_not_taken_any_more(acting, city, clock):
    acting.get(f"/units/{city.unit.slug}/improvements/add")
    clock.moment = NEXT_DAY
    acting.send(403)


def test_an_acting_head_is_invited_up_to_a_day(admin, city, db):
    who = {"name": "Made", "email": "made@example.go.id", "role": "unit_head"}
    admin.send_form("/people/invite", 422, **who, organisation=city.unit.slug, until="2026-06-14")
    assert "Hari terakhir itu sudah lewat" in admin.words
    admin.send(200, until="2026-12-31")
    admin.get("/people")
    assert "Plt. Kepala unit sampai 31 Desember 2026" in admin.words


def test_the_end_is_warned_of_and_then_said_loudly(admin, app, db, city, clock):
    an_officer(db, "unit_head", city.unit, until=date(2026, 6, 22))
    admin.get("/people")
    assert "Budi, berakhir 22 Juni 2026 (7 hari lagi)." in admin.words
    clock.moment = datetime(2026, 6, 23, tzinfo=UTC)
    admin = signed_in_as(app, db, "admin", city.government, clock())
    admin.get("/people")
    (loud,) = admin.page.xpath("//li[@class='loud']")
    assert "sejak itu UPTD Puskesmas I Denpasar Barat tidak mempunyai kepala" in loud.text
    an_officer(db, "unit_head", city.unit)
    admin.get("/people")
    assert not admin.page.xpath("//li[@class='loud']")


def test_a_unit_that_is_closed_lacks_no_head(admin, db, city):
    an_officer(db, "unit_head", city.unit, until=date(2026, 6, 1))
    admin.get("/people")
    assert admin.page.xpath("//li[@class='loud']")
    with writing(db):
        organisations.change(db, [replace(city.unit, closed="2026-06-02T00:00:00+00:00")])
    admin.get("/people")
    assert not admin.page.xpath("//ul[@class='warnings']")


def test_an_end_that_is_far_off_is_no_warning(admin, db, city):
    an_officer(db, "unit_head", city.unit, until=date(2026, 12, 31))
    admin.get("/people")
    assert not admin.page.xpath("//ul[@class='warnings']")


def test_the_last_day_is_moved_and_taken_off(admin, db, city):
    budi = an_officer(db, "unit_head", city.unit, until=date(2026, 6, 22))
    (held,) = roles_of(db, budi.id)
    here = f"/people/{budi.id}/roles/{held.id}/until"
    admin.send_form(here, 303, until="2026-07-31")
    admin.get(f"/people/{budi.id}")
    assert "Plt. Kepala unit sampai 31 Juli 2026" in admin.words
    admin.send_form(here, 303, until="")
    assert roles_of(db, budi.id)[0].title == "Kepala unit"


def test_everything_is_ready_only_while_every_unit_has_a_head(admin, app, db, city, clock):
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    an_officer(db, "unit_head", other)
    an_officer(db, "unit_head", city.unit, until=TODAY)
    admin.get("/setup")
    assert "1 unit belum mempunyai kepala" not in admin.words
    clock.moment = NEXT_DAY
    admin = signed_in_as(app, db, "admin", city.government, clock())
    admin.get("/setup")
    assert "1 unit belum mempunyai kepala" in admin.words
    assert "Semua siap" not in admin.words
