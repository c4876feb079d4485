"""A copy of the whole installation in one file, as of one moment, checked before it gets its name."""

import hashlib
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skm import __version__
from skm.figures.verify import verify_snapshots
from skm.output import backup_file
from skm.output.backup_file import DamagedBackup
from skm.store import copies, installation, migrations, organisations, snapshots
from skm.store.database import Database, connect
from skm.survey.problem import Problem
from skm.usecases.deed import Deed, logged, stored_moment

DATABASE = "skm.sqlite"
OTHERS = ("skm.toml", "secret.key")
LAST = "last_backup"  # the fact that tells when one was made


@dataclass(frozen=True)
class Backup:
    """A backup that was made: its file and size in bytes, how many answers and records it holds, and what it lacks."""

    file: Path
    size: int
    answers: int
    records: int
    lacks: tuple[str, ...]


def make_backup(db: Database, deed: Deed, instance: Path, folder: Path, secret: str) -> Backup:
    """Copies database, settings and secret into a new file in a folder; the log names it.

    Its name is the moment in UTC. Raises Problem where it cannot be written, or the copy is not sound.
    """
    others = {name: instance / name for name in OTHERS if (instance / name).exists()}
    file = folder / f"skm-{deed.at:%Y-%m-%dT%H%M%SZ}.zip"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".skm-backup-") as draft:
            copy = Path(draft) / DATABASE
            copies.copy_database(db, copy)
            said = _said(copy) | {"made": stored_moment(deed.at), "secret": mark_of(secret)}
            backup_file.write(file, {DATABASE: copy} | others, said)
    except (OSError, DamagedBackup) as error:
        raise Problem("backup_failed", folder=folder, why=error) from error
    with logged(db, deed) as log:
        installation.change(db, LAST, deed.moment)
        log.note(
            organisations.find_root_path(db),
            "make_backup",
            file.name,
            None,
            {"answers": said["rows"]["responses"]},
        )
    size, lacks = file.stat().st_size, tuple(name for name in OTHERS if name not in others)
    return Backup(file, size, said["rows"]["responses"], said["snapshots"]["count"], lacks)


def describe(db: Database) -> dict[str, Any]:
    """What tells one state of a database from another: version, rows of each table, and one digest of all records."""
    digests = snapshots.all_digests(db)
    return {
        "version": __version__,
        "migrations": migrations.applied(db),
        "rows": copies.count_rows(db),
        "snapshots": {
            "count": len(digests),
            "digest": hashlib.sha256("\n".join(digests).encode()).hexdigest(),
        },
    }


def mark_of(secret: str) -> str:
    """What tells one secret from another and leads to neither."""
    return hashlib.sha256(b"SKM backup\0" + secret.encode()).hexdigest()[:16]


def _said(copy: Path) -> dict[str, Any]:
    """What a copy says of itself; raises Problem where it is not sound."""
    with closing(connect(copy)) as db:
        check_soundness(db)
        said = describe(db)
        db.conn.execute("PRAGMA journal_mode=DELETE")
    return said


def check_soundness(db: Database) -> None:
    """Raises Problem where the file is damaged, or a record does not say what the answers say.

    Records are not computed again where migrations are still missing: the questions would not fit the tables.
    """
    if faults := copies.find_faults(db):
        raise Problem("database_damaged", faults="; ".join(faults))
    if migrations.pending(db):
        return
    if unequal := sum(not finding.equal for finding in verify_snapshots(db)):
        raise Problem("records_unequal", n=unequal)
