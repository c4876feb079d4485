"""A version of the set-up: a random word that changes with everything that a citizen's form is made from.

Each process remembers what it has read of the set-up for as long as the word is the same. Triggers see to it, so that
no change goes unseen, whoever makes it and with whatever program.
"""

_CHANGED = "UPDATE set_up SET version = hex(randomblob(8))"
TABLES = (
    "organisations",
    "services",
    "counters",
    "former_units",
    "counter_services",
    "tokens",
    "periods",
    "instruments",
    "facts",
)
# A fact that tells nothing of the set-up: the check of a running server writes it every second.
_UNLESS = {"facts": "WHEN {row}.name <> 'ready'"}


def _trigger(table: str, deed: str) -> str:
    condition = _UNLESS.get(table, "").format(row="OLD" if deed == "DELETE" else "NEW")
    return f"""CREATE TRIGGER {table}_{deed.lower()}_changes_set_up AFTER {deed} ON {table} {condition}
               BEGIN {_CHANGED}; END;"""


STATEMENTS = "\n".join(
    [
        "CREATE TABLE set_up (version TEXT NOT NULL);",
        "INSERT INTO set_up VALUES (hex(randomblob(8)));",
        *(_trigger(table, deed) for table in TABLES for deed in ("INSERT", "UPDATE", "DELETE")),
    ]
)
