"""An installation is examined: what is not in order, by its key; `wording.examination` says it, with what to do."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from skm.store import copies, installation, migrations, officers, responses
from skm.store.database import Database, StoreBusy, connect
from skm.usecases.answering.clock import find_behind
from skm.usecases.upkeep import probes
from skm.usecases.upkeep.backup import LAST

LEAST_FREE = 500_000_000  # bytes on the disk, for some weeks of answers and a copy
LARGEST_WAL = 256_000_000  # bytes: it is brought into the database every 4 MB unless something holds that up
BACKUP_AGE = timedelta(days=2)
LOCAL = {"localhost", "127.0.0.1", "::1"}
MOST_ALIKE = 8  # different signs of a secret that nobody drew at random


@dataclass(frozen=True)
class Place:
    """An installation as its settings describe it."""

    database: Path
    instance: Path
    address: str
    smtp: str
    secret: str
    proxies: int
    open_pages: bool


@dataclass(frozen=True)
class Finding:
    """Something about a part of an installation; a trouble unless `sound`."""

    part: str
    key: str
    details: dict[str, object] = field(default_factory=dict)
    sound: bool = False


def examine(place: Place, now: datetime) -> list[Finding]:
    """What was found, part by part; a part without a trouble is named as sound."""
    return [*_files(place), *_database(place, now), *_secret(place), *_address(place), *_mail(place)]


def _files(place: Place) -> Iterator[Finding]:
    known = [place.instance, place.database.parent, place.database, Path(f"{place.database}-wal")]
    known += [place.instance / name for name in ("secret.key", "skm.toml")]
    there = [path for path in dict.fromkeys(known) if path.exists()]
    yield from _rights(there)
    free, size = shutil.disk_usage(place.database.parent if place.database.parent.exists() else "/").free, 0
    if place.database.exists():
        size = place.database.stat().st_size
    needed = max(LEAST_FREE, 2 * size)
    key = "disk_sound" if free >= needed else "disk_small"
    yield Finding("disk", key, {"free": free, "needed": needed}, free >= needed)
    wal = Path(f"{place.database}-wal")
    if wal.exists() and wal.stat().st_size > LARGEST_WAL:
        yield Finding("wal", "wal_large", {"size": wal.stat().st_size})
    else:
        yield Finding("wal", "wal_sound", sound=True)


def _rights(there: list[Path]) -> Iterator[Finding]:
    if not there:
        return
    open_to_others = [path for path in there if path.stat().st_mode & 0o077]
    owner = there[0].stat().st_uid
    foreign = [path for path in there if path.stat().st_uid != owner]
    if open_to_others:
        yield Finding("rights", "rights_open", {"paths": open_to_others})
    if foreign:
        yield Finding("rights", "rights_foreign", {"paths": foreign, "owner": there[0]})
    if not (open_to_others or foreign):
        yield Finding("rights", "rights_sound", sound=True)


def _database(place: Place, now: datetime) -> Iterator[Finding]:
    if not place.database.exists():
        yield Finding("database", "database_missing", {"path": place.database})
        return
    try:
        with closing(connect(place.database)) as db:
            yield from _version(db)
            if faults := copies.find_faults(db):
                yield Finding("database", "database_faulty", {"faults": faults})
                return
            yield Finding("database", "database_sound", {"answers": responses.count_all(db)}, True)
            if not migrations.pending(db):
                yield from _work(db, place, now)
    except StoreBusy as error:
        yield Finding("database", "database_closed", {"why": error})


def _version(db: Database) -> Iterator[Finding]:
    if newer := migrations.unknown(migrations.applied(db)):
        yield Finding("version", "version_older", {"names": newer})
    elif lacking := migrations.pending(db):
        yield Finding("version", "version_lacking", {"names": lacking})
    else:
        yield Finding("version", "version_sound", sound=True)


def _work(db: Database, place: Place, now: datetime) -> Iterator[Finding]:
    behind = find_behind(db, now)
    yield Finding(
        "clock", "clock_behind" if behind else "clock_sound", {"why": behind and behind.why}, not behind
    )
    demo = bool(installation.find(db, "demo"))
    if not demo and place.open_pages:
        yield Finding("pages", "pages_open")
    if not demo and not officers.count_admins(db):
        yield Finding("people", "admin_missing")
    made = installation.find(db, LAST)
    if demo or not responses.find_last_number(db):
        return
    if made is None:
        yield Finding("backup", "backup_missing")
    else:
        at = datetime.fromisoformat(made)
        yield Finding(
            "backup",
            "backup_old" if now - at > BACKUP_AGE else "backup_sound",
            {"at": at},
            now - at <= BACKUP_AGE,
        )


def _secret(place: Place) -> Iterator[Finding]:
    weak = len(set(place.secret)) <= MOST_ALIKE
    yield Finding("secret", "secret_weak" if weak else "secret_sound", sound=not weak)


def _address(place: Place) -> Iterator[Finding]:
    parts = urlsplit(place.address)
    if parts.hostname in LOCAL:
        yield Finding("address", "address_local", {"address": place.address})
    elif parts.scheme == "http":
        yield Finding("address", "address_plain", {"address": place.address})
    elif not place.proxies:
        yield Finding("address", "address_without_proxy", {"address": place.address})
    fault = probes.find_web_fault(place.address)
    yield Finding(
        "service",
        "service_silent" if fault else "service_sound",
        {"address": place.address, "why": fault},
        not fault,
    )


def _mail(place: Place) -> Iterator[Finding]:
    if not place.smtp:
        yield Finding("mail", "mail_none", sound=True)
    else:
        fault = probes.find_mail_fault(place.smtp)
        yield Finding("mail", "mail_silent" if fault else "mail_sound", {"why": fault}, not fault)
