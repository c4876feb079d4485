"""Forms and kiosks of a counter that moves: each answer is of the unit whose form was opened, and none is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from skm.store import organisations
from skm.store.database import writing
from skm.usecases.city.counter_moves import move_counter
from tests.builders import THREES, a_service, an_organisation, stored_answers
from tests.conftest import DEED

PERSON = "0" * 31 + "1"


@pytest.fixture
def other(db, city):
    """A unit that also registers people, and vaccinates them."""
    with writing(db):
        unit = an_organisation(db, city.agency, "unit", "Puskesmas II")
        for name in ("Pendaftaran", "Imunisasi"):
            a_service(db, unit, name)
    return unit


@pytest.fixture
def move(db, city, other, clock):
    """Moves the first counter an hour from now; it is an hour later then."""

    def moves(*names):
        clock.moment += timedelta(hours=1)
        known = {one.name: one.id for one in organisations.services_of(db, other.id)}
        deed = replace(DEED, at=clock.moment)
        move_counter(db, deed, city.counter.id, other.slug, "Loket 1", [known[name] for name in names])
        clock.moment += timedelta(hours=1)

    return moves


def units(db, city, other):
    """Unit and service of every stored answer."""
    names = {city.unit.id: "I", other.id: "II"}
    services = {
        one.id: one.name for unit in (city.unit, other) for one in organisations.services_of(db, unit.id)
    }
    return [(names[row["unit_id"]], services[row["service_id"]]) for row in stored_answers(db)]


def kiosk(tamu, city):
    """The stamp in a kiosk's page, the service that it offers, and where it sends to."""
    tamu.get(f"/kios/{city.token}")
    (where,), (stamp,) = (
        tamu.page.xpath(f"//form[@id='form']{rest}") for rest in ("/@action", "//input[@name='stamp']/@value")
    )
    return where, stamp


def test_an_answer_is_of_the_unit_whose_form_was_opened(tamu, db, city, other, move):
    opened = tamu.open_form(city.token)
    move("Pendaftaran")
    tamu.post(f"/s/{city.token}", THREES | opened, 303)
    tamu.post(f"/s/{city.token}", THREES | tamu.open_form(city.token), 303)
    assert units(db, city, other) == [("I", "Pendaftaran"), ("II", "Pendaftaran")]


def test_the_form_names_the_new_unit(tamu, city, other, move):
    move("Pendaftaran")
    tamu.get(f"/s/{city.token}")
    assert "Puskesmas II" in tamu.words
    tamu.get(f"/kios/{city.token}")
    assert "Puskesmas II" in tamu.words


def test_what_waited_in_a_kiosk_is_of_the_unit_of_its_time(tamu, db, city, other, move):
    where, stamp = kiosk(tamu, city)
    move("Pendaftaran")
    sent = THREES | {"stamp": f"{stamp}~{PERSON}", "service": city.services[0].id}
    tamu.post(where, sent | {"ago": "7000"}, 303)
    assert units(db, city, other) == [("I", "Pendaftaran")]


@pytest.mark.parametrize("given", [("Pendaftaran", "Imunisasi"), ("Imunisasi",)])
def test_a_page_that_a_kiosk_stored_before_is_taken_after_the_move(tamu, db, city, other, move, given):
    where, stamp = kiosk(tamu, city)
    move(*given)
    sent = THREES | {"stamp": f"{stamp}~{PERSON}", "service": city.services[0].id}
    tamu.post(where, sent | {"ago": "60"}, 303)
    assert units(db, city, other) == [("II", given[0])]


def test_the_television_shows_the_new_unit(tamu, city, other, move):
    move("Pendaftaran")
    tamu.get(f"/layar/{city.token}")
    assert "Puskesmas II" in tamu.words


def test_the_receipt_of_before_names_the_old_unit(tamu, city, other, move):
    where = tamu.post(f"/s/{city.token}", THREES | tamu.open_form(city.token), 303).headers["Location"]
    move("Pendaftaran")
    tamu.get(where)
    assert city.unit.name in tamu.words
