"""A page of another site that sends our form: the browser says so, whether or not our service worker is in between."""

import http.server
import threading
from collections.abc import Iterator
from html import escape

import pytest
from playwright.sync_api import Page

from tests.browser.answering import choose, receipt, send
from tests.builders import THREES

pytestmark = pytest.mark.browser

FORGET_WORKERS = """async () => {
  for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
}"""


@pytest.fixture
def page(browser, town) -> Iterator[Page]:
    context = browser.new_context(base_url=town.address, locale="id-ID", has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def other_site() -> Iterator:
    """Serves one page at another site; `other_site(html)` returns its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(self.server.content.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def at(content: str) -> str:
        server.content = content
        return f"http://localhost:{server.server_port}/"

    yield at
    server.shutdown()
    server.server_close()


def mark(town, counter) -> list[int | None]:
    return [row["same_site"] for row in town.answers(counter[0])]


def test_our_own_page_is_known_with_and_without_a_worker(page, town):
    counter = town.new_counter()
    for _ in range(2):
        page.goto(f"/s/{counter[1]}")
        page.evaluate("navigator.serviceWorker.ready")
        choose(page)
        send(page)
        assert receipt(page)
    assert mark(town, counter) == [1, 1]


@pytest.mark.parametrize("worker", [False, True])
def test_a_page_of_another_site_is_known(page, town, other_site, worker):
    counter = town.new_counter()
    page.goto(f"/s/{counter[1]}")
    fields = THREES | {"stamp": page.locator("[name=stamp]").input_value()}
    if worker:
        page.evaluate("navigator.serviceWorker.ready")
        page.reload()
        page.wait_for_function("navigator.serviceWorker.controller")
    else:
        page.evaluate(FORGET_WORKERS)
    inputs = "".join(f'<input name="{n}" value="{escape(v)}">' for n, v in fields.items())
    where = f"{town.address}/s/{counter[1]}?kirim=1"
    page.goto(other_site(f'<form method="post" action="{where}">{inputs}<button>Kirim</button></form>'))
    with page.expect_navigation():
        page.get_by_role("button").click()
    assert receipt(page)
    assert mark(town, counter) == [0]
