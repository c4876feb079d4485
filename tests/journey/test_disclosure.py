"""Nobody's answer can be worked out by those who have no access to answers, on any day, whatever they read together.

The city is smaller than the demo's, so that the suite ends: an agency and three units with a hundred answers or two.
"""

import sys
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from skm.settings import Settings
from skm.store import instruments
from skm.store.database import writing
from skm.usecases.answering import decisions
from skm.usecases.closing import freezing, publishing
from skm.usecases.deed import SERVER, Deed
from tests.applications import an_application
from tests.attacker import (
    Known,
    found_out,
    read_elements,
    read_official,
    read_units,
    wholes_less_parts,
)
from tests.builders import a_city, a_past_year, a_service, an_organisation, answered
from tests.databases import a_database
from tests.officers import signed_in_as

ELEMENTS = 14  # so many that chance makes no four people add up to the difference of two readings
FIRST, LAST = date(2025, 10, 20), date(2026, 3, 20)
SPANS = ("2025", "2025-S2", "2025-TW4", "2026", "2026-S1", "2026-TW1", "semua")
CODES = [f"U{number}" for number in range(1, ELEMENTS + 1)]
INSTRUMENT = f"""code = "attack"
title = {{ id = "Serangan" }}
scale = 4
[[index]]
code = "IKM"
elements = [{", ".join(f'"{code}"' for code in CODES)}]
""" + "".join(
    f"""[[element]]
code = "{code}"
name = {{ id = "Unsur {code}" }}
[[item]]
code = "P{code}"
element = "{code}"
text = {{ id = "Pertanyaan {code}?" }}
options = {{ id = ["Buruk", "Cukup", "Baik", "Sangat baik"] }}
"""
    for code in CODES
)
READING_DAYS = (1, 2, 15, 16, 18, 19, 29, 30)
FROZEN, PUBLISHED = date(2026, 1, 15), date(2026, 1, 29)
PLANTED = (date(2026, 3, 18), date(2026, 3, 19))


class Life:
    """Half a year of a city. `readings` are of those without rows, `planted` of somebody who has them."""

    def __init__(self, path) -> None:
        self.db, self.random, self.moment = a_database(path), Random(5), datetime(2026, 1, 1, tzinfo=UTC)
        with writing(self.db):
            self.city = a_city(self.db)
            (self.attack,) = instruments.add(self.db, INSTRUMENT).values()
            others = [an_organisation(self.db, self.city.agency, "unit", f"Unit {name}") for name in "BC"]
            self.rare = a_service(self.db, self.city.unit, "Lain")
        self.units = [self.city.unit, *others]
        self.year = a_past_year(self.db, self.city)
        settings = Settings(path, "https://skm.example.go.id", secret_key="a secret for tests, long enough")
        self.app = an_application(settings, lambda: self.moment)
        self.readings, self.planted, self.answers, self.rarely = [], [], [], 0
        self.held = None

    def live(self) -> None:
        """Answers come in three units, a few a day; one is held; a year is frozen and published."""
        for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
            self.moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            self.answer(day)
            if day == FROZEN:
                freezing.freeze_period(self.db, Deed(SERVER, self.moment), self.year.id)
            if day == PUBLISHED:
                publishing.publish_period(self.db, Deed(SERVER, self.moment), self.year.id, 1)
                decisions.decide_answer(self.db, Deed(SERVER, self.moment), self.held.receipt, "held", "Uji")
            if day.day in READING_DAYS and day >= date(2025, 12, 1):
                self.read(day)
            if day in PLANTED:
                self.plant(day)
        self.db.close()

    def answer(self, day: date) -> None:
        """What comes on a day; three people ask for a service that nobody else asks for."""
        for unit in self.units:
            for _ in range(self.random.choice((0, 0, 1, 1, 2, 3))):
                rare = unit == self.city.unit and day.month == 2 and self.rarely < 3
                self.rarely += rare
                service = self.rare if rare else self.city.services[0]
                scores = "".join(self.random.choices("1234", k=ELEMENTS))
                self.answers.append((unit.id, scores))
                where = {"unit_id": unit.id, "service_id": service.id, "instrument_id": self.attack}
                self.held = answered(self.db, self.city, scores, day.isoformat(), **where)

    def read(self, day: date) -> None:
        """Everything that the heads of the agency and of its units may read."""
        for place in (self.city.agency, *self.units):
            head = signed_in_as(self.app, self.db, "unit_head", place, self.moment)
            for span in SPANS:
                self.readings += read_elements(head, f"{day}", place.slug, period=span)
                self.readings += read_units(head, f"{day}", place.slug, period=span)
            self.readings += read_official(head, f"{day}", place.slug)

    def plant(self, day: date) -> None:
        """What the auditor reads on the way, by service too."""
        agus = signed_in_as(self.app, self.db, "auditor", self.city.government, self.moment)
        for place in (self.city.agency, *self.units):
            self.planted += read_elements(agus, f"{day}", place.slug, period="2026")
            self.planted += read_units(agus, f"{day}", place.slug, period="2026")
        for one in (self.rare, self.city.services[0]):
            self.planted += read_elements(agus, f"{day}", self.city.unit.slug, period="2026", service=one.id)


@pytest.fixture(scope="module")
def life(tmp_path_factory) -> Life:
    life = Life(tmp_path_factory.mktemp("attack") / "skm.sqlite")
    life.live()
    return life


def gathered(readings):
    """What was read, and what is left of wholes without their parts."""
    return [*readings, *wholes_less_parts(readings)]


def test_an_attacker_finds_nobody(life):
    numbers = gathered(life.readings)
    found = list(found_out(numbers, Known(life.answers)))
    said = f"{len(found)} terungkap dari {len(numbers)} angka"
    sys.stdout.write(f"{said}\n")
    assert len(numbers) > 2000
    assert not found, said


def test_an_attacker_finds_a_planted_reading_before_and_after_one_visitor(life):
    whole = [one for one in life.planted if len(one.where) == 3]
    assert list(found_out(whole, Known(life.answers)))


def test_an_attacker_finds_what_a_planted_difference_of_services_leaves(life):
    own = [one for one in life.planted if one.where[:2] == (f"{PLANTED[0]}", life.city.unit.slug)]
    found = list(found_out(gathered(own), Known(life.answers)))
    assert any("less its services" in one.where for pair in found for one in pair)


def test_an_attacker_finds_a_planted_figure_of_an_overlapping_span(life):
    """A head's state of the year beside the figure of now, which counts the few that wait."""
    day = f"{PLANTED[0]}"
    state = [one for one in life.readings if one.where[0] == day and one.where[2:] == ("2026",)]
    now = [one for one in life.planted if one.where[0] == day and one.where[2:] == ("2026",)]
    later = [one for one in life.planted if one.where[0] == f"{PLANTED[1]}" and one.where[2:] == ("2026",)]
    assert list(found_out([*state, *now, *later], Known(life.answers)))
