"""The command line, for its tests."""

from datetime import date

import pytest
from click.testing import CliRunner

from skm.cli import main
from skm.usecases.closing import freezing
from tests.builders import a_period, answered
from tests.cli.machine import KEY, Machine
from tests.conftest import DEED


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


@pytest.fixture
def here(tmp_path, db, city, monkeypatch) -> Machine:
    """An installation with answers and a frozen period; its database is the one of the test."""
    (tmp_path / "secret.key").write_text(KEY)
    (tmp_path / "skm.toml").write_text('address = "https://skm.example.go.id"\n')
    over = a_period(
        db, city.government, city.period.instrument_id, opens=date(2025, 1, 1), closes=date(2025, 12, 31)
    )
    for scores in ("344434334", "444444444", "222233334"):
        answered(db, city, scores, "2025-06-15", period_id=over.id)
    freezing.freeze_period(db, DEED, over.id)
    return Machine(tmp_path, monkeypatch)
