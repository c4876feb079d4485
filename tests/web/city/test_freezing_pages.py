"""The pages of frozen periods: freezing, revising, reading, and taking the record home."""

import hashlib
from dataclasses import replace

import pytest

from skm.store import organisations, snapshots
from skm.store.database import writing
from skm.usecases.closing import freezing, publishing
from tests.builders import a_past_year, an_organisation, answered
from tests.conftest import DEED

DAY = "2025-05-05"
CITY = "/organisations/pemerintah-kota-denpasar/freezing"
UNIT = "/organisations/uptd-puskesmas-i-denpasar-barat/freezing"


@pytest.fixture
def settings(settings):
    return replace(settings, open_pages=False)


@pytest.fixture
def year(db, city):
    """The year 2025 with two answers at Puskesmas I and one at Puskesmas II."""
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    year = a_past_year(db, city)
    answered(db, city, "444444444", DAY)
    answered(db, city, "333333333", DAY)
    answered(db, city, "333333333", DAY, unit_id=other.id)
    return year


@pytest.fixture
def frozen(db, year):
    """The same year, frozen."""
    freezing.freeze_period(db, DEED, year.id)
    return year


def page_of(db, organisation, period, revision=1):
    """The address of a snapshot."""
    found = snapshots.all_for(db, period.id, organisation.id)
    return next(f"/snapshots/{one.id}" for one in found if one.revision == revision)


def rows(visitor):
    """The rows of the tables, as text."""
    return [" ".join(" ".join(row.itertext()).split()) for row in visitor.page.xpath("//tbody/tr")]


def follow(visitor, words):
    """Opens the link with these words."""
    visitor.get(visitor.page.xpath("//main//a[normalize-space()=$words]/@href", words=words)[0])


def test_sari_freezes_a_year_and_everybody_below_has_its_figures(sari, agus, year, city):
    sari.get(CITY)
    assert rows(sari)[0].startswith("Tahun 2026 1 Januari 2026 sampai 31 Desember 2026 berjalan")
    assert "berakhir, belum dibekukan" in rows(sari)[1]
    follow(sari, "Bekukan angka periode")
    assert "dibekukan" in sari.words
    sari.send(303, named="tahun 2025")
    sari.get(CITY)
    assert "Tahun 2025 dibekukan." in sari.words
    assert rows(sari)[1].endswith("dibekukan 15 Juni 2026 Umumkan Buat revisi")
    agus.get(UNIT)
    follow(agus, "Tahun 2025")
    assert "IKM 87,50 – Baik." in agus.words
    assert "Dari 2 jawaban, 1 Januari 2025 sampai 31 Desember 2025." in agus.words


def test_a_freezing_is_confirmed_by_the_name_of_the_period(sari, db, year):
    sari.send_form(f"/periods/{year.id}/freeze", 422, named="Tahun 2024")
    assert "Ketik “Tahun 2025” untuk melanjutkan." in sari.words
    assert not snapshots.all_snapshots(db)


def test_a_running_period_says_when_and_how_it_can_be_frozen(sari, db, city):
    sari.get(f"/periods/{city.period.id}/freeze")
    assert "Tahun 2026 baru berakhir pada" in sari.words
    sari.send(422, named="Tahun 2026")
    assert "akhiri lebih awal" in sari.words
    sari.get(CITY)
    follow(sari, "Akhiri lebih awal")
    assert "Akhiri Tahun 2026 lebih awal" in sari.words


def test_a_late_answer_is_pointed_out_and_revised_with_a_reason(sari, agus, db, city, frozen):
    answered(db, city, "111111111", DAY)
    sari.get(CITY)
    assert "1 jawaban datang sesudahnya" in rows(sari)[1]
    follow(sari, "Buat revisi")
    assert f"1 jawaban datang atau diputuskan sesudah rekaman terakhir: {city.unit.name} (1)." in sari.words
    sari.send(422, reason="")
    assert "Bagian ini wajib diisi." in sari.words
    sari.send(303, reason="Berkas kertas menyusul")
    sari.get(CITY)
    assert "direvisi 15 Juni 2026 (revisi 2)" in rows(sari)[1]
    agus.get(UNIT)
    follow(agus, "Tahun 2025")
    assert "IKM 66,67 – Kurang Baik." in agus.words
    assert "Jawaban yang dihitung 2 3" in rows(agus)
    assert "IKM 87,50 66,67" in rows(agus)
    assert "Mutu B C" in rows(agus)
    assert [row for row in rows(agus) if row.startswith("Revisi 2, yang ini") and "Berkas kertas" in row]
    follow(agus, "Revisi 1")
    assert "IKM 87,50 – Baik." in agus.words
    assert "Ini bukan rekaman terakhir: sudah ada revisi 2." in agus.words


def test_a_revision_without_a_change_is_refused(sari, db, frozen):
    sari.send_form(f"/periods/{frozen.id}/revise", 422, reason="Sekadar mencoba")
    assert "revisi tidak diperlukan" in sari.words
    assert "Sekadar mencoba" in sari.page.xpath("string(//input[@name='reason']/@value)")
    assert {one.revision for one in snapshots.all_snapshots(db)} == {1}


def test_a_revision_of_an_open_year_is_refused(sari, year):
    sari.send_form(f"/periods/{year.id}/revise", 422, reason="Kertas")
    assert "Tahun 2025 belum dibekukan" in sari.words


def test_the_city_shows_its_units_with_their_own_records(sari, db, city, frozen):
    sari.get(page_of(db, city.government, frozen))
    assert "UPTD Puskesmas I Denpasar Barat 87,50 2" in rows(sari)
    assert "Rata-rata IKM unit" in sari.words
    follow(sari, "Puskesmas II")
    assert "IKM 75,00 – Kurang Baik." in sari.words


def test_the_downloaded_record_has_the_digest_that_the_page_shows(agus, db, city, frozen):
    agus.get(page_of(db, city.unit, frozen))
    shown = agus.page.xpath("string(//main//code)")
    follow(agus, "Unduh rekaman (JSON)")
    assert hashlib.sha256(agus.response.data).hexdigest() == shown
    assert agus.response.mimetype == "application/json"
    assert "attachment" in agus.response.headers["Content-Disposition"]


def test_a_unit_head_reads_the_own_unit_only(budi, db, city, frozen):
    for organisation in (city.government, city.agency):
        for suffix in ("", ".json"):
            budi.get(page_of(db, organisation, frozen) + suffix, 403)
    budi.get(UNIT)
    assert not budi.page.xpath("//main//a[starts-with(@href, '/periods/')]")


def test_only_bagian_organisasi_of_the_whole_period_closes(signed_in, agus, budi, city, year):
    theirs = signed_in("organisasi", city.agency)
    for visitor in (theirs, agus, budi):
        visitor.get(f"/periods/{year.id}/freeze", 403)
    theirs.get("/organisations/dinas-kesehatan/freezing")
    assert not theirs.page.xpath("//main//a[starts-with(@href, '/periods/')]")


def test_the_deed_is_in_the_log_in_words(sari, agus, db, year):
    sari.send_form(f"/periods/{year.id}/freeze", 303, named="Tahun 2025")
    agus.get("/audit?words=membekukan")
    (row,) = rows(agus)
    assert "Membekukan angka periode: Tahun 2025" in row
    assert "sidik SHA-256:" in row


def test_a_record_that_was_changed_is_not_shown(sari, db, city, frozen):
    with writing(db):
        db.execute("DROP TRIGGER snapshots_are_never_changed")
        db.execute("UPDATE snapshots SET content = replace(content, '87.50', '97.50')")
    sari.get(page_of(db, city.unit, frozen), 409)
    assert "97,50" not in sari.words
    assert "skm verify" in sari.words


def test_an_unknown_record_is_explained(sari, city):
    sari.get("/snapshots/nothing", 404)
    assert "Rekaman ini tidak terdaftar." in sari.words


def test_a_unit_without_answers_and_without_records(sari, db, city, year):
    with writing(db):
        empty = an_organisation(db, city.agency, "unit", "Puskesmas III")
    freezing.freeze_period(db, DEED, year.id)
    sari.get(page_of(db, empty, year))
    assert "Belum ada data." in sari.words


def test_a_demo_says_so_on_every_record(sari, db, city, year):
    with writing(db):
        db.execute("INSERT INTO facts VALUES ('demo', 'yes')")
    freezing.freeze_period(db, DEED, year.id)
    sari.get(page_of(db, city.unit, year))
    assert sari.words.count("DATA CONTOH") == 2


def test_the_pages_about_an_organisation_lead_to_each_other(budi, frozen):
    budi.get("/units/uptd-puskesmas-i-denpasar-barat")
    follow(budi, "Periode yang dibekukan")
    assert budi.page.xpath("//nav[@class='sections']//a[@aria-current]/text()") == ["Periode yang dibekukan"]
    follow(budi, "Ringkasan")


def test_a_city_without_periods_says_what_to_do(sari, db, city):
    with writing(db):
        db.execute("DELETE FROM periods")
    sari.get(CITY)
    assert "Belum ada periode yang berlaku di sini." in sari.words


def test_sari_publishes_a_year_and_takes_it_back_with_a_reason(sari, agus, db, city, frozen):
    sari.get(CITY)
    follow(sari, "Umumkan")
    assert "menjadi angka resmi untuk setiap orang" in sari.words
    sari.send(303)
    sari.get(CITY)
    assert rows(sari)[1].endswith("diumumkan 15 Juni 2026 Buat revisi Tarik pengumuman")
    agus.get(page_of(db, city.unit, frozen))
    assert agus.page.xpath("string(//dt[.='Pengumuman']/following-sibling::dd)") == "diumumkan 15 Juni 2026"
    follow(sari, "Tarik pengumuman")
    sari.send(422, reason="")
    sari.send(303, reason="Ada jawaban ganda")
    sari.get(CITY)
    assert "pengumuman ditarik 15 Juni 2026: Ada jawaban ganda Umumkan Buat revisi" in rows(sari)[1]


def test_whoever_has_no_rows_reads_a_record_once_it_is_published(budi, db, city, frozen):
    budi.get(page_of(db, city.unit, frozen), 409)
    other = organisations.get_by_slug(db, "puskesmas-ii").id
    for scores in ("444444444", "333333333", "333333333"):
        answered(db, city, scores, DAY)
        answered(db, city, scores, DAY, unit_id=other)
    answered(db, city, "333333333", DAY, unit_id=other)
    freezing.revise_period(db, DEED, frozen.id, "Berkas kertas menyusul")
    publishing.publish_period(db, DEED, frozen.id, 2)
    budi.get(UNIT)
    follow(budi, "Tahun 2025")
    assert "dari 5 jawaban" in budi.words.casefold()
    assert "Unduh rekaman" not in budi.words
    budi.get(f"{page_of(db, city.unit, frozen, 2)}.json", 403)


def test_a_revision_is_published_separately(sari, db, city, frozen):
    sari.send_form(f"/periods/{frozen.id}/revisions/1/publish", 303)
    answered(db, city, "111111111", DAY)
    freezing.revise_period(db, DEED, frozen.id, "Berkas kertas menyusul")
    sari.get(CITY)
    assert "direvisi 15 Juni 2026 (revisi 2) diumumkan 15 Juni 2026 Umumkan" in rows(sari)[1]
    follow(sari, "Umumkan")
    sari.send(303)
    sari.get(CITY)
    assert "diumumkan 15 Juni 2026 (revisi 2)" in rows(sari)[1]
    assert "Umumkan" not in rows(sari)[1]


def test_what_was_revised_meanwhile_is_looked_at_again_before_it_is_published(sari, db, city, frozen):
    sari.get(f"/periods/{frozen.id}/revisions/1/publish")
    answered(db, city, "111111111", DAY)
    freezing.revise_period(db, DEED, frozen.id, "Berkas kertas menyusul")
    sari.send(422)
    sari.get(CITY)
    assert "diumumkan" not in rows(sari)[1]


def test_publishing_is_in_the_log_in_words(sari, agus, frozen):
    sari.send_form(f"/periods/{frozen.id}/revisions/1/publish", 303)
    agus.get("/audit?words=mengumumkan")
    assert "Mengumumkan angka periode: Tahun 2025" in rows(agus)[0]


def test_the_former_address_leads_to_the_present_one(sari, year):
    sari.get(UNIT.replace("freezing", "closings"), 301)
