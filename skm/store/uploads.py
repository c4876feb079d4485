"""What officers sent and what waits for their word: files that were looked at, forms of a session that had ended."""

from base64 import b64decode, b64encode
from dataclasses import dataclass

from skm.store.database import Database


@dataclass(frozen=True)
class Upload:
    """A file that an officer sent."""

    id: str
    officer_id: str | None
    name: str
    content: bytes
    received: str


def add(db: Database, upload: Upload) -> None:
    """Keeps a file."""
    content = b64encode(upload.content).decode()  # text, which every database holds alike
    values = vars(upload) | {"content": content}
    db.execute("INSERT INTO uploads VALUES (:id, :officer_id, :name, :content, :received)", values)


def find(db: Database, upload_id: str, officer_id: str | None) -> Upload | None:
    """The file, for the officer who sent it."""
    sql = "SELECT id, officer_id, name, content, received FROM uploads WHERE id = :id AND officer_id IS :officer"
    row = db.execute(sql, {"id": upload_id, "officer": officer_id}).fetchone()
    return None if row is None else Upload(row[0], row[1], row[2], b64decode(row[3]), row[4])


def forget_kind(db: Database, kind: str, before: str, officer_id: str) -> None:
    """Forgets those whose names begin with `kind`: an officer's, and all received before a moment."""
    db.execute(
        """DELETE FROM uploads WHERE substr(name, 1, length(:kind)) = :kind
           AND (received < :before OR officer_id = :officer)""",
        {"kind": kind, "before": before, "officer": officer_id},
    )


def has_kind(db: Database, kind: str, before: str) -> bool:
    """Whether there are any whose names begin with `kind`, received before a moment."""
    sql = "SELECT EXISTS (SELECT 1 FROM uploads WHERE substr(name, 1, length(:kind)) = :kind AND received < :before)"
    return bool(db.execute(sql, {"kind": kind, "before": before}).fetchone()[0])


def forget(db: Database, before: str) -> None:
    """Forgets the files received before a moment."""
    db.execute("DELETE FROM uploads WHERE received < :before", {"before": before})
