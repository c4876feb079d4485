"""Comments and profiles can be erased for good, each by an event that says who did it and why.

The event is there first: without it neither can be deleted, and of a counted paper sheet nothing can be changed but
these two, to nothing. What earlier versions deleted still lies in free pages of the file, so it is written once more.
"""

WRITE_AGAIN = True  # VACUUM after the transaction
FREE_DISK = 3  # times the size of the database: `python -m bench migrate`

_KEPT = ("id", "batch_id", "number", "officer_id", "officer_name", "saved", "scores", "drawn", "removed")
_SAME = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _KEPT)
_ERASED = "EXISTS (SELECT 1 FROM erasures WHERE response_id = OLD.id AND what = '{0}')"
_EMPTIED = " AND ".join(
    f"(NEW.{name} IS OLD.{name} OR NEW.{name} = '' AND {_ERASED.format(name)})"
    for name in ("comment", "profile")
)


def _only_by_event(table: str, what: str) -> str:
    return f"""CREATE TRIGGER {table}_are_erased_by_an_event BEFORE DELETE ON {table}
               WHEN NOT EXISTS (SELECT 1 FROM erasures AS e JOIN responses AS r ON r.id = e.response_id
                                WHERE r.number = OLD.number AND e.what = '{what}')
               BEGIN SELECT RAISE(ABORT, 'a {what} is erased by an event'); END;"""  # noqa: S608 - names of ours


STATEMENTS = f"""
CREATE TABLE erasures (
    number INTEGER PRIMARY KEY,
    response_id TEXT NOT NULL REFERENCES responses (id),
    what TEXT NOT NULL CHECK (what IN ('comment', 'profile')),
    at TEXT NOT NULL,
    officer_id TEXT REFERENCES officers (id),
    officer_name TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why <> '')
);
CREATE INDEX erasures_of_response ON erasures (response_id, what);

CREATE TRIGGER erasures_are_never_changed BEFORE UPDATE ON erasures
BEGIN SELECT RAISE(ABORT, 'an erasure is append-only'); END;
CREATE TRIGGER erasures_are_never_deleted BEFORE DELETE ON erasures
BEGIN SELECT RAISE(ABORT, 'an erasure is append-only'); END;

{_only_by_event("comments", "comment")}
{_only_by_event("profiles", "profile")}

DROP TRIGGER counted_sheets_are_never_changed;
CREATE TRIGGER counted_sheets_are_never_changed BEFORE UPDATE ON paper_sheets
WHEN (SELECT counted FROM paper_batches WHERE id = OLD.batch_id) IS NOT NULL AND NOT ({_SAME} AND {_EMPTIED})
BEGIN SELECT RAISE(ABORT, 'a counted batch is read-only'); END;
"""  # noqa: S608 - names of ours
