"""From the printed sheet to the form: rendered, decoded by an independent decoder, opened by a real browser."""

import urllib.request

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import expect

from tests.browser.chromium import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sheet(demo):
    """The only page of a counter's sheet as a camera would see it."""
    with urllib.request.urlopen(f"{demo.address}/counters/{demo.counter_id}/sheet.pdf") as response:
        pages = pypdfium2.PdfDocument(response.read())
    assert len(pages) == 1
    return pages[0]


def test_the_printed_qr_leads_to_the_form_of_its_counter(sheet, demo, visit):
    (found,) = zxingcpp.read_barcodes(sheet.render(scale=3).to_pil())
    page = visit(demo.address, **PHONE)
    page.goto(found.text)
    expect(page.locator(".place")).to_have_text("UPTD Puskesmas III Denpasar Utara · Poli KIA/KB")
    expect(page.get_by_role("button", name="Kirim penilaian")).to_be_attached()


def test_the_address_under_the_qr_leads_there_too(sheet, demo, visit):
    words = sheet.get_textpage().get_text_range()
    (typed,) = [word for word in words.split() if "/s/" in word]
    page = visit(demo.address, **PHONE)
    page.goto(f"http://{typed.lower()}")
    expect(page.locator(".place")).to_contain_text("Poli KIA/KB")


def test_the_code_may_be_typed_at_the_front_door(demo, visit):
    page = visit(demo.address, **PHONE)
    page.goto("/")
    page.get_by_label("Kode loket").fill(f"{demo.token[:4]} {demo.token[4:]}".lower())
    page.get_by_role("button", name="Buka").tap()
    expect(page.locator(".place")).to_contain_text("Poli KIA/KB")
