"""Judges the HTML of every page that the tests have opened, at the end of the run; a fault fails the run.

Without the checker the run says that nothing was judged; where SKM_EVERY_TEST is set, as in CI, that fails it too.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests import html_checker, html_pages
from tests.programs import NO_CHECKER, how_to_get

_lines: list[str] = []  # what the end of the run says


def pytest_configure(config: pytest.Config) -> None:
    """Makes one folder for the pages of all processes of a run."""
    given = getattr(config, "workerinput", {}).get("html_pages")
    html_pages.folder = Path(given or tempfile.mkdtemp(prefix="skm-html-"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Tells a process of pytest-xdist where the folder is."""
    node.workerinput["html_pages"] = str(html_pages.folder)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Judges all pages at once, when the other processes have ended."""
    folder = html_pages.folder
    if folder is None or hasattr(session.config, "workerinput"):
        return
    complete = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
    if complete and any(folder.iterdir()) and not _passes(folder):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    shutil.rmtree(folder)


def _passes(folder: Path) -> bool:
    number = len(list(folder.glob("*.html")))
    if not html_checker.command():
        _lines.append(f"Not judged: {number} different pages. To judge them too: {how_to_get(NO_CHECKER)}")
        return not os.environ.get("SKM_EVERY_TEST")
    try:
        found = html_checker.report(html_checker.faults(folder))
    except RuntimeError as error:
        found = [str(error)]
    _lines.extend(found or [f"Nothing is wrong with {number} different pages."])
    return not found


def pytest_terminal_summary(terminalreporter) -> None:
    """Says how many pages were judged, or what is wrong with them."""
    if _lines:
        terminalreporter.section("Nu HTML Checker")
        terminalreporter.line("\n".join(_lines))
