"""Acting heads (Plt.): a role that is held up to a day by the clock of the city, and not a minute longer."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from skm.store.database import writing
from skm.survey.officer import WHOLE_CITY
from skm.survey.problem import Problem
from skm.usecases.city import guide
from skm.usecases.deed import SERVER, Deed
from skm.usecases.people import people, roles, sign_in
from skm.usecases.people.browsers import Origin
from skm.usecases.people.roles import Invitation
from tests.builders import an_organisation
from tests.conftest import NOON
from tests.officers import PASSWORD, an_officer, roles_of

TODAY = date(2026, 6, 15)
LAST_MINUTE = datetime(2026, 6, 15, 15, 59, tzinfo=UTC)  # 23.59 WITA
MIDNIGHT = datetime(2026, 6, 15, 16, 0, tzinfo=UTC)


def refused(key: str):
    return pytest.raises(Problem, match=key)


def given_until(db, city, until: date | None, role: str = "unit_head"):
    invitation = Invitation("made@example.go.id", "Made", role, city.unit.id, until)
    return people.invite_officer(db, Deed(SERVER, NOON), WHOLE_CITY, invitation).officer


def entries(db, verb: str) -> list[tuple[dict, dict]]:
    found = db.execute("SELECT before, after FROM audit WHERE verb = :verb ORDER BY id", {"verb": verb})
    return [(json.loads(before or "{}"), json.loads(after or "{}")) for before, after in found]


def test_an_acting_head_is_head_through_the_last_day_in_the_city(db, city):
    made = an_officer(db, "unit_head", city.unit, until=TODAY)
    secret = sign_in.sign_in(db, made.email, PASSWORD, Origin("10.0.0.1"), LAST_MINUTE)
    acting = sign_in.find_signed_in(db, secret, LAST_MINUTE).membership
    assert (acting.title, acting.last_day) == ("Plt. Kepala unit", TODAY)
    assert sign_in.find_signed_in(db, secret, MIDNIGHT).membership is None


def test_who_signs_in_after_the_last_day_holds_nothing(db, city):
    made = an_officer(db, "unit_head", city.unit, until=TODAY)
    secret = sign_in.sign_in(db, made.email, PASSWORD, Origin("10.0.0.1"), MIDNIGHT)
    assert sign_in.find_signed_in(db, secret, MIDNIGHT).memberships == ()


def test_a_head_elsewhere_stays_one_when_acting_here_ends(db, city):
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    made = an_officer(db, "unit_head", other)
    invitation = Invitation(made.email, "", "unit_head", city.unit.id, TODAY)
    people.invite_officer(db, Deed(SERVER, NOON), WHOLE_CITY, invitation)
    assert [held.organisation for held in roles_of(db, made.id, TODAY)] == [other.name, city.unit.name]
    assert [held.organisation for held in roles_of(db, made.id, MIDNIGHT.date() + timedelta(1))] == [
        other.name
    ]


def test_the_log_tells_the_last_day_and_that_it_was_changed(db, city):
    made = given_until(db, city, TODAY)
    (held,) = roles_of(db, made.id)
    roles.change_last_day(db, Deed(SERVER, NOON), WHOLE_CITY, made.id, held.id, date(2026, 9, 30))
    roles.change_last_day(db, Deed(SERVER, NOON), WHOLE_CITY, made.id, held.id, None)
    assert entries(db, "give_role")[0][1]["until"] == "2026-06-15"
    assert entries(db, "change_last_day") == [
        ({"until": "2026-06-15"}, {"until": "2026-09-30"}),
        ({"until": "2026-09-30"}, {"until": None}),
    ]


def test_what_has_ended_by_its_day_is_extended_or_given_again(db, city):
    made, later = given_until(db, city, TODAY), Deed(SERVER, MIDNIGHT)
    (lapsed,) = people.show_person(db, WHOLE_CITY, made.id, MIDNIGHT).lapsed
    roles.change_last_day(db, later, WHOLE_CITY, made.id, lapsed.id, date(2026, 6, 16))
    assert roles_of(db, made.id, date(2026, 6, 16))
    after = datetime(2026, 6, 20, tzinfo=UTC)
    again = Invitation(made.email, "", "unit_head", city.unit.id)
    people.invite_officer(db, Deed(SERVER, after), WHOLE_CITY, again)
    assert people.show_person(db, WHOLE_CITY, made.id, after).lapsed == []
    assert [held.until for held in roles_of(db, made.id)] == [None]


@pytest.mark.parametrize("until", [date(2026, 6, 14), date(1999, 1, 1)])
def test_a_day_that_has_passed_is_refused(db, city, until):
    with refused("until_past"):
        given_until(db, city, until)


def test_an_admin_has_no_last_day(db, city):
    with refused("admin_until"):
        given_until(db, city, TODAY, "admin")


def test_a_unit_whose_acting_head_has_left_lacks_one(db, city):
    an_officer(db, "unit_head", city.unit, until=TODAY)
    lacking = [
        next(step for step in guide.show_steps(db, moment) if step.key == "people").missing
        for moment in (LAST_MINUTE, MIDNIGHT)
    ]
    assert lacking == [[], [city.unit.name]]
