"""Migrations are rehearsed from a database of the first version with answers in it: nothing is lost."""

from datetime import date

import pytest
from sqlite_utils.migrations import Migrations

from skm.figures import official
from skm.security import codes
from skm.store import instruments, migrations, organisations, responses
from skm.store.database import connect, writing
from skm.survey.instrument_file import builtin_source
from skm.usecases.answering.answer import open_questionnaire
from skm.usecases.deed import Actor, Deed
from skm.usecases.papers.batches import Stack, open_batch
from tests.conftest import NOON
from tests.officers import an_officer

TOKEN = codes.new_token(2017)
ROWS = {
    "organisations": [
        ("g", None, "g/", "government", "kota", "Kota Denpasar", "", "", "Asia/Makassar"),
        ("a", "g", "g/a/", "agency", "dinkes", "Dinas Kesehatan", "", "", "Asia/Makassar"),
        ("u", "a", "g/a/u/", "unit", "pkm", "Puskesmas I", "Jalan 1", "0361", "Asia/Makassar"),
    ],
    "services": [("s", "u", "Pendaftaran", "face_to_face", 1, 1920)],
    "counters": [("c", "u", "Loket 1")],
    "counter_services": [("c", "s")],
    "tokens": [(TOKEN, "c", "2026-01-01T00:00:00+00:00", None)],
    "facts": [("colour", "green")],
}
PERIOD = ("p", "g", "Tahun 2026", "2026-01-01", "2026-12-31", "permenpan-14-2017/1", "exact", "pooled")
RESPONSE = (
    "r", "u", "c", "s", "p", "permenpan-14-2017/1", "2026-06-15T04:00:00+00:00", "2026-06-15", 12, "2026-06",
    "qr", "id", "12-443213", "{}", "Terima kasih", "RECEIPT", "",
)  # fmt: skip


def only_first(db):
    """Brings a database to the first version, as it was released."""
    whole = migrations._registered()
    first, second = sorted(file.stem for file in migrations.FOLDER.glob("0*.py"))[:2]
    assert isinstance(whole, Migrations)
    whole.apply(db, stop_before=second)
    assert migrations.pending(db)[0] == second
    assert first not in migrations.pending(db)


@pytest.fixture
def previous(tmp_path):
    """A filled database of the first version, written by SQL alone."""
    db = connect(tmp_path / "previous.sqlite")
    only_first(db)
    with writing(db):
        for table, rows in ROWS.items():
            for row in rows:
                db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        instruments.add(db, builtin_source("permenpan-14-2017"))
        db.execute(f"INSERT INTO periods VALUES ({', '.join('?' * 8)})", PERIOD)
        db.execute(f"INSERT INTO responses VALUES ({', '.join('?' * 17)})", RESPONSE)
    yield db
    db.close()


def rows_of(db, table, columns):
    return list(db.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1"))


def test_every_row_is_as_it_was(previous):
    columns = {name: [c.name for c in previous[name].columns] for name in (*ROWS, "periods")}
    before = {name: rows_of(previous, name, known) for name, known in columns.items()}
    migrations.apply(previous)
    assert {name: rows_of(previous, name, known) for name, known in columns.items()} == before
    assert not list(previous.execute("PRAGMA foreign_key_check"))


def test_what_was_there_is_open_and_works(previous):
    migrations.apply(previous)
    unit = organisations.find(previous, "pkm")
    assert (unit.closed, unit.merged_into, unit.phone) == (None, None, "0361")
    assert responses.count(previous, "g/") == 1
    assert open_questionnaire(previous, TOKEN, NOON).services[0].yearly_visitors == 1920


def test_a_receipt_of_then_is_found_and_nothing_is_told_yet(previous):
    migrations.apply(previous)
    found = responses.find_by_receipt(previous, "RECEIPT")
    assert (found.unit, found.official, found.improvements) == ("Puskesmas I", None, None)
    assert official.find_official(previous, "u") is None
    assert not official.find_improvements(previous, "u")


def test_answers_stay_append_only(previous):
    migrations.apply(previous)
    with pytest.raises(Exception, match="append-only"), writing(previous):
        previous.execute("DELETE FROM responses")


def test_papers_of_the_running_period_can_be_keyed(previous):
    migrations.apply(previous)
    officer = an_officer(previous, "counter_staff", organisations.find(previous, "pkm"))
    stack = Stack("c", "s", date(2026, 6, 12), 8, "id", 30)
    deed = Deed(Actor(officer.id, officer.name, "counter_staff"), NOON)
    batch = open_batch(previous, deed, "pkm", stack)
    assert (batch.number, batch.instrument_id) == (1, "permenpan-14-2017/1")


def test_what_changes_for_people_is_said_before_it_is_applied(tmp_path):
    db = connect(tmp_path / "old.sqlite")
    assert migrations.notices(db) == []  # nobody works with a new one yet
    only_first(db)
    assert [notice for notice in migrations.notices(db) if "perangkatnya sudah didaftarkan" in notice]
    migrations.apply(db)
    assert migrations.notices(db) == []
