"""What the documents say is true: commands, settings, pictures, links, and the words of the interface."""

import re
from dataclasses import fields

import pytest
from click.testing import CliRunner

from skm.cli import VERBS, main
from skm.settings import ROOT, Settings, read_settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDES = sorted((ROOT / "docs" / "petunjuk").glob("*.md"))


def section(title: str) -> str:
    """The part of the README under a heading."""
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def table(title: str) -> list[list[str]]:
    """The rows of the table under a heading, without the head."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def quoted(cell: str) -> str:
    """What stands between the first backticks."""
    return re.findall(r"`([^`]+)`", cell)[0]


def words(text: str) -> str:
    return " ".join(text.split())


def read_all(*patterns: str) -> str:
    return words(" ".join(file.read_text("utf-8") for pattern in patterns for file in ROOT.glob(pattern)))


def test_the_settings_table_has_every_setting_in_order():
    assert [quoted(name) for name, *_ in table("Settings")] == [field.name for field in fields(Settings)]


def test_the_settings_table_has_the_defaults(tmp_path):
    found = read_settings({}, tmp_path)
    shown = {quoted(name): quoted(default) for name, _, default, _ in table("Settings")}
    secret = {"secret_key": "instance/secret.key"}
    known = {"database": "instance/skm.sqlite", "address": found.address, "open_pages": "false"}
    assert shown == known | secret | {"proxies": "0", "smtp": '""'}
    assert (found.database, found.open_pages) == (tmp_path / "skm.sqlite", False)
    assert (found.proxies, found.smtp) == (0, "")


@pytest.mark.parametrize("row", table("Settings"), ids=lambda row: row[0])
def test_every_example_of_a_setting_is_accepted(tmp_path, row):
    if "`" in row[3]:
        (tmp_path / "skm.toml").write_text(quoted(row[3]))
        read_settings({}, tmp_path)


def test_the_commands_table_has_every_command():
    assert [quoted(row[0]).removeprefix("skm ") for row in table("Commands")] == sorted(VERBS)


@pytest.mark.parametrize("row", table("Commands"), ids=lambda row: row[0])
def test_every_option_of_a_command_exists_and_is_named(row):
    known = CliRunner().invoke(main, [quoted(row[0]).removeprefix("skm "), "--help"]).output
    assert set(re.findall(r"`(--[\w-]+)", row[1])) == set(re.findall(r"--[\w-]+", known)) - {"--help"}


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_every_command_that_a_document_names_exists(file):
    code = " ; ".join(re.findall(r"`[^`]+`|^    .*$", file.read_text("utf-8"), re.MULTILINE))
    targets = set(re.findall(r"\bmake ([a-z]+)", code))
    assert targets <= set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"(?:-m |bin/|`)skm ([a-z]+)", code)) <= VERBS.keys()


def test_continuous_integration_runs_the_commands_of_the_readme():
    run = re.findall(r"\bmake ([a-z]+)", (ROOT / ".ci" / "run").read_text())
    assert run == ["vnu", "check", "test"]
    assert {"    make demo", "    make test"} <= set(README.splitlines())


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_every_local_link_and_picture_exists(file):
    text = file.read_text("utf-8")
    targets = re.findall(r'\]\(([^)\s]+)\)|src="([^"]+)"', text)
    local = [a or b for a, b in targets if not (a or b).startswith(("http", "#"))]
    assert not [target for target in local if not (file.parent / target.partition("#")[0]).exists()]


def test_the_example_of_the_calculator_prints_what_the_readme_shows():
    shown = re.sub(r"^    ", "", section("How exact"), flags=re.MULTILINE)
    printed = CliRunner().invoke(main, ["ikm", str(ROOT / "docs/petunjuk/contoh-jawaban.csv")])
    assert printed.stdout in shown


def test_the_map_has_every_folder_and_nothing_else():
    listed = {line.split()[0].rstrip("/") for line in section("The map").splitlines() if line[:4] == "    "}
    packages = {str(file.parent.relative_to(ROOT)) for file in (ROOT / "skm").rglob("__init__.py")}
    assert packages - {"skm"} <= listed
    assert not [path for path in listed if not (ROOT / path).exists()]


@pytest.mark.parametrize("file", GUIDES, ids=lambda file: file.name)
def test_words_in_bold_in_a_guide_are_words_of_the_interface(file):
    interface = read_all("skm/**/*.py", "templates/**/*.html")
    bold = re.findall(r"\*\*(.+?)\*\*", file.read_text("utf-8"), re.DOTALL)
    assert not [phrase for phrase in map(words, bold) if phrase not in interface]
