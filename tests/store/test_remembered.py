"""What is remembered of the set-up is true: any change of it, through whatever connection, is seen."""

import sqlite3
from dataclasses import replace

import pytest

from skm.store import counters, installation, instruments, organisations, periods, remembered
from skm.store.database import connect, writing
from skm.store.remembered import look_once
from skm.usecases.answering.answer import open_questionnaire, show_city_name
from tests.conftest import NOON

ANOTHER = {
    "facts": "INSERT INTO facts VALUES ('demo', 'seed 1')",
    "counters": "UPDATE counters SET name = 'Loket 9'",
    "counter_services": "DELETE FROM counter_services",
}


@pytest.fixture
def other(db, tmp_path):
    """The same database as another process sees it."""
    other = connect(tmp_path / "skm.sqlite")
    yield other
    other.close()


@pytest.fixture(autouse=True)
def forgotten(monkeypatch):
    monkeypatch.setattr(remembered, "_answers", {})


def asked(db):
    """The questions that a connection is asked from now on."""
    questions = []
    db.conn.set_trace_callback(questions.append)
    return questions


def version(db):
    return db.execute("SELECT version FROM set_up").fetchone()[0]


def names(db, city):
    return [one.name for one in organisations.services_ever_at(db, city.counter.id)]


def test_every_table_that_is_remembered_from_counts_its_changes(db, city):
    read = set()
    db.conn.set_authorizer(lambda deed, table, *_: read.add(deed == sqlite3.SQLITE_READ and table) or 0)
    open_questionnaire(db, city.token, NOON)
    instruments.find_variant(db, city.period.instrument_id, "-daring")
    show_city_name(db)
    db.conn.set_authorizer(None)
    rows = db.execute(
        "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%set_up%'"
    )
    counting = sorted((table, sql.partition(" AFTER ")[2].split()[0]) for table, sql in rows)
    tables = read - {False, "set_up", "s"}  # "s" is a subquery
    assert {table for table, _ in counting} == tables
    assert counting == sorted((table, deed) for table in tables for deed in ("INSERT", "UPDATE", "DELETE"))


@pytest.mark.parametrize("table", ANOTHER)
def test_a_change_is_another_version(db, city, table):
    before = version(db)
    db.execute(ANOTHER[table])
    assert version(db) != before


def test_the_check_of_a_running_server_changes_nothing_of_the_set_up(db):
    before = version(db)
    for second in "12":
        installation.change(db, "ready", second)
    assert version(db) == before


def test_a_form_is_asked_for_with_one_short_question(db, city):
    first = open_questionnaire(db, city.token, NOON)
    look_once(db)
    questions = asked(db)
    assert open_questionnaire(db, city.token, NOON) == first
    assert questions == ["SELECT version FROM set_up"]


def test_what_another_process_changes_is_seen(db, city, other):
    before = names(db, city)
    with writing(other):
        other.execute("UPDATE services SET name = name || ' baru'")
    assert names(db, city) == [f"{name} baru" for name in before]


def test_a_request_looks_once_and_sees_its_own_changes(db, city, other):
    look_once(db)
    before = names(db, city)
    with writing(other):
        other.execute("UPDATE services SET name = 'lain'")
    assert names(db, city) == before
    with writing(db):
        db.execute("UPDATE services SET name = 'sendiri'")
    assert set(names(db, city)) == {"sendiri"}
    with writing(other):
        other.execute("UPDATE services SET name = 'lain'")
    look_once(db)
    assert set(names(db, city)) == {"lain"}


def test_what_is_taken_back_is_not_remembered(db, city):
    before = names(db, city)
    db.conn.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE services SET name = 'batal'")
    assert set(names(db, city)) == {"batal"}
    db.conn.rollback()
    assert names(db, city) == before


def test_what_changes_while_it_is_asked_is_not_remembered(db, city, other):
    @remembered.remembered
    def question(db):
        with writing(other):
            other.execute("UPDATE services SET name = name || '.'")
        return names(other, city)

    assert question(db) != question(db)


def test_a_full_memory_begins_again(db, city, monkeypatch):
    monkeypatch.setattr(remembered, "LIMIT", 2)
    for path in (city.unit.path, city.agency.path, city.government.path):
        periods.all_down_to(db, path)
    assert len(remembered._answers) == 1


def test_a_counter_stood_in_each_unit_until_its_moment(db, city):
    later, sooner = (f"2026-0{month}-01T00:00:00+00:00" for month in (6, 3))
    others = [replace(city.unit, id=f"u{n}", path=f"{city.agency.path}u{n}/", slug=f"u{n}") for n in (1, 2)]
    organisations.add(db, others)
    insert = "INSERT INTO former_units (counter_id, unit_id, name, until) VALUES (?, ?, 'Loket', ?)"
    db.conn.executemany(insert, [(city.counter.id, "u2", later), (city.counter.id, "u1", sooner)])
    db.conn.commit()
    moments = ["2026-02-01T00:00:00+00:00", sooner, "2026-05-31T23:59:59+00:00", later]
    units = [counters.find_by_token(db, city.token, moment)[2].id for moment in moments]
    assert units == ["u1", "u2", "u2", city.unit.id]
    assert counters.find_by_token(db, city.token)[2] == city.unit
    assert counters.find_by_token(db, "ABCDEFGH") is None
