"""The tabs of an organisation on a phone: the current one is in view, and all others can be reached."""

import pytest

from tests.browser.chromium import PHONE
from tests.browser.places import UNIT

pytestmark = pytest.mark.browser
PAGES = [
    f"/units/{UNIT}",
    *(f"/organisations/{UNIT}/{page}" for page in ("sample", "who", "priorities", "method", "freezing")),
    f"/units/{UNIT}/improvements",
    "/organisations/pemerintah-kota-denpasar/units",
]


@pytest.mark.parametrize("address", PAGES)
def test_the_current_tab_is_in_view_on_a_phone(visit, demo, address):
    page = visit(demo.address, **PHONE)
    assert page.goto(address).status == 200
    box = page.locator(".sections [aria-current]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_the_tabs_move_freely_after_that(visit, demo):
    page = visit(demo.address, **PHONE)
    page.goto(PAGES[-2])
    page.wait_for_timeout(300)
    tabs = page.locator(".sections")
    tabs.evaluate("tabs => tabs.scrollTo(0, 0)")
    page.wait_for_timeout(300)
    assert tabs.evaluate("tabs => tabs.scrollLeft") == 0
