"""The changes of many units in one list."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from skm.figures.changes import read_changes
from skm.figures.choice import choose
from skm.figures.overview import show_figures
from skm.store.database import writing
from tests.builders import a_service, an_organisation, answered
from tests.conftest import NOON


@pytest.fixture
def units(db, city):
    """Six units of two services with invented answers in both years; the third falls in 2026."""
    chance, made = Random(11), []
    for number in range(6):
        with writing(db):
            unit = an_organisation(db, city.agency, "unit", f"Puskesmas {number + 1} Uji")
            services = tuple(a_service(db, unit, name) for name in ("Umum", "Gigi"))
        made.append(replace(city, unit=unit, services=services))
        for year, fallen in ((2025, False), (2026, number == 2)):
            for day in range(100):
                score = "".join(chance.choice("2223" if fallen else "3344") for _ in range(9))
                at = date(year, 1, 1) + timedelta(days=day)
                answered(db, made[-1], score, at.isoformat(), service_id=services[chance.random() < 0.5].id)
    return [one.unit for one in made]


def read(db, city, **asked):
    return read_changes(db, choose(db, city.agency.slug, **asked))


def test_each_is_that_of_the_units_own_page(db, city, units):
    listed = read(db, city).units
    for unit in units:
        own = show_figures(db, choose(db, unit.slug)).step
        assert listed[unit.id].index.p == pytest.approx(own.p)
        assert replace(listed[unit.id].index, real=own.real) == own


def test_states_are_compared_as_on_the_units_own_page(db, city, units):
    listed = read(db, city, states_at=NOON).units
    for unit in units:
        own = show_figures(db, choose(db, unit.slug, states_at=NOON)).step
        assert replace(listed[unit.id].index, real=own.real) == own


def test_only_what_is_real_among_all_is_called_real(db, city, units):
    changes = read(db, city)
    assert len(changes.indices) == 6
    assert [unit.name for unit in units if changes.units[unit.id].index.real] == ["Puskesmas 3 Uji"]
    assert len(changes.elements) == 54
    real = {unit.name for unit in units for step in changes.units[unit.id].elements.values() if step.real}
    assert real == {"Puskesmas 3 Uji"}


def test_the_parts_of_an_element_add_up(db, city, units):
    for one in read(db, city).units.values():
        for step in one.elements.values():
            assert step.rated + step.mixed + step.turnover == step.points


def test_units_that_answered_in_one_year_only_are_not_looked_at(db, city, units):
    with writing(db):
        new = replace(city, unit=an_organisation(db, city.agency, "unit", "Puskesmas Baru"))
    answered(db, new, "4" * 9)
    changes = read(db, city)
    assert new.unit.id not in changes.units
    assert len(changes.indices) == 6


def test_a_unit_is_compared_over_its_own_months(db, city, units):
    for day in range(1, 20):
        answered(db, replace(city, unit=units[0]), "1" * 9, f"2025-12-{day:02}")
    assert abs(read(db, city).units[units[0].id].index.points) < Decimal(10)


def test_without_an_earlier_span_there_are_no_changes(db, city, units):
    assert read(db, city, period="semua") is None
    assert read(db, city, period="2025").units == {}
