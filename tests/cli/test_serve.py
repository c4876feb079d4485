"""What `skm serve` says before it serves."""

import pytest
from click.testing import CliRunner

from skm.cli import main
from skm.store.database import connect, writing
from tests.builders import a_city, answered
from tests.databases import a_database

OPEN_TO_ALL = "tanpa proksi di depannya"


@pytest.fixture
def serve(tmp_path, monkeypatch):
    """The words of `skm serve` with some options; it serves nothing."""
    a_database(tmp_path / "skm.sqlite").close()
    monkeypatch.setattr("skm.cli.processes.run", lambda *_: None)

    def _serve(*options, **environment):
        env = {"SKM_DATABASE": str(tmp_path / "skm.sqlite"), **environment}
        done = CliRunner().invoke(main, ["serve", "--port", "0", *options], env=env)
        assert done.exit_code == 0, done.output
        return done.output

    return _serve


def test_a_clock_that_is_behind_is_noticed_at_the_start(serve, tmp_path):
    assert "Jam server" not in serve()
    db = connect(tmp_path / "skm.sqlite")
    with writing(db):
        city = a_city(db)
    answered(db, city, "333333333", "2999-01-01")
    db.close()
    assert "Jam server lebih awal daripada jawaban terakhir. Betulkan jam mesin ini" in serve()


def test_an_address_for_other_machines_without_a_proxy_says_what_that_means(serve):
    assert OPEN_TO_ALL in serve("--host", "0.0.0.0")
    assert OPEN_TO_ALL not in serve("--host", "0.0.0.0", SKM_PROXIES="1")
    assert OPEN_TO_ALL not in serve()
