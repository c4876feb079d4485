"""A counter goes on in another unit: its services there, papers of before, the log, and taking it back."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from skm.store import audit, counters, organisations
from skm.store.database import writing
from skm.survey.problem import Problem
from skm.usecases.answering.answer import open_questionnaire
from skm.usecases.city import counter_cards
from skm.usecases.city.counter_moves import move_counter, show_moves, undo_counter_move
from skm.usecases.city.counters import close_counter, edit_counter
from skm.usecases.city.services import close_service
from skm.usecases.exchange import spreadsheet
from skm.usecases.papers import batches, checking
from tests.builders import a_counter, a_service, an_organisation
from tests.conftest import DEED, NOON
from tests.papers import SECRET, a_counted_batch, a_deed, a_finished_batch, a_stack, check_all
from tests.spreadsheets import EVERYTHING

BASE = "https://skm.example.go.id"
LATER = replace(DEED, at=NOON + timedelta(hours=2))
TOMORROW = replace(DEED, at=NOON + timedelta(days=1))


@pytest.fixture
def other(db, city):
    """Another unit with the service "pendaftaran" and one of its own."""
    with writing(db):
        unit = an_organisation(db, city.agency, "unit", "Puskesmas II")
        a_service(db, unit, "pendaftaran")
        a_service(db, unit, "Imunisasi")
    return unit


def services(db, unit):
    return {one.name: one.id for one in organisations.services_of(db, unit.id)}


@pytest.fixture
def move(db, city, other):
    def moves(*names, deed=DEED, counter=city.counter, name="Loket 1"):
        known = services(db, city.unit) | services(db, other)
        ids = [known[one] for one in names or ("pendaftaran",)]
        return move_counter(db, deed, counter.id, other.slug, name, ids)

    return moves


def asked(db, token, moment=NOON):
    form = open_questionnaire(db, token, moment)
    return form.unit.name, [one.name for one in form.services]


def refused(act, *given, **more):
    with pytest.raises(Problem) as problem:
        act(*given, **more)
    return problem.value.key


def test_its_code_leads_to_the_new_unit_and_its_services(db, city, move):
    move("pendaftaran", "Imunisasi")
    assert asked(db, city.token) == ("Puskesmas II", ["pendaftaran", "Imunisasi"])
    assert [one.token for one in counter_cards.show_cards(db, "puskesmas-ii", BASE)[1]] == [city.token]
    assert [one.counter.name for one in counter_cards.show_cards(db, city.unit.slug, BASE)[1]] == ["Loket 2"]


def test_a_form_of_the_time_before_is_of_the_old_unit(db, city, move):
    move(deed=LATER)
    assert asked(db, city.token) == ("UPTD Puskesmas I Denpasar Barat", ["Pendaftaran"])


def test_a_service_that_the_new_unit_lacks_comes_along(db, city, other, move):
    move("pendaftaran", "Farmasi", counter=city.wide_counter)
    assert asked(db, city.wide_token) == ("Puskesmas II", ["pendaftaran", "Farmasi"])
    made = next(one for one in organisations.services_of(db, other.id) if one.name == "Farmasi")
    assert made.id != city.services[2].id
    assert [entry.verb for entry in audit.all_for(db, other.path)][:2] == ["move_counter", "add_service"]


def test_the_log_tells_where_from_where_to_and_what_for(db, city, move):
    move(name="Loket 7")
    entry = next(audit.all_for(db, ""))
    assert (entry.verb, entry.subject) == ("move_counter", "Loket 1")
    assert json.loads(entry.before) == {
        "unit": city.unit.name,
        "name": "Loket 1",
        "services": "Pendaftaran",
    }
    assert json.loads(entry.after) == {"unit": "Puskesmas II", "name": "Loket 7", "services": "pendaftaran"}


def test_what_cannot_be_moved_is_refused(db, city, other, move):
    assert refused(move_counter, db, DEED, city.counter.id, city.unit.slug, "L", [city.services[0].id]) == (
        "counter_stays"
    )
    assert refused(move_counter, db, DEED, city.counter.id, other.slug, "L", []) == "counter_without_service"
    elsewhere = [city.services[1].id]  # of the old unit, and not served at this counter
    assert refused(move_counter, db, DEED, city.counter.id, other.slug, "L", elsewhere) == (
        "counter_without_service"
    )
    assert refused(move_counter, db, DEED, city.counter.id, "dinas-kesehatan", "L", []) == "unit_wanted"
    close_counter(db, DEED, city.counter.id)
    assert refused(move) == "counter_closed"


def test_a_name_that_is_taken_in_the_new_unit_is_refused(db, other, move):
    with writing(db):
        a_counter(db, other, "LOKET 1", tuple(organisations.services_of(db, other.id)))
    assert refused(move) == "name_taken"
    assert move(name="Loket Depan").name == "Loket Depan"


def test_the_old_unit_keeps_the_name_that_it_knew(db, city, move):
    move(name="Loket Depan")
    names = [one.name for one in organisations.counters_ever_of(db, city.unit.id)]
    assert names == ["Loket 1", "Loket 2"]


def test_on_its_day_a_move_is_taken_back_with_name_and_services(db, city, other, move):
    move(name="Loket Depan")
    back = undo_counter_move(db, LATER, city.counter.id)
    assert (back.unit_id, back.name) == (city.unit.id, "Loket 1")
    assert asked(db, city.token, LATER.at) == (city.unit.name, ["Pendaftaran"])
    assert asked(db, city.token, NOON + timedelta(hours=1)) == ("Puskesmas II", ["pendaftaran"])
    assert [entry.verb for entry in audit.all_for(db, "")][:2] == ["move_counter"] * 2


def test_on_another_day_it_is_moved_once_more(db, city, move):
    assert refused(undo_counter_move, db, DEED, city.counter.id) == "counter_move_past"
    move()
    assert refused(undo_counter_move, db, TOMORROW, city.counter.id) == "counter_move_past"
    move_counter(db, TOMORROW, city.counter.id, city.unit.slug, "Loket 1", [city.services[0].id])
    assert asked(db, city.token, TOMORROW.at)[0] == city.unit.name


def test_a_move_within_the_same_second_leaves_no_time_elsewhere(db, city, move):
    move()
    undo_counter_move(db, DEED, city.counter.id)
    assert [one.unit_id for one in counters.former_units(db, city.counter.id)] == [city.unit.id]
    assert asked(db, city.token)[0] == city.unit.name


def test_a_unit_names_the_counters_that_came_and_left(db, city, other, move):
    move()
    for unit in (city.unit, other):
        (shown,) = show_moves(db, unit.id)
        assert (shown.unit.name, shown.into.name, shown.day) == (
            city.unit.name,
            "Puskesmas II",
            date(2026, 6, 15),
        )


def test_what_is_edited_afterwards_leaves_the_services_of_before(db, city, other, move):
    move(deed=LATER)
    edit_counter(db, LATER, city.counter.id, "Loket 1", [services(db, other)["Imunisasi"]])
    assert asked(db, city.token) == (city.unit.name, ["Pendaftaran"])
    assert asked(db, city.token, LATER.at) == ("Puskesmas II", ["Imunisasi"])


def test_a_service_that_a_counter_gave_elsewhere_may_be_closed(db, city, move):
    move()
    close_service(db, DEED, city.services[0].id)


def test_papers_of_the_days_before_are_of_the_old_unit_and_later_ones_of_the_new(db, city, other, move):
    move()
    there = services(db, other)["pendaftaran"]

    def opened(unit, day, service_id):
        stack = a_stack(city, day=day, service_id=service_id)
        return batches.open_batch(db, TOMORROW, unit.slug, stack).unit_id

    before, on, after = (date(2026, 6, day) for day in (12, 15, 16))
    assert opened(city.unit, before, city.services[0].id) == city.unit.id
    assert opened(city.unit, on, city.services[0].id) == city.unit.id
    assert opened(other, on, there) == opened(other, after, there) == other.id
    assert refused(opened, city.unit, after, city.services[0].id) == "paper_counter_elsewhere"
    assert refused(opened, other, before, there) == "paper_counter_elsewhere"


def test_a_batch_that_was_opened_before_counts_in_the_old_unit(db, city, move):
    wati, budi = a_deed(db, city), a_deed(db, city, "unit_head")
    a_counted_batch(db, city, wati, budi)
    waiting = a_finished_batch(db, city, wati)
    move()
    assert [one.counter for one in batches.show_batches(db, city.unit.slug)[1]] == ["Loket 1"] * 2

    check_all(db, budi, waiting)
    checking.count_batch(db, budi, waiting.id, SECRET)
    rows = db.execute("SELECT DISTINCT unit_id, count(*) FROM responses").fetchall()
    assert rows == [(city.unit.id, 6)]


def test_an_export_of_what_is_set_up_names_only_what_is_served_now(db, city, move):
    move("pendaftaran", "Imunisasi")
    sent = spreadsheet.export_organisations(db, NOON)
    again = spreadsheet.plan_import(db, EVERYTHING, sent.content, sent.name, NOON)
    assert (again.differs, again.faults) == (False, ())
