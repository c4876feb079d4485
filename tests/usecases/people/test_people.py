"""Officers come, get roles and leave; what they do is in the log."""

import json
from datetime import timedelta

import pytest

from skm.store import officers
from skm.store.database import writing
from skm.survey.officer import WHOLE_CITY
from skm.survey.problem import Problem
from skm.usecases.deed import SERVER, Deed
from skm.usecases.people import account, arrivals, people, roles, sign_in
from skm.usecases.people.browsers import Origin
from skm.usecases.people.roles import Invitation
from tests.officers import PASSWORD, TOTP_SECRET, an_officer, roles_of

NEW = "kapur barus lemari biru tua"


@pytest.fixture
def now(clock):
    return clock()


def refused(key: str):
    return pytest.raises(Problem, match=key)


def invited(db, now, role: str = "unit_head", organisation_id: str = "", email: str = "Budi@Example.go.id "):
    invitation = Invitation(email, " Budi ", role, organisation_id)
    return people.invite_officer(db, Deed(SERVER, now), WHOLE_CITY, invitation).secret


def logged(db) -> list[tuple[str, str]]:
    return [tuple(row) for row in db.execute("SELECT verb, subject FROM audit ORDER BY id")]


def test_an_invitation_makes_an_account_without_a_password(db, city, now):
    assert invited(db, now, organisation_id=city.unit.id)
    (budi,) = officers.all_officers(db)
    assert (budi.email, budi.name, budi.password) == ("budi@example.go.id", "Budi", None)
    assert logged(db) == [("add_officer", budi.email), ("give_role", budi.email)]


def test_the_log_tells_role_and_place_under_the_place(db, city, now):
    invited(db, now, organisation_id=city.unit.id)
    (row,) = db.query("SELECT path, after, officer_name FROM audit WHERE verb = 'give_role'")
    assert row["path"] == city.unit.path
    assert json.loads(row["after"]) == {"organisation": city.unit.name, "role": "unit_head"}
    assert row["officer_name"] == "server"


def test_a_second_invitation_gives_a_second_role_and_ends_the_first_link(db, city, now):
    first = invited(db, now)
    second = invited(db, now, "auditor")
    (budi,) = officers.all_officers(db)
    assert [held.role for held in roles_of(db, budi.id)] == ["unit_head", "auditor"]
    with refused("link_spent"):
        arrivals.find_invited(db, first, now)
    assert arrivals.find_invited(db, second, now) == ("invitation", budi)


@pytest.mark.parametrize(
    ("role", "where", "email", "key"),
    [
        ("king", "", "budi@example.go.id", "role_unknown"),
        ("unit_head", "nowhere", "budi@example.go.id", "organisation_unknown"),
        ("unit_head", "", "budi", "email_wrong"),
        ("unit_head", "", "budi@example.go.id\nBcc: all@example.go.id", "email_wrong"),
        # No mail program reads these as one recipient: a letter to them would go astray, or never be made.
        ("unit_head", "", "budi,sari@example.go.id", "email_wrong"),
        ("unit_head", "", "=?u?q?budi?=@example.go.id", "email_wrong"),
        ("unit_head", "", ":budi@example,.id", "email_wrong"),
    ],
)
def test_a_wrong_invitation_leaves_nothing_behind(db, city, now, role, where, email, key):
    with refused(key):
        invited(db, now, role, where, email)
    assert not officers.all_officers(db)
    assert not logged(db)


def test_a_role_is_not_given_twice(db, city, now):
    invited(db, now)
    with refused("membership_held"):
        invited(db, now)


def test_who_was_let_go_may_come_back_with_nothing_of_the_old_way_in(db, city, now):
    sari = an_officer(db, "organisasi", city.government, TOTP_SECRET)
    people.close_officer(db, Deed(SERVER, now), sari.id)
    assert invited(db, now, email=sari.email)
    again = officers.get(db, sari.id)
    assert (again.password, again.totp_secret, again.closed) == (None, None, None)
    assert [held.role for held in roles_of(db, sari.id)] == ["unit_head"]


def test_a_renewed_invitation_lives_as_long_as_the_first_which_it_ends(db, city, now):
    first = invited(db, now)
    second = people.offer_reset(db, Deed(SERVER, now), WHOLE_CITY, officers.all_officers(db)[0].id).secret
    assert arrivals.find_invited(db, second, now + timedelta(days=6))[0] == "invitation"
    for secret, later in ((first, timedelta(0)), (second, timedelta(days=7))):
        with refused("link_spent"):
            arrivals.find_invited(db, secret, now + later)


def test_an_invitation_lives_a_week_and_a_reset_two_hours(db, city, now):
    invitation = invited(db, now)
    budi = an_officer(db, "unit_head", city.unit)
    reset = people.offer_reset(db, Deed(SERVER, now), WHOLE_CITY, budi.id).secret
    arrivals.find_invited(db, reset, now + timedelta(minutes=119))
    arrivals.find_invited(db, invitation, now + timedelta(days=6))
    for secret, later in ((reset, timedelta(hours=2)), (invitation, timedelta(days=7))):
        with refused("link_spent"):
            arrivals.find_invited(db, secret, now + later)


def test_a_reset_ends_sessions_authenticator_and_recovery_codes(db, city, now):
    sari = an_officer(db, "organisasi", city.government, TOTP_SECRET)
    with writing(db):
        officers.replace_recovery_codes(db, sari.id, ["digest"])
    session = sign_in.sign_in(db, sari.email, PASSWORD, Origin("10.0.0.1"), now)
    arrivals.arrive(db, people.offer_reset(db, Deed(SERVER, now), WHOLE_CITY, sari.id).secret, NEW, now)
    assert sign_in.find_signed_in(db, session, now) is None
    assert officers.get(db, sari.id).totp_secret is None
    assert db.execute("SELECT count(*) FROM recovery_codes").fetchone() == (0,)


def test_a_reset_clears_the_failures_of_this_account_alone(db, city, now):
    budi, sari = an_officer(db, "unit_head", city.unit), an_officer(db, "auditor", city.government)
    for email in (budi.email, sari.email):
        with refused("sign_in_wrong"):
            sign_in.sign_in(db, email, "wrong", Origin("10.0.0.1"), now)
    arrivals.arrive(db, people.offer_reset(db, Deed(SERVER, now), WHOLE_CITY, budi.id).secret, NEW, now)
    assert [row[0] for row in db.execute("SELECT account FROM attempts")] == [sari.email]


def test_a_link_of_a_closed_account_is_spent(db, city, now):
    secret = invited(db, now)
    people.close_officer(db, Deed(SERVER, now), officers.all_officers(db)[0].id)
    with refused("link_spent"):
        arrivals.arrive(db, secret, NEW, now)


def test_the_last_admin_stays(db, city, now):
    admin = an_officer(db, "admin", city.government)
    (held,) = roles_of(db, admin.id)
    with refused("last_admin"):
        people.close_officer(db, Deed(SERVER, now), admin.id)
    with refused("last_admin"):
        roles.end_membership(db, Deed(SERVER, now), WHOLE_CITY, admin.id, held.id)
    assert roles_of(db, admin.id) == [held]


def test_one_of_two_admins_may_go(db, city, now):
    first, _ = an_officer(db, "admin", city.government), an_officer(db, "admin", city.government)
    people.close_officer(db, Deed(SERVER, now), first.id)
    assert officers.count_admins(db) == 1


def test_a_city_without_admin_can_still_let_others_go(db, city, now):
    budi = an_officer(db, "unit_head", city.unit)
    people.close_officer(db, Deed(SERVER, now), budi.id)
    assert officers.get(db, budi.id).closed


def test_an_ended_role_is_logged_with_what_it_was(db, city, now):
    budi = an_officer(db, "unit_head", city.unit)
    roles.end_membership(db, Deed(SERVER, now), WHOLE_CITY, budi.id, roles_of(db, budi.id)[0].id)
    (row,) = db.query("SELECT before, path FROM audit WHERE verb = 'end_membership'")
    assert json.loads(row["before"]) == {"organisation": city.unit.name, "role": "unit_head"}


def test_a_new_set_up_link_ends_the_one_before(db, now):
    first, second = arrivals.offer_set_up(db, now), arrivals.offer_set_up(db, now)
    arrivals.check_set_up(db, second, now)
    with refused("link_spent"):
        arrivals.check_set_up(db, first, now)


@pytest.mark.parametrize(("name", "zone"), [(" ", "Asia/Makassar"), ("Kota", "Europe/Berlin")])
def test_a_city_needs_a_name_and_a_time_zone_of_indonesia(db, now, name, zone):
    secret = arrivals.offer_set_up(db, now)
    with refused("city_unnamed"):
        arrivals.set_up(db, secret, name, zone, "ayu@example.go.id", "Ayu", NEW, now)
    assert not officers.all_officers(db)
    arrivals.check_set_up(db, secret, now)


def test_the_set_up_is_logged(db, now):
    arrivals.set_up(
        db, arrivals.offer_set_up(db, now), "Kota", "Asia/Jayapura", "ayu@example.go.id", "Ayu", NEW, now
    )
    assert [verb for verb, _ in logged(db)] == ["add_organisation", "add_officer", "give_role"]


def test_a_session_keeps_only_a_digest(db, city, now):
    secret = sign_in.sign_in(
        db, an_officer(db, "unit_head", city.unit).email, PASSWORD, Origin("10.0.0.1"), now
    )
    assert secret not in str(list(db.query("SELECT * FROM sessions")))


def test_a_wrong_present_password_counts_as_a_failure(db, city, now):
    budi = an_officer(db, "unit_head", city.unit)
    officer = sign_in.find_signed_in(
        db, sign_in.sign_in(db, budi.email, PASSWORD, Origin("10.0.0.1"), now), now
    )
    for _ in range(10):
        with refused("password_wrong"):
            account.change_password(db, Deed(officer.actor, now), officer, "wrong", NEW, Origin("10.0.0.1"))
    with refused("sign_in_throttled"):
        account.change_password(db, Deed(officer.actor, now), officer, PASSWORD, NEW, Origin("10.0.0.1"))


@pytest.mark.parametrize("typed", ["", "12345", "١٢٣٤٥٦", "²²²²²²", "abc", "0" * 5000])
def test_whatever_is_typed_as_a_code_is_just_wrong(db, city, now, typed):
    sari = an_officer(db, "organisasi", city.government, TOTP_SECRET)
    officer = sign_in.find_signed_in(
        db, sign_in.sign_in(db, sari.email, PASSWORD, Origin("10.0.0.1"), now), now
    )
    with refused("code_wrong"):
        sign_in.prove(db, Deed(officer.actor, now), officer, typed, Origin("10.0.0.1"))
