"""Facts about this installation, such as that it is a demo."""

from sqlite_utils import Database


def find(db: Database, name: str) -> str | None:
    """The value of a fact, if it is known."""
    row = db.execute("SELECT value FROM facts WHERE name = :name", {"name": name}).fetchone()
    return None if row is None else str(row[0])


def find_city(db: Database) -> tuple[str, bool] | None:
    """The name of the government, and whether its answers are invented; one question, for every page asks it."""
    sql = """SELECT name, EXISTS (SELECT 1 FROM facts WHERE name = 'demo') FROM organisations
             WHERE parent_id IS NULL ORDER BY id LIMIT 1"""
    row = db.execute(sql).fetchone()
    return None if row is None else (str(row[0]), bool(row[1]))


def change(db: Database, name: str, value: str) -> None:
    """Sets a fact."""
    sql = "INSERT INTO facts VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    db.execute(sql, {"name": name, "value": value})
