"""The pictures of `make pictures` for which somebody signs in: setting up the demo city, its people, its log."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, FilePayload, Page

from skm.survey.officer import ROLES
from tests.browser.chromium import DESK, PHONE
from tests.browser.places import UNIT, Demo, cookie_of
from tests.spreadsheets import csv

PAGES = {
    "set-up": ("admin", "/setup"),
    "set-up-city": ("admin", "/setup/organisations/pemerintah-kota-denpasar"),
    "set-up-unit": ("admin", f"/setup/organisations/{UNIT}"),
    "branding": ("admin", "/setup/branding"),
    "people": ("admin", "/people"),
    "log": ("auditor", "/audit"),
}
LOOKS: list[tuple[str, dict[str, Any]]] = [
    ("", DESK),
    ("-phone", PHONE | {"device_scale_factor": 2}),
]
ROWS = (
    "kelurahan-peguyangan;dinas-kesehatan;unit;Kelurahan Peguyangan;Jalan Ahmad Yani 120;;WITA",
    "dinas-sosial;;perangkat daerah;Dinas Sosial;Jalan Kamboja 4;0361 226 116;WITA",
    "uptd-rumah-singgah;dinas-sosial;unit;UPTD Rumah Singgah;;;WITA",
    "uptd-panti;dinas-sosail;unit;UPTD Panti Werdha;;;WITA",
    "dinas-sosial;;perangkat daerah;Dinas Sosial;;;WIT",
)


def set_up_pictures(browser: Browser, demo: Demo) -> Iterator[tuple[str, bytes]]:
    """Name and PNG of each page, on a desk and on a phone."""
    for role in ROLES:
        _cookie(demo, role)
    _do_something(_page(browser, demo, "admin", DESK))
    for screen, look in LOOKS:
        yield from _shown(browser, demo, screen, look)


def _shown(browser: Browser, demo: Demo, screen: str, look: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    page = browser.new_page(**look, base_url=demo.address, locale="id-ID")
    page.goto("/sign-in")
    yield f"sign-in{screen}", page.screenshot()
    for name, (role, address) in PAGES.items():
        page = _page(browser, demo, role, look)
        page.goto(address)
        yield name + screen, page.screenshot()
    page = _page(browser, demo, "admin", look)
    _open_period(page)
    yield f"period{screen}", page.screenshot()
    yield f"import{screen}", _dry_run(page).screenshot()


def _page(browser: Browser, demo: Demo, role: str, look: dict[str, Any]) -> Page:
    page = browser.new_page(**look, base_url=demo.address, locale="id-ID")
    page.context.add_cookies([_cookie(demo, role)])
    return page


# One person for each role, however often the page of that role is opened.
_cookie = cache(lambda demo, role: cookie_of(demo.database, demo.address, role))


def _do_something(page: Page) -> None:
    """What the log then tells: a name of the city's own, and another end of a period."""
    page.goto("/setup/branding")
    page.get_by_label("Judul").fill("Suara Warga Denpasar")
    page.get_by_label("Kontak").fill("Bagian Organisasi, 0361 555 111")
    page.get_by_label("Logo", exact=True).set_input_files(_file("logo.png", _logo()))
    page.get_by_role("button", name="Simpan").click()
    _open_period(page)
    page.get_by_label("Nama periode").fill("Tahun berjalan")
    page.get_by_role("button", name="Simpan").click()


def _open_period(page: Page) -> None:
    page.goto("/setup/organisations/pemerintah-kota-denpasar#periode")
    page.get_by_role("region", name="Tabel periode").get_by_role("link", name="Ubah").first.click()


def _dry_run(page: Page) -> Page:
    page.goto("/setup/import")
    page.get_by_label("Berkas").set_input_files(_file("organisasi.csv", csv("Organisasi", *ROWS)))
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.get_by_role("heading", name="Periksa").wait_for()
    return page


def _file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def _logo() -> bytes:
    """A shield that is nobody's coat of arms."""
    image = Image.new("RGBA", (400, 480))
    draw = ImageDraw.Draw(image)
    draw.polygon([(200, 8), (388, 80), (350, 350), (200, 472), (50, 350), (12, 80)], "#0b5f6b")
    draw.ellipse((120, 130, 280, 290), "#ffbf47")
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
