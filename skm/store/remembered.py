"""What the set-up says, remembered by each process until something of it changes, through whatever connection.

With every change of the set-up a trigger puts another random word, its version, into the table `set_up`. So one short
question tells whether what is remembered still holds, and two databases with the same version say the same.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sqlite_utils import Database

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
LIMIT = 4_000  # answers, of some hundred bytes to a few thousand; the form of a counter needs two or three
_answers: dict[tuple[Any, ...], Any] = {}
# The version that a connection has seen and how much it had changed itself by then; None where it has still to look.
_seen: WeakKeyDictionary[Database, tuple[str, int] | None] = WeakKeyDictionary()
_MISSING: Any = object()


def remembered(
    question: Callable[Concatenate[Database, Asked], Answer],
) -> Callable[Concatenate[Database, Asked], Answer]:
    """A question to tables of the set-up alone, which have its triggers. What it returns is never changed."""

    @wraps(question)
    def ask(db: Database, *asked: Asked.args, **more: Asked.kwargs) -> Answer:
        if db.conn.in_transaction:  # what it sees may yet be undone
            return question(db, *asked, **more)
        version = _version(db)
        key = version, question, asked, *more.items()
        answer: Any = _answers.get(key, _MISSING)
        if answer is _MISSING:
            answer = question(db, *asked, **more)
            if _read_version(db) == version:
                _remember(key, answer)
        return answer

    return ask


def look_once(db: Database) -> None:
    """Lets a connection look for changes at its next question, and then no more until this is called again.

    What the connection changes itself it sees at once. Without this it looks at every question.
    """
    _seen[db] = None


def _version(db: Database) -> str:
    seen = _seen.get(db, _MISSING)
    if seen is _MISSING:
        return _read_version(db)
    if seen is None or seen[1] != db.conn.total_changes:
        _seen[db] = seen = _read_version(db), db.conn.total_changes
    return seen[0]


def _read_version(db: Database) -> str:
    return str(db.conn.execute("SELECT version FROM set_up").fetchone()[0])


def _remember(key: tuple[Any, ...], answer: object) -> None:
    if len(_answers) >= LIMIT:
        _answers.clear()
    _answers[key] = answer
