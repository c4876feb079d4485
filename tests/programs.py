"""Tests that need a program which pip cannot bring: skipped without it, and the end of the run says how to get it.

Where SKM_EVERY_TEST is set, as in CI, a skip of any kind is a failure.
"""

import os
import shutil

import pytest

PROGRAMS = {
    "browser": (("chromium-headless-shell", "chromium"), "chromium-headless-shell"),
    "whole_browser": (("chromium",), "chromium"),
    "office": (("soffice",), "libreoffice-calc-nogui"),
}


def _missing() -> dict[str, str]:
    """The package for each mark whose program is not there."""
    return {
        mark: package
        for mark, (programs, package) in PROGRAMS.items()
        if not any(map(shutil.which, programs))
    }


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips what cannot run here."""
    missing = _missing()
    for item in items:
        for mark, package in missing.items():
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=f"needs Debian's {package}"))


def pytest_terminal_summary(terminalreporter) -> None:
    """Names what was skipped, and the one command that brings the programs."""
    skipped = terminalreporter.stats.get("skipped", [])
    missing = _missing().values()
    if skipped and missing:
        terminalreporter.section("Not run")
        for report in skipped:
            terminalreporter.line(report.nodeid)
        terminalreporter.line(f"To run them too: sudo apt-get install {' '.join(missing)}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skip fails the run where every test must run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("SKM_EVERY_TEST") and exitstatus == 0 and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
