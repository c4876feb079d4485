"""A form whose QR was replaced more than a day ago: the phone shows why it is refused, with all that was typed."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from skm.security import stamps
from skm.store.database import writing
from tests.browser.answering import choose, stored
from tests.browser.chromium import PHONE
from tests.browser.looks import faults
from tests.server import SECRET

pytestmark = pytest.mark.browser

BROKEN = "**/s/*kirim=1*"  # where answers are sent
COMMENT = "Antrenya panjang,\nkursinya kurang."


@pytest.fixture
def counter(town):
    return town.new_counter()


@pytest.fixture
def phone(browser, town):
    """A phone that may complain about what does not reach the server."""
    context = browser.new_context(base_url=town.address, locale="id-ID", service_workers="block", **PHONE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def opened_days_ago(page: Page, counter, days: int = 5) -> None:
    """Fills in a form that was opened some days ago."""
    page.goto(f"/s/{counter[1]}")
    stamp = stamps.issue(counter[0].id, datetime.now(UTC) - timedelta(days=days), SECRET)
    page.locator("[name=stamp]").evaluate("(field, stamp) => { field.value = stamp; }", stamp)
    choose(page)
    page.get_by_label("Kritik dan saran").fill(COMMENT)


def replace_code(town, counter, days: int = 2) -> None:
    """Ends the code of a counter as of some days ago."""
    revoked = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    with writing(town.db):
        town.db.execute("UPDATE tokens SET revoked = :r WHERE token = :t", {"r": revoked, "t": counter[1]})


def refused(page: Page) -> None:
    """The page says why, and shows what was typed."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Kode QR ini sudah diganti")
    expect(page.get_by_text("Pindai kode QR yang baru di loket")).to_be_visible()
    expect(page.locator("#typed dd")).to_have_count(10)
    assert page.locator("#typed dd").last.inner_text() == COMMENT


def test_the_page_fits_and_reads_well_by_day_and_by_night(phone, town, counter):
    opened_days_ago(phone, counter)
    replace_code(town, counter)
    with phone.expect_navigation():
        phone.locator("#send").tap()
    refused(phone)
    assert not faults(phone)


def test_without_scripts_it_is_the_same_and_one_touch_selects_all(visit, town, counter):
    page = visit(town.address, java_script_enabled=False, **PHONE)
    page.goto(f"/s/{counter[1]}")
    choose(page)
    page.get_by_label("Kritik dan saran").fill(COMMENT)
    replace_code(town, counter)
    with page.expect_navigation():
        page.locator("#send").tap()
    refused(page)
    expect(page.locator("#copy")).to_be_hidden()


def test_all_that_was_typed_is_copied_by_one_button(phone, town, counter):
    opened_days_ago(phone, counter)
    replace_code(town, counter)
    with phone.expect_navigation():
        phone.locator("#send").tap()
    refused(phone)
    phone.get_by_role("button", name="Salin isinya").tap()
    expect(phone.get_by_text("Isinya sudah disalin.")).to_be_visible()
    copied = phone.evaluate("navigator.clipboard.readText()")
    assert COMMENT in copied
    assert "Sesuai" in copied
    assert not stored(town, counter)


def test_what_waited_on_a_phone_is_refused_by_our_word_and_shown(phone, town, counter):
    opened_days_ago(phone, counter)
    phone.route(BROKEN, lambda route: route.abort())
    phone.locator("#send").tap()
    expect(phone.get_by_role("heading", name="Belum terkirim, akan dikirim otomatis")).to_be_visible()
    phone.unroute(BROKEN)
    replace_code(town, counter)
    phone.goto(f"/s/{town.new_counter()[1]}")  # by the new code
    expect(phone.get_by_text("belum dapat diterima")).to_be_visible()
    with phone.expect_navigation():
        phone.get_by_role("button", name="Buka dan periksa").tap()
    refused(phone)
    assert not stored(town, counter)


def test_what_waited_for_less_than_a_day_after_it_is_taken(phone, town, counter):
    opened_days_ago(phone, counter)
    phone.route(BROKEN, lambda route: route.abort())
    phone.locator("#send").tap()
    expect(phone.locator("#unsent")).to_be_visible()
    phone.wait_for_timeout(2500)  # moments are kept to the second: the form was opened before this one
    replace_code(town, counter, days=0)
    phone.unroute(BROKEN)
    with phone.expect_navigation():
        phone.get_by_role("button", name="Kirim sekarang").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Terima kasih")
    assert [row["token_revoked"] for row in town.answers(counter[0])] == [1]
