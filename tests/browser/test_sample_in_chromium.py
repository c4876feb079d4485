"""The pages about the sample: readable by machine and on a phone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from skm.app import create_app
from skm.settings import Settings
from skm.usecases.exchange.spreadsheet_rows import VISITORS
from tests.browser.chromium import PHONE
from tests.browser.looks import faults
from tests.browser.places import UNIT
from tests.officers import signed_in_as
from tests.server import SECRET
from tests.spreadsheets import csv

pytestmark = pytest.mark.browser

PAGES = {
    "unit": f"/organisations/{UNIT}/sample",
    "agency": "/organisations/dinas-kesehatan/sample",
    "city": "/organisations/pemerintah-kota-denpasar/sample",
}
ENTER = "/units/uptd-puskesmas-i-denpasar-barat/visitors"
IMPORT = "/organisations/uptd-puskesmas-i-denpasar-barat/visitors"


@pytest.fixture
def budi(visit, town):
    """A phone on which the head of the town's unit is signed in."""
    file = Path(town.db.conn.execute("PRAGMA database_list").fetchone()[2])
    app = create_app(Settings(file, town.address, secret_key=SECRET))
    visitor = signed_in_as(app, town.db, "unit_head", town.city.unit, datetime.now(UTC))
    page = visit(town.address, **PHONE)
    page.context.add_cookies([{"name": "skm", "value": visitor.cookie("skm"), "url": town.address}])
    return page


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing(visit, demo, address):
    page = visit(demo.address)
    assert page.goto(address).status == 200
    page.locator("summary").click()
    assert not faults(page)


def test_visitors_are_entered_on_a_phone(budi):
    budi.goto(ENTER)
    field = budi.get_by_role("textbox").first
    field.fill("banyak")
    budi.get_by_role("button", name="Simpan").click()
    budi.wait_for_selector(".problems")
    assert field.input_value() == "banyak"
    assert not faults(budi)
    field.fill("1.840")
    budi.get_by_role("button", name="Simpan").click()
    budi.get_by_text("Jumlah pengunjung tersimpan.").wait_for()
    budi.get_by_role("link", name="Isi jumlah pengunjung").click()
    assert budi.get_by_role("textbox").first.input_value() == "1840"


def test_a_sheet_is_uploaded_on_a_phone(budi):
    budi.goto(IMPORT)
    assert not faults(budi)
    rows = csv(VISITORS, "uptd-puskesmas-i-denpasar-barat;Farmasi;90")
    budi.set_input_files("#file", {"name": "isian.csv", "mimeType": "text/csv", "buffer": rows})
    budi.get_by_role("button", name="Unggah dan periksa").click()
    budi.get_by_text("Siap diimpor").wait_for()
    assert not faults(budi)
    budi.get_by_role("button", name="Impor semuanya").click()
    budi.get_by_text("isian.csv diimpor: 1 baris baru.").wait_for()
