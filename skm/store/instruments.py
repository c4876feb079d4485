"""Instruments as they were when answers were given with them: versions, never changed."""

from functools import lru_cache
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from skm.store.remembered import remembered
from skm.survey.instrument import Instrument
from skm.survey.instrument_file import parse
from skm.survey.problem import needed

# A connection reads an instrument once: it never changes, and its file is the largest thing that a form needs.
_KNOWN: WeakKeyDictionary[Database, dict[str, Instrument]] = WeakKeyDictionary()


def add(db: Database, source: str) -> dict[str, str]:
    """Stores an instrument file unless its latest version is the same; the id of each of its instruments by code."""
    return {instrument.code: _add_one(db, instrument, source) for instrument in parse(source, "instrument")}


def get(db: Database, instrument_id: str) -> Instrument:
    """The instrument of an id such as `permenpan-14-2017/1`; raises Problem "instrument_unknown"."""
    # Within a transaction it may be one that is yet taken back.
    cached = {} if db.conn.in_transaction else _KNOWN.setdefault(db, {})
    if instrument_id not in cached:
        cached[instrument_id] = _read(db, instrument_id)
    return cached[instrument_id]


def all_latest(db: Database) -> list[tuple[str, Instrument]]:
    """The id and the instrument of the latest version of each code, in the order of the codes."""
    sql = """SELECT id, code, source FROM instruments AS i WHERE version =
             (SELECT max(version) FROM instruments WHERE code = i.code) ORDER BY code"""
    return [(str(key), _parsed(code, source)) for key, code, source in db.execute(sql)]


def all_stored(db: Database) -> dict[str, Instrument]:
    """Every version of every instrument, by id."""
    ids = db.execute("SELECT id FROM instruments ORDER BY id").fetchall()
    return {str(key): get(db, key) for (key,) in ids}


@remembered
def find_variant(db: Database, instrument_id: str, suffix: str) -> str | None:
    """The id of a variant in the same version of a family: `skm-online-16/1`, `-daring` → `skm-online-16-daring/1`."""
    sql = """SELECT v.id FROM instruments AS v JOIN instruments AS b
             ON v.source = b.source AND v.code = b.code || :suffix WHERE b.id = :id"""
    row = db.execute(sql, {"id": instrument_id, "suffix": suffix}).fetchone()
    return None if row is None else str(row[0])


def _read(db: Database, instrument_id: str) -> Instrument:
    row = db.execute("SELECT code, source FROM instruments WHERE id = :id", {"id": instrument_id}).fetchone()
    return _parsed(*needed(row, "instrument_unknown", code=instrument_id[:60]))


def _add_one(db: Database, instrument: Instrument, source: str) -> str:
    sql = "SELECT id, source, version FROM instruments WHERE code = :code ORDER BY version DESC LIMIT 1"
    latest = db.execute(sql, {"code": instrument.code}).fetchone()
    if latest and latest[1] == source:
        return str(latest[0])
    version = latest[2] + 1 if latest else 1
    key = f"{instrument.code}/{version}"
    db.execute(
        "INSERT INTO instruments VALUES (:id, :code, :family, :version, :source)",
        {
            "id": key,
            "code": instrument.code,
            "family": instrument.family,
            "version": version,
            "source": source,
        },
    )
    for position, item in enumerate(instrument.items):
        db.execute(
            "INSERT INTO instrument_items VALUES (:id, :position, :item, :element)",
            {"id": key, "position": position, "item": item.code, "element": item.element},
        )
    return key


@lru_cache(maxsize=64)
def _parsed(code: str, source: str) -> Instrument:
    return next(instrument for instrument in parse(source, code) if instrument.code == code)
