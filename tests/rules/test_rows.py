"""Who may see single answers, and what the others see is read by the attacker of `tests/attacker`."""

from collections import Counter

import pytest

from skm.app import DOORS
from skm.settings import ROOT
from skm.survey.officer import ROLES, Membership, needs_second_factor
from skm.web.frame.guard import LOCKS
from tests.attacker.doors import READ, WITHOUT_SCORES, doors_of
from tests.attacker.everything import WITHOUT_ROWS


def test_every_door_without_rows_is_read_by_the_attacker_or_shows_no_scores(app):
    listed = Counter([*READ, *(door for doors in WITHOUT_SCORES.values() for door in doors)])
    assert not [door for door, times in listed.items() if times > 1]
    assert listed.keys() == doors_of(app, DOORS, WITHOUT_ROWS), (
        "a page that is new is read, or has its reason"
    )


def test_a_new_page_that_nobody_reads_is_noticed(app):
    locks = {**DOORS, "sign_in.show_account": "reads_figures"}
    assert doors_of(app, locks, ["counter_staff"]) == doors_of(app, DOORS, ["counter_staff"]) - {
        "sign_in.show_account"
    }


@pytest.mark.parametrize("role", ROLES)
def test_the_role_matrix_says_who_has_rows(role):
    guide = (ROOT / "docs" / "petunjuk" / "admin.md").read_text("utf-8")
    (line,) = [line for line in guide.splitlines() if line.startswith(f"| {ROLES[role]} |")]
    cell = line.strip("| ").rpartition("|")[2].strip()
    assert cell.startswith("ya") == (role in LOCKS["reads_rows"].roles)


@pytest.mark.parametrize("role", ROLES)
def test_the_role_matrix_says_who_is_asked_twice(role):
    guide = (ROOT / "docs" / "petunjuk" / "admin.md").read_text("utf-8")
    (line,) = [line for line in guide.splitlines() if line.startswith(f"| {ROLES[role]} |")]
    asked = {
        kind: needs_second_factor([Membership("", "", role, "", "", "", "", kind)])
        for kind in ("government", "agency", "unit")
    }
    said = {"selalu": {*asked}, "bila lebih dari satu unit": {"government", "agency"}}
    assert {kind for kind, twice in asked.items() if twice} == said[line.split("|")[3].strip()]
