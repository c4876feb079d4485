"""Settings are read once; a wrong one stops the start and shows a right one."""

import stat

import pytest

from skm.settings import SettingsError, read_settings


def test_without_anything_the_defaults_hold_and_a_secret_is_made(tmp_path):
    found = read_settings({}, tmp_path)
    assert (found.database, found.open_pages) == (tmp_path / "skm.sqlite", False)
    assert len(found.secret_key) > 32
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_the_secret_stays_the_same(tmp_path):
    assert read_settings({}, tmp_path).secret_key == read_settings({}, tmp_path).secret_key


def test_the_environment_goes_before_the_file(tmp_path):
    (tmp_path / "skm.toml").write_text('address = "https://a.example.go.id/"\nopen_pages = true\n')
    assert read_settings({}, tmp_path).address == "https://a.example.go.id"
    assert (
        read_settings({"SKM_ADDRESS": "https://b.example.go.id"}, tmp_path).address
        == "https://b.example.go.id"
    )
    assert read_settings({}, tmp_path).open_pages is True


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("adress = 'x'", "unknown setting 'adress'"),
        ("address = 'skm.go.id'", 'for example address = "https://'),
        ("open_pages = 'ja'", "neither true nor false"),
        ("proxies = 6", "from 0 to 5"),
        ("proxies = 'nginx'", "from 0 to 5"),
        ("smtp = 'mail.go.id'", 'for example smtp = "smtp://'),
        ("smtp = 'smtp://mail.go.id:65536'", 'for example smtp = "smtp://'),
        ("secret_key = 'short'", "shorter than 32"),
        ("address = 'https://denpasarkota.go.id/skm'", "has a path, /skm"),
        ("database = ''", "not a path"),
        ("address = ", "skm.toml"),
    ],
)
def test_a_wrong_setting_is_named_with_an_example(tmp_path, line, words):
    (tmp_path / "skm.toml").write_text(line)
    with pytest.raises(SettingsError) as wrong:
        read_settings({}, tmp_path)
    assert words in str(wrong.value)
