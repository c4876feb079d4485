"""Lists of organisations for people: 2 before 10 and II before IX, whatever was set up first."""

import pytest

from skm.figures.sample import show_sample
from skm.store.database import writing
from skm.usecases.city.counter_cards import all_cards
from skm.usecases.city.organisations import show_organisation, show_tree
from tests.builders import a_counter, a_service, an_organisation
from tests.conftest import NOON

NAMES = ["Puskesmas 10", "Puskesmas IX", "Puskesmas 2", "Puskesmas I"]
IN_ORDER = ["Puskesmas I", "Puskesmas 2", "Puskesmas IX", "Puskesmas 10"]


@pytest.fixture
def agency(db, city):
    """An agency whose units were set up in another order than that of their names."""
    with writing(db):
        agency = an_organisation(db, city.government, "agency", "Badan")
        for name in NAMES:
            unit = an_organisation(db, agency, "unit", name)
            a_counter(db, unit, "Loket", (a_service(db, unit, "Poli"),))
    return agency


def test_the_tree_and_its_choices_are_in_the_order_of_names(db, agency):
    assert [branch.organisation.name for branch in show_tree(db)[2:6]] == IN_ORDER
    assert [child.name for child in show_organisation(db, "badan").children] == IN_ORDER


def test_posters_are_printed_in_the_order_of_names(db, agency):
    cards = all_cards(db, "badan", "https://skm.example.go.id", NOON)
    assert [card.unit.name for card in cards] == IN_ORDER


def test_units_that_lack_as_much_stand_in_the_order_of_names(db, agency):
    assert [unit.unit.name for unit in show_sample(db, "badan", "", NOON).total.units] == IN_ORDER


def test_the_table_of_units_is_in_the_order_of_names(sari, agency):
    table = sari.get("/organisations/badan/units.csv").data.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in table[1:]] == IN_ORDER
    words = " ".join(sari.get("/agencies/badan").data.decode().split())
    places = [words.find(f">{name}<") for name in IN_ORDER]
    assert places == sorted(places)
    assert -1 not in places
