"""From an empty server to the first answer, by an admin who has never seen it, in a real browser."""

from pathlib import Path

import openpyxl
import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import DESK, PHONE, overflow
from tests.browser.looks import faults

pytestmark = pytest.mark.browser

PASSWORD = "sepeda hujan lima kopi tua"
HEADS_PASSWORD = "jendela biru tujuh layang kayu"
UNIT = "UPTD Puskesmas I Denpasar Barat"


def press(page: Page, name: str) -> None:
    """Presses a button of the page itself and waits for what comes; no page is wider than the screen."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()
    assert overflow(page) == 0


def follow(page: Page, name: str) -> None:
    """Follows a link of the page itself."""
    page.locator("main").get_by_role("link", name=name, exact=True).click()
    page.wait_for_load_state()
    assert overflow(page) == 0


def set_up(page: Page, link: str) -> None:
    """The first admin, with password and authenticator."""
    page.goto(link)
    page.get_by_label("Nama pemerintah daerah").fill("Pemerintah Kota Denpasar")
    page.get_by_label("Nama lengkap").fill("Ayu Lestari")
    page.get_by_label("Surel").fill("ayu@example.go.id")
    choose_password(page, PASSWORD)
    secret = "".join(page.locator(".secret").inner_text().split())
    page.get_by_label("Kode", exact=True).fill(pyotp.TOTP(secret).now())
    press(page, "Pasang")
    expect(page.locator(".codes li")).to_have_count(10)
    follow(page, "Sudah saya simpan, lanjutkan")


def choose_password(page: Page, password: str) -> None:
    page.get_by_label("Kata sandi baru", exact=True).fill(password)
    page.get_by_label("Kata sandi baru sekali lagi").fill(password)
    press(page, "Simpan dan masuk")


def add(page: Page, what: str, name: str, value: str) -> None:
    """Adds something by the button that offers it."""
    follow(page, f"Tambah {what}")
    page.get_by_label(name, exact=True).fill(value)
    press(page, "Tambah")


def build_the_tree(page: Page) -> None:
    """An agency, a unit, a service, a counter and a period, each from the page where it is missing."""
    follow(page, "Perangkat daerah")
    add(page, "perangkat daerah", "Nama", "Dinas Kesehatan")
    follow(page, "Dinas Kesehatan")
    add(page, "unit atau perangkat daerah", "Nama", UNIT)
    follow(page, UNIT)
    add(page, "layanan", "Nama layanan", "Pendaftaran")
    follow(page, "Tambah loket")
    page.get_by_label("Nama loket").fill("Loket 1")
    page.get_by_label("Pendaftaran").check()
    press(page, "Tambah")
    page.get_by_role("link", name="Penyiapan").click()
    follow(page, "Periode survei")
    follow(page, "Tambah periode")
    press(page, "Tambah")
    expect(page.get_by_role("status")).to_have_text("Periode ditambahkan.")


def invite_the_head(page: Page) -> str:
    """The link by which the unit's head comes in."""
    page.get_by_role("link", name="Petugas").click()
    follow(page, "Undang petugas")
    page.get_by_label("Nama lengkap").fill("Budi Arta")
    page.get_by_label("Surel").fill("budi@example.go.id")
    page.get_by_label("Peran").select_option(label="Kepala unit")
    page.get_by_label("Untuk", exact=True).fill("UPTD Puskesmas I Denpasar Barat")
    press(page, "Undang")
    return page.get_by_label("Tautan untuk Budi Arta").input_value()


def answer(page: Page, address: str) -> None:
    """A citizen scans, answers and sends."""
    page.goto(address)
    for number in range(1, 10):
        page.locator(f"label[for=P{number}-4]").tap()
    press(page, "Kirim penilaian")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Terima kasih")


def fill_in(path: Path) -> None:
    """What somebody types into the spreadsheet: an agency, a unit, a service and a counter."""
    book = openpyxl.load_workbook(path)
    book["Organisasi"].append(["dinkes", "", "perangkat daerah", "Dinas Kesehatan"])
    book["Organisasi"].append(["pkm-1", "dinkes", "unit", UNIT])
    book["Layanan"].append(["pkm-1", "Pendaftaran"])
    book["Loket"].append(["pkm-1", "Loket 1", "Pendaftaran"])
    book.save(path)


@pytest.mark.parametrize("look", [DESK, PHONE], ids=["desk", "phone"])
def test_from_the_first_start_to_the_first_answer(visit, first_start, look):
    address, link = first_start
    admin = visit(address, **look)
    set_up(admin, link)
    expect(admin.locator(".headline")).to_have_text("7 langkah lagi")
    build_the_tree(admin)
    invitation = invite_the_head(admin)

    head = visit(address, **look)
    head.goto(invitation)
    choose_password(head, HEADS_PASSWORD)
    expect(head.get_by_role("heading", level=1)).to_have_text(UNIT)
    for elsewhere in ("/city", "/agencies/dinas-kesehatan", "/setup", "/people", "/audit"):
        assert head.goto(elsewhere).status == 403

    head.goto("/units/uptd-puskesmas-i-denpasar-barat/counters")
    answer(visit(address, **PHONE), head.locator(".address a").get_attribute("href"))
    head.goto("/units/uptd-puskesmas-i-denpasar-barat")
    # A head has no access to single answers: what comes is shown in steps, at the close of a day.
    expect(head.locator("main")).to_contain_text("1 jawaban masih menunggu")
    admin.get_by_role("link", name="Penyiapan").click()
    expect(admin.locator(".headline")).to_have_text("Semua siap")


def test_axe_finds_nothing_on_the_first_page(visit, first_start):
    address, link = first_start
    page = visit(address, **DESK)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Penyiapan pertama")
    assert not faults(page)


def test_the_set_up_link_works_once(visit, first_start):
    address, link = first_start
    set_up(visit(address, **DESK), link)
    late = visit(address, **DESK)
    assert late.goto(link).status == 410
    expect(late.get_by_role("heading", level=1)).to_have_text("Tautan ini tidak berlaku lagi")


def test_a_city_comes_from_one_spreadsheet(visit, first_start, tmp_path):
    address, link = first_start
    admin = visit(address, **DESK)
    set_up(admin, link)
    follow(admin, "Impor dan ekspor")
    with admin.expect_download() as template:
        admin.get_by_role("link", name="Unduh lembar kerja kosong").click()
    template.value.save_as(tmp_path / "kota.xlsx")
    fill_in(tmp_path / "kota.xlsx")
    admin.get_by_label("Berkas").set_input_files(tmp_path / "kota.xlsx")
    press(admin, "Unggah dan periksa")
    expect(admin.locator(".headline")).to_have_text("Siap diimpor")
    press(admin, "Impor semuanya")
    expect(admin.get_by_role("status")).to_contain_text(
        "1 perangkat daerah, 1 unit, 1 layanan, dan 1 loket baru"
    )
    follow(admin, "Pohon organisasi")
    expect(admin.get_by_role("row", name=UNIT)).to_contain_text("1")
