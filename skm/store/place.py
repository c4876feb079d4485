"""Where an open database lies, and whether it still lies there.

SQLite goes on writing into a file that somebody has deleted or replaced, and what it writes is gone with the process.
"""

import fcntl
import json
import os
import sqlite3
from pathlib import Path
from typing import IO, Any

File = tuple[int, int]
_read_only: set[Path] = set()  # databases that this process has opened while they could not be written


class PlacedConnection(sqlite3.Connection):
    """A connection that knows the database file and the WAL that it writes to."""

    def __init__(self, path: Path, *arguments: Any, **more: Any) -> None:
        super().__init__(path, *arguments, **more)
        self._files: dict[Path, File | None] = {path: None, Path(f"{path}-wal"): None}

    def find_lost(self) -> Path | None:
        """The file that is not at its place any more, or another one there; None where all is well.

        What the lost WAL holds is brought into the database first, as far as that can be done.
        """
        for path, was in self._files.items():
            now = _file(path)
            if was is None:
                self._files[path] = now  # the WAL of a new database comes with the first change
            elif was != now:
                if (
                    now is None
                ):  # never beside a new one: its pages are not those that this connection would copy
                    self.execute("PRAGMA wal_checkpoint(FULL)")
                return path
        return None


def note_served(path: Path, files: bool = True) -> None:
    """Writes beside a database which process serves it, and which files; true for as long as that has the note locked.

    Called with a connection open that has read, so that the WAL is there and stays; before, without files.
    """
    found = {str(file): _file(file) for file in (path, Path(f"{path}-wal"))} if files else {}
    served_note(path).write_text(json.dumps({"process": os.getpid(), "files": found}), "utf-8")


def find_replaced(path: Path) -> Path | None:
    """The file that is not the one that a running server serves, or is gone: opening would put another in its place."""
    try:
        with served_note(path).open(encoding="utf-8") as note:
            if not _is_locked(note):
                return None
            files: dict[str, list[int] | None] = json.loads(note.read() or "{}").get("files", {})
    except OSError:  # no note; or no folder at all, which is for others to say
        return None
    return next(
        (Path(file) for file, was in files.items() if was and was != list(_file(Path(file)) or ())), None
    )


def served_note(path: Path) -> Path:
    """The file beside a database that says who serves it."""
    return Path(f"{path}-serving")


def _is_locked(note: IO[str]) -> bool:
    try:
        fcntl.flock(note, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def note_rights(path: Path) -> None:
    """Notes, when a database is about to be opened, whether it can only be read."""
    if not _is_writable(path):
        _read_only.add(path)


def is_stuck() -> bool:
    """Whether a database can be written again, but not by this process, which has opened it for reading.

    SQLite shares the index of the WAL between all connections of a process, for as long as one of them is open.
    """
    return any(_is_writable(path) for path in _read_only)


def _is_writable(path: Path) -> bool:
    files = [path, Path(f"{path}-wal"), Path(f"{path}-shm")]
    return all(os.access(file, os.W_OK) for file in files if file.exists())


def _file(path: Path) -> File | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
