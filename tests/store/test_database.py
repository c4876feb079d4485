"""The database keeps what it was given: append-only, in one transaction, by one writer at a time."""

import sqlite3
import threading
from dataclasses import replace

import pytest

from skm.store import erasures, installation, migrations, responses, scores
from skm.store.database import StoreBusy, connect, reading, writing
from skm.store.erasures import Erasure
from skm.store.scores import Selection
from skm.store.writer import Writer
from skm.survey.period import Span
from tests.builders import answered, stored_answers


def test_migrations_build_everything_from_nothing_and_then_rest(tmp_path):
    db = connect(tmp_path / "new.sqlite")
    assert migrations.apply(db) == migrations_on_disk()
    assert migrations.apply(db) == []
    assert migrations.pending(db) == []
    db.close()


def migrations_on_disk():
    return sorted(file.stem for file in migrations.FOLDER.glob("0*.py"))


def test_a_failing_migration_leaves_the_database_as_it_was(db, tmp_path, monkeypatch):
    (tmp_path / "0001_first_answers.py").write_text('STATEMENTS = ""')
    (tmp_path / "0002_broken.py").write_text('STATEMENTS = "CREATE TABLE a (b);\\nCREATE TABLE a (b);"')
    monkeypatch.setattr(migrations, "FOLDER", tmp_path)
    with pytest.raises(sqlite3.OperationalError):
        migrations.apply(db)
    assert "a" not in db.table_names()
    assert migrations.pending(db) == ["0002_broken"]


def test_answers_are_written_durably(db):
    pragmas = {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2}


@pytest.mark.parametrize("change", ["UPDATE responses SET scores = '444444444'", "DELETE FROM responses"])
def test_an_answer_is_never_changed_or_deleted(db, city, change):
    answered(db, city, "111111111")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(change)


def test_an_answer_has_the_next_number(db, city):
    for _ in range(3):
        answered(db, city, "111111111")
    assert [row["number"] for row in db.query("SELECT number FROM responses ORDER BY number")] == [1, 2, 3]


def test_an_answer_sent_twice_takes_no_number(db, city):
    first = answered(db, city, "111111111")
    with writing(db):
        assert responses.add(db, replace(first, receipt="ANOTHER")) == first.receipt
    answered(db, city, "222222222")
    assert responses.find_last_number(db) == 2


def test_many_answers_go_on_from_the_last_number(db, city, monkeypatch):
    monkeypatch.setattr(responses, "BATCH", 2)
    first = answered(db, city, "111111111")
    with writing(db):
        more = [replace(first, id=f"{n}", receipt=f"{n}", comment="Baik" * (n % 2)) for n in range(5)]
        assert responses.add_all(db, more) == 5
    assert [row["id"] for row in stored_answers(db)] == [first.id, *"01234"]
    assert [row["comment"] for row in stored_answers(db)] == ["", "", "Baik", "", "Baik", ""]


@pytest.mark.parametrize("table", ["comments", "profiles"])
def test_what_a_person_told_is_not_reworded_but_can_be_erased(db, city, table):
    answer, column = (
        answered(db, city, "111111111", about={"sex": "P"}, comment="Baik"),
        table.removesuffix("s"),
    )
    with pytest.raises(sqlite3.IntegrityError, match="can only be erased"):
        db.execute(f"UPDATE {table} SET {column} = 'X'")
    db.conn.rollback()
    before = scores.score_blocks(db, Selection(city.government.path))
    with writing(db):
        erasures.erase(db, Erasure(answer.id, column, answer.received, None, "server", "Diminta"))
    assert db[table].count == 0
    assert scores.score_blocks(db, Selection(city.government.path)) == before


def test_nothing_said_takes_no_row(db, city):
    answered(db, city, "111111111")
    assert (db["comments"].count, db["profiles"].count) == (0, 0)


def test_every_column_of_an_answer_is_filled_but_those_that_wait(db):
    waiting = {c.name for c in db["responses"].columns if not c.notnull and not c.is_pk}
    assert {c.name for c in db["responses"].columns} == {"number", *responses.COLUMNS} | waiting


def test_an_instrument_is_frozen(db, city):
    with pytest.raises(sqlite3.IntegrityError, match="frozen"):
        db.execute("UPDATE instruments SET source = ''")


def test_the_answers_view_unrolls_the_scores_and_leaves_out_what_was_not_answered(db, city):
    answered(db, city, "12-443213")
    found = [(r["item"], r["element"], r["score"]) for r in db.query("SELECT * FROM answers")]
    assert found[:2] == [("P1", "U1", 1), ("P2", "U2", 2)]
    assert found[-2:] == [("P8", "U9", 1), ("P9", "U8", 3)]
    assert len(found) == 8


def test_the_index_read_touches_nothing_but_the_covering_index(db, city):
    plan = " ".join(
        row[3]
        for row in db.execute(
            "EXPLAIN QUERY PLAN SELECT unit_id, local_month, instrument_id, "
            "group_concat(scores || substr(local_date, 9, 2), '') FROM responses "
            "INDEXED BY scores_by_unit_month GROUP BY unit_id, local_month, instrument_id"
        )
    )
    assert "COVERING INDEX" in plan
    assert "TEMP B-TREE" not in plan


def test_score_blocks_join_the_answers_of_a_month(db, city):
    for said, day in [
        ("111111111", "2026-01-05"),
        ("222222222", "2026-01-31"),
        ("333333333", "2026-02-01"),
    ]:
        answered(db, city, said, day)
    blocks = scores.score_blocks(db, Selection(city.government.path))
    months = {month: block for (_, month, _), block in blocks.items()}
    assert months == {"2026-01": b"111111111222222222", "2026-02": b"333333333"}
    assert list(scores.score_blocks(db, Selection(city.unit.path, Span("", "2026-02", "2026-02")))) == [
        (city.unit.id, "2026-02", city.period.instrument_id)
    ]


def test_a_subtree_is_a_prefix_and_nothing_beside_it(db, city):
    answered(db, city, "111111111")
    assert responses.count(db, city.agency.path) == 1
    assert responses.count(db, city.agency.path[:-2] + "!/") == 0


def test_a_failed_transaction_leaves_nothing(db):
    def fail():
        with writing(db):
            installation.change(db, "colour", "green")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert installation.find(db, "colour") is None


def test_a_transaction_that_cannot_begin_says_busy(db, tmp_path, monkeypatch):
    monkeypatch.setattr("skm.store.database.SECONDS", 0.01)
    other = connect(tmp_path / "skm.sqlite")
    with writing(db), pytest.raises(StoreBusy), writing(other):
        pass
    other.close()


def test_the_writer_gives_each_change_its_own_fate(db, city, tmp_path):
    writer = Writer(tmp_path / "skm.sqlite")

    def fail(_):
        raise LookupError("no")

    with pytest.raises(LookupError):
        writer.write(fail)
    assert writer.write(lambda db: installation.change(db, "after", "fine")) is None
    assert installation.find(db, "after") == "fine"


def test_many_threads_and_two_writers_lose_nothing(db, city, tmp_path):
    writers = [Writer(tmp_path / "skm.sqlite") for _ in range(2)]
    first = answered(db, city, "444444444")

    def send(number):
        for n in range(20):
            row = replace(first, id=f"{number}-{n}", receipt=f"{number}-{n}")
            writers[number % 2].write(lambda db, row=row: responses.add(db, row))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert responses.count_all(db) == 1 + 16 * 20


def test_several_questions_in_one_reading_see_one_picture(db, city, tmp_path):
    other = connect(tmp_path / "skm.sqlite")
    with reading(db):
        before = responses.count_all(db)
        answered(other, city, "444444444")
        assert responses.count_all(db) == before
    assert responses.count_all(db) == before + 1
    other.close()


def test_a_commit_that_fails_does_not_stop_the_next_one(db, city, tmp_path):
    writer = Writer(tmp_path / "skm.sqlite")

    def broken(db):
        db.execute("PRAGMA defer_foreign_keys = ON")  # so that only the commit finds out
        db.execute("INSERT INTO counters (id, unit_id, name) VALUES ('c', 'nowhere', 'Loket')")

    with pytest.raises(sqlite3.IntegrityError):
        writer.write(broken)
    writer.write(lambda db: installation.change(db, "after", "fine"))
    assert installation.find(db, "after") == "fine"
