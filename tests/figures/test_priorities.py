"""What to improve first over units, whose rule the differences of elements follow."""

from pathlib import Path

import pytest

from skm.figures.choice import choose
from skm.figures.priorities import show_priorities
from skm.store import instruments
from skm.store.database import writing
from skm.survey.period import MEAN_OF_UNITS
from tests.builders import an_organisation, answered, decided
from tests.units import two_units

__all__ = ["two_units"]
OWN = Path(__file__).parents[1] / "survey" / "kelurahan.toml"


@pytest.fixture
def answers_of_days(db, city, two_units):
    """Twelve days of answers in both units."""
    for day in range(10, 22):
        answered(db, city, "434444444" if day % 3 else "334434444", f"2026-06-{day}")
        answered(db, two_units, "243444444" if day % 2 else "334444443", f"2026-06-{day}")


def margins(db, city):
    found = show_priorities(db, choose(db, city.government.slug, "2026"))
    return {gain.figure.code: gain.margin for gain in found.gains}


@pytest.fixture
def by_mean(db, city):
    with writing(db):
        db.execute("UPDATE periods SET aggregation = :rule", {"rule": MEAN_OF_UNITS})


def test_a_unit_that_was_asked_something_else_does_not_count_among_the_units(
    db, city, by_mean, answers_of_days
):
    before = margins(db, city)
    with writing(db):
        (own,) = instruments.add(db, OWN.read_text("utf-8")).values()
        third = an_organisation(db, city.agency, "unit", "Kelurahan Panjer")
    for day in range(10, 22):
        answered(db, city, "34", f"2026-06-{day}", unit_id=third.id, instrument_id=own)
    assert margins(db, city) == before


def test_the_margins_of_a_mean_of_units_are_others_than_those_of_all_together(db, city, answers_of_days):
    together = margins(db, city)
    with writing(db):
        db.execute("UPDATE periods SET aggregation = :rule", {"rule": MEAN_OF_UNITS})
    assert margins(db, city) != together


def test_answers_that_do_not_count_move_no_margin(db, city, answers_of_days):
    before = margins(db, city)
    decided(db, answered(db, city, "111111111", "2026-06-20"), "held")
    assert margins(db, city) == before
