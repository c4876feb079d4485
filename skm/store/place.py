"""Where an open database lies, and whether it still lies there.

SQLite goes on writing into a file that somebody has deleted or replaced, and what it writes is gone with the process.
"""

import sqlite3
from pathlib import Path
from typing import Any

File = tuple[int, int]


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


def _file(path: Path) -> File | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
