"""Charts on a page: drawn for the width of the screen, by day and by night, and light on paper."""

from io import BytesIO

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from tests.browser.chromium import DESK, PHONE
from tests.browser.places import UNIT

pytestmark = pytest.mark.browser
PAGES = [f"/units/{UNIT}", f"/organisations/{UNIT}/priorities"]
NIGHT = (0x11, 0x16, 0x1C)


def corner(picture: bytes) -> tuple[int, ...]:
    """The ground of a chart, inside of its edge."""
    return Image.open(BytesIO(picture)).convert("RGB").getpixel((12, 4))


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("screen", "look", "shape"), [(PHONE, "phone", 410 / 328), (DESK, "desk", 4 / 7)])
def test_a_chart_is_drawn_for_the_width_of_the_screen(visit, demo, address, screen, look, shape):
    page = visit(demo.address, **screen)
    page.goto(address)
    for chart in page.locator(".chart img").all():
        chart.scroll_into_view_if_needed()
        assert f"look={look}" in chart.evaluate("img => img.currentSrc")
        assert chart.evaluate("img => img.complete && img.naturalWidth > 0")
        box = chart.bounding_box()
        assert box["height"] / box["width"] == pytest.approx(shape, abs=0.01)


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(("scheme", "ground"), [("light", (255, 255, 255)), ("dark", NIGHT)])
def test_a_chart_follows_day_and_night(visit, demo, screen, scheme, ground):
    page = visit(demo.address, color_scheme=scheme, **screen)
    page.goto(PAGES[0])
    assert corner(page.locator(".chart img").first.screenshot()) == ground


def test_a_chart_is_light_on_paper_by_night_too(visit, demo):
    page = visit(demo.address, color_scheme="dark")
    page.goto(PAGES[0])
    sheet = PdfDocument(page.pdf(format="A4"))[0].render().to_pil().convert("RGB")
    assert NIGHT not in {colour for _, colour in sheet.getcolors(1 << 24)}


@pytest.mark.parametrize(("scheme", "ground"), [("light", (255, 255, 255)), ("dark", NIGHT)])
def test_a_picture_opened_by_itself_breaks_no_policy(visit, demo, scheme, ground):
    page = visit(demo.address, color_scheme=scheme)
    page.goto(f"/organisations/{UNIT}/elements.svg?look=desk")
    assert corner(page.screenshot()) == ground


def test_a_downloaded_picture_is_for_paper(visit, demo):
    page = visit(demo.address, color_scheme="dark")
    page.goto(PAGES[0])
    assert page.locator(".chart a", has_text="SVG").first.get_attribute("href").endswith("/elements.svg")
