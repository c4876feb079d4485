"""An officer makes a code at a desk and types it on a tablet: its answers count until the tablet is ended."""

import pytest
from playwright.sync_api import Page, expect

from skm.store import events
from skm.usecases.answering import kiosks
from tests.browser.chromium import DESK, PHONE, overflow
from tests.browser.kiosk import begin, choose, look, pass_by, started
from tests.browser.looks import faults
from tests.waiting import until

pytestmark = pytest.mark.browser

SIZES = {"phone": PHONE, "tablet": {"viewport": {"width": 800, "height": 1280}, "has_touch": True}}
KEPT = """async () => {
  const wanted = ["lang=id", "lang=en", "lang=ban", "kiosk.js", "kiosk.css"];
  for (;;) {
    const kept = (await (await caches.open("kiosk")).keys()).map((each) => each.url);
    if (navigator.serviceWorker.controller && wanted.every((part) => kept.some((url) => url.includes(part)))) return;
    await new Promise((later) => setTimeout(later, 50));
  }
}"""


def a_code(desk: Page, town, counter, name: str) -> str:
    """The code that the officer makes at the desk."""
    desk.goto(f"/units/{town.city.unit.slug}/counters")
    desk.get_by_role("link", name="Perangkat kios").click()
    desk.get_by_role("link", name="Daftarkan perangkat").last.click()
    desk.get_by_label("Loket").select_option(counter.id)
    desk.get_by_label("Nama perangkat").fill(name)
    desk.get_by_role("button", name="Buat kode").click()
    return desk.locator(".device-code").inner_text()


def register(page: Page, code: str) -> None:
    """Types the code on the device."""
    page.get_by_label("Kode perangkat").fill(code)
    page.get_by_role("button", name="Daftarkan perangkat ini").tap()


def answer(page: Page, thanks: str = "Terima kasih") -> None:
    """One person answers, in whatever language was chosen."""
    begin(page)
    choose(page)
    for _ in range(2):
        page.locator("#next").tap()
        look(page)
    expect(page.get_by_role("heading", name=thanks)).to_be_visible()
    pass_by(page, 5)


def states(town, counter, expected: int) -> list[tuple[str, str]]:
    """State and reason of each answer of the counter, once there are so many."""
    until(lambda: len(town.answers(counter)) >= expected)
    sql = "SELECT why FROM response_events WHERE response_id = :id"
    ids = [row["id"] for row in town.answers(counter)]
    return [
        (events.find_state(town.db, key), "".join(why for (why,) in town.db.execute(sql, {"id": key})))
        for key in ids
    ]


@pytest.mark.parametrize("size", SIZES)
def test_a_device_is_registered_used_without_a_connection_and_ended(office, tablets, town, size):
    counter, token = town.new_counter()
    desk, tablet, name = office("organisasi", **DESK), tablets(**SIZES[size]), f"Tablet {size}"
    tablet.goto(f"/kios/{token}")
    register(tablet, "ABCD-EFGH")
    expect(tablet.get_by_text("salah ketik")).to_be_visible()
    assert overflow(tablet) <= 0
    register(tablet, a_code(desk, town, counter, name))
    expect(tablet.get_by_text("Perangkat ini terdaftar")).to_be_visible()
    started(tablet, token)
    expect(tablet.locator("#unregistered")).to_be_hidden()
    answer(tablet)
    assert states(town, counter, 1) == [("counted", "")]

    tablet.evaluate(KEPT)
    tablet.context.set_offline(True)
    tablet.reload()  # the power was cut
    tablet.get_by_role("button", name="English").tap()
    answer(tablet, "Thank you")
    tablet.context.set_offline(False)
    tablet.evaluate("dispatchEvent(new Event('online'))")
    assert states(town, counter, 2) == [("counted", "")] * 2

    tablet.context.set_offline(True)
    answer(tablet)
    desk.goto(f"/units/{town.city.unit.slug}/devices")
    row = desk.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("terbaru")
    row.get_by_role("link", name="Akhiri").click()
    desk.get_by_role("button", name="Akhiri perangkat").click()
    expect(desk.get_by_role("status")).to_have_text("Perangkat diakhiri.")
    tablet.context.set_offline(False)
    tablet.evaluate("dispatchEvent(new Event('online'))")
    assert states(town, counter, 3)[2] == ("held", kiosks.ENDED_SINCE)
    expect(tablet.locator("#unregistered")).to_be_visible()
    answer(tablet)
    assert states(town, counter, 4)[3] == ("held", kiosks.UNREGISTERED)


def test_a_running_kiosk_is_registered_by_way_of_its_lock(office, tablets, town):
    counter, token = town.new_counter()
    tablet = tablets(**SIZES["tablet"])
    started(tablet, token)
    expect(tablet.locator("#unregistered")).to_be_visible()
    tablet.get_by_role("button", name="Keluar dari mode kios").tap()
    tablet.get_by_label("PIN", exact=True).fill("4711")
    tablet.get_by_role("button", name="Keluar", exact=True).tap()
    register(tablet, a_code(office("organisasi", **DESK), town, counter, "Tablet lama"))
    expect(tablet.get_by_text("Perangkat ini terdaftar")).to_be_visible()


def test_axe_finds_nothing_on_the_pages_of_devices(office, tablets, town):
    counter, token = town.new_counter()
    desk, tablet = office("organisasi", **DESK), tablets(**PHONE)
    tablet.goto(f"/kios/{token}")
    register(tablet, a_code(desk, town, counter, "Tablet dengan nama yang sangat panjang sekali"))
    found = faults(desk)
    expect(tablet.get_by_text("Perangkat ini terdaftar")).to_be_visible()
    desk.goto(f"/units/{town.city.unit.slug}/devices")
    found += faults(desk)
    addresses = desk.get_by_role("row").filter(has_text="sangat panjang").get_by_role("link")
    more = [link.get_attribute("href") for link in addresses.all()]
    for address in (*more, f"/units/{town.city.unit.slug}/devices/code", "/setup"):
        desk.goto(address)
        found += faults(desk)
    assert not found


def test_a_code_serves_one_device(office, tablets, town):
    counter, token = town.new_counter()
    code = a_code(office("organisasi", **DESK), town, counter, "Tablet satu")
    first, second = tablets(**PHONE), tablets(**PHONE)
    for tablet in (first, second):
        tablet.goto(f"/kios/{token}")
        register(tablet, code)
    expect(first.get_by_text("Perangkat ini terdaftar")).to_be_visible()
    expect(second.get_by_text("tidak berlaku untuk loket ini")).to_be_visible()
