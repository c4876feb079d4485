"""Where in the tree something lies: the path that a right has to cover."""

from collections.abc import Mapping

from skm.store.database import Database

# What an address may name, and whose it is. What is not listed here belongs to the whole city.
_OF = "SELECT o.path FROM organisations AS o JOIN"
_OWNER = {
    "slug": "SELECT path FROM organisations WHERE slug = :key",
    "organisation_id": "SELECT path FROM organisations WHERE id = :key",
    "counter_id": f"{_OF} counters AS c ON c.unit_id = o.id WHERE c.id = :key",
    "device_id": f"""{_OF} counters AS c ON c.unit_id = o.id JOIN devices AS d ON d.counter_id = c.id
                     WHERE d.id = :key""",
    "service_id": f"{_OF} services AS s ON s.unit_id = o.id WHERE s.id = :key",
    "period_id": f"{_OF} periods AS p ON p.organisation_id = o.id WHERE p.id = :key",
    "improvement_id": f"{_OF} improvements AS i ON i.unit_id = o.id WHERE i.id = :key",
    "batch_id": f"{_OF} paper_batches AS b ON b.unit_id = o.id WHERE b.id = :key",
    "snapshot_id": f"{_OF} snapshots AS s ON s.organisation_id = o.id WHERE s.id = :key",
}


def paths_of(db: Database, named: Mapping[str, object]) -> list[str]:
    """The paths of everything that an address names; the root's for what is not known, and where it names nothing."""
    asked = [(_OWNER[name], str(key)) for name, key in named.items() if name in _OWNER]
    rows = [db.execute(sql, {"key": key}).fetchone() for sql, key in asked] or [None]
    return [str(row[0]) if row else _root(db) for row in rows]


def _root(db: Database) -> str:
    row = db.execute("SELECT path FROM organisations WHERE parent_id IS NULL ORDER BY id LIMIT 1").fetchone()
    return str(row[0]) if row else "/"  # in an empty city nobody covers anything
