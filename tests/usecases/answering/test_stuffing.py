"""Stuffed answers against the application itself; the months with honest people are measured by `bench.stuffing`."""

import pytest

from bench.stuffing import (
    ATTACKS,
    DOCUMENT,
    PATIENT,
    STUFFED,
    Month,
    family,
    outcome,
    rules_table,
    thresholds_table,
)

MIXED = "3 dan 4 bercampur"


@pytest.fixture
def month(tmp_path):
    """A unit to which nobody has come yet, with a registered tablet."""
    month = Month(tmp_path, 13)
    month.register()
    yield month
    month.db.close()


@pytest.mark.parametrize("attack", ATTACKS)
def test_of_each_attack_at_least_95_in_a_hundred_are_held_or_refused(month, attack):
    ATTACKS[attack](month, MIXED)
    month.run()
    assert outcome(month).stuffed >= 95


def test_the_patient_insider_is_not_seen_and_the_page_says_so(month):
    PATIENT["orang dalam yang sabar"](month, MIXED)
    month.run()
    assert outcome(month).stuffed == 0
    assert "No rule finds it" in DOCUMENT.read_text("utf-8")


def test_families_are_not_held(month):
    for day in range(10):
        for size in (2, 3, 4, 5):
            family(month, day, size)
    month.run()
    assert outcome(month).honest * 3 <= 1  # one in a hurry, of 140


@pytest.mark.parametrize("table", [rules_table, thresholds_table])
def test_the_document_has_the_rules_as_they_are(table):
    assert table() in DOCUMENT.read_text("utf-8"), "run `python -m bench.stuffing --update`"


def test_the_document_was_measured_with_so_many():
    assert f"\n{STUFFED} stuffed answers among those 300" in DOCUMENT.read_text("utf-8")
