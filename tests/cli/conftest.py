"""The command line, for its tests."""

import pytest
from click.testing import CliRunner

from skm.cli import main


@pytest.fixture
def skm(tmp_path, monkeypatch):
    """Runs a command on the test's own database, in the test's own folder."""
    monkeypatch.chdir(tmp_path)
    environment = {"SKM_DATABASE": str(tmp_path / "skm.sqlite"), "SKM_ADDRESS": "https://skm.example.go.id"}

    def run(*words: str, status: int = 0):
        result = CliRunner().invoke(main, words, env=environment)
        assert result.exit_code == status, result.output
        return result

    return run
