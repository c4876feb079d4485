"""Nobody's answer can be worked out by those who have no access to answers, on any day, whatever they read together.

The city is smaller than the demo's, so that the suite ends: an agency and three units with a hundred answers or two.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from skm.settings import Settings
from skm.store import instruments
from skm.store.database import writing
from skm.usecases.answering import decisions
from skm.usecases.city import counter_moves
from skm.usecases.closing import freezing, publishing
from skm.usecases.deed import SERVER, Deed
from tests.applications import an_application
from tests.attacker.everything import read_everything
from tests.attacker.people import People
from tests.attacker.reader import Notes
from tests.attacker.readings import (
    Known,
    found_out,
    read_elements,
    read_official,
    read_units,
    wholes_less_parts,
)
from tests.attacker.solver import Puzzle, pairs, puzzles
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
ALL_IS_READ = {date(2026, 2, 16), date(2026, 3, 18), date(2026, 3, 19)}
READING_DAYS = (1, 2, 15, 16, 18, 19, 29, 30)
FROZEN, PUBLISHED = date(2026, 1, 15), date(2026, 1, 29)
PAPERS, REVISED = date(2026, 2, 5), date(2026, 2, 12)  # of December, in two of the units
ONE_MORE = date(2026, 3, 17)
MOVED = date(2026, 2, 10)  # a counter where few answer, on either side of its move
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
        self.held, self.notes = None, Notes()

    def live(self) -> None:
        """Answers come in three units, a few a day; one is held; a year is frozen and published, and once more."""
        happens = {
            FROZEN: self.freeze,
            PUBLISHED: self.publish,
            PAPERS: self.key_papers,
            REVISED: self.revise,
            MOVED: self.move_counter,
            ONE_MORE: self.key_one_paper,
        }
        for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
            self.moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            self.answer(day)
            if day in happens:
                happens[day]()
            if day in ALL_IS_READ:
                read_everything(self.app, People(self.db), self.moment, self.notes, whole=True)
            if day.day in READING_DAYS and day >= date(2025, 12, 1):
                self.read(day)
            if day in PLANTED:
                self.plant(day)

    def freeze(self) -> None:
        """A year is frozen in January."""
        freezing.freeze_period(self.db, Deed(SERVER, self.moment), self.year.id)

    def publish(self) -> None:
        """It is published, and on the same day an answer is held."""
        publishing.publish_period(self.db, Deed(SERVER, self.moment), self.year.id, 1)
        decisions.decide_answer(self.db, Deed(SERVER, self.moment), self.held.receipt, "held", "Uji")

    def revise(self) -> None:
        """The papers come into a second revision."""
        freezing.revise_period(self.db, Deed(SERVER, self.moment), self.year.id, "Kertas menyusul")
        publishing.publish_period(self.db, Deed(SERVER, self.moment), self.year.id, 2)

    def answer(self, day: date) -> None:
        """What comes on a day; three people ask for a service that nobody else asks for."""
        for unit in self.units:
            for _ in range(self.random.choice((0, 0, 1, 1, 2, 3))):
                rare = unit == self.city.unit and day.month == 2 and self.rarely < 3
                self.rarely += rare
                service = self.rare if rare else self.city.services[0]
                where = {"service_id": service.id, "counter_id": self.counter_of(unit, day)}
                self.held = self.one_more(unit, day, **where)

    def counter_of(self, unit, day: date) -> str:
        """Every third day people come to the counter that moves, in the unit where it stands."""
        stands_in = self.units[day >= MOVED]
        moving = unit == stands_in and day.day % 3 == 0
        return (self.city.wide_counter if moving else self.city.counter).id

    def move_counter(self) -> None:
        """A counter goes on in the second unit, with one of its services."""
        given = [self.city.services[0].id]
        deed, moving = Deed(SERVER, self.moment), self.city.wide_counter
        counter_moves.move_counter(self.db, deed, moving.id, self.units[1].slug, moving.name, given)

    def key_papers(self) -> None:
        """What was answered on paper in December is keyed in February."""
        for unit, n in zip(self.units, (7, 6, 0), strict=True):
            for _ in range(n):
                self.one_more(unit, date(2025, 12, 9), received=self.moment.isoformat(timespec="seconds"))

    def key_one_paper(self) -> None:
        """A last paper comes, and the year is revised; the revision cannot be published."""
        self.one_more(self.units[2], date(2025, 12, 9), received=self.moment.isoformat(timespec="seconds"))
        freezing.revise_period(self.db, Deed(SERVER, self.moment), self.year.id, "Satu kertas menyusul")

    def one_more(self, unit, day: date, **other: str):
        """An answer."""
        scores = "".join(self.random.choices("1234", k=ELEMENTS))
        self.answers.append((unit.id, scores))
        where = {"unit_id": unit.id, "instrument_id": self.attack} | other
        return answered(self.db, self.city, scores, day.isoformat(), **where)

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
def life(tmp_path_factory) -> Iterator[Life]:
    life = Life(tmp_path_factory.mktemp("attack") / "skm.sqlite")
    life.live()
    yield life
    life.db.close()


@pytest.fixture(scope="module")
def people(life) -> People:
    return People(life.db)


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


def test_every_number_on_every_page_is_of_people_who_are_known(life):
    assert not life.notes.faults
    assert life.notes.numbers > 10_000


def test_nobody_is_determined_by_all_the_pages_together(life, people):
    sets = {group.who for group in life.notes.groups}
    asked = list(puzzles(people, sets))
    found = [some for puzzle in asked for some in puzzle.determined()] + pairs(sets)
    said = f"{len(found)} terungkap dari {life.notes.numbers} angka"
    cells, small = (
        sum(len(each) for each in kind) for kind in zip(*((p.cells, p.small) for p in asked), strict=True)
    )
    sys.stdout.write(f"{said}: {len(sets)} kelompok, {cells} sel, {small} di antaranya 1 sampai 4 orang\n")
    assert not found, said


def test_a_solver_finds_a_planted_leak_that_no_two_figures_hold(life, people):
    """Each two of three groups of services together, one of which only three people asked for."""
    own, numbers = people.unit == life.city.unit.id, people.number % 2 == 0
    rare = people.service == life.rare.id
    few, some, others = map(people.set_of, (rare, own & ~rare & numbers, own & ~rare & ~numbers))
    planted = {few | some, few | others, some | others}
    assert not pairs(planted)
    assert few in Puzzle(people, planted).determined()
