"""The log is read: who did what, when and from which role, within the part of the tree that the reader may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from skm.store import audit, organisations
from skm.store.audit import Entry, Sought
from skm.store.database import Database
from skm.survey.officer import Membership

PAGE = 50  # entries


@dataclass(frozen=True)
class Search:
    """What a reader looks for: words, and the first and the last day by the clock of the city; None: any."""

    words: Sequence[Sought] = ()
    first: date | None = None
    last: date | None = None


def show_page(db: Database, reader: Membership, search: Search, before: str) -> tuple[list[Entry], str]:
    """A page of the log, the newest first, and the id to page on with; empty at the end."""
    entries = list(_search(db, reader, search, before or "~", PAGE + 1))
    return entries[:PAGE], entries[PAGE - 1].id if len(entries) > PAGE else ""


def show_all(db: Database, reader: Membership, search: Search) -> Iterator[Entry]:
    """Everything that a page after page would show."""
    return _search(db, reader, search)


def _search(
    db: Database, reader: Membership, search: Search, before: str = "~", limit: int | None = None
) -> Iterator[Entry]:
    root = organisations.find_root(db)
    if root is None:
        return audit.all_for(db, "", search.words, before, limit)
    # For the whole city also what was noted before there was one.
    path = "" if root.id == reader.organisation_id else reader.path
    since = root.midnight(search.first).isoformat() if search.first else ""
    until = root.midnight(search.last + timedelta(days=1)).isoformat() if search.last else "~"
    return audit.all_for(db, path, search.words, before, limit, since=since, until=until)
