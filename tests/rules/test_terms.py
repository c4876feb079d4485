"""One word for one thing: the words that `docs/petunjuk/istilah.md` rules out stand nowhere in the interface."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TERMS = ROOT / "docs" / "petunjuk" / "istilah.md"
INVENTED = set(
    (ROOT / "skm" / "usecases" / "demo").rglob("*.py")
)  # what citizens might write is no word of ours
ROOMS = ("web", "wording", "output", "cli", "usecases", "figures", "survey", "i18n")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def ruled_out() -> Iterator[tuple[str, list[str]]]:
    """Each word that the table rules out, with the phrases in which it may stand."""
    rows = [line for line in TERMS.read_text("utf-8").splitlines() if line.startswith("| ")]
    for row in rows[1:]:
        _, _, words, phrases = cells(row)
        for word in parts(words):
            yield word, parts(phrases)


def sentences() -> dict[str, str]:
    """The text of every template and every string of the code that people may read, by file."""
    found = {}
    for file in (ROOT / "templates").rglob("*.*"):
        found[str(file.relative_to(ROOT))] = re.sub(
            r"{#.*?#}|//.*", "", file.read_text("utf-8"), flags=re.DOTALL
        )
    for room in ROOMS:
        for file in set((ROOT / "skm" / room).rglob("*.py")) - INVENTED:
            found[str(file.relative_to(ROOT))] = "\n".join(strings(ast.parse(file.read_text("utf-8")), room))
    for file in (ROOT / "docs" / "petunjuk").glob("*.md"):
        if file != TERMS:
            found[str(file.relative_to(ROOT))] = file.read_text("utf-8")
    return found


def strings(tree: ast.Module, room: str) -> Iterator[str]:
    """The strings of a module without its docstrings, which only a command of the terminal shows."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and ast.get_docstring(node) and not is_command(node, room)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def is_command(node: ast.AST, room: str) -> bool:
    return room == "cli" and isinstance(node, ast.FunctionDef) and bool(node.decorator_list)


SENTENCES = sentences()


@pytest.mark.parametrize(("word", "phrases"), list(ruled_out()), ids=[word for word, _ in ruled_out()])
def test_a_thing_has_one_name(word, phrases):
    allowed = re.compile("|".join(map(re.escape, phrases)) or "(?!)", re.IGNORECASE)
    around = re.compile(rf".{{0,40}}\b{word}\b.{{0,20}}", re.IGNORECASE)
    found = {
        file: hits for file, text in SENTENCES.items() if (hits := around.findall(allowed.sub("", text)))
    }
    assert not found, f"see {TERMS.name}"
