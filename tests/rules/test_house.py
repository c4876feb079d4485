"""The laws of the house that can be counted."""

import ast
import inspect
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "skm").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def functions(file: Path) -> list[tuple[str, int]]:
    """Name and length in lines, docstring left out, of every function."""
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append((node.name, length(node)))
    return found


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function, docstring left out."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return node.end_lineno - first.lineno + 1


def test_no_module_is_longer_than_300_lines():
    long = [
        f"{file.relative_to(ROOT)}: {n}"
        for file in MODULES
        if (n := len(file.read_text().splitlines())) > 300
    ]
    assert not long


def test_the_order_of_rows_is_a_column_of_ours():
    """SQLite's own row numbers are its own: another engine has none, and VACUUM may change them."""
    assert not [str(file) for file in MODULES if "rowid" in file.read_text()]


def test_no_template_is_longer_than_120_lines():
    assert not [str(file) for file in TEMPLATES if len(file.read_text().splitlines()) > 120]


def test_the_median_function_is_short():
    assert median(lines for file in MODULES for _, lines in functions(file)) <= 8


def views() -> list[tuple[str, int]]:
    """Name and length of every function that a decorator gives an address, wherever it stands."""
    return [
        (node.name, length(node))
        for file in (ROOT / "skm" / "web").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and any(map(is_route, node.decorator_list))
    ]


def is_route(decorator: ast.expr) -> bool:
    """Whether a decorator is one of Flask's that give a view its address."""
    if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Attribute):
        return False
    return decorator.func.attr in {"route", "get", "post", "put", "patch", "delete"}


def test_no_view_is_longer_than_15_lines():
    assert not [view for view in views() if view[1] > 15]


def test_the_law_of_views_sees_all_of_them(app):
    served = {inspect.unwrap(view).__name__ for name, view in app.view_functions.items() if name != "static"}
    assert served == {name for name, _ in views()}


def test_test_modules_import_no_test_modules():
    imports = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in (ROOT / "tests").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom | ast.Import)
        if any(
            part.startswith("test_")
            for name in (getattr(node, "module", None) or "", *(alias.name for alias in node.names))
            for part in name.split(".")
        )
    ]
    assert not imports, "put what several tests use into a module of tests/ that is no test"


@pytest.mark.parametrize("folder", sorted({file.parent for file in MODULES}), ids=lambda folder: folder.name)
def test_every_folder_says_its_question_what_it_may_import_and_where_to_begin(folder):
    words = ast.get_docstring(ast.parse((folder / "__init__.py").read_text())) or ""
    assert words.strip()
    if folder != ROOT / "skm":
        assert "?" in words.splitlines()[0], "say the folder's question"
        assert "mport" in words, "say what the folder may import"
        assert "Begin with" in words, "say where to begin"


def test_every_public_function_has_a_docstring():
    missing = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in MODULES
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not missing


def test_no_folder_is_a_drawer_for_everything():
    folders = {file.parent.name for file in MODULES}
    names = {file.stem for file in MODULES} | folders
    assert not names & {"utils", "helpers", "common", "core", "misc"}
    assert "services" not in folders  # a module of that name is about what a unit offers (pelayanan)


def test_no_module_of_ours_is_imported_under_another_name():
    ours = [file for folder in ("skm", "tests", "bench") for file in sorted((ROOT / folder).rglob("*.py"))]
    imports = [
        (file, node)
        for file in ours
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom | ast.Import)
    ]
    renamed = [
        f"{file.relative_to(ROOT)}:{node.lineno} {name.name} as {name.asname}"
        for file, node in imports
        for name in node.names
        if name.asname
        and (getattr(node, "module", None) or name.name).split(".")[0] in ("skm", "tests", "bench")
    ]
    assert not renamed, "give the module or the function a name that needs no other"
