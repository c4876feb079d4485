"""An admin follows docs/petunjuk/admin.md from the first link to thirty units with heads, a period and printed QR.

The steps are read from the guide. Each has to be walked here, and every word in bold that it gives has to be seen on
the way. No page that is opened or offered may be refused. The clicks are counted and printed.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyotp
import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page, Response, expect

from tests.browser.chromium import DESK, PHONE, overflow

pytestmark = pytest.mark.browser

GUIDE = Path(__file__).parents[2] / "docs" / "petunjuk" / "admin.md"
STEP = re.compile(r"^\d+\. _(.+?)\._(.+?)(?=^\d+\. _|^\S*_\S)", re.MULTILINE | re.DOTALL)
UNITS = 30
FILES = (".pdf", ".svg", ".png", ".xlsx")
PASSWORDS = "sepeda hujan lima kopi tua", "jendela biru tujuh layang kayu"
MOST_CLICKS = 40


class Walk:
    """One who follows the guide: what was seen, how often was clicked, and which pages were refused."""

    def __init__(self, page: Page, link: str, folder: Path) -> None:
        self.page, self.link, self.folder = page, link, folder
        self.clicks, self.seen = 0, ""
        self.refused: list[str] = []
        self.offered: set[str] = set()
        self.letters: list[str] = []
        self.codes: list[str] = []
        page.on("response", self._answered)

    def press(self, name: str) -> None:
        """Presses a button of the page and looks at what comes."""
        self._go(self.page.locator("main").get_by_role("button", name=name, exact=True).click)

    def follow(self, name: str, where: str = "main") -> None:
        """Follows a link of the page, or of its head."""
        self._go(self.page.locator(where).get_by_role("link", name=name, exact=True).first.click)

    def guide(self) -> None:
        """Goes to the page of the guide, by the word in the head of every page."""
        self.follow("Penyiapan", "header")

    def take(self, link: str, name: str) -> Path:
        """Takes a file home."""
        with self.page.expect_download() as download:
            self.page.locator("main").get_by_role("link", name=link, exact=True).click()
        self.clicks += 1
        download.value.save_as(self.folder / name)
        return self.folder / name

    def open(self, address: str) -> None:
        """Opens an address that was given, as from a terminal."""
        self._go(lambda: self.page.goto(address))

    def fill(self, **fields: str) -> None:
        """Types into fields by their labels, an underscore for a space."""
        for label, value in fields.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).fill(value)

    def _go(self, act: Callable[[], object]) -> None:
        with self.page.expect_event("domcontentloaded"):
            act()
        self.clicks += 1
        self.page.wait_for_load_state()
        assert overflow(self.page) == 0
        self.look()

    def look(self) -> None:
        """Reads the page, and notes what it offers."""
        self.seen += " " + " ".join(self.page.locator("body").inner_text().split())
        links = self.page.locator("a[href^='/'], a[href^='http']").evaluate_all(
            "all => all.map(one => one.href)"
        )
        plain = {one.partition("#")[0] for one in links}
        self.offered |= {one for one in plain if not one.partition("?")[0].endswith(FILES)}

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status >= 400:
            self.refused.append(f"{response.status} {response.url}")


def first_link(walk: Walk) -> None:
    """Step 1."""
    walk.open(walk.link)
    walk.fill(
        Nama_pemerintah_daerah="Pemerintah Kota Denpasar",
        Nama_lengkap="Ayu Lestari",
        Surel="ayu@example.go.id",
        Kata_sandi_baru=PASSWORDS[0],
        Kata_sandi_baru_sekali_lagi=PASSWORDS[0],
    )
    walk.press("Simpan dan masuk")
    secret = "".join(walk.page.locator(".secret").inner_text().split())
    walk.fill(Kode=pyotp.TOTP(secret).now())
    walk.press("Pasang")
    walk.follow("Sudah saya simpan, lanjutkan")


def look_around(walk: Walk) -> None:
    """Step 2."""
    expect(walk.page.locator(".headline")).to_have_text("7 langkah lagi")
    walk.look()


def import_many(walk: Walk) -> None:
    """Step 3."""
    walk.follow("Impor dan ekspor")
    template = walk.take("Unduh lembar kerja kosong", "kota.xlsx")
    fill_in(template)
    walk.page.get_by_label("Berkas").set_input_files(template)
    walk.press("Unggah dan periksa")
    expect(walk.page.locator(".headline")).to_have_text("Siap diimpor")
    walk.press("Impor semuanya")
    expect(walk.page.get_by_role("heading", level=1)).to_have_text(f"Undangan untuk {UNITS} petugas")
    sheet = openpyxl.load_workbook(walk.take("Unduh semua (XLSX)", "undangan.xlsx")).worksheets[0]
    walk.letters = [str(cell) for row in sheet.values for cell in row if str(cell).startswith("Yth.")]


def fill_in(path: Path) -> None:
    """What somebody types into the spreadsheet: three agencies of ten units, each with service, counter and head."""
    book = openpyxl.load_workbook(path)
    for agency in "ABC":
        book["Organisasi"].append([f"dinas-{agency}".lower(), "", "perangkat daerah", f"Dinas {agency}"])
    for number in range(1, UNITS + 1):
        code, agency = f"unit-{number}", f"dinas-{'abc'[number % 3]}"
        book["Organisasi"].append([code, agency, "unit", f"Unit Pelayanan {number}"])
        book["Layanan"].append([code, "Pendaftaran"])
        book["Loket"].append([code, "Loket 1", "Pendaftaran"])
        book["Petugas"].append([f"Kepala {number}", f"kepala{number}@example.go.id", code])
    book.save(path)


def invite_another(walk: Walk) -> None:
    """Step 4."""
    walk.follow("Petugas", "header")
    walk.follow("Undang petugas")
    walk.fill(Nama_lengkap="Sari Dewi", Surel="sari@example.go.id", Untuk="Pemerintah Kota Denpasar")
    walk.page.get_by_label("Peran", exact=True).select_option(label="Bagian Organisasi")
    walk.press("Undang")
    expect(walk.page.get_by_label("Tautan untuk Sari Dewi")).to_have_value(re.compile("/arrive/"))


def open_a_period(walk: Walk) -> None:
    """Step 5."""
    walk.guide()
    walk.follow("Periode survei")
    walk.follow("Tambah periode")
    walk.press("Tambah")
    expect(walk.page.get_by_role("status")).to_have_text("Periode ditambahkan.")


def print_all(walk: Walk) -> None:
    """Step 6."""
    walk.guide()
    walk.follow("Jawaban pertama")
    pages = pypdfium2.PdfDocument(walk.take("Poster A4 (PDF)", "lembar.pdf"))
    walk.codes = [
        code.text for page in pages for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    ]
    walk.follow("Unit Pelayanan 2")
    walk.follow("Kode QR dan lembar cetak")


def try_it(walk: Walk) -> None:
    """Step 7, with a phone of its own."""
    phone = walk.page.context.browser.new_context(**PHONE, locale="id-ID").new_page()
    phone.goto(walk.codes[0])
    for number in range(1, 10):
        phone.locator(f"label[for=P{number}-4]").tap()
    phone.get_by_role("button", name="Kirim penilaian").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Terima kasih")
    phone.context.close()
    walk.guide()


STEPS: dict[str, Callable[[Walk], None]] = {
    "Masuk pertama kali": first_link,
    "Ikuti halaman Penyiapan": look_around,
    "Banyak unit sekaligus: impor": import_many,
    "Undang petugas": invite_another,
    "Buka periode survei": open_a_period,
    "Cetak lembar QR": print_all,
    "Coba sendiri": try_it,
}


def steps_of_the_guide() -> dict[str, list[str]]:
    """The headings of the guide's numbered steps, each with its words in bold."""
    return {
        heading: [" ".join(word.split()) for word in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)]
        for heading, text in STEP.findall(GUIDE.read_text())
    }


@pytest.fixture
def walked(visit, first_start, tmp_path):
    """The walk, step by step, and what it took."""
    address, link = first_start
    walk, taken = Walk(visit(address, **DESK), link, tmp_path), {}
    for heading, words in steps_of_the_guide().items():
        walk.seen, before = "", walk.clicks
        walk.look()
        STEPS[heading](walk)
        assert [word for word in words if word not in walk.seen] == [], heading
        taken[heading] = walk.clicks - before
    return walk, taken


def test_the_guide_has_the_steps_that_are_walked():
    assert list(steps_of_the_guide()) == list(STEPS)


def test_thirty_units_with_heads_a_period_and_printed_codes(walked, visit, first_start):
    walk, taken = walked
    counted = "; ".join(f"{heading}: {clicks}" for heading, clicks in taken.items())
    sys.stdout.write(f"{walk.clicks} klik sampai {UNITS} unit: {counted}\n")
    assert walk.clicks <= MOST_CLICKS
    expect(walk.page.locator(".headline")).to_have_text("Semua siap")
    assert len(set(walk.codes)) == UNITS
    assert not walk.refused
    offered = {one: walk.page.request.get(one).status for one in sorted(walk.offered)}
    assert {one: status for one, status in offered.items() if status >= 400} == {}

    assert len(walk.letters) == UNITS
    (invitation,) = re.findall(r"http\S+/arrive/\S+", walk.letters[1])
    head = visit(first_start[0], **PHONE)
    head.goto(invitation)
    head.get_by_label("Kata sandi baru", exact=True).fill(PASSWORDS[1])
    head.get_by_label("Kata sandi baru sekali lagi").fill(PASSWORDS[1])
    head.get_by_role("button", name="Simpan dan masuk").tap()
    expect(head.get_by_role("heading", level=1)).to_have_text("Unit Pelayanan 2")
