"""Counters and the tokens in their QR codes."""

from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from skm.store.remembered import remembered
from skm.store.rows import columns, insert, one, parts, rows, update
from skm.survey.organisation import STILL, Counter, FormerUnit, Organisation, Token
from skm.survey.problem import needed

Given = Mapping[str, Iterable[str]]  # by a counter's id the ids of the services given there
_ISSUED = f"SELECT {columns(Token)} FROM tokens"
_PLACES = f"""SELECT {columns(Token, "t")}, {columns(Counter, "c")}, {columns(Organisation, "u")}, s.until
              FROM tokens AS t JOIN counters AS c ON c.id = t.counter_id
              JOIN (SELECT counter_id, unit_id, until FROM former_units
                    UNION ALL SELECT id, unit_id, '{STILL}' FROM counters) AS s ON s.counter_id = c.id
              JOIN organisations AS u ON u.id = s.unit_id WHERE t.token = :token ORDER BY s.until"""


def add(db: Database, counter: Counter, service_ids: Iterable[str], token: Token) -> None:
    """Adds a counter with the services given there and its first token."""
    add_all(db, [counter], {counter.id: service_ids}, [token])


def add_all(db: Database, counters: Iterable[Counter], given: Given, tokens: Iterable[Token]) -> None:
    """Adds counters with the services given there and a first token each."""
    insert(db, "counters", counters)
    _give(db, given)
    insert(db, "tokens", tokens)


def get(db: Database, counter_id: str) -> Counter:
    """The counter with this id; raises Problem "counter_unknown"."""
    sql = f"SELECT {columns(Counter)} FROM counters WHERE id = :id"
    return needed(one(db, Counter, sql, {"id": counter_id}), "counter_unknown")


def change(db: Database, counters: Iterable[Counter]) -> None:
    """Sets everything about counters but their unit."""
    update(db, "counters", Counter, counters, fixed=("unit_id",))


def change_services(db: Database, given: Given) -> None:
    """Sets which services of its unit are given at each of some counters; those of units in which it stood stay."""
    sql = """DELETE FROM counter_services WHERE counter_id = ? AND service_id IN
             (SELECT s.id FROM services AS s JOIN counters AS c ON c.unit_id = s.unit_id WHERE c.id = ?)"""
    db.conn.executemany(sql, ((key, key) for key in given))
    _give(db, given)


def move(db: Database, counter: Counter, former: FormerUnit) -> None:
    """Puts a counter where it says, under its name; until now it stood in its former unit.

    What moves twice within a second stood nowhere in between.
    """
    sql = "UPDATE counters SET unit_id = :unit_id, name = :name WHERE id = :id"
    db.execute(sql, {"id": counter.id, "unit_id": counter.unit_id, "name": counter.name})
    sql = """INSERT INTO former_units (counter_id, unit_id, name, until)
             VALUES (:counter_id, :unit_id, :name, :until) ON CONFLICT (counter_id, until) DO NOTHING"""
    db.execute(sql, vars(former))


def former_units(db: Database, counter_id: str) -> Sequence[FormerUnit]:
    """The units in which a counter stood before, the earliest first."""
    sql = f"SELECT {columns(FormerUnit)} FROM former_units WHERE counter_id = :counter ORDER BY until"
    return rows(db, FormerUnit, sql, {"counter": counter_id})


def all_served(db: Database, path: str) -> list[tuple[str, str]]:
    """Which service is given at which counter of a subtree: counter and service, in the services' order."""
    sql = """SELECT s.counter_id, s.service_id FROM counter_services AS s JOIN counters AS c ON c.id = s.counter_id
             JOIN services AS g ON g.id = s.service_id AND g.unit_id = c.unit_id
             JOIN organisations AS o ON o.id = c.unit_id WHERE o.path >= :path AND o.path < :after
             ORDER BY s.counter_id, s.service_id"""
    return list(db.conn.execute(sql, {"path": path, "after": path[:-1] + "0"}))


def all_tokens(db: Database) -> set[str]:
    """Every token that was ever issued, live or revoked."""
    return {str(token) for (token,) in db.execute("SELECT token FROM tokens")}


def find_token(db: Database, token: str) -> Token | None:
    """A token that was ever issued, live or revoked."""
    return one(db, Token, f"{_ISSUED} WHERE token = :token", {"token": token})


def find_by_token(
    db: Database, token: str, moment: str = STILL
) -> tuple[Token, Counter, Organisation] | None:
    """A token that was ever issued, with its counter and the unit in which that stands, or stood at a moment (UTC)."""
    places = _places(db, token)
    return next((place for place, until in places if until > moment), places[-1][0] if places else None)


@remembered
def _places(db: Database, token: str) -> Sequence[tuple[tuple[Token, Counter, Organisation], str]]:
    """A token with its counter and each unit in which that stood until a moment, the present one last."""
    read = db.execute(_PLACES, {"token": token}).fetchall()
    return [(tuple(parts(row, Token, Counter, Organisation)), row[-1]) for row in read]


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
    # The first counter is found by itself: beside two aggregates SQLite gives a name from the row of either.
    sql = """SELECT o.name || ', ' || c.name, t.token FROM tokens AS t
             JOIN counters AS c ON c.id = t.counter_id JOIN organisations AS o ON o.id = c.unit_id
             WHERE t.revoked IS NULL AND c.id IN
                   (SELECT min(c.id) FROM counters AS c JOIN organisations AS o ON o.id = c.unit_id
                    WHERE c.closed IS NULL AND o.closed IS NULL GROUP BY o.parent_id)
             ORDER BY c.id LIMIT :limit"""
    return [(str(name), str(token)) for name, token in db.execute(sql, {"limit": limit})]


def _give(db: Database, given: Given) -> None:
    pairs = ((counter_id, service_id) for counter_id, ids in given.items() for service_id in ids)
    db.conn.executemany("INSERT INTO counter_services VALUES (?, ?)", pairs)
