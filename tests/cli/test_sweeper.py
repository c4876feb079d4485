"""While the server runs addresses of failed sign-ins go, also when nobody comes, and new answers are judged."""

import os
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from skm.cli import sweeper
from skm.security import origins
from skm.security.origins import Origins
from skm.store import events, officers
from skm.store.database import connect, writing
from skm.usecases.answering.judging import judge_answers
from skm.usecases.people.sign_in import WINDOW
from tests.builders import answered
from tests.databases import a_database, the_city
from tests.server import serving
from tests.waiting import until


@pytest.fixture
def database(tmp_path):
    """A database with one failure that counts no more, one that is about to, and one that counts."""
    path = tmp_path / "skm.sqlite"
    with closing(a_database(path)) as db, writing(db):
        for number, age in enumerate(
            (WINDOW + timedelta(seconds=1), WINDOW - timedelta(seconds=3), timedelta())
        ):
            at = (datetime.now(UTC) - age).isoformat(timespec="seconds")
            officers.add_attempt(db, f"key {number}", "nobody@example.go.id", f"192.0.2.{number}", "", at)
    return path


def addresses(path) -> list[str]:
    """The addresses in the rows, as they are stored."""
    with closing(connect(path)) as db:
        return sorted(row[0] for row in db.execute("SELECT address FROM attempts"))


def test_a_running_server_forgets_them_by_itself(database, tmp_path):
    with serving(database, tmp_path / "log.txt"):
        until(lambda: "192.0.2.0" not in addresses(database))
        assert "192.0.2.2" in addresses(database)


def test_it_looks_again_and_again(database, monkeypatch):
    monkeypatch.setattr(sweeper, "EVERY", 0.1)
    sweeper.start(database)
    until(lambda: addresses(database) == ["192.0.2.2"])


def test_it_makes_no_database_where_none_is(tmp_path, monkeypatch):
    monkeypatch.setattr(sweeper.time, "sleep", lambda _: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        sweeper._sweep_on(tmp_path / "skm.sqlite")
    assert not list(tmp_path.iterdir())


def test_a_database_that_cannot_be_read_now_is_tried_again(tmp_path, monkeypatch):
    (tmp_path / "skm.sqlite").write_text("no database at all, but a text of some length " * 40)
    monkeypatch.setattr(sweeper.time, "sleep", lambda _: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        sweeper._sweep_on(tmp_path / "skm.sqlite")


def test_hashes_of_yesterday_go_also_when_nobody_answers(database, monkeypatch):
    memory = origins.create()
    table = Origins(memory)
    table.count("somewhere", datetime.now(UTC) - timedelta(days=1))
    before = os.pread(memory, origins.SIZE, 0)
    monkeypatch.setattr(origins, "_shared", table)
    sweeper.start(database)
    until(lambda: not any(os.pread(memory, origins.SIZE, 0)[origins.HEAD :]))
    assert os.pread(memory, origins.KEY, 0) != before[: origins.KEY]


def test_it_judges_the_answers_of_the_quarters_that_are_over(tmp_path, monkeypatch):
    monkeypatch.setattr(sweeper, "EVERY", 0.1)
    path, hour_ago = tmp_path / "skm.sqlite", datetime.now(UTC) - timedelta(hours=1)
    with closing(a_database(path)) as db:
        city = the_city(db)
        judge_answers(db, hour_ago)
        quick = answered(db, city, "444444444", received=hour_ago.isoformat(timespec="seconds"), seconds=0)
        sweeper.start(path)
        until(lambda: events.find_state(db, quick.id) == "held")


def test_a_task_that_fails_stops_neither_the_others_nor_the_next_time(database, monkeypatch, caplog):
    tried = []

    def fail(_, now):
        tried.append(now)
        raise ValueError("a fault of ours")

    monkeypatch.setattr(sweeper, "EVERY", 0.1)
    monkeypatch.setattr(sweeper, "TASKS", (fail, *sweeper.TASKS))
    sweeper.start(database)
    until(lambda: addresses(database) == ["192.0.2.2"] and len(tried) > 1)
    assert "a fault of ours" in caplog.text
