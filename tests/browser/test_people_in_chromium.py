"""The pages of an account, from the invitation to its end, and of the import: readable by machine and on a phone."""

from datetime import UTC, datetime
from types import SimpleNamespace

import openpyxl
import pyotp
import pytest
from playwright.sync_api import Page

from skm.security.keys import new_key
from skm.store import officers
from skm.store.database import writing
from skm.survey.officer import WHOLE_CITY
from skm.usecases.deed import SERVER, Deed
from skm.usecases.people import people
from skm.usecases.people.roles import Invitation
from tests.browser.looks import faults
from tests.builders import an_organisation
from tests.officers import PASSWORD, TOTP_SECRET, an_officer, roles_of
from tests.spreadsheets import csv

pytestmark = pytest.mark.browser

NEW = "dinkes;;perangkat daerah;Dinas Kesehatan dan Keluarga Berencana;Jalan Gunung Agung 1;;"
PLANS = {
    "new": [NEW, *(f"pkm-{n};dinkes;unit;UPTD Puskesmas {n} Denpasar Barat;;;" for n in range(1, 9))],
    "faulty": [NEW, "pkm-1;dinkes;puskesmas;UPTD Puskesmas I;;;", ";dinkes;unit;;;;WITENG"],
    "unchanged": ["dinas-kesehatan;;perangkat daerah;Dinas Kesehatan;Jalan Gunung Agung 1;;WITA"],
}


@pytest.fixture(scope="module")
def cast(town) -> SimpleNamespace:
    """Budi in two roles, Wati invited, Agus gone; Sari has an authenticator, and another Sari has none yet."""
    db, city, now = town.db, town.city, datetime.now(UTC)
    invitation = Invitation("wati@example.go.id", "Wati", "counter_staff", city.unit.id)
    people.invite_officer(db, Deed(SERVER, now), WHOLE_CITY, invitation)
    made = SimpleNamespace(
        budi=an_officer(db, "unit_head", city.unit),
        wati=officers.find(db, "wati@example.go.id"),
        agus=an_officer(db, "auditor", city.government),
        sari=an_officer(db, "organisasi", city.government, TOTP_SECRET),
        new_sari=an_officer(db, "organisasi", city.government),
    )
    with writing(db):
        officers.add_membership(db, new_key(), made.budi.id, "counter_staff", city.unit.id, made.budi.created)
    people.close_officer(db, Deed(SERVER, now), made.agus.id)
    return made


@pytest.fixture(scope="module")
def hundred(town, cast) -> list[str]:
    """The rows of a hundred heads to invite, one of them acting, for as many units."""
    with writing(town.db):
        units = [
            an_organisation(town.db, town.city.agency, "unit", f"UPTD Puskesmas {n}") for n in range(100)
        ]
    rows = [f"Kepala {n};kepala{n}@example.go.id;{unit.slug};;" for n, unit in enumerate(units)]
    return [f"{rows[0][:-1]};2030-12-31", *rows[1:]]


@pytest.fixture
def admin(office) -> Page:
    """A browser in which Ayu acts as admin."""
    return office("admin")


@pytest.fixture
def guest(visit, town) -> Page:
    """A browser in which nobody is signed in."""
    return visit(town.address)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in")
    page.get_by_label("Surel").fill(email)
    page.get_by_label("Kata sandi").fill(password)
    press(page, "Masuk")


def assert_is_fit(page: Page, heading: str) -> None:
    """The page that is open is the one that is meant, axe finds nothing, and it fits the screen."""
    assert heading in page.locator("h1").inner_text()
    assert not faults(page)


@pytest.mark.parametrize("name", ["budi", "wati", "agus"])
def test_the_page_of_a_person_is_fit(admin, cast, name):
    admin.goto(f"/people/{vars(cast)[name].id}")
    assert_is_fit(admin, name.title())


@pytest.mark.parametrize(
    ("deed", "heading"),
    [
        ("roles/{role}/end", "Akhiri peran Kepala unit"),
        ("close", "Tutup akun"),
        ("reset", "Tautan masuk kembali"),
    ],
)
def test_the_page_that_asks_before_a_deed_is_fit(admin, town, cast, deed, heading):
    role = roles_of(town.db, cast.budi.id)[0].id
    admin.goto(f"/people/{cast.budi.id}/{deed.format(role=role)}")
    assert_is_fit(admin, heading)


def test_the_page_that_asks_for_the_name_of_who_is_let_go_says_so(admin, cast):
    admin.goto(f"/people/{cast.budi.id}/close")
    press(admin, "Tutup akun")
    admin.wait_for_selector(".problems")
    assert_is_fit(admin, "Tutup akun")


def test_the_page_of_a_one_time_link_is_fit(admin, cast):
    admin.goto(f"/people/{cast.budi.id}/reset")
    press(admin, "Buat tautan")
    assert "/arrive/" in admin.locator("#link").input_value()
    assert_is_fit(admin, "Tautan masuk kembali untuk Budi")


def test_the_page_of_a_further_role_is_fit(admin, cast):
    admin.goto(f"/people/invite?email={cast.sari.email}&name=Sari")
    admin.get_by_label("Peran").select_option(label="Auditor")
    admin.get_by_label("Untuk", exact=True).fill("Pemerintah Kota Denpasar")
    press(admin, "Undang")
    assert_is_fit(admin, "Undangan untuk Sari")


@pytest.mark.parametrize("plan", PLANS)
def test_the_dry_run_of_an_import_is_fit(admin, plan):
    admin.goto("/setup/import")
    file = {"name": "organisasi.csv", "mimeType": "text/csv", "buffer": csv("Organisasi", *PLANS[plan])}
    admin.get_by_label("Berkas").set_input_files(file)
    press(admin, "Unggah dan periksa")
    words = {"new": "Siap diimpor", "faulty": "perlu diperbaiki", "unchanged": "Tidak ada yang berubah"}
    assert words[plan] in admin.locator(".headline").inner_text()
    assert_is_fit(admin, "Periksa organisasi.csv")


def test_a_hundred_heads_are_invited_in_one_step_and_each_link_works(admin, guest, hundred, tmp_path):
    admin.goto("/setup/import")
    file = {"name": "kepala.csv", "mimeType": "text/csv", "buffer": csv("Petugas", *hundred)}
    admin.get_by_label("Berkas").set_input_files(file)
    press(admin, "Unggah dan periksa")
    assert "Siap diimpor" in admin.locator(".headline").inner_text()
    assert_is_fit(admin, "Periksa kepala.csv")
    press(admin, "Impor semuanya")
    assert_is_fit(admin, "Undangan untuk 100 petugas")
    messages = [admin.get_by_label(f"Pesan untuk Kepala {n}", exact=True).input_value() for n in range(100)]
    with admin.expect_download() as saved:
        admin.get_by_role("link", name="Unduh semua (XLSX)").click()
    saved.value.save_as(tmp_path / "undangan.xlsx")
    _, *rows = openpyxl.load_workbook(tmp_path / "undangan.xlsx")["Undangan"].values
    assert [row[4] for row in rows] == [text.replace("\r\n", "\n") for text in messages]
    for n, (*_, link, text) in enumerate(rows):
        assert link in text
        assert guest.goto(link).status == 200
        assert f"kepala{n}@example.go.id" in guest.locator("main").inner_text()
    admin.goto("/people")
    assert_is_fit(admin, "Petugas")


def test_the_last_day_of_a_role_is_changed_on_a_page_that_is_fit(admin, town, cast):
    role = roles_of(town.db, cast.budi.id)[0].id
    admin.goto(f"/people/{cast.budi.id}/roles/{role}/until")
    assert_is_fit(admin, "Hari terakhir Kepala unit")
    admin.get_by_label("Hari terakhir").fill("2030-12-31")
    press(admin, "Simpan")
    assert "Plt. Kepala unit sampai 31 Desember 2030" in admin.locator("main").inner_text()
    assert_is_fit(admin, "Budi")


def test_the_page_of_a_spent_link_is_fit(guest):
    guest.goto("/arrive/spent")
    assert_is_fit(guest, "Tautan ini tidak berlaku lagi")


def test_the_page_of_an_invitation_is_fit(guest, town, cast):
    secret = people.offer_reset(town.db, Deed(SERVER, datetime.now(UTC)), WHOLE_CITY, cast.wati.id).secret
    guest.goto(f"/arrive/{secret}")
    assert_is_fit(guest, "Kata sandi Anda")


def test_the_page_of_two_passwords_that_differ_is_fit(guest, town, cast):
    secret = people.offer_reset(town.db, Deed(SERVER, datetime.now(UTC)), WHOLE_CITY, cast.wati.id).secret
    guest.goto(f"/arrive/{secret}")
    guest.get_by_label("Kata sandi baru", exact=True).fill(PASSWORD)
    guest.get_by_label("Kata sandi baru sekali lagi").fill(PASSWORD.title())
    press(guest, "Simpan dan masuk")
    assert_is_fit(guest, "Kata sandi Anda")


def test_the_sign_in_is_fit(guest):
    guest.goto("/sign-in")
    assert_is_fit(guest, "Masuk untuk petugas")


def test_a_sign_in_that_is_held_up_is_fit(guest):
    for number in range(11):
        sign_in(guest, "nobody@example.go.id", f"wrong {number}")
    assert "coba lagi setelah 15 menit" in guest.get_by_role("alert").inner_text()
    assert_is_fit(guest, "Masuk untuk petugas")


def test_the_code_of_the_authenticator_is_fit(guest, cast):
    sign_in(guest, cast.sari.email)
    assert_is_fit(guest, "Kode autentikator")


def test_the_authenticator_and_the_recovery_codes_are_fit(guest, cast):
    sign_in(guest, cast.new_sari.email)
    assert_is_fit(guest, "Pasang autentikator")
    secret = "".join(guest.locator(".secret").inner_text().split())
    guest.get_by_label("Kode", exact=True).fill(pyotp.TOTP(secret).now())
    press(guest, "Pasang")
    assert_is_fit(guest, "Kode pemulihan")


def test_the_own_account_and_the_switch_of_role_are_fit(guest, cast):
    sign_in(guest, cast.budi.email)
    guest.goto("/account")
    assert guest.get_by_label("Peran").locator("option").count() == 2
    assert_is_fit(guest, "Akun Anda")


def test_the_summary_is_fit(office):
    page = office("counter_staff")
    page.goto("/organisations/uptd-puskesmas-i-denpasar-barat/summary")
    assert_is_fit(page, "UPTD Puskesmas I Denpasar Barat")


def test_a_page_outside_the_role_is_fit(office):
    page = office("counter_staff")
    page.goto("/people")
    assert_is_fit(page, "Halaman ini di luar peran Anda")
