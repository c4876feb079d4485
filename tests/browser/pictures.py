"""`make pictures`: the pages as people see them, as docs/pictures/*.png."""

import re
import subprocess
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from pypdfium2 import PdfDocument, PdfPage

from skm.settings import ROOT
from tests.browser.chromium import DESK, PHONE, launch
from tests.browser.pictures_kiosk import kiosk_pictures
from tests.browser.pictures_papers import papers_pictures
from tests.browser.pictures_screen import screen_pictures
from tests.browser.pictures_set_up import set_up_pictures
from tests.browser.places import UNIT, Demo, serve_demo

PICTURES = ROOT / "docs" / "pictures"
LARGEST = 100_000  # bytes of a picture

Picture = tuple[str, bytes]


def main() -> None:
    """Takes every picture again."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, serve_demo(Path(folder)) as demo, sync_playwright() as playwright:
        browser = launch(playwright)
        for taken in (
            _citizen(browser, demo),
            _officer(browser, demo),
            _paper(demo),
            _workbook(demo, Path(folder)),
            set_up_pictures(browser, demo),
            screen_pictures(browser, demo),
            kiosk_pictures(browser, demo),
            papers_pictures(browser, demo),
        ):
            for name, picture in taken:
                _keep(name, picture)
        browser.close()


def _citizen(browser: Browser, demo: Demo) -> Iterator[Picture]:
    yield from _answer(_page(browser, demo, DESK | {"has_touch": True}), demo, "-desk")
    page = _page(browser, demo, PHONE, sharp=2)
    yield from _answer(page, demo)
    page.goto("/")
    yield "home", page.screenshot()
    page.goto("/s/ABCD-2345")
    yield "error", page.screenshot()
    whole = _page(browser, demo, PHONE)
    whole.goto(f"/s/{demo.token}")
    yield "form-whole", whole.screenshot(full_page=True)


def _answer(page: Page, demo: Demo, screen: str = "") -> Iterator[Picture]:
    """The form, one with a forgotten question, and the thanks."""
    page.goto(f"/s/{demo.token}")
    yield f"form{screen}", page.screenshot()
    page.locator("label[for=service-1]").tap()
    for number in (1, 2, 3, 5, 6, 7, 8, 9):
        page.locator(f"label[for=P{number}-{4 if number == 7 else 3}]").tap()
    _send(page)
    yield f"form-error{screen}", page.screenshot()
    page.get_by_role("alert").get_by_role("link").tap()
    page.locator("label[for=P4-3]").tap()
    page.wait_for_timeout(300)  # until the colour of the choice has come
    yield f"form-chosen{screen}", page.screenshot()
    _send(page)
    yield f"thanks{screen}", page.screenshot(full_page=True)


def _send(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Kirim penilaian").tap()


def _officer(browser: Browser, demo: Demo) -> Iterator[Picture]:
    pages = {
        "unit": f"/units/{UNIT}",
        "agency": "/agencies/dinas-kesehatan",
        "city": "/city",
        "counters": f"/units/{UNIT}/counters",
        "method": f"/organisations/{UNIT}/method",
        "priorities": f"/organisations/{UNIT}/priorities",
        "who": f"/organisations/{UNIT}/who",
        "sample": f"/organisations/{UNIT}/sample",
        "freezing": f"/organisations/{UNIT}/freezing",
        "improvements": f"/units/{UNIT}/improvements",
        "units": "/organisations/dinas-kesehatan/units",
    }
    desk, phone = _page(browser, demo, DESK), _page(browser, demo, PHONE, sharp=2)
    for name, address in pages.items():
        for screen, page in (("", desk), ("-phone", phone)):
            page.goto(address)
            yield name + screen, page.screenshot()
    for screen, page in (("", desk), ("-phone", phone)):
        page.goto(pages["freezing"])
        page.get_by_role("link", name="Tahun").first.click()
        yield "snapshot" + screen, page.screenshot()
    desk.goto(pages["unit"])
    yield "unit-whole", desk.screenshot(full_page=True)


def _page(browser: Browser, demo: Demo, look: dict[str, Any], sharp: int = 1) -> Page:
    return browser.new_page(**look, device_scale_factor=sharp, base_url=demo.address, locale="id-ID")


def _paper(demo: Demo) -> Iterator[Picture]:
    counter = f"/counters/{demo.counter_id}/sheet.pdf?ukuran="
    papers = {
        "poster-a4": f"{counter}poster",
        "counter-sheet": f"{counter}stand",
        "card-a6": f"{counter}card",
        "table-tent": f"{counter}tent",
        "stickers": f"{counter}stickers",
        "paper-form": f"/units/{UNIT}/paper.pdf",
    }
    for name, address in papers.items():
        yield name, _rendered(PdfDocument(_fetch(demo.address + address))[0])


def _workbook(demo: Demo, folder: Path) -> Iterator[Picture]:
    """The recap and the first page of the first unit's sheet, as LibreOffice prints them; none without it."""
    if not which("soffice"):
        return
    year = re.findall(rb"/exports/(\d{4})[.]xlsx", _fetch(f"{demo.address}/city"))[0].decode()
    (folder / "year.xlsx").write_bytes(_fetch(f"{demo.address}/exports/{year}.xlsx"))
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    pages = 'pdf:calc_pdf_Export:{"PageRange":{"type":"string","value":"1-4"}}'
    command = ["soffice", home, "--headless", "--convert-to", pages, "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "year.xlsx")], check=True, capture_output=True, timeout=300)
    printed = list(PdfDocument(folder / "year.pdf"))
    yield "workbook-recap", _rendered(printed[0])
    unit = next(
        page for page in printed if "PER RESPONDEN DAN PER UNSUR" in page.get_textpage().get_text_range()
    )
    yield "workbook-unit", _rendered(unit)


def _fetch(address: str) -> bytes:
    with urllib.request.urlopen(address) as response:
        return bytes(response.read())


def _rendered(page: PdfPage) -> bytes:
    stream = BytesIO()
    page.render(scale=1.5).to_pil().save(stream, "PNG")
    return stream.getvalue()


def _keep(name: str, picture: bytes) -> None:
    """Writes a picture with as many colours as a small file allows."""
    path = PICTURES / f"{name}.png"
    image = Image.open(BytesIO(picture)).convert("RGB")
    image.save(path, optimize=True)
    for colours in (256, 128, 64):
        if path.stat().st_size > LARGEST:
            image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1000:.0f} kB")  # noqa: T201


if __name__ == "__main__":
    main()
