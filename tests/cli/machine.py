"""A folder with an installation of its own, and its terminal."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from skm.cli import main, upkeep
from skm.store.database import connect

KEY = "a secret for tests, long enough to be one"


class Machine:
    """A folder with an installation, and its terminal."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch = folder, monkeypatch
        folder.mkdir(exist_ok=True)

    def run(self, *words: str, status: int = 0) -> str:
        self._patch.setattr(upkeep, "INSTANCE", self.folder)
        self._patch.setattr("skm.settings.INSTANCE", self.folder)
        done = CliRunner().invoke(main, [str(word) for word in words])
        assert done.exit_code == status, done.output
        return done.output

    def rows(self, sql: str) -> list[tuple]:
        db = connect(self.folder / "skm.sqlite")
        found = db.execute(sql).fetchall()
        db.close()
        return found
