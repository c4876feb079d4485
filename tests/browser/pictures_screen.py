"""The television's pictures."""

from collections.abc import Iterator

from playwright.sync_api import Browser

from tests.browser.places import Demo

SIZES = {"tv": (1920, 1080), "tv-small": (1280, 720)}


def screen_pictures(browser: Browser, demo: Demo) -> Iterator[tuple[str, bytes]]:
    """The waiting room's screen at the sizes of televisions."""
    for name, (width, height) in SIZES.items():
        page = browser.new_page(viewport={"width": width, "height": height}, base_url=demo.address)
        page.goto(f"/layar/{demo.token}")
        yield name, page.screenshot()
