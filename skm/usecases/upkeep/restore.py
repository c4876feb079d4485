"""A backup becomes an installation again, in a place where there is none yet."""

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from skm.output import backup_file
from skm.output.backup_file import DamagedBackup
from skm.store import migrations
from skm.store.database import connect
from skm.survey.problem import Problem
from skm.usecases.answering.erasing import erase_again, list_beside
from skm.usecases.upkeep.backup import DATABASE, check_soundness, describe, mark_of

SETTINGS, BESIDE, SECRET = "skm.toml", "skm.toml.cadangan", "secret.key"


@dataclass(frozen=True)
class Restored:
    """What was brought back: where it lies, of which moment it is and how many answers and records it holds.

    `lacking` are the migrations that have to be applied; `kept` are files that were there already and stay;
    `other_secret` says that the installation has another secret than it had; from so many answers words were `erased`
    again, as they had been since.
    """

    database: Path
    made: str
    answers: int
    records: int
    lacking: Sequence[str]
    kept: Sequence[str]
    other_secret: bool
    erased: int


def restore_backup(
    file: Path, instance: Path, place: Callable[[Path], tuple[Path, str]], now: datetime
) -> Restored:
    """Unpacks a backup, checks all of it, and only then puts it in place.

    `place` reads the settings from a folder: where the database belongs by them, and the secret. Raises Problem where
    there is a database already, or the backup is damaged, from a newer version, or cannot be read or written.
    """
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=instance, prefix=".restore-") as name:
            folder = Path(name)
            said = backup_file.unpack(file, folder)
            lacking = _check(folder / DATABASE, said)
            kept = _settings_that_stay(folder, instance)
            database, secret = place(folder)
            _put(folder, instance, database)
    except DamagedBackup as error:
        raise Problem("backup_damaged", file=file.name, why=error) from error
    except OSError as error:
        raise Problem("restore_failed", file=file.name, why=error) from error
    erased = 0 if lacking else _erase_again(database, now)
    rows, records = said["rows"], said["snapshots"]["count"]
    other = mark_of(secret) != said["secret"]
    return Restored(database, said["made"], rows["responses"], records, lacking, kept, other, erased)


def _erase_again(database: Path, now: datetime) -> int:
    with closing(connect(database)) as db:
        return erase_again(db, list_beside(database), now)


def _check(copy: Path, said: Mapping[str, Any]) -> Sequence[str]:
    """The migrations that a copy lacks; raises Problem unless it is sound and holds what was said of it."""
    if not copy.exists():
        raise DamagedBackup("basis datanya tidak ada")
    with closing(connect(copy)) as db:
        if newer := migrations.unknown(migrations.applied(db)):
            raise Problem("backup_newer", names=", ".join(newer))
        check_soundness(db)
        found, lacking = describe(db), migrations.pending(db)
        db.conn.execute("PRAGMA journal_mode=DELETE")
    if any(found[part] != said[part] for part in ("migrations", "rows", "snapshots")):
        raise DamagedBackup("banyaknya baris atau rekaman tidak cocok dengan daftar isinya")
    return lacking


def _settings_that_stay(folder: Path, instance: Path) -> Sequence[str]:
    """The settings of this machine stay where they differ; those of the backup are laid beside them.

    What the backup lacks stays as well. Changes the folder alone.
    """
    for name in (SETTINGS, SECRET):
        if (instance / name).exists() and not (folder / name).exists():
            (folder / name).write_bytes((instance / name).read_bytes())
    here, there = instance / SETTINGS, folder / SETTINGS
    if not here.exists() or here.read_bytes() == there.read_bytes():
        return ()
    there.rename(folder / BESIDE)
    there.write_bytes(here.read_bytes())
    return (SETTINGS,)


def _put(folder: Path, instance: Path, database: Path) -> None:
    """Settings and secret first: with the database there is an installation, and it needs them."""
    beside = [database, *(Path(f"{database}-{ending}") for ending in ("wal", "shm"))]
    if there := [path for path in beside if path.exists()]:
        raise Problem("place_taken", path=there[0])
    for name in (SETTINGS, BESIDE, SECRET):
        if (folder / name).exists():
            (folder / name).chmod(0o600)
            (folder / name).replace(instance / name)
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / DATABASE).chmod(0o600)
    _move(folder / DATABASE, database)


def _move(source: Path, target: Path) -> None:
    """Moves a file, also to another disk, so that the name is there only when all of it is."""
    draft = target.with_name(f".{target.name}.restoring")
    try:
        draft.touch(mode=0o600)
        with source.open("rb") as reader, draft.open("wb") as writer:
            while block := reader.read(1 << 20):
                writer.write(block)
            writer.flush()
            os.fsync(writer.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
