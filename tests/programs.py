"""Tests that need a program which pip cannot bring: skipped without it, and the end of the run says how to get it.

Where SKM_EVERY_TEST is set, as in CI, a skip of any kind is a failure.
"""

import os
import shutil

import pytest

from tests import html_checker

PROGRAMS = {
    "browser": (("chromium-headless-shell", "chromium"), "chromium-headless-shell"),
    "whole_browser": (("chromium",), "chromium"),
    "office": (("soffice",), "libreoffice-calc-nogui"),
    "nginx": (("nginx", "/usr/sbin/nginx"), "nginx"),
}
NO_CHECKER = {"html_checker": "default-jre-headless npm"}  # npm for `make vnu`, which brings the checker


def _missing() -> dict[str, str]:
    """The package for each mark whose program is not there."""
    missing = {
        mark: package
        for mark, (programs, package) in PROGRAMS.items()
        if not any(map(shutil.which, programs))
    }
    return missing if html_checker.command() else missing | NO_CHECKER


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
    missing = _missing()
    if skipped and missing:
        terminalreporter.section("Not run")
        for report in skipped:
            terminalreporter.line(report.nodeid)
        terminalreporter.line(f"To run them too: {how_to_get(missing)}")


def how_to_get(missing: dict[str, str]) -> str:
    """The command that brings what is missing, by mark and package."""
    brought_by_npm = " && make vnu" if "html_checker" in missing else ""
    return f"sudo apt-get install {' '.join(missing.values())}{brought_by_npm}"


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skip fails the run where every test must run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("SKM_EVERY_TEST") and exitstatus == 0 and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
