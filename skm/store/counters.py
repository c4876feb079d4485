"""Counters and the tokens behind their QR codes."""

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from skm.store.rows import insert, one, rows
from skm.survey.organisation import Counter, Organisation, Token

_ISSUED = "SELECT token, counter_id, issued, revoked FROM tokens"


def add(db: Database, counter: Counter, service_ids: Iterable[str], token: Token) -> None:
    """Adds a counter with the services given there and its first token."""
    insert(db, "counters", [counter])
    change_services(db, counter.id, service_ids)
    insert(db, "tokens", [token])


def get(db: Database, counter_id: str) -> Counter:
    """The counter with this id; raises LookupError."""
    found = one(
        db, Counter, "SELECT id, unit_id, name, closed FROM counters WHERE id = :id", {"id": counter_id}
    )
    if found is None:
        raise LookupError(counter_id)
    return found


def change(db: Database, counters: Iterable[Counter]) -> None:
    """Sets names and closings."""
    sql = "UPDATE counters SET name = :name, closed = :closed WHERE id = :id"
    db.conn.executemany(sql, map(vars, counters))


def change_services(db: Database, counter_id: str, service_ids: Iterable[str]) -> None:
    """Sets which services are given at a counter."""
    db.execute("DELETE FROM counter_services WHERE counter_id = :c", {"c": counter_id})
    for service_id in service_ids:
        db.execute("INSERT INTO counter_services VALUES (:c, :s)", {"c": counter_id, "s": service_id})


def all_served(db: Database, path: str) -> list[tuple[str, str]]:
    """Which service is given at which counter of a subtree: counter and service, in the services' order."""
    sql = """SELECT s.counter_id, s.service_id FROM counter_services AS s JOIN counters AS c ON c.id = s.counter_id
             JOIN organisations AS o ON o.id = c.unit_id WHERE o.path >= :path AND o.path < :after
             ORDER BY s.counter_id, s.service_id"""
    return list(db.conn.execute(sql, {"path": path, "after": path[:-1] + "0"}))


def find_token(db: Database, token: str) -> Token | None:
    """A token that was ever issued, live or revoked."""
    return one(db, Token, f"{_ISSUED} WHERE token = :token", {"token": token})


def find_behind(db: Database, token: str) -> tuple[Token, Counter, Organisation] | None:
    """A token that was ever issued, with its counter and the counter's unit."""
    sql = """SELECT t.token, t.counter_id, t.issued, t.revoked, c.id, c.unit_id, c.name, c.closed,
                    u.id, u.parent_id, u.path, u.kind, u.slug, u.name, u.address, u.phone, u.time_zone, u.closed,
                    u.merged_into
             FROM tokens AS t JOIN counters AS c ON c.id = t.counter_id JOIN organisations AS u ON u.id = c.unit_id
             WHERE t.token = :token"""
    row = db.execute(sql, {"token": token}).fetchone()
    return None if row is None else (Token(*row[:4]), Counter(*row[4:8]), Organisation(*row[8:]))


def tokens_of(db: Database, counter_id: str) -> Sequence[Token]:
    """All tokens of a counter, the live one first, then the newest."""
    sql = f"{_ISSUED} WHERE counter_id = :counter ORDER BY revoked IS NOT NULL, issued DESC"
    return rows(db, Token, sql, {"counter": counter_id})


def replace_token(db: Database, token: Token) -> None:
    """Revokes the counter's live token at the moment the new one is issued."""
    sql = "UPDATE tokens SET revoked = :now WHERE counter_id = :counter AND revoked IS NULL"
    db.execute(sql, {"now": token.issued, "counter": token.counter_id})
    insert(db, "tokens", [token])


def first_live(db: Database, limit: int) -> list[tuple[str, str]]:
    """The unit's name and the live token of one counter each of some units, across the whole tree."""
    sql = """SELECT o.name || ', ' || c.name, min(t.token) FROM tokens AS t
             JOIN counters AS c ON c.id = t.counter_id JOIN organisations AS o ON o.id = c.unit_id
             WHERE t.revoked IS NULL AND c.closed IS NULL AND o.closed IS NULL
             GROUP BY o.parent_id ORDER BY min(c.id) LIMIT :limit"""
    return [(str(name), str(token)) for name, token in db.execute(sql, {"limit": limit})]
