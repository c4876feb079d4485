"""What the terminal says where the database cannot be opened."""

from click.testing import CliRunner

from skm.cli import main


def test_a_database_that_cannot_be_opened_is_one_sentence(tmp_path):
    done = CliRunner().invoke(main, ["migrate"], env={"SKM_DATABASE": str(tmp_path)})
    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert done.stderr.startswith("Basis data sedang tidak dapat dibuka")
