"""Whoever can read many answers, or gives out rights, proves twice who it is."""

import pytest

from skm.survey.officer import ROLES, Membership, needs_second_factor

# By role: over which kinds of organisation the password is not enough; tests/rules/test_rows.py reads it in the guide.
ASKED_TWICE = {
    "counter_staff": {"government", "agency"},
    "unit_head": {"government", "agency"},
    "organisasi": {"government", "agency", "unit"},
    "auditor": {"government", "agency", "unit"},
    "admin": {"government", "agency", "unit"},
}


def held(role: str, kind: str = "unit", where: str = "one") -> Membership:
    return Membership(f"{role} {where}", "who", role, where, "Puskesmas", f"city/{where}/", where, kind)


def test_every_role_has_its_line():
    assert ASKED_TWICE.keys() == ROLES.keys()


@pytest.mark.parametrize("kind", ["government", "agency", "unit"])
@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_asked_twice_by_what_it_opens(role, kind):
    assert needs_second_factor([held(role, kind)]) == (kind in ASKED_TWICE[role])


def test_two_units_are_more_than_one():
    """As of a head who is also the acting head of another unit."""
    assert needs_second_factor([held("unit_head"), held("unit_head", where="other")])


def test_two_roles_in_one_unit_are_one_unit():
    assert not needs_second_factor([held("unit_head"), held("counter_staff")])


def test_nobody_is_asked_twice_for_nothing():
    assert not needs_second_factor([])


def test_the_widest_of_several_roles_decides():
    assert needs_second_factor([held("unit_head"), held("auditor")])
