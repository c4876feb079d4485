"""Lists of organisations for people: 2 before 10 and II before IX, whatever was set up first."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from skm.figures.sample import show_sample
from skm.store.database import writing
from skm.usecases.city.counter_cards import all_cards
from skm.usecases.city.organisations import show_organisation, show_tree
from skm.usecases.exchange import visitors_import
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


def test_counters_and_services_stand_by_their_numbers_wherever_they_are_listed(db, city, sari, budi, wati):
    with writing(db):
        gigi = [a_service(db, city.unit, f"Gigi {n}") for n in (10, 2)]
        a_counter(db, city.unit, "Loket 10", tuple(gigi))
        _, token = a_counter(db, city.unit, "Loket 3", tuple(gigi))
    counters = ["Loket 1", "Loket 2", "Loket 3", "Loket 10"]
    assert [
        card.counter.name for card in all_cards(db, city.unit.slug, "https://skm.go.id", NOON)
    ] == counters
    sari.get(f"/units/{city.unit.slug}")
    assert sari.page.xpath("//select[@name='counter']/option/text()")[1:] == counters
    assert sari.page.xpath("//select[@name='service']/option/text()")[-2:] == ["Gigi 2", "Gigi 10"]
    wati.get(f"/units/{city.unit.slug}/papers/add")
    assert wati.page.xpath("//optgroup/@label") == counters
    sari.get(f"/setup/organisations/{city.unit.slug}")
    rows = sari.page.xpath("//section[@aria-labelledby='loket']//tbody//th/text()")
    assert [row.strip() for row in rows] == counters
    budi.get(f"/s/{token}")
    assert budi.words.index("Gigi 2") < budi.words.index("Gigi 10")


def test_the_sheet_of_visitors_is_in_the_order_of_names(db, agency):
    with writing(db):
        unit = an_organisation(db, agency, "unit", "Puskesmas 11")
        for name in ("Pelayanan lain", "Poli 10", "Poli 9"):
            a_service(db, unit, name)
    _, period = visitors_import.find_period(db, "badan", "", NOON)
    content = visitors_import.blank_visitors(db, agency, period, NOON).content
    rows = [row[1:3] for row in load_workbook(BytesIO(content)).worksheets[0].values][1:]
    assert [name for name, _ in rows[:4]] == IN_ORDER
    assert [service for _, service in rows[4:]] == ["Poli 9", "Poli 10", "Pelayanan lain"]
