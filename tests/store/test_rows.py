"""The columns of a query are the fields of a noun, so that a new field is read and written everywhere at once."""

from dataclasses import replace

from skm.store import counters, organisations
from skm.store.rows import columns, parts
from skm.survey.organisation import Counter, Token


def test_the_columns_are_the_fields_in_their_order():
    assert columns(Token, "t") == "t.token, t.counter_id, t.issued, t.revoked"


def test_a_row_of_several_nouns_falls_into_them():
    row = ("K7QM", "c", "2026-01-01", None, "c", "u", "Loket 1", None)
    assert parts(row, Token, Counter) == [
        Token("K7QM", "c", "2026-01-01", None),
        Counter("c", "u", "Loket 1"),
    ]


def test_a_token_leads_to_its_counter_and_unit_with_every_field(db, city):
    organisations.change(db, [replace(city.unit, field="health")])
    _, counter, unit = counters.find_by_token(db, city.token)
    assert (counter, unit) == (city.counter, organisations.get(db, city.unit.id))
    assert unit.field == "health"


def test_a_change_leaves_where_a_counter_and_a_unit_stand(db, city):
    counters.change(db, [replace(city.counter, name="Loket 9", unit_id="elsewhere")])
    organisations.change(db, [replace(city.unit, phone="0361", slug="elsewhere")])
    counter, unit = counters.get(db, city.counter.id), organisations.get(db, city.unit.id)
    assert (counter.name, counter.unit_id) == ("Loket 9", city.unit.id)
    assert (unit.phone, unit.slug) == ("0361", city.unit.slug)
