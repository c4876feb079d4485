"""The log is read: who did what, when and from which role, within the part of the tree that the reader may see."""

from collections.abc import Iterator, Sequence

from skm.store import audit, organisations
from skm.store.audit import Entry, Sought
from skm.store.database import Database
from skm.survey.officer import Membership

PAGE = 50  # entries


def show_page(
    db: Database, reader: Membership, sought: Sequence[Sought], before: str
) -> tuple[list[Entry], str]:
    """A page of the log, the newest first, and the id to page on with; empty at the end."""
    found = list(audit.search(db, _reach(db, reader), sought, before or "~", PAGE + 1))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else ""


def show_all(db: Database, reader: Membership, sought: Sequence[Sought]) -> Iterator[Entry]:
    """Everything that a page after page would show."""
    return audit.search(db, _reach(db, reader), sought)


def _reach(db: Database, reader: Membership) -> str:
    """The path of what may be read; for the whole city also what was noted before there was one."""
    root = organisations.find_root(db)
    return "" if root is None or root.id == reader.organisation_id else reader.path
