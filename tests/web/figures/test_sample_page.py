"""The page about the sample, and the page on which visitors are entered."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from skm.store import organisations
from skm.store.database import writing
from skm.usecases.city.visitors import enter_visitors
from skm.usecases.deed import Actor, Deed
from skm.usecases.exchange import spreadsheet_rows
from tests.builders import a_period, a_service, an_organisation, answered
from tests.conftest import NOON
from tests.spreadsheets import csv

UNIT = "/organisations/uptd-puskesmas-i-denpasar-barat/sample"
AGENCY, CITY = "/organisations/dinas-kesehatan/sample", "/organisations/pemerintah-kota-denpasar/sample"
VISITORS = "/units/uptd-puskesmas-i-denpasar-barat/visitors"
BY_BUDI = Deed(Actor(None, "Budi", "unit_head"), NOON)


@pytest.fixture
def enter(db, city):
    """Enters visitors of the unit's services in the year."""

    def _enter(*numbers: int | None) -> None:
        visitors = dict(zip([one.id for one in city.services], numbers, strict=False))
        enter_visitors(db, BY_BUDI, city.unit.slug, city.period.id, visitors)

    return _enter


def answers(db, city, n: int, **more) -> None:
    for _ in range(n):
        answered(db, city, "344434334", **more)


def rows(visitor, table: int) -> list[str]:
    found = visitor.page.xpath(f"(//table)[{table}]//tbody/tr")
    return [" ".join(" ".join(row.itertext()).split()) for row in found]


def typed(visitor) -> list[str]:
    return visitor.page.xpath("//main//input[@type='text']/@value")


def test_a_unit_says_the_answer_first_and_where_it_is_heading(budi, db, city, enter):
    enter(500, 300, 200)
    answers(db, city, 28, day="2026-06-01")
    budi.get(UNIT)
    assert "28 dari 278 responden (10 %)." in budi.words
    assert (
        # 199 days are left, at 1 a day known from 28 days: 1.96 x the root of 199 + 199 x 199 / 28 is 78.7.
        "Dengan laju sekarang: sekitar 227 (antara 148–306) pada 31 Desember 2026." in budi.words
    )
    assert "Agar terpenuhi, perlu rata-rata 2 jawaban sehari." in budi.words
    assert "Tahun 2026: 1 Januari–31 Desember 2026. Dari 1.000 pengunjung." in budi.words
    assert rows(budi, 1)[0] == "Pendaftaran 20 % 28 139 500"
    assert rows(budi, 2)[0] == "Loket 1 terlalu banyak 40 % 28 70 100 % 25 %"


def test_the_day_on_which_the_sample_will_be_met_is_said(budi, db, city, enter):
    enter(30, 0, 0)  # 28 of 30
    answers(db, city, 14, day="2026-06-01")  # one in two days
    budi.get(UNIT)
    assert "Dengan laju sekarang: sekitar 114 (antara 58–170) pada 31 Desember 2026." in budi.words
    assert "Terpenuhi sekitar 13 Juli 2026." in budi.words


def test_a_bar_has_a_name_for_those_who_do_not_see_it(budi, db, city, enter):
    enter(500, 300, 200)
    answers(db, city, 28)
    budi.get(UNIT)
    bar = budi.page.xpath("//progress")[0]
    assert (bar.get("value"), bar.get("max")) == ("28", "278")
    assert bar.get("aria-label") == "Responden UPTD Puskesmas I Denpasar Barat"


def test_a_unit_that_met_its_sample_is_told_so(budi, db, city, enter):
    enter(12, 0, 0)
    answers(db, city, 12, day="2026-02-01")
    budi.get(UNIT)
    assert "12 dari 12 responden: terpenuhi." in budi.words
    assert "perlu rata-rata" not in budi.words


def test_visitors_fewer_than_answers_are_said_to_be_wrong(budi, sari, db, city, enter):
    enter(10, 0, 0)
    answers(db, city, 12, day="2026-02-01")
    budi.get(UNIT)
    assert "responden: terpenuhi" not in budi.words
    assert f"{city.services[0].name}: jawaban lebih banyak daripada pengunjung." in budi.words
    sari.get(AGENCY)
    assert "1 unit mempunyai layanan dengan jawaban lebih banyak daripada pengunjung" in sari.words
    assert rows(sari, 1)[0].startswith("UPTD Puskesmas I Denpasar Barat – angka pengunjung keliru")


def test_a_unit_without_visitors_has_not_met_anything(budi, sari, city, enter):
    enter(0, 0, 0)
    budi.get(UNIT)
    assert "Tidak ada pengunjung pada periode ini" in budi.words
    sari.get(AGENCY)
    assert "0 dari 1 unit sudah terpenuhi." in sari.words


def test_without_visitors_the_way_to_enter_them_is_shown(budi, agus, city):
    budi.get(UNIT)
    assert "0 responden. Jumlah yang diperlukan belum dapat dihitung." in budi.words
    assert "384 responden cukup untuk berapa pun pengunjungnya" in budi.words
    assert budi.page.xpath("//a[text()='Isi jumlah pengunjung']")
    agus.get(UNIT)
    assert not agus.page.xpath("//a[text()='Isi jumlah pengunjung']")


def test_384_are_enough_without_any_number(budi, db, city):
    answers(db, city, 384, day="2026-02-01")
    budi.get(UNIT)
    assert "384 responden: cukup untuk berapa pun pengunjungnya." in budi.words


def test_an_estimate_is_called_one(budi, db, city, enter):
    with writing(db):
        organisations.change_services(db, [replace(one, yearly_visitors=1000) for one in city.services])
    budi.get(UNIT)
    assert "Dari 3.000 pengunjung (perkiraan dari angka tahunan)." in budi.words
    enter(1200)
    budi.get(UNIT)
    assert "Dari 3.200 pengunjung (sebagian perkiraan dari angka tahunan)." in budi.words
    assert rows(budi, 1)[1].endswith("1.000 perkiraan")


def test_what_is_incomplete_says_so(budi, sari, city, enter):
    enter(500)
    budi.get(UNIT)
    assert "2 layanan belum mempunyai jumlah pengunjung" in budi.words
    assert "jumlah responden yang diperlukan belum lengkap" in budi.words
    sari.get(AGENCY)
    assert "1 unit baru mengisi sebagian" in sari.words
    assert rows(sari, 1) == ["UPTD Puskesmas I Denpasar Barat 0 % kurang 217, belum lengkap 0 217 0"]


def test_a_counter_that_speaks_for_too_many_is_pointed_out(budi, db, city, enter):
    enter(0, 500, 500)  # Loket 1 gives none of these
    answers(db, city, 20)
    budi.get(UNIT)
    assert "terlalu banyak" not in budi.words
    enter(1000, 0, 0)
    budi.get(UNIT)
    assert "Loket 1 menyumbang 100 % jawaban; kuotanya 50 %." in budi.words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-01-01", "Perkiraan sampai akhir periode tersedia mulai besok."),
        ("2026-12-31", "Hari ini hari terakhir; masih kurang 275 responden."),
        ("2027-02-01", "Periode berakhir 31 Desember 2026. Kurang 275 responden."),
        ("2025-12-01", "Periode dibuka 1 Januari 2026."),
    ],
)
def test_the_outlook_fits_the_day(agus, signed_in, db, city, clock, enter, day, words):
    enter(1000, 0, 0)
    answers(db, city, 3, day="2026-01-01")
    clock.moment = datetime.fromisoformat(f"{day}T04:00").replace(tzinfo=UTC)
    reader = signed_in("auditor", city.unit)
    reader.get(UNIT)
    assert words in reader.words


@pytest.mark.parametrize("page", [AGENCY, CITY])
def test_above_the_units_it_is_units_that_count(sari, db, city, enter, page):
    enter(1000, 0, 0)
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
        service = a_service(db, other, "Umum")
        an_organisation(db, city.agency, "unit", "Puskesmas III")
    enter_visitors(db, BY_BUDI, other.slug, city.period.id, {service.id: 12})
    answers(db, city, 12, unit_id=other.id, service_id=service.id, day="2026-06-02")
    sari.get(page)
    assert "1 dari 3 unit sudah terpenuhi." in sari.words
    large = sari.page.xpath("//progress[@class='large']")
    assert [(bar.get("value"), bar.get("max")) for bar in large] == [("1", "3")]
    assert large[0].get("aria-label").startswith("Unit yang terpenuhi di ")
    assert "Terisi 12 dari 290 responden (4 %)" in sari.words
    assert "1 unit belum mengisi jumlah pengunjung" in sari.words
    assert "Dengan laju sekarang: 1 unit pada 31 Desember 2026." in sari.words
    found = rows(sari, 1 if page == AGENCY else 2)
    assert found[0] == "UPTD Puskesmas I Denpasar Barat 0 % kurang 278 0 278 0"
    assert found[1] == "Puskesmas III – pengunjung belum diisi 0 – –"
    assert found[2] == "Puskesmas II 100 % terpenuhi 12 12 97"
    if page == CITY:
        assert rows(sari, 1) == ["Dinas Kesehatan 4 % 1 dari 3 12 290"]


def test_a_period_is_chosen_and_goes_along(sari, db, city, enter):
    with writing(db):
        a_period(
            db, city.government, city.period.instrument_id, name="Tahun 2025",
            opens=date(2025, 1, 1), closes=date(2025, 12, 31),
        )  # fmt: skip
    sari.get(f"{CITY}?period=2025")
    assert "Tahun 2025: 1 Januari–31 Desember 2025." in sari.words
    assert sari.page.xpath("//option[@selected]/text()") == ["Tahun 2025"]
    assert f"{AGENCY}?period=2025" in sari.page.xpath("//table//a/@href")
    sari.get(f"{CITY}?period=kemarin", 404)


def test_without_a_period_the_page_says_so(sari, db, city):
    with writing(db):
        db.execute("DELETE FROM periods")
    for page in (UNIT, AGENCY, CITY):
        sari.get(page)
        assert "Belum ada periode survei yang berlaku di sini." in sari.words
    sari.get(VISITORS, 302)


def test_without_units_the_page_says_so(sari, db, city):
    with writing(db):
        an_organisation(db, city.government, "agency", "Kecamatan")
    sari.get("/organisations/kecamatan/sample")
    assert "Belum ada unit di sini." in sari.words


def test_the_pages_about_an_organisation_lead_here(budi, city):
    budi.get("/units/uptd-puskesmas-i-denpasar-barat")
    assert UNIT in budi.page.xpath("//nav[@class='sections']//a/@href")


# Entering


def test_visitors_are_entered_for_the_period_that_runs(budi, db, city):
    address = budi.get(VISITORS, 302).headers["Location"]
    budi.get(address)
    assert "Tahun 2026: 1 Januari–31 Desember 2026." in budi.words
    first, second, _ = (f"visitors-{one.id}" for one in city.services)
    sent = budi.send(303, **{first: "1.200", second: "300"})
    budi.get(sent.headers["Location"])
    assert "Jumlah pengunjung tersimpan." in budi.words
    assert "Dari 1.500 pengunjung." in budi.words
    budi.get(address)
    assert typed(budi) == ["1200", "300", ""]


def test_what_cannot_be_a_number_is_said_and_everything_typed_stays(budi, db, city):
    address = budi.get(VISITORS, 302).headers["Location"]
    names = [f"visitors-{one.id}" for one in city.services]
    numbers = dict(zip(names, ["1200", "banyak", "999.999.999"], strict=True))
    budi.get(address)
    budi.send(422, **numbers)
    assert typed(budi) == list(numbers.values())
    assert "Poli Umum: Tulis bilangan bulat, misalnya 1.840." in budi.words
    assert "Farmasi: Tulis bilangan dari 0 sampai 100.000.000." in budi.words
    assert db.execute("SELECT count(*) FROM targets").fetchone() == (0,)


def test_the_estimate_that_is_taken_otherwise_is_said(budi, db, city):
    with writing(db):
        organisations.change_services(db, [replace(city.services[0], yearly_visitors=1840)])
    budi.get(budi.get(VISITORS, 302).headers["Location"])
    assert "perkiraan dari angka tahunan: 1.840." in budi.words
    assert "Angka setahunnya belum ada" in budi.words


def test_a_unit_without_services_says_so(sari, db, city):
    with writing(db):
        an_organisation(db, city.agency, "unit", "Puskesmas II")
    sari.get(sari.get("/units/puskesmas-ii/visitors", 302).headers["Location"])
    assert "Unit ini belum mempunyai layanan." in sari.words


def test_only_a_unit_has_visitors(sari, city):
    sari.get("/units/dinas-kesehatan/visitors", 422)
    assert "Dinas Kesehatan bukan unit" in sari.words


# From a spreadsheet

IMPORT = "/organisations/dinas-kesehatan/visitors"


def uploaded(visitor, content: bytes, status: int = 200) -> None:
    visitor.get(visitor.get(IMPORT, 302).headers["Location"])
    visitor.send(status, file=(BytesIO(content), "isian.csv"))


def test_a_file_is_looked_at_and_then_applied(sari, city):
    sari.get(AGENCY)
    assert sari.page.xpath("//a[text()='Impor jumlah pengunjung']")
    uploaded(
        sari,
        csv(spreadsheet_rows.VISITORS, f"{city.unit.slug};Pendaftaran;1000", f"{city.unit.slug};Farmasi;0"),
    )
    assert "Siap diimpor 2 baris baru. Belum ada yang diubah." in sari.words
    assert rows(sari, 1)[0] == "2 baru UPTD Puskesmas I Denpasar Barat, Pendaftaran: 1.000 pengunjung"
    sari.get(sari.send(303).headers["Location"])
    assert "isian.csv diimpor: 2 baris baru." in sari.words
    assert rows(sari, 1) == ["UPTD Puskesmas I Denpasar Barat 0 % kurang 278, belum lengkap 0 278 0"]


def test_a_faulty_file_shows_its_faults_and_offers_another_upload(sari, city):
    uploaded(
        sari, csv(spreadsheet_rows.VISITORS, f"{city.unit.slug};Pendaftaran;1000", f"{city.unit.slug};Gigi;0")
    )
    assert "1 baris perlu diperbaiki" in sari.words
    assert rows(sari, 1)[0] == "3 salah layanan “Gigi” tidak ada di unit ini"
    assert [form.get("action") for form in sari.page.xpath("//main//form")] == [None]


def test_a_file_that_changes_nothing_is_not_applied(sari, city):
    uploaded(sari, csv(spreadsheet_rows.VISITORS, f"{city.unit.slug};Pendaftaran;"))
    assert "Tidak ada yang berubah" in sari.words


def test_what_is_no_file_is_said(sari, city):
    uploaded(sari, b"\x00\x01", 422)
    assert "Berkas ini bukan XLSX" in sari.words
    sari.get(sari.get(IMPORT, 302).headers["Location"])
    sari.send(422)
    assert "Pilih berkas yang akan diunggah." in sari.words


def test_a_file_that_is_gone_is_asked_for_again(sari, city):
    address = f"{IMPORT}/apply?period=2026"
    uploaded(sari, csv(spreadsheet_rows.VISITORS, f"{city.unit.slug};Pendaftaran;1000"))
    token = sari.page.xpath("string(//main//input[@name='csrf_token']/@value)")
    sari.post(address, {"csrf_token": token, "key": "another"}, 422)
    assert "Berkas yang diunggah sudah tidak tersimpan" in sari.words


def test_the_sheet_to_fill_in_is_downloaded(budi, sari, city):
    sari.get(f"{IMPORT}.xlsx")
    assert sari.response.data.startswith(b"PK")
    budi.get(f"{IMPORT}.xlsx", 403)


def test_the_unit_page_says_what_those_who_did_not_answer_would_have_to_think(agus, db, city, enter):
    # 32 of 36 is 88.89: (88.305 - 0.1 x 88.89) / 0.9 = 88.24.
    enter(50, 30, 20)
    answers(db, city, 10)
    agus.get("/units/uptd-puskesmas-i-denpasar-barat")
    sentence = "Mutu A tetap benar selama 90 pengunjung yang tidak mengisi rata-rata menilai di atas 88,24."
    assert sentence in agus.words


def test_without_the_number_of_visitors_nothing_is_said_of_them(budi, db, city):
    answers(db, city, 10)
    budi.get("/units/uptd-puskesmas-i-denpasar-barat")
    assert "yang tidak mengisi" not in budi.words


def test_the_unit_page_weighs_each_service_by_its_visitors(agus, db, city, enter):
    # 36 of 36 is 100 for 10 of 100 visitors, 27 of 36 is 75 for 20 of 300: together 81.25.
    enter(100, 300)
    first, second = city.services[:2]
    for number in range(10):
        answered(db, city, "444444444", f"2026-05-{number + 1:02}", service_id=first.id)
    for number in range(20):
        answered(db, city, "333333333", f"2026-05-{number + 1:02}", service_id=second.id)
    agus.get("/units/uptd-puskesmas-i-denpasar-barat")
    assert "IKM 83,33" in agus.words
    assert "Menurut pengunjung setiap layanan: 81,25, mutu B" in agus.words
