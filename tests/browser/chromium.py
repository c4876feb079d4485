"""A real Chromium that records everything it complains about."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Playwright, Request

from tests import html_pages

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


SMALL, WHOLE = (
    "chromium-headless-shell",
    "chromium",
)  # the same engine without and with windows, tabs and menus


def launch(playwright: Playwright, *programs: str) -> Browser:
    """Debian's Chromium: the first of these programs that is there, else the small one, else the whole."""
    program = next(filter(None, map(shutil.which, programs or (SMALL, WHOLE))))
    return playwright.chromium.launch(executable_path=program, args=ARGUMENTS)


class Watch:
    """Notes what no page of the house may cause: errors in the console (a breach of the content security
    policy is one), requests that fail, requests to anywhere else."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._host = urlsplit(address).netloc
        self.complaints: list[str] = []
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)

    def _heard(self, message: ConsoleMessage) -> None:
        # Chromium logs the status of the page itself too: an error page is meant, a missing picture is not.
        own = message.page and message.location["url"].split("#")[0] == message.page.url.split("#")[0]
        if message.type in ("error", "warning") and not (own and "Failed to load resource" in message.text):
            self.complaints.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in (self._host, ""):
            self.complaints.append(f"a request to elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        # Aborted is what the person left: by a second click, or before the last picture had come.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.method} {request.url}: {request.failure}")


def gather_pages(context: BrowserContext) -> None:
    """The HTML checker judges the pages that are opened here as the server sent them."""
    context.on("requestfinished", _gather)


def _gather(request: Request) -> None:
    if not request.is_navigation_request() or request.redirected_to:
        return
    with suppress(Error):  # Chromium forgets a page that is left at once
        response = request.response()
        if response and response.headers.get("content-type", "").startswith("text/html"):
            path = urlsplit(request.url).path
            html_pages.gather(f"{request.method} {path}", response.status, response.body())


@contextmanager
def large_letters(page: Page) -> Iterator[None]:
    """The page as somebody sees it who has set letters of twice the usual size."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    yield
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    session.detach()


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
