"""The pictures of `make pictures` of the kiosk: on a tablet that lies, and at the smallest size."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Browser, Page

from skm.store.database import connect
from skm.usecases.city.devices import make_code
from skm.usecases.deed import SERVER, Deed
from tests.browser.chromium import PHONE
from tests.browser.places import UNIT, Demo

LOOKS: list[tuple[str, dict[str, Any]]] = [
    ("", {"viewport": {"width": 1280, "height": 800}, "has_touch": True}),
    ("-phone", PHONE | {"device_scale_factor": 2}),
]
LOOK = 350  # milliseconds: a tap right after a question has come answers nothing


def kiosk_pictures(browser: Browser, demo: Demo) -> Iterator[tuple[str, bytes]]:
    """Name and PNG of its start, of a question that has been answered, and of the thanks."""
    for screen, look in LOOKS:
        page = browser.new_page(**look, base_url=demo.address, locale="id-ID")
        page.goto(f"/kios/{demo.token}")
        page.get_by_label("Kode perangkat").fill(_new_code(demo))
        page.get_by_role("button", name="Daftarkan perangkat ini").tap()
        page.get_by_text("Perangkat ini terdaftar").wait_for()
        for label in ("PIN baru", "Ulangi PIN"):
            page.get_by_label(label).fill("4711")
        page.get_by_role("button", name="Mulai mode kios").tap()
        page.locator("#begin").wait_for()
        yield f"kiosk-start{screen}", page.screenshot()
        page.locator("#begin").tap()
        page.wait_for_timeout(LOOK)
        page.locator("label[for=service-1]").tap()
        page.locator("#q-P1").wait_for()
        page.wait_for_timeout(LOOK)
        for number in range(1, 10):
            _choose(page, number)
            if number == 3:
                page.get_by_role("button", name="Kembali").tap()
                page.wait_for_timeout(LOOK)
                yield f"kiosk-question{screen}", page.screenshot()
                _choose(page, number)
        for name in ("Lanjut", "Kirim penilaian"):
            page.get_by_role("button", name=name).tap()
            page.wait_for_timeout(LOOK)
        page.locator("#finished-title").wait_for()
        yield f"kiosk-thanks{screen}", page.screenshot()


def _new_code(demo: Demo) -> str:
    """The code that an officer makes for the tablet of the pictures."""
    with closing(connect(demo.database)) as db:
        return make_code(db, Deed(SERVER, datetime.now(UTC)), UNIT, demo.counter_id, "Tablet meja depan").code


def _choose(page: Page, number: int) -> None:
    page.locator(f"label[for=P{number}-3]").tap()
    page.locator(f"#q-P{number}").wait_for(state="hidden")
    page.wait_for_timeout(LOOK)
