"""Officers' pages on paper: no navigation, filled bars, and at the foot when they were opened and of which record."""

import re

import pytest
from pypdfium2 import PdfDocument

from tests.browser.places import UNIT
from tests.spreadsheets import csv

pytestmark = pytest.mark.browser
TABS = ("Cara menghitung", "Prioritas", "Siapa yang menjawab")


def printed(page, address: str) -> PdfDocument:
    """The page on paper, as a browser prints it that leaves grounds out."""
    assert page.goto(address).status == 200
    return PdfDocument(page.pdf(format="A4", print_background=False))


def words(sheets: PdfDocument) -> str:
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in sheets).split())


def blackest_row(sheets: PdfDocument) -> int:
    """The longest run of black in a row of the first sheet, at 72 pixels for an inch."""
    picture = sheets[0].render().to_pil().convert("L")
    rows = (picture.crop((0, y, picture.width, y + 1)).tobytes() for y in range(picture.height))
    return max(len(run) for row in rows for run in re.findall(rb"[\x00-\x20]*", row))


def test_paper_has_no_tabs_and_says_when_the_page_was_opened(visit, demo):
    text = words(printed(visit(demo.address), f"/organisations/{UNIT}/sample"))
    assert not [word for word in TABS if word in text]
    assert re.search(r"Halaman ini dibuka \d+ \w+ 20\d\d pukul \d\d\.\d\d WITA\.", text)


def test_paper_does_not_offer_to_sign_out(office):
    text = words(printed(office("admin"), "/people"))
    assert "Petugas" in text
    assert "Keluar" not in text


def test_invitations_are_printed_with_their_links(office, town):
    page = office("admin")
    page.goto("/setup/import")
    row = f"Komang;komang.cetak@example.go.id;{town.city.unit.slug};;"
    file = {"name": "kepala.csv", "mimeType": "text/csv", "buffer": csv("Petugas", row)}
    page.get_by_label("Berkas").set_input_files(file)
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.get_by_role("button", name="Impor semuanya").click()
    page.wait_for_selector(".slips")
    text = words(PdfDocument(page.pdf(format="A4")))
    assert "/arrive/" in text
    assert "Pesan untuk" not in text


def test_the_screen_does_not_say_it(visit, demo):
    page = visit(demo.address)
    page.goto(f"/organisations/{UNIT}/sample")
    assert page.get_by_text("Halaman ini dibuka").is_hidden()


def test_bars_are_filled_on_paper(visit, demo):
    assert blackest_row(printed(visit(demo.address), f"/organisations/{UNIT}/sample")) > 100


def test_a_record_is_printed_with_its_digest(visit, demo):
    page = visit(demo.address)
    page.goto(f"/organisations/{UNIT}/freezing")
    page.get_by_role("link", name="Tahun").first.click()
    digest = page.locator("code").inner_text()
    assert len(digest) == 64
    foot = words(PdfDocument(page.pdf(format="A4"))).replace(" ", "").rpartition("Halamaninidibuka")[2]
    assert f"SHA-256{digest}." in foot


def test_the_running_figure_of_a_frozen_period_is_printed_with_the_records_digest(visit, demo):
    page = visit(demo.address)
    page.goto(f"/organisations/{UNIT}/freezing")
    year = page.get_by_role("link", name="Tahun").first.inner_text()
    text = words(printed(page, f"/units/{UNIT}?period={year.split()[-1]}"))
    assert re.search(rf"Rekaman {year} revisi \d+, SHA-256 [0-9a-f ]{{64,70}}\.", text)
