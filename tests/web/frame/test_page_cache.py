"""Cached pages never show what belongs to somebody else, and are never out of date."""

from skm.store import installation
from skm.store.database import writing


def test_every_visit_gets_its_own_stamp(tamu, city):
    assert tamu.open_form(city.token)["stamp"] != tamu.open_form(city.token)["stamp"]


def test_each_counter_and_each_language_has_its_own_page(tamu, city):
    titles = set()
    for address in (city.token, f"{city.token}?lang=en", city.wide_token, f"{city.wide_token}?lang=en"):
        tamu.get(f"/s/{address}")
        titles.add(tamu.words)
    assert len(titles) == 4


def test_a_counter_that_is_renamed_shows_its_new_name_at_once(tamu, city, db):
    tamu.open_form(city.token)
    with writing(db):
        db.execute("UPDATE counters SET name = 'Loket Farmasi' WHERE id = :id", {"id": city.counter.id})
    tamu.open_form(city.token)
    assert "Loket Farmasi" in tamu.words


def test_a_demo_is_marked_at_once(tamu, city, db):
    tamu.open_form(city.token)
    with writing(db):
        installation.change(db, "demo", "seed 1")
    tamu.open_form(city.token)
    assert "DATA CONTOH" in tamu.words


def test_a_faulty_form_does_not_leave_its_answers_to_the_next_citizen(tamu, city):
    tamu.post(f"/s/{city.token}", tamu.open_form(city.token) | {"P1": "2"}, 422)
    assert tamu.page.xpath("//input[@checked]")
    tamu.open_form(city.token)
    assert not tamu.page.xpath("//input[@checked]")
