"""(h) The migration that numbers the answers, from a filled database of the version before: time, disk, same figures.

The database is made backwards from one of today: migrations up to the one before, and the rows put back as they were.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread

from bench.city import FIRST_YEAR, filled
from bench.reindex import seconds
from bench.report import Line
from skm.figures.verify import verify_snapshots
from skm.security.keys import new_key
from skm.store import instruments, migrations, organisations, periods
from skm.store.database import Database, connect, writing
from skm.survey.period import Period
from skm.survey.profile import unpack
from skm.usecases.answering.decisions import decide_answer
from skm.usecases.closing.freezing import freeze_period
from skm.usecases.deed import SERVER, Deed

UNITS, MONTHS, ANSWERS = 40, 12, 1_000_000
MIGRATION = "0007_numbered_answers"
HELD = 500
TABLES = (
    "organisations",
    "services",
    "counters",
    "counter_services",
    "tokens",
    "instruments",
    "instrument_items",
)
LATER = ("response_events", "snapshots")
DEED = Deed(SERVER, datetime(FIRST_YEAR + 1, 1, 15, 4, tzinfo=UTC))


def measure() -> list[Line]:
    """How long it takes beside VACUUM INTO, which writes the whole file once, and how much disk it needs."""
    with tempfile.TemporaryDirectory() as folder:
        former, copy = Path(folder) / "former.sqlite", Path(folder) / "copy.sqlite"
        _former(former, Path(folder) / "frozen.sqlite")
        db = connect(former)
        counts, size = _counts(db), former.stat().st_size
        plain = seconds(lambda: db.conn.execute("VACUUM INTO ?", [str(copy)]))
        copy.unlink()
        with _watched(former) as peak:
            ours = seconds(lambda: migrations.apply(db))
            db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if (after := _counts(db)) != counts:
            raise RuntimeError(f"{counts} became {after}")
        findings = verify_snapshots(db)
        db.close()
        free, grown = max(peak) - size, former.stat().st_size
    equal = sum(one.equal for one in findings)
    if equal != len(findings) or not findings:
        raise RuntimeError(f"{equal} of {len(findings)} snapshots are equal")
    return [
        Line(f"migrate: {ANSWERS:,} answers", ours / plain, "×", None, f"{ours:.0f} s", f"{plain:.0f} s"),
        Line("migrate: free disk needed, by the size before", free / size, "×", None, _mb(free), _mb(size)),
        Line("migrate: size after, by the size before", grown / size, "×", None, _mb(grown), _mb(size)),
        Line("migrate: snapshots found equal", equal, f"of {len(findings)}"),
    ]


def _former(file: Path, frozen: Path) -> None:
    """A city of the version before, with a frozen year and some answers that are held back."""
    shutil.copy(filled(UNITS, MONTHS, ANSWERS), frozen)
    known = _freeze(frozen)
    db = connect(file)
    migrations._registered().apply(db, stop_before=MIGRATION)
    db.conn.execute("PRAGMA synchronous=OFF")
    db.conn.execute("ATTACH ? AS later", [str(frozen)])
    db.conn.create_function("as_json", 2, lambda name, text: json.dumps(unpack(known[name], text or "")))
    with writing(db):
        for table in (*TABLES, "periods"):
            _copy(db, table)
        _copy_answers(db)
        for table in LATER:
            _copy(db, table)
    db.conn.execute("DETACH later")
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    frozen.unlink()


def _freeze(file: Path) -> dict[str, tuple]:
    """Freezes the year; the profile fields of every instrument."""
    db = connect(file)
    root = organisations.get_root(db)
    receipts = db.execute("SELECT receipt FROM responses WHERE number % 1999 = 0 LIMIT ?", [HELD]).fetchall()
    for (receipt,) in receipts:
        decide_answer(db, DEED, receipt, "held", "Bench")
    (year,) = [_year(root.id, key) for (key,) in db.execute("SELECT DISTINCT instrument_id FROM periods")]
    with writing(db):
        periods.add(db, [year])
    freeze_period(db, DEED, year.id)
    fields = {name: instrument.profile for name, instrument in instruments.all_stored(db).items()}
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return fields


def _year(organisation_id: str, instrument_id: str) -> Period:
    days = date(FIRST_YEAR, 1, 1), date(FIRST_YEAR, 12, 31)
    return Period(new_key(), organisation_id, f"Tahun {FIRST_YEAR}", *days, instrument_id, "exact", "pooled")


def _copy(db: Database, table: str) -> None:
    names = ", ".join(column.name for column in db[table].columns)
    db.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM later.{table}")


def _copy_answers(db: Database) -> None:
    names = [column.name for column in db["responses"].columns]
    made = {"profile": "as_json(instrument_id, profile)", "comment": "coalesce(comment, '')"}
    values = ", ".join(made.get(name, f"r.{name}") for name in names)
    db.execute(f"""INSERT INTO main.responses ({", ".join(names)}) SELECT {values} FROM later.responses AS r
                   LEFT JOIN later.profiles AS p ON p.number = r.number
                   LEFT JOIN later.comments AS c ON c.number = r.number ORDER BY r.number""")


def _counts(db: Database) -> tuple[int, ...]:
    """Answers, answers with a comment, answers with a profile, decisions, snapshots."""
    former = MIGRATION in migrations.pending(db)
    comments = "responses WHERE comment <> ''" if former else "comments"
    profiles = "responses WHERE profile <> '{}'" if former else "profiles"
    tables = ("responses", comments, profiles, *LATER)
    return tuple(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


@contextmanager
def _watched(file: Path) -> Iterator[list[int]]:
    """The bytes of a database and its log, seen twenty times a second."""
    sizes, over = [0], Event()

    def watch() -> None:
        while not over.wait(0.05):
            sizes.append(sum(path.stat().st_size for path in file.parent.glob(f"{file.name}*")))

    thread = Thread(target=watch)
    thread.start()
    yield sizes
    over.set()
    thread.join()


def _mb(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
