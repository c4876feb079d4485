"""The pages of setting up, of people and of the log: readable by machine and on a phone."""

from dataclasses import replace

import pytest

from skm.store import organisations
from skm.store.database import writing
from tests.browser.chromium import DESK
from tests.browser.looks import faults
from tests.builders import an_organisation

pytestmark = pytest.mark.browser

UNIT = "/setup/organisations/uptd-puskesmas-i-denpasar-barat"
PAGES = {
    "guide": ("admin", "/setup"),
    "branding": ("admin", "/setup/branding"),
    "tree": ("admin", "/setup/organisations/pemerintah-kota-denpasar"),
    "unit": ("organisasi", UNIT),
    "closed unit": ("admin", "/setup/organisations/unit-yang-ditutup"),
    "add": ("admin", "/setup/organisations/dinas-kesehatan/add"),
    "move": ("admin", f"{UNIT}/move"),
    "merge": ("admin", f"{UNIT}/merge"),
    "close": ("admin", f"{UNIT}/close"),
    "service": ("admin", f"{UNIT}/services/add"),
    "counter": ("admin", f"{UNIT}/counters/add"),
    "counter move": ("admin", "/setup/counters/{counter}/move"),
    "counter move's end": ("admin", "/setup/counters/{counter}/move/dinas-kesehatan-daring"),
    "period": ("admin", f"{UNIT}/periods/add"),
    "period change": ("admin", "/setup/periods/{period}/edit"),
    "instruments": ("admin", "/setup/instruments"),
    "preview": ("admin", "/setup/instruments/skm-online-16/preview?lang=ban"),
    "import": ("admin", "/setup/import"),
    "people": ("admin", "/people"),
    "invitation": ("admin", "/people/invite"),
    "log": ("auditor", "/audit"),
    "log without a find": ("auditor", "/audit?words=zzz"),
    "log of some days": ("auditor", "/audit?first=2026-01-01&last=2026-12-31"),
    "log of no day": ("auditor", "/audit?first=2026-06-15&last=2026-06-14"),
}
FAULTY = {
    "add": ("/setup/organisations/dinas-kesehatan/add", "Tambah"),
    "counter": (f"{UNIT}/counters/add", "Tambah"),
    "close": (f"{UNIT}/close", "Tutup"),
    "merge": (f"{UNIT}/merge", "Gabungkan"),
    "import": ("/setup/import", "Unggah dan periksa"),
    "invitation": ("/people/invite", "Undang"),
}


@pytest.fixture(scope="module", autouse=True)
def closed_unit(town):
    with writing(town.db):
        closed = an_organisation(town.db, town.city.agency, "unit", "Unit yang ditutup")
        organisations.change(town.db, [replace(closed, closed="2026-01-01T00:00:00+00:00")])


@pytest.mark.parametrize(("role", "address"), PAGES.values(), ids=PAGES)
def test_axe_finds_nothing(office, town, role, address):
    page = office(role)
    named = {"period": town.city.period.id, "counter": town.city.counter.id}
    assert page.goto(address.format(**named)).status in (200, 422)
    assert not faults(page)


@pytest.mark.parametrize(("address", "button"), FAULTY.values(), ids=FAULTY)
def test_axe_finds_nothing_where_something_is_wrong(office, address, button):
    page = office("admin", **DESK)
    page.goto(address)
    page.locator("main").get_by_role("button", name=button, exact=True).click()
    page.wait_for_selector(".problems")
    assert not faults(page)
