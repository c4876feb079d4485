"""Facts about this installation, such as that it is a demo."""

from sqlite_utils import Database

from skm.store.remembered import remembered


def find(db: Database, name: str) -> str | None:
    """The value of a fact, if it is known."""
    row = db.execute("SELECT value FROM facts WHERE name = :name", {"name": name}).fetchone()
    return None if row is None else str(row[0])


@remembered
def find_city(db: Database) -> tuple[str, bool, str]:
    """The government's name, whether its answers are invented, and its stored brand; "" for none.

    One question, for every page asks it.
    """
    sql = """SELECT coalesce((SELECT name FROM organisations WHERE parent_id IS NULL ORDER BY id LIMIT 1), ''),
                    EXISTS (SELECT 1 FROM facts WHERE name = 'demo'),
                    coalesce((SELECT value FROM facts WHERE name = 'brand'), '')"""
    name, demo, brand = db.execute(sql).fetchone()
    return name, bool(demo), brand


def change(db: Database, name: str, value: str) -> None:
    """Sets a fact."""
    sql = "INSERT INTO facts VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    db.execute(sql, {"name": name, "value": value})
