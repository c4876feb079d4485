"""Reads snapshots back; their bytes are checked against their digest."""

from skm.figures.snapshot import Content, digest_of, parsed
from skm.store import snapshots
from skm.store.database import Database
from skm.store.snapshots import Snapshot
from skm.survey.problem import Problem, needed


def get_snapshot(db: Database, snapshot_id: str) -> Snapshot:
    """The snapshot with this id; raises Problem."""
    return needed(snapshots.find(db, snapshot_id), "snapshot_unknown")


def read_content(db: Database, snapshot: Snapshot) -> Content:
    """What a snapshot holds; raises Problem where the bytes are not the ones of its digest."""
    text = snapshots.content_of(db, snapshot.id)
    content = parsed(text)
    if content is None or digest_of(text) != snapshot.digest:
        raise Problem("snapshot_damaged")
    return content


def read_snapshot(db: Database, snapshot_id: str) -> tuple[Snapshot, Content]:
    """A snapshot and what it holds; raises Problem as `get_snapshot` and `read_content` do."""
    snapshot = get_snapshot(db, snapshot_id)
    return snapshot, read_content(db, snapshot)
