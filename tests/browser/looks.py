"""How a page looks: axe finds nothing, by day and by night, and the page is never wider than the screen."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.browser.chromium import DESK, PHONE, large_letters, overflow

# Each size and each scheme once: tests/rules/test_styles.py holds that no colour depends on the size of the screen.
LOOKS = [(PHONE, "light"), (DESK, "dark")]


def faults(page: Page) -> str:
    """What is wrong with a page in all looks, and on a phone with letters of twice the usual size; in words."""
    found = faults_in(page, LOOKS)
    page.set_viewport_size(PHONE["viewport"])
    with large_letters(page):
        return found + _too_wide(page, "with large letters")


def faults_in(page: Page, looks: list[tuple[dict, str]]) -> str:
    """What is wrong with a page in these looks, in words."""
    page.evaluate(AXE_SCRIPT)
    return "".join(_faults_of(page, *look) for look in looks)


def _faults_of(page: Page, size: dict, scheme: str) -> str:
    page.set_viewport_size(size["viewport"])
    page.emulate_media(color_scheme=scheme)
    look = f"{size['viewport']['width']} {scheme}"
    result = AxeResults(page.evaluate("axe.run({resultTypes: ['violations']})"))
    violations = f"{look}: {result.generate_report()}\n" if result.violations_count else ""
    return violations + _too_wide(page, look)


def _too_wide(page: Page, look: str) -> str:
    over = overflow(page)
    return f"{look}: {over} pixels wider than the screen\n" if over > 0 else ""
