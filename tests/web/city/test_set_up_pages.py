"""Setting up a city, page by page: what was typed stays, what ends is named, and nobody reaches beyond their part."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from skm.store import counters, organisations, periods
from tests.builders import an_organisation, answered
from tests.client import upload

HERE = "/setup/organisations"
OWN = Path(__file__).parents[2] / "survey" / "kelurahan.toml"


@pytest.fixture
def unit_page(city) -> str:
    return f"{HERE}/{city.unit.slug}"


def found(db, slug):
    return organisations.find(db, slug)


def rows(visitor) -> list[list[str]]:
    """The words of every cell of the page's first table."""
    table = visitor.page.xpath("(//table)[1]//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th | td")] for row in table]


def test_the_guide_says_what_is_left(admin, city):
    admin.get("/setup")
    assert "2 langkah lagi" in admin.words
    assert "Loket Setiap loket mempunyai kode QR sendiri. 2 sudah ada" in admin.words
    assert "Jawaban pertama" in admin.words


def test_every_link_of_the_guide_opens(admin, city):
    admin.get("/setup")
    for address in admin.page.xpath("//main//a/@href"):
        admin.get(address.partition("#")[0])


def test_an_organisation_shows_everything_below_it(sari, city):
    sari.get(f"{HERE}/{city.government.slug}")
    assert rows(sari)[:2] == [
        ["Dinas Kesehatan", "perangkat daerah", "–", "–"],
        ["UPTD Puskesmas I Denpasar Barat", "unit", "3", "2"],
    ]


def test_an_organisation_is_added_below(admin, db, city):
    admin.send_form(f"{HERE}/{city.agency.slug}/add", 303, name="UPTD Puskesmas II")
    made = found(db, "uptd-puskesmas-ii")
    assert (made.kind, made.parent_id) == ("unit", city.agency.id)
    admin.get(f"{HERE}/{city.agency.slug}")
    assert "Organisasi ditambahkan." in admin.words


def test_what_was_typed_stays_beside_what_is_wrong(admin, city):
    admin.get(f"{HERE}/{city.agency.slug}/add")
    admin.send(422, name="", address="Jalan Kamboja 3")
    assert "Nama: Bagian ini wajib diisi." in admin.words
    assert admin.page.xpath("//input[@id='address']/@value") == ["Jalan Kamboja 3"]


def test_a_new_name_keeps_the_old_one(admin, db, city, unit_page):
    admin.send_form(f"{unit_page}/rename", 303, name="Puskesmas Denpasar Barat Satu")
    admin.get(unit_page)
    assert "Nama lama: UPTD Puskesmas I Denpasar Barat (sampai 15 Juni 2026)." in admin.words


def test_address_and_telephone_are_changed(admin, db, city, unit_page):
    admin.get(f"{unit_page}/edit")
    admin.send(303, address="Jalan Kamboja 3", phone="0361 123")
    assert found(db, city.unit.slug).phone == "0361 123"


def test_an_organisation_moves_under_another(admin, db, city, unit_page):
    other = an_organisation(db, city.government, "agency", "Kecamatan Barat")
    db.conn.commit()
    admin.send_form(f"{unit_page}/move", 303, slug=other.slug)
    assert found(db, city.unit.slug).parent_id == other.id


@pytest.mark.parametrize("typed", ["", "Puskesmas"])
def test_closing_asks_for_the_name(admin, db, city, unit_page, typed):
    admin.send_form(f"{unit_page}/close", 422, named=typed)
    assert "Ketik “UPTD Puskesmas I Denpasar Barat” untuk melanjutkan." in admin.words
    assert found(db, city.unit.slug).closed is None


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_of_no_calendar_is_refused_and_kept(admin, db, city, unit_page, typed):
    admin.send_form(f"{unit_page}/close", 422, named=city.unit.name, on=typed)
    assert "Tulis tanggal yang ada di kalender." in admin.words
    assert admin.page.xpath("//input[@id='on']/@value") == [typed]


def test_a_closed_unit_says_so_and_may_be_opened_again(admin, db, city, unit_page):
    admin.send_form(f"{unit_page}/close", 303, named="uptd puskesmas i  denpasar barat")
    admin.get(unit_page)
    assert "Ditutup mulai 15 Juni 2026." in admin.words
    admin.send_form(f"{unit_page}/reopen", 303)
    assert found(db, city.unit.slug).closed is None


def test_an_agency_with_open_units_is_not_closed(admin, city):
    admin.send_form(f"{HERE}/{city.agency.slug}/close", 422, named="Dinas Kesehatan")
    assert admin.page.xpath("//*[@role='alert']")


def test_a_unit_is_merged_into_another(admin, db, city, unit_page):
    other = an_organisation(db, city.agency, "unit", "Puskesmas Lain")
    db.conn.commit()
    admin.send_form(f"{unit_page}/merge", 303, slug=other.slug, named=city.unit.name)
    admin.get(unit_page)
    assert "digabungkan ke Puskesmas Lain" in admin.words


def test_the_set_up_of_an_agency_ends_where_the_agency_ends(signed_in, db, city, unit_page):
    other = an_organisation(db, city.government, "agency", "Kecamatan Barat")
    db.conn.commit()
    agency = signed_in("organisasi", city.agency)
    agency.get(f"{unit_page}/move")
    assert other.name not in agency.words
    agency.send(422, slug=other.slug)
    agency.get(f"{HERE}/{other.slug}", 403)
    agency.get("/setup", 403)


def test_a_service_is_added_changed_and_closed(admin, db, city, unit_page):
    admin.send_form(f"{unit_page}/services/add", 303, name="Laboratorium", yearly_visitors="1200")
    made = organisations.services_of(db, city.unit.id)[-1]
    assert (made.name, made.yearly_visitors, bool(made.free_of_charge)) == ("Laboratorium", 1200, True)
    admin.send_form(f"/setup/services/{made.id}/edit", 303, channel="online")
    admin.send_form(f"/setup/services/{made.id}/close", 303, named="Laboratorium")
    admin.get(unit_page)
    assert rows(admin)[-1] == [
        "Laboratorium ditutup 15 Juni 2026",
        "daring",
        "gratis",
        "1.200",
        "Buka kembali",
    ]


def test_visitors_are_a_number(admin, city, unit_page):
    admin.send_form(f"{unit_page}/services/add", 422, name="Laboratorium", yearly_visitors="banyak")
    assert "Tulis bilangan bulat" in admin.words
    assert admin.page.xpath("//input[@id='yearly_visitors']/@value") == ["banyak"]


def test_a_counter_is_added_with_its_services(admin, db, city, unit_page):
    admin.send_form(f"{unit_page}/counters/add", 303, name="Loket 3", service_ids=city.services[1].id)
    made = organisations.counters_of(db, city.unit.id)[-1]
    assert [one.name for one in organisations.services_at(db, made.id)] == ["Poli Umum"]
    assert counters.tokens_of(db, made.id)


def test_a_counter_without_a_service_is_refused(admin, city, unit_page):
    admin.send_form(f"{unit_page}/counters/add", 422, name="Loket 3")
    assert "Layanan di loket ini: Bagian ini wajib diisi." in admin.words


def test_a_counter_is_closed_and_opened_again(admin, db, city):
    here = f"/setup/counters/{city.counter.id}"
    admin.send_form(f"{here}/close", 303, named="Loket 1")
    assert counters.get(db, city.counter.id).closed
    admin.send_form(f"{here}/reopen", 303)
    assert counters.get(db, city.counter.id).closed is None


def test_a_usual_period_needs_no_dates(admin, db, city, unit_page):
    admin.send_form(f"{unit_page}/periods/add", 303, span="Semester II 2026", instrument="skm-online-16")
    (made,) = periods.all_for(db, [city.unit.id])
    assert (made.name, str(made.opens), str(made.closes)) == ("Semester II 2026", "2026-07-01", "2026-12-31")
    assert made.instrument_id == "skm-online-16/1"


def test_a_period_with_dates_of_its_own_needs_them_all(admin, city, unit_page):
    admin.send_form(f"{unit_page}/periods/add", 422, span="own", name="Uji coba", opens="2026-02-30")
    assert "Tulis tanggal yang ada di kalender." in admin.words
    assert "isi nama, tanggal dibuka, dan tanggal berakhir" in admin.words


def test_an_overlap_is_said_in_words(admin, city):
    admin.send_form(f"{HERE}/{city.government.slug}/periods/add", 422, span="Semester II 2026")
    said = admin.page.xpath("string(//*[@role='alert'])")
    assert "Tahun 2026 (1 Januari 2026 sampai 31 Desember 2026)" in said


def test_a_period_is_changed(admin, db, city):
    here = f"/setup/periods/{city.period.id}/edit"
    admin.send_form(here, 303, name="Tahun ini", closes="2026-11-30", aggregation="mean_of_units")
    changed = periods.find(db, city.period.id)
    assert (changed.name, str(changed.opens), str(changed.closes)) == (
        "Tahun ini",
        "2026-01-01",
        "2026-11-30",
    )
    admin.get(f"{HERE}/{city.government.slug}")
    assert admin.page.xpath("//a[@aria-label='Ubah Tahun ini']/@href") == [here]
    assert "Rata-rata IKM unit" in admin.words


def test_a_period_that_would_lose_its_answers_is_not_changed(admin, db, city):
    answered(db, city, "444444444")
    admin.send_form(f"/setup/periods/{city.period.id}/edit", 422, name="Semester II", opens="2026-07-01")
    assert "tanggalnya harus mencakup semuanya" in admin.words
    assert admin.page.xpath("//input[@id='name']/@value") == ["Semester II"]


def test_a_new_period_counts_by_the_rule_that_was_chosen(admin, db, city, unit_page):
    admin.send_form(f"{unit_page}/periods/add", 303, span="Tahun 2027", aggregation="mean_of_units")
    assert periods.all_for(db, [city.unit.id])[0].aggregation == "mean_of_units"


def test_a_period_is_ended_early(admin, db, city):
    admin.send_form(f"/setup/periods/{city.period.id}/end", 303, on="2026-06-20", named="Tahun 2026")
    assert str(periods.find(db, city.period.id).closes) == "2026-06-20"


def test_a_unit_shows_the_period_that_it_has_from_above(admin, city, unit_page):
    admin.get(unit_page)
    assert "terbuka" in admin.words
    assert "dari Pemerintah Kota Denpasar" in admin.words


def test_an_own_questionnaire_is_taken(admin, city):
    upload(admin, "/setup/instruments", OWN.read_bytes(), "kelurahan.toml", 303)
    admin.get("/setup/instruments")
    assert "Milik sendiri" in admin.words


@pytest.mark.parametrize(
    ("content", "said"),
    [(b'code = "x"\ntitle = [', "kelurahan.toml, baris 2"), (b"\xff\xfe\x00", "bukan teks UTF-8")],
)
def test_a_faulty_questionnaire_says_where_and_why(admin, city, content, said):
    upload(admin, "/setup/instruments", content, "kelurahan.toml", 422)
    assert said in admin.words


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_a_questionnaire_is_seen_as_a_citizen_sees_it_and_cannot_be_sent(admin, city, lang):
    admin.get(f"/setup/instruments/skm-online-16/preview?lang={lang}")
    assert admin.page.get("lang") == lang
    assert len(admin.page.xpath("//fieldset[.//input[@type='radio']]")) == 16
    assert admin.page.xpath("//button[@disabled]")
    admin.post("/setup/instruments/skm-online-16/preview", {}, 405)


def test_name_and_address_of_the_government_are_changed_like_any_other(admin, db, city):
    here = f"{HERE}/{city.government.slug}"
    admin.send_form(f"{here}/rename", 303, name="Pemerintah Kota Contoh")
    admin.send_form(f"{here}/edit", 303, phone="0361 555")
    root = organisations.find_root(db)
    assert (root.name, root.phone) == ("Pemerintah Kota Contoh", "0361 555")


def exported(visitor) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(visitor.get("/setup/export.xlsx").data))


def changed(book: openpyxl.Workbook, before: str, after: str) -> bytes:
    """The workbook with one word put in place of another, wherever it stands alone in a cell."""
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == before:
                    cell.value = after
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_an_export_taken_in_again_changes_nothing(admin, city):
    upload(admin, "/setup/import", admin.get("/setup/export.xlsx").data, "kota.xlsx", 200)
    assert "Tidak ada yang berubah" in admin.words


def test_an_import_is_looked_at_before_it_is_done(admin, db, city):
    upload(admin, "/setup/import", changed(exported(admin), "Loket 1", "Loket Depan"), "kota.xlsx", 200)
    assert "Siap diimpor" in admin.words
    assert len(organisations.counters_of(db, city.unit.id)) == 2
    admin.send(303)
    assert "Loket Depan" in [one.name for one in organisations.counters_of(db, city.unit.id)]


def test_a_faulty_row_is_named_and_nothing_is_done(admin, db, city):
    upload(admin, "/setup/import", changed(exported(admin), "tatap muka", "lewat surat"), "kota.xlsx", 200)
    assert "3 baris perlu diperbaiki" in admin.words
    assert not admin.page.xpath("//form[contains(@action, 'apply')]")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really"])
def test_what_is_no_spreadsheet_is_refused_in_words(admin, city, content):
    upload(admin, "/setup/import", content, "kota.xlsx", 422)
    assert admin.page.xpath("//*[@role='alert']")


def test_a_file_of_somebody_else_is_not_applied(admin, sari, city):
    upload(admin, "/setup/import", changed(exported(admin), "Loket 1", "Loket Depan"), "kota.xlsx", 200)
    key = admin.page.xpath("//input[@name='key']/@value")[0]
    sari.get("/setup/import")
    token = sari.page.xpath("//main//input[@name='csrf_token']/@value")[0]
    sari.post("/setup/import/apply", {"csrf_token": token, "key": key}, 422)


def test_a_plan_that_no_longer_holds_is_shown_again_and_not_done(admin, db, city, unit_page):
    upload(admin, "/setup/import", changed(exported(admin), "Loket 1", "Loket Depan"), "kota.xlsx", 200)
    other_counter = organisations.counters_of(db, city.unit.id)[1]
    shown = admin.page
    admin.send_form(f"/setup/counters/{other_counter.id}/edit", 303, name="Loket Dua")
    admin.page = shown
    admin.send(422)
    assert "berubah selagi berkas ini diperiksa" in admin.page.xpath("string(//*[@role='alert'])")
    assert len(organisations.counters_of(db, city.unit.id)) == 2
    admin.send(303)
    assert len(organisations.counters_of(db, city.unit.id)) == 4


def test_who_sets_up_one_agency_does_not_import_for_the_city(signed_in, admin, city):
    upload(admin, "/setup/import", changed(exported(admin), "Loket 1", "Loket Depan"), "kota.xlsx", 200)
    key = admin.page.xpath("//input[@name='key']/@value")[0]
    agency = signed_in("organisasi", city.agency)
    agency.get("/setup/import", 403)
    agency.send_form("/setup/organisations/dinas-kesehatan/edit", 303)
    token = agency.page.xpath("//input[@name='csrf_token']/@value")[0]
    agency.post("/setup/import/apply", {"csrf_token": token, "key": key}, 403)


def test_only_an_import_may_be_large(admin, city):
    upload(admin, "/setup/instruments", b"x" * 1_100_000, "besar.toml", 413)
    upload(admin, "/setup/import", b"x" * 1_100_000, "besar.xlsx", 422)


def test_who_sets_up_one_agency_is_led_to_it(signed_in, city):
    visitor = signed_in("organisasi", city.agency)
    visitor.get(f"/agencies/{city.agency.slug}")
    (way,) = visitor.page.xpath("//header//a[normalize-space()='Penyiapan']/@href")
    visitor.get(way)


def test_an_admin_prints_the_codes_of_all_counters_from_the_guide(admin, city):
    admin.get("/setup")
    (link,) = admin.page.xpath("//main//a[normalize-space()='Jawaban pertama']/@href")
    admin.get(link.partition("#")[0])
    section = admin.page.xpath("//section[@aria-labelledby='lembar']")[0]
    assert "2 loket di bawah Pemerintah Kota Denpasar" in " ".join(section.text_content().split())
    for address in section.xpath(".//a/@href"):
        assert admin.get(address).mimetype == "application/pdf"


def test_the_page_of_counters_leads_an_admin_only_where_the_role_may_go(admin, city, unit_page):
    admin.get(unit_page)
    admin.get(admin.page.xpath("//a[normalize-space()='Kode QR dan lembar cetak']/@href")[0])
    for address in admin.page.xpath("//header//a/@href | //main//a/@href"):
        if not address.startswith(("#", "http")):
            admin.get(address)
