"""A real browser for the tests of this folder; whatever it complains about fails the test."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.browser.chromium import WHOLE, Watch, gather_pages, launch
from tests.browser.kiosk import TABLET
from tests.browser.places import Demo, Town, cookie_of, serve_demo, serve_town
from tests.databases import a_database
from tests.server import serving

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = launch(playwright)
    yield started
    started.close()


@pytest.fixture(scope="session")
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser with all that surrounds the pages; only it synchronises in the background."""
    started = launch(playwright, WHOLE)
    yield started
    started.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with serve_demo(tmp_path_factory.mktemp("demo")) as served:
        yield served


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with serve_town(tmp_path_factory.mktemp("town")) as served:
        yield served


@pytest.fixture
def first_start(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A server that has just been installed: its address, and the set-up link that it printed."""
    a_database(tmp_path / "skm.sqlite").close()
    log = tmp_path / "log.txt"
    with serving(tmp_path / "skm.sqlite", log, workers=1, open_pages=False) as address:
        yield address, re.findall(r"http\S+/set-up/\S+", log.read_text())[0]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens a page of its own at a server's address: `visit(town.address, **PHONE)`."""
    opened = []

    def _visit(address: str, by: Browser = browser, **look: object) -> Page:
        context = by.new_context(base_url=address, locale="id-ID", **look)
        opened.append((context, Watch(context, address)))
        gather_pages(context)
        return context.new_page()

    yield _visit
    for context, watch in opened:
        context.close()
        assert not watch.complaints


@pytest.fixture(scope="module")
def cookie(town: Town) -> Callable[[str], dict[str, str]]:
    """The cookie of somebody who acts in a role over the whole town; of each module its own, for sessions end."""
    file = Path(town.db.conn.execute("PRAGMA database_list").fetchone()[2])
    return cache(lambda role: cookie_of(file, town.address, role))


@pytest.fixture
def office(visit: Visit, town: Town, cookie: Callable[[str], dict[str, str]]) -> Callable[..., Page]:
    """Opens a page of its own, signed in: `office("admin", **PHONE)`."""

    def _office(role: str, *by: Browser, **look: object) -> Page:
        page = visit(town.address, *by, **look)
        page.context.add_cookies([cookie(role)])
        return page

    return _office


@pytest.fixture
def tablets(browser: Browser, town) -> Iterator[Callable[..., Page]]:
    """Tablets with clocks to turn; they may complain about what does not reach the server, or is refused there."""
    opened = []

    def _tablet(**look: object) -> Page:
        opened.append(browser.new_context(base_url=town.address, **(look or TABLET)))
        page = opened[-1].new_page()
        page.clock.install()
        return page

    yield _tablet
    for context in opened:
        context.close()
