"""Bagian Organisasi invites heads and counter staff below its organisation, and reaches nobody else."""

from datetime import timedelta

import pytest

from skm.store import officers
from skm.store.database import writing
from skm.survey.officer import WHOLE_CITY, Reach, reach_of
from skm.survey.problem import Problem
from skm.usecases.deed import SERVER, Actor, Deed
from skm.usecases.people import arrivals, people, roles, sign_in
from skm.usecases.people.roles import Invitation
from tests.builders import an_organisation
from tests.conftest import NOON
from tests.officers import PASSWORD, TOTP_SECRET, an_officer, roles_of

KOMANG = "komang@example.go.id"


def refused(key: str):
    return pytest.raises(Problem, match=key)


@pytest.fixture
def sari(db, city):
    """Bagian Organisasi of the agency."""
    return an_officer(db, "organisasi", city.agency, TOTP_SECRET)


@pytest.fixture
def elsewhere(db, city):
    """A unit of another agency."""
    with writing(db):
        agency = an_organisation(db, city.government, "agency", "Dinas Lain")
        return an_organisation(db, agency, "unit", "Unit Lain")


@pytest.fixture
def reach(db, sari) -> Reach:
    return reach_of(roles_of(db, sari.id)[0])


@pytest.fixture
def deed(sari) -> Deed:
    return Deed(Actor(sari.id, sari.name, "organisasi"), NOON)


@pytest.fixture
def invite(db, deed, reach):
    def _invite(role: str, organisation, email: str = KOMANG, until=None):
        return people.invite_officer(
            db, deed, reach, Invitation(email, "Komang", role, organisation.id, until)
        )

    return _invite


@pytest.mark.parametrize("role", ["unit_head", "counter_staff"])
def test_heads_and_counter_staff_of_units_below_are_invited(city, invite, role):
    assert invite(role, city.unit).secret


@pytest.mark.parametrize("role", ["admin", "auditor", "organisasi"])
def test_no_other_role_is_given(db, city, invite, role):
    with refused("role_beyond"):
        invite(role, city.unit)
    assert officers.find(db, KOMANG) is None


@pytest.mark.parametrize("place", ["agency", "government", "elsewhere"])
def test_nothing_is_given_beside_or_above(city, elsewhere, invite, place):
    with refused("role_beyond"):
        invite("unit_head", elsewhere if place == "elsewhere" else getattr(city, place))


def test_the_whole_city_is_not_given_where_no_organisation_is_named(db, deed, reach):
    with refused("role_beyond"):
        people.invite_officer(db, deed, reach, Invitation(KOMANG, "Komang", "unit_head", ""))


def test_nobody_invites_oneself(city, sari, invite):
    with refused("role_beyond"):
        invite("unit_head", city.unit, sari.email)


def test_the_invitation_of_somebody_above_is_neither_taken_over_nor_ended(db, city, invite):
    above = Invitation(KOMANG, "Komang", "auditor", "")
    first = people.invite_officer(db, Deed(SERVER, NOON), WHOLE_CITY, above)
    assert invite("unit_head", city.unit).secret is None
    assert arrivals.find_invited(db, first.secret, NOON)[1].email == KOMANG


def test_an_open_link_ends_when_its_account_is_given_more(db, city, deed, reach):
    budi = an_officer(db, "unit_head", city.unit)
    link = people.offer_reset(db, deed, reach, budi.id).secret
    more = Invitation(budi.email, "", "auditor", "")
    people.invite_officer(db, Deed(SERVER, NOON), WHOLE_CITY, more)
    with refused("link_spent"):
        arrivals.arrive(db, link, PASSWORD + " baru", NOON)


def test_the_way_in_is_renewed_for_those_below(db, city, deed, reach, invite):
    budi = an_officer(db, "unit_head", city.unit)
    assert people.offer_reset(db, deed, reach, budi.id).secret
    assert people.offer_reset(db, deed, reach, invite("unit_head", city.unit).officer.id).secret


@pytest.mark.parametrize("until", [None, NOON.date() - timedelta(1)])
def test_whoever_also_holds_a_role_outside_is_not_let_in_again(db, city, elsewhere, deed, reach, until):
    both = an_officer(db, "unit_head", elsewhere, until=until)  # what has lapsed may be extended again
    with writing(db):
        officers.add_membership(db, "m", both.id, "unit_head", city.unit.id, deed.moment)
    with refused("account_beyond"):
        people.offer_reset(db, deed, reach, both.id)


@pytest.mark.parametrize("role", ["admin", "auditor", "organisasi"])
@pytest.mark.parametrize("place", ["unit", "agency", "government"])
def test_no_account_above_is_touched(db, city, deed, reach, role, place):
    above = an_officer(db, role, getattr(city, place), TOTP_SECRET)
    (held,) = roles_of(db, above.id)
    for act in (
        lambda: people.offer_reset(db, deed, reach, above.id),
        lambda: roles.end_membership(db, deed, reach, above.id, held.id),
        lambda: roles.change_last_day(db, deed, reach, above.id, held.id, NOON.date()),
    ):
        with refused("account_beyond|role_beyond|officer_unknown|membership_unknown"):
            act()
    assert [one.id for one in roles_of(db, above.id)] == [held.id]


def test_ones_own_roles_stay_as_they_are(db, city, sari, deed, reach):
    with writing(db):
        officers.add_membership(db, "m", sari.id, "unit_head", city.unit.id, deed.moment)
    with refused("account_beyond"):
        people.offer_reset(db, deed, reach, sari.id)
    with refused("role_beyond"):
        roles.end_membership(db, deed, reach, sari.id, "m")


def test_roles_below_are_ended_and_get_another_last_day(db, city, deed, reach):
    budi = an_officer(db, "unit_head", city.unit)
    (held,) = roles_of(db, budi.id)
    roles.change_last_day(db, deed, reach, budi.id, held.id, NOON.date())
    roles.end_membership(db, deed, reach, budi.id, held.id)
    assert not roles_of(db, budi.id)
    assert {row[0] for row in db.execute("SELECT role FROM audit")} == {"organisasi"}


def test_whom_the_reach_does_not_show_is_unknown(db, elsewhere, reach, sari):
    other = an_officer(db, "unit_head", elsewhere)
    assert [person.officer.id for person in people.show_people(db, reach, NOON)] == [sari.id]
    with refused("officer_unknown"):
        people.show_person(db, reach, other.id, NOON)


def test_renewing_all_renews_those_below_alone(db, city, elsewhere, deed, reach, invite):
    outside = Invitation("putu@example.go.id", "Putu", "unit_head", elsewhere.id)
    first = people.invite_officer(db, Deed(SERVER, NOON), WHOLE_CITY, outside)
    invite("unit_head", city.unit)
    assert [each.officer.email for each in people.renew_invitations(db, deed, reach)] == [KOMANG]
    assert arrivals.find_invited(db, first.secret, NOON)


def test_an_admin_of_a_part_gives_out_nothing(db, city):
    ayu = an_officer(db, "admin", city.agency)
    assert not reach_of(roles_of(db, ayu.id)[0]).roles


def arrived(db, link: str):
    """The account after somebody has come in by a link and chosen PASSWORD."""
    return arrivals.find_invited(db, link, NOON)[1], arrivals.arrive(db, link, PASSWORD, NOON)


@pytest.mark.parametrize(
    ("role", "place"), [("auditor", "government"), ("admin", "government"), ("unit_head", "agency")]
)
def test_a_higher_role_ends_every_way_in_that_bagian_organisasi_may_have_kept(db, city, invite, role, place):
    komang, session = arrived(db, invite("unit_head", city.unit).secret)  # by whoever opened the link
    higher = Invitation(KOMANG, "", role, getattr(city, place).id)
    invited = people.invite_officer(db, Deed(SERVER, NOON), WHOLE_CITY, higher)
    assert invited.anew
    assert officers.get(db, komang.id).password is None
    assert sign_in.find_signed_in(db, session, NOON) is None
    arrived(db, invited.secret)
    assert officers.get(db, komang.id).vouched == ""


def test_an_account_that_bagian_organisasi_let_in_again_is_proven_anew_too(db, city, deed, reach):
    budi = an_officer(db, "unit_head", city.unit)
    arrived(db, people.offer_reset(db, deed, reach, budi.id).secret)
    higher = Invitation(budi.email, "", "auditor", "")
    assert people.invite_officer(db, Deed(SERVER, NOON), WHOLE_CITY, higher).secret


def test_a_further_role_below_needs_no_proof(db, city, elsewhere, invite):
    komang, _ = arrived(db, invite("unit_head", city.unit).secret)
    beside = Invitation(KOMANG, "", "unit_head", elsewhere.id)
    assert people.invite_officer(db, Deed(SERVER, NOON), WHOLE_CITY, beside).secret is None
    assert officers.get(db, komang.id).password


def test_an_account_by_an_admins_link_needs_no_proof(db, city):
    budi = an_officer(db, "unit_head", city.unit)
    higher = Invitation(budi.email, "", "auditor", "")
    assert people.invite_officer(db, Deed(SERVER, NOON), WHOLE_CITY, higher).secret is None
