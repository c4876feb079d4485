"""`skm backup` and `skm restore`: all of an installation in one file, brought back into an empty place."""

import json
import shutil
import sqlite3
import threading
import zipfile
from pathlib import Path

import pytest

from skm.output import backup_file
from skm.store import audit
from skm.store.database import connect, writing
from tests.builders import answered
from tests.cli.machine import KEY, Machine


@pytest.fixture
def there(tmp_path, monkeypatch) -> Machine:
    return Machine(tmp_path / "there", monkeypatch)


def backup_of(machine: Machine) -> Path:
    machine.run("backup", "--output", machine.folder / "backups")
    return next((machine.folder / "backups").glob("*.zip"))


ALL = "SELECT * FROM responses ORDER BY number"


def test_a_backup_restores_to_the_same_answers_and_records(here, there):
    words = there.run("restore", backup_of(here))
    assert "3 jawaban" in words
    assert there.rows(ALL) == here.rows(ALL)
    assert there.rows("SELECT * FROM snapshots") == here.rows("SELECT * FROM snapshots")
    assert (there.folder / "secret.key").read_text() == KEY
    assert (there.folder / "skm.toml").read_text() == (here.folder / "skm.toml").read_text()


def test_what_was_restored_passes_verify(here, there, monkeypatch):
    there.run("restore", backup_of(here))
    monkeypatch.setenv("SKM_DATABASE", str(there.folder / "skm.sqlite"))
    assert "0 berbeda" in there.run("verify")


def test_files_of_a_backup_and_of_what_is_restored_are_for_the_owner_alone(here, there):
    file = backup_of(here)
    there.run("restore", file)
    modes = {path.name: path.stat().st_mode & 0o077 for path in (file, *there.folder.iterdir())}
    assert set(modes.values()) == {0}, modes


def test_a_backup_leaves_nothing_beside_it(here):
    assert [path.suffix for path in backup_of(here).parent.iterdir()] == [".zip"]


def test_a_backup_is_in_the_log(here, db):
    file = backup_of(here)
    assert [(entry.verb, entry.subject) for entry in audit.all_for(db, "", (), "~", 1)] == [
        ("make_backup", file.name)
    ]


def test_a_backup_taken_under_load_is_of_one_moment(here, there, db, city):
    """Answers and their profiles are written together: a copy holds both or neither."""
    stop = threading.Event()

    def write_on() -> None:
        other = connect(here.folder / "skm.sqlite")
        while not stop.is_set():
            answered(other, city, "444444444", about={"sex": "P"})
        other.close()

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        file = backup_of(here)
    finally:
        stop.set()
        writer.join()
    there.run("restore", file)
    answers, profiles = (
        there.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("responses", "profiles")
    )
    assert (answers - 3, profiles) == (profiles, answers - 3)
    assert there.rows(ALL) == here.rows(ALL)[:answers]


def test_nothing_is_restored_over_a_database(here):
    file = backup_of(here)
    before = here.rows(ALL)
    assert "sudah ada basis data" in here.run("restore", file, status=1)
    assert here.rows(ALL) == before


def test_a_place_that_is_taken_stays_as_it_was_to_the_last_file(here):
    file = backup_of(here)
    (here.folder / "skm.toml").write_text('address = "https://baru.example.go.id"\n')
    before = {path.name for path in here.folder.iterdir()}
    here.run("restore", file, status=1)
    assert {path.name for path in here.folder.iterdir()} == before


def test_a_secret_that_the_backup_lacks_stays(here, there, monkeypatch):
    (here.folder / "secret.key").unlink()
    monkeypatch.setenv("SKM_SECRET_KEY", KEY)
    file = backup_of(here)
    monkeypatch.delenv("SKM_SECRET_KEY")
    (there.folder / "secret.key").write_text(KEY)
    assert "bukan yang dahulu" not in there.run("restore", file)
    assert (there.folder / "secret.key").read_text() == KEY


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_nothing_is_restored_beside_the_wal_of_another(here, there, ending):
    (there.folder / f"skm.sqlite{ending}").write_bytes(b"x")
    assert "sudah ada basis data" in there.run("restore", backup_of(here), status=1)


def damaged(file: Path, part: str, content: bytes | None) -> Path:
    """The same backup with another part in it."""
    other = file.with_name("damaged.zip")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            if name != part or content is not None:
                target.writestr(name, source.read(name) if name != part else content)
    return other


def cut(file: Path) -> Path:
    other = file.with_name("cut.zip")
    other.write_bytes(file.read_bytes()[:-2_000])
    return other


def turned(file: Path) -> Path:
    """One with a changed byte in the middle."""
    other, content = file.with_name("turned.zip"), bytearray(file.read_bytes())
    content[len(content) // 3] ^= 0xFF
    other.write_bytes(content)
    return other


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda file: damaged(file, "skm.sqlite", b"SQLite format 3\0" + b"x" * 5_000), "ukuran skm.sqlite"),
        (lambda file: damaged(file, "secret.key", b"x" * len(KEY)), "secret.key tidak cocok dengan sidiknya"),
        (lambda file: damaged(file, "manifest.json", b"{}"), "daftar isi"),
        (lambda file: damaged(file, "manifest.json", None), "daftar isi"),
        (lambda file: damaged(file, "skm.toml", None), "tidak seperti yang tertulis"),
        (cut, "bukan berkas cadangan, atau tidak utuh"),
        (turned, "tidak"),
    ],
)
def test_a_damaged_backup_is_refused_with_its_reason_and_changes_nothing(here, there, spoil, why):
    words = there.run("restore", spoil(backup_of(here)), status=1)
    assert "tidak dapat dipulihkan" in words
    assert why in words
    assert list(there.folder.iterdir()) == []


def rewritten(file: Path, change) -> Path:
    """A backup whose database was changed, and whose manifest says so truly, except for the rows."""
    folder = file.parent / "draft"
    with zipfile.ZipFile(file) as source:
        source.extractall(folder)
    said = json.loads((folder / "manifest.json").read_text())
    change(folder, said)
    other = file.with_name("rewritten.zip")
    parts = {name: folder / name for name in said.pop("parts")}
    backup_file.write(other, parts, said)
    shutil.rmtree(folder)
    return other


def without_an_answer(folder: Path, _) -> None:
    db = sqlite3.connect(folder / "skm.sqlite")
    db.executescript("DROP TRIGGER responses_are_never_deleted; DELETE FROM responses WHERE number = 1")
    db.commit()
    db.close()


def of_tomorrow(folder: Path, said: dict) -> None:
    db = sqlite3.connect(folder / "skm.sqlite")
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('skm', '9999_later', 'x')"
    )
    db.commit()
    db.close()
    said["migrations"].append("9999_later")


@pytest.mark.parametrize(
    ("change", "why"),
    [(without_an_answer, "rekaman tidak sama"), (of_tomorrow, "versi SKM yang lebih baru (9999_later)")],
)
def test_a_database_that_is_not_what_it_was_is_refused(here, there, change, why):
    assert why in there.run("restore", rewritten(backup_of(here), change), status=1)
    assert list(there.folder.iterdir()) == []


def test_a_part_with_a_foreign_name_is_refused(here, there):
    def beside(folder: Path, said: dict) -> None:
        (folder / "x").write_text("x")

    file = rewritten(backup_of(here), beside)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../outside", "x")
    assert "tidak seperti yang tertulis" in there.run("restore", file, status=1)
    assert not (there.folder.parent / "outside").exists()


def test_settings_of_the_new_machine_stay(here, there):
    (there.folder / "skm.toml").write_text('address = "https://baru.example.go.id"\n')
    assert "skm.toml di sini tetap dipakai" in there.run("restore", backup_of(here))
    assert "baru" in (there.folder / "skm.toml").read_text()
    assert "skm.example" in (there.folder / "skm.toml.cadangan").read_text()


def test_a_database_goes_where_the_settings_put_it(here, there):
    (here.folder / "skm.toml").write_text(f'database = "{here.folder / "skm.sqlite"}"\n')
    place = there.folder / "elsewhere" / "city.sqlite"
    (there.folder / "skm.toml").write_text(f'database = "{place}"\n')
    there.run("restore", backup_of(here))
    assert place.exists()


def test_another_secret_is_said_with_what_it_means(here, there, monkeypatch):
    monkeypatch.setenv("SKM_SECRET_KEY", "quite another secret, of which nobody knows")
    (here.folder / "secret.key").unlink()
    file = backup_of(here)
    monkeypatch.delenv("SKM_SECRET_KEY")
    assert "bukan yang dahulu" in there.run("restore", file)


def test_a_backup_that_cannot_be_written_is_one_sentence(here):
    (here.folder / "taken").write_text("a file")
    assert "Cadangan tidak dapat dibuat" in here.run(
        "backup", "--output", here.folder / "taken" / "below", status=1
    )


def test_a_damaged_database_is_not_copied_as_if_it_were_sound(here, db):
    with writing(db):
        db.execute("DROP TRIGGER responses_are_never_changed")
        db.execute("UPDATE responses SET scores = '111111111' WHERE number = 1")
    assert "tidak sama dengan jawabannya" in here.run("backup", "--output", here.folder / "backups", status=1)
    assert not list((here.folder / "backups").glob("*.zip"))


def test_there_has_to_be_a_database(there):
    assert "Belum ada basis data" in there.run("backup", "--output", there.folder / "b", status=1)
    assert not (there.folder / "skm.sqlite").exists()


def test_what_was_erased_since_a_backup_is_erased_again_when_it_is_restored(here, db, city, monkeypatch):
    monkeypatch.setenv("SKM_DATABASE", str(here.folder / "skm.sqlite"))
    receipt = answered(db, city, "444444444", comment="Ibu Ketut di loket tiga").receipt
    file = backup_of(here)
    assert "dihapus" in here.run("answer", "erase", receipt, "--why", "Diminta orangnya")
    for path in here.folder.glob("skm.sqlite*"):
        path.unlink()
    assert "pada 1 jawaban dihapus lagi" in here.run("restore", file)
    assert here.rows("SELECT count(*) FROM comments") == [(0,)]
    assert b"Ketut" not in (here.folder / "skm.sqlite").read_bytes()
