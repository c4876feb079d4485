"""A deed is one transaction and one entry in the log."""

import pytest

from skm.store import audit, installation
from skm.usecases.deed import SERVER, Deed, logged
from tests.conftest import NOON

DEED = Deed(SERVER, NOON)


def entries(db):
    return [(entry.verb, entry.subject, entry.before, entry.after) for entry in audit.all_for(db, "")]


def test_what_is_noted_is_in_the_log(db):
    with logged(db, DEED) as log:
        log.note("a/", "add_counter", "Loket 1", None, {"name": "Loket 1"})
    assert entries(db) == [("add_counter", "Loket 1", "", '{"name": "Loket 1"}')]


def test_a_deed_without_an_entry_is_undone(db):
    with pytest.raises(AssertionError, match="without an entry"), logged(db, DEED):
        installation.change(db, "demo", "yes")
    assert installation.find(db, "demo") is None


def test_a_change_is_noted_with_what_differs(db):
    with logged(db, DEED) as log:
        log.changed(
            "a/",
            "edit_counter",
            "Loket 1",
            {"name": "Loket 1", "unit": "x"},
            {"name": "Loket 2", "unit": "x"},
        )
    assert entries(db) == [("edit_counter", "Loket 1", '{"name": "Loket 1"}', '{"name": "Loket 2"}')]


def test_a_change_of_nothing_is_a_deed_without_an_entry(db):
    with logged(db, DEED) as log:
        log.changed("a/", "edit_counter", "Loket 1", {"name": "Loket 1"}, {"name": "Loket 1"})
    assert entries(db) == []
