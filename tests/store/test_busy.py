"""What cannot be written now is "busy", in seconds, and nothing hangs on it."""

import fcntl
import threading

import pytest

from skm.store import installation, patience, place
from skm.store.database import StoreBusy, connect, writing
from skm.store.patience import PLACES, Patience
from skm.store.writer import Writer
from tests.waiting import until


@pytest.fixture(autouse=True)
def of_its_own(monkeypatch):
    """Places for waiting that this test alone takes, and a short wait."""
    mine = Patience()
    for module in ("database", "writer"):
        monkeypatch.setattr(f"skm.store.{module}.PATIENCE", mine)
        monkeypatch.setattr(f"skm.store.{module}.SECONDS", 0.3)
    monkeypatch.setattr("skm.store.writer.AT_ONCE", 0.1)
    return mine


@pytest.fixture
def writer(db, tmp_path):
    return Writer(tmp_path / "skm.sqlite")


def note(word):
    return lambda db: installation.change(db, "note", word)


@pytest.fixture
def locked(db, tmp_path):
    """Somebody else holds the write lock."""
    other = connect(tmp_path / "skm.sqlite")
    other.conn.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


PRAGMAS = {"full": "max_page_count = 1", "read-only": "query_only = 1"}


@pytest.mark.parametrize("trouble", PRAGMAS)
def test_a_full_or_read_only_database_is_busy(db, trouble):
    db.execute(f"PRAGMA {PRAGMAS[trouble]}")
    with pytest.raises(StoreBusy), writing(db):
        installation.change(db, "note", "x" * 100_000)
    assert not db.conn.in_transaction


def test_a_wrong_statement_is_not_busy(db):
    with pytest.raises(Exception, match="no such table") as raised, writing(db):
        db.execute("INSERT INTO no_such VALUES (1)")
    assert not isinstance(raised.value, StoreBusy)


def test_a_database_that_cannot_be_opened_is_busy(tmp_path):
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "skm.sqlite"):
        with pytest.raises(StoreBusy):
            connect(path)
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreBusy):
        connect(broken)


def test_a_writer_that_cannot_open_says_so_and_goes_on_once_it_can(db, tmp_path):
    path = tmp_path / "later.sqlite"
    path.mkdir()
    writer = Writer(path)
    for _ in range(2):
        with pytest.raises(StoreBusy):
            writer.write(note("no"))
    path.rmdir()
    assert writer.write(lambda db: db.execute("SELECT 1").fetchone()[0]) == 1


def test_a_writer_whose_disk_is_full_writes_again_when_there_is_room(db, writer):
    def fill(db):
        db.execute("PRAGMA max_page_count = 1")
        installation.change(db, "note", "x" * 100_000)

    with pytest.raises(StoreBusy):
        writer.write(fill)
    writer.write(note("room"))
    assert installation.find(db, "note") == "room"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_writer_that_died_is_replaced(db, writer):
    def die(_):
        raise SystemExit

    with pytest.raises((StoreBusy, SystemExit)):
        writer.write(die)
    writer.write(note("alive"))
    assert installation.find(db, "note") == "alive"


def test_what_nobody_waits_for_any_more_is_not_written(db, writer, locked):
    with pytest.raises(StoreBusy):
        writer.write(note("late"))
    locked.conn.rollback()
    writer.write(note("first")) if installation.find(db, "note") else None
    assert installation.find(db, "note") is None


def test_only_some_wait_and_the_others_are_told_at_once(db, writer, locked, monkeypatch, of_its_own):
    monkeypatch.setattr("skm.store.database.SECONDS", 30)
    outcomes = []

    def send():
        try:
            outcomes.append(writer.write(note("sent"), seconds=30))
        except StoreBusy:
            outcomes.append("busy")

    people = [threading.Thread(target=send) for _ in range(PLACES + 4)]
    for person in people:
        person.start()
    until(lambda: outcomes.count("busy") == 4)
    assert of_its_own.is_spent
    with pytest.raises(StoreBusy):  # an officer's change, which would wait in the same places
        writing(db).__enter__()
    locked.conn.rollback()
    for person in people:
        person.join()
    assert outcomes.count(None) == PLACES
    assert not of_its_own.is_spent


def test_waiting_leaves_threads_for_reading():
    from skm.cli.server import serve

    (threads,) = [option for option in serve.params if option.name == "threads"]
    assert threads.type.min > patience.PLACES
    assert threads.default >= threads.type.min


@pytest.mark.parametrize("name", ["skm.sqlite-wal", "skm.sqlite"])
def test_a_file_that_is_deleted_under_a_connection_is_noticed(db, tmp_path, name):
    with writing(db):
        installation.change(db, "note", "before")
    (tmp_path / name).rename(tmp_path / "elsewhere")
    with pytest.raises(StoreBusy, match=f"{name} dihapus atau diganti"), writing(db):
        installation.change(db, "note", "after")


def test_what_was_in_a_deleted_wal_is_brought_into_the_database(db, tmp_path):
    with writing(db):
        installation.change(db, "note", "before")
    (tmp_path / "skm.sqlite-wal").unlink()
    with pytest.raises(StoreBusy), writing(db):
        pass
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes((tmp_path / "skm.sqlite").read_bytes())
    copied = connect(copy)
    assert installation.find(copied, "note") == "before"
    copied.close()


def test_a_new_database_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "instance" / "skm.sqlite"
    db = connect(path)
    with writing(db):
        db.execute("CREATE TABLE t (x)")
    modes = {file.name: file.stat().st_mode & 0o777 for file in (path.parent, *path.parent.iterdir())}
    db.close()
    assert modes == {"instance": 0o700, "skm.sqlite": 0o600, "skm.sqlite-wal": 0o600, "skm.sqlite-shm": 0o600}


def test_the_writer_makes_no_second_wal_beside_a_lost_one(db, writer, tmp_path):
    writer.write(note("before"))
    (tmp_path / "skm.sqlite-wal").unlink()
    for _ in range(3):
        with pytest.raises(StoreBusy, match="dihapus atau diganti"):
            writer.write(note("after"))
    assert not (tmp_path / "skm.sqlite-wal").exists()


@pytest.mark.parametrize("name", ["skm.sqlite-wal", "skm.sqlite"])
def test_nobody_opens_a_file_in_place_of_one_that_a_server_serves(db, tmp_path, name):
    path = tmp_path / "skm.sqlite"
    with place.served_note(path).open("a+") as claimed:
        fcntl.flock(claimed, fcntl.LOCK_EX)
        with writing(db):
            installation.change(db, "note", "before")
        place.note_served(path)
        connect(path).close()
        (tmp_path / name).unlink()
        with pytest.raises(StoreBusy, match=f"{name} dihapus atau diganti"):
            connect(path)
        assert not (tmp_path / name).exists()
    connect(path).close()  # once nobody serves, the note says nothing
