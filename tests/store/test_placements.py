"""Where organisations stand in the tree, day by day."""

from dataclasses import replace
from datetime import date

import pytest

from skm.store import organisations
from skm.store.database import writing
from skm.survey.organisation import ALWAYS, STILL
from tests.builders import an_organisation

TENTH, TWENTIETH = date(2026, 6, 10), date(2026, 6, 20)


@pytest.fixture
def other(db, city):
    with writing(db):
        return an_organisation(db, city.government, "agency", "Dinas Sosial")


def move(db, unit, parent, day):
    moved = replace(unit, parent_id=parent.id, path=f"{parent.path}{unit.id}/")
    with writing(db):
        organisations.move(db, [moved], day)
    return moved


def stood(db, unit):
    return [(one.parent_id, one.since, one.until) for one in organisations.placements_of(db, unit.id)]


def test_a_new_organisation_has_always_stood_where_it_is_put(db, city):
    assert stood(db, city.unit) == [(city.agency.id, ALWAYS, STILL)]


def test_a_move_changes_nothing_before_its_day(db, city, other):
    moved = move(db, city.unit, other, TENTH)
    assert stood(db, city.unit) == [(city.agency.id, ALWAYS, "2026-06-09"), (other.id, "2026-06-10", STILL)]
    assert organisations.get(db, city.unit.id) == moved
    assert organisations.placements_of(db, city.unit.id)[-1].path == moved.path


def test_moved_twice_on_one_day_it_stood_at_the_second_place_only(db, city, other):
    move(db, move(db, city.unit, other, TENTH), city.agency, TENTH)
    assert stood(db, city.unit) == [
        (city.agency.id, ALWAYS, "2026-06-09"),
        (city.agency.id, "2026-06-10", STILL),
    ]


def test_a_move_takes_the_place_of_one_that_was_to_come_later(db, city, other):
    move(db, move(db, city.unit, other, TWENTIETH), city.agency, TENTH)
    assert [since for _, since, _ in stood(db, city.unit)] == [ALWAYS, "2026-06-10"]
    assert [until for _, _, until in stood(db, city.unit)] == ["2026-06-09", STILL]


def test_another_name_moves_nothing(db, city, other):
    with writing(db):
        organisations.change(
            db, [replace(city.unit, name="Puskesmas I", path=other.path, parent_id=other.id)]
        )
    assert organisations.get(db, city.unit.id) == replace(city.unit, name="Puskesmas I")
