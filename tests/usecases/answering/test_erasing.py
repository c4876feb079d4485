"""Words are erased for good: nothing of them is left in any file, and all else stays as it was."""

import sqlite3
from datetime import UTC, datetime

import pytest

from skm.figures.verify import verify_snapshots
from skm.store import audit, erasures, migrations, responses
from skm.store.database import connect, reading, writing
from skm.survey.problem import Problem
from skm.usecases.answering import erasing
from skm.usecases.closing import freezing
from skm.usecases.deed import SERVER, Deed
from skm.usecases.papers import batches, checking
from tests.builders import answered
from tests.conftest import DEED
from tests.papers import KEYED, SECRET, a_batch, a_deed, check_all, key

WORDS = "Ibu Ketut di loket tiga marah-marah sekali kepada saya"
LATER = Deed(SERVER, datetime(2027, 1, 2, tzinfo=UTC))


@pytest.fixture
def files(tmp_path):
    """Every byte that the installation has on the disk."""
    return lambda: b"".join(path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file())


@pytest.fixture
def erase(db, tmp_path):
    """Erases what of an answer's words is named."""
    listed = tmp_path / "skm-erased.txt"
    return lambda answer, *whats, why="Diminta": erasing.erase_words(
        db, DEED, answer.receipt, whats or tuple(erasing.WHATS), why, listed
    )


@pytest.fixture
def said(db, city):
    """An answer with a comment and a profile, among others with theirs."""
    for number in range(30):
        answered(db, city, "444444444", comment=f"Saran nomor {number}", about={"sex": "L", "age": 40})
    return answered(db, city, "344434334", comment=WORDS, about={"sex": "P", "age": 67})


def test_no_byte_of_a_comment_is_left(said, erase, files):
    assert WORDS.encode() in files()
    assert erase(said).wiped
    assert WORDS.encode() not in files()
    assert WORDS[-20:].encode() not in files()


def test_other_words_stay(db, said, erase):
    erase(said)
    assert db.execute("SELECT count(*) FROM comments").fetchone()[0] == 30
    assert db.execute("SELECT count(*) FROM profiles").fetchone()[0] == 30


def test_only_what_is_named_is_erased(db, said, erase):
    assert erase(said, "comment").whats == ["comment"]
    key_of = db.execute("SELECT id FROM responses WHERE receipt = ?", [said.receipt]).fetchone()[0]
    assert erasures.find_words(db, key_of) == ["profile"]


def test_records_and_receipt_stay(db, city, said, erase):
    freezing.freeze_period(db, LATER, city.period.id)
    before = db.execute("SELECT digest FROM snapshots ORDER BY id").fetchall()
    erase(said)
    assert [finding for finding in verify_snapshots(db) if not finding.equal] == []
    assert db.execute("SELECT digest FROM snapshots ORDER BY id").fetchall() == before
    assert responses.find_by_receipt(db, said.receipt)


def test_the_log_has_the_reason_and_nothing_of_the_words(db, said, erase):
    erase(said, "comment", why="Diminta orangnya")
    entry = next(iter(audit.all_for(db, "", (), "~", 1)))
    assert (entry.verb, entry.subject) == ("erase_words", said.receipt)
    assert "Diminta orangnya" in entry.after
    assert "Ketut" not in str(entry)


@pytest.mark.parametrize(("change", "key"), [({"why": " "}, "reason_missing"), ({}, "words_missing")])
def test_a_reason_and_words_are_needed(said, erase, change, key):
    if key == "words_missing":
        erase(said)
    with pytest.raises(Problem, match=key):
        erase(said, **change)


def test_while_somebody_reads_the_rest_waits_and_is_wiped_later(db, tmp_path, said, erase, files):
    other = connect(tmp_path / "skm.sqlite")
    with reading(other):
        other.execute("SELECT count(*) FROM responses").fetchone()
        assert not erase(said).wiped
    other.close()
    assert erasures.finish(db)
    assert WORDS.encode() not in files()


@pytest.mark.parametrize("table", ["comments", "profiles"])
def test_nothing_is_deleted_without_its_event(db, said, table):
    with pytest.raises(sqlite3.IntegrityError, match="is erased by an event"), writing(db):
        db.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("deed", ["UPDATE erasures SET why = 'x'", "DELETE FROM erasures"])
def test_an_erasure_is_never_changed(db, said, erase, deed):
    erase(said)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), writing(db):
        db.execute(deed)


@pytest.fixture
def keyed(db, city):
    """A counted batch in which one sheet has a comment, and the receipt of its answer."""
    keyer, second = a_deed(db, city), a_deed(db, city)
    batch = a_batch(db, city, keyer, KEYED, KEYED, sheets=3)
    sheet = key(db, keyer, batch, comment=WORDS)
    batches.finish_batch(db, keyer, batch.id)
    check_all(db, second, batch)
    checking.count_batch(db, second, batch.id, SECRET)
    return sheet


def test_what_a_paper_said_is_gone_from_its_sheet_too(db, keyed, files, tmp_path):
    receipt = db.execute("SELECT receipt FROM responses JOIN comments USING (number)").fetchone()[0]
    assert WORDS.encode() in files()
    erasing.erase_words(db, DEED, receipt, ["comment"], "Diminta", tmp_path / "skm-erased.txt")
    assert WORDS.encode() not in files()
    assert db.execute("SELECT count(*) FROM paper_sheets WHERE scores <> ''").fetchone()[0] == 3


@pytest.mark.parametrize("change", ["scores = '111111111'", "comment = ''", "comment = 'x'"])
def test_nothing_else_of_a_counted_sheet_can_change(db, keyed, change):
    with pytest.raises(sqlite3.IntegrityError, match="read-only"), writing(db):
        db.execute(f"UPDATE paper_sheets SET {change} WHERE comment <> ''")


def test_a_copy_that_is_restored_is_erased_again(db, tmp_path, said, erase):
    copy = sqlite3.connect(tmp_path / "copy.sqlite")
    db.conn.backup(copy)
    copy.close()
    erase(said)
    restored = connect(tmp_path / "copy.sqlite")
    assert erasing.erase_again(restored, tmp_path / "skm-erased.txt", DEED.at) == 1
    assert erasing.erase_again(restored, tmp_path / "skm-erased.txt", DEED.at) == 0
    restored.close()
    assert WORDS.encode() not in (tmp_path / "copy.sqlite").read_bytes()


def test_the_list_names_answers_and_no_words(said, erase, tmp_path):
    erase(said)
    lines = (tmp_path / "skm-erased.txt").read_text().splitlines()
    assert [line.split(" ")[1] for line in lines] == ["comment", "profile"]
    assert (tmp_path / "skm-erased.txt").stat().st_mode & 0o077 == 0


def test_what_earlier_versions_deleted_goes_with_the_migration(tmp_path):
    db = connect(tmp_path / "old.sqlite")
    registered = migrations._registered()
    registered.apply(db, stop_before="0016_erasures")
    db.conn.execute("PRAGMA secure_delete=OFF")
    with writing(db):
        db.execute("CREATE TABLE former (words TEXT)")
        db.execute("INSERT INTO former VALUES (?)", [WORDS * 50])
    with writing(db):
        db.execute("DROP TABLE former")
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert WORDS.encode() in (tmp_path / "old.sqlite").read_bytes()
    migrations.apply(db)
    db.close()
    assert WORDS.encode() not in (tmp_path / "old.sqlite").read_bytes()
