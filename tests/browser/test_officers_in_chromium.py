"""An officer with a phone: wide tables scroll in their box, the page itself never does."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import PHONE, overflow
from tests.browser.places import UNIT

pytestmark = pytest.mark.browser

PAGES = {
    "unit": f"/units/{UNIT}",
    "agency": "/agencies/dinas-kesehatan",
    "city": "/city",
}


@pytest.fixture
def phone(visit, demo) -> Page:
    return visit(demo.address, **PHONE)


@pytest.mark.parametrize("name", ["unit", "agency", "city"])
def test_the_index_is_seen_without_scrolling(phone, name):
    phone.goto(PAGES[name])
    expect(phone.locator(".headline")).to_be_in_viewport(ratio=1)
    expect(phone.locator(".subline").first).to_be_in_viewport(ratio=1)


def test_a_wide_table_scrolls_in_its_box_and_its_names_stay(phone):
    phone.goto(PAGES["agency"])
    box = phone.get_by_role("region", name="Unit pelayanan Dinas Kesehatan")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.evaluate("box => { box.scrollLeft = 200 }")
    name = box.locator("tbody th").first.bounding_box()
    assert name["x"] == pytest.approx(box.bounding_box()["x"], abs=2)
    assert overflow(phone) == 0


def test_a_printed_page_shows_no_navigation(phone):
    phone.goto(PAGES["unit"])
    phone.emulate_media(media="print")
    expect(phone.get_by_role("navigation")).to_have_count(0)
    expect(phone.get_by_role("button")).to_have_count(0)
    expect(phone.get_by_role("heading", name="IKM per unsur")).to_be_visible()


def test_every_chart_is_there(phone):
    phone.goto(PAGES["unit"])
    pictures = phone.locator(".chart img")
    assert pictures.evaluate_all("all => all.map(one => one.complete && one.naturalWidth > 0)") == [True] * 3


def test_the_figures_are_narrowed_by_period_and_service(phone):
    phone.goto(PAGES["unit"])
    phone.get_by_label("Periode").select_option(index=2)
    phone.get_by_label("Layanan", exact=True).select_option(label="Farmasi")
    phone.get_by_role("button", name="Tampilkan").tap()
    phone.wait_for_url("**service=*")
    expect(phone.get_by_label("Layanan", exact=True).locator("option:checked")).to_have_text("Farmasi")
    expect(phone.locator(".headline")).to_contain_text("IKM")


def test_a_list_of_units_is_sorted_by_a_tap(phone):
    phone.goto(PAGES["agency"])
    phone.get_by_role("columnheader", name="IKM").get_by_role("link").tap()
    phone.wait_for_url("**sort=*")
    cells = phone.locator(".children tbody tr td:nth-child(2)").all_inner_texts()
    values = [float(cell.split()[0].replace(",", ".")) for cell in cells]
    assert values == sorted(values, reverse=True)


def test_a_workbook_is_saved(phone):
    phone.goto(PAGES["city"])
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="Jawaban CSV").first.tap()
    assert saved.value.suggested_filename.endswith(".csv")
