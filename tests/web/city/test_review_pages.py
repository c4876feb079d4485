"""Before figures are frozen, revised or published, the page shows what they are and what is not in them."""

from dataclasses import replace
from datetime import date

import pytest

from skm.store import papers, snapshots
from skm.store.database import writing
from skm.survey.paper import Batch
from skm.usecases.closing import freezing
from tests.builders import a_past_year, a_period, an_organisation, answered, decided
from tests.conftest import DEED

DAY = "2025-05-05"


@pytest.fixture
def settings(settings):
    return replace(settings, open_pages=False)


@pytest.fixture
def year(db, city):
    """The year 2025 with two answers at Puskesmas I, and Puskesmas II, where nobody has answered."""
    with writing(db):
        an_organisation(db, city.agency, "unit", "Puskesmas II")
    year = a_past_year(db, city)
    for scores in ("444444444", "333333333"):
        answered(db, city, scores, DAY, period_id=year.id)
    return year


def a_stack_of_papers(db, city, day=DAY):
    batch = Batch(
        *("bundel", city.unit.id, 3, city.counter.id, city.services[0].id, city.period.instrument_id, day),
        *(8, "id", 24, f"{DAY}T04:00:00+00:00", None, "Wati"),
    )
    with writing(db):
        papers.add(db, batch)


def test_freezing_shows_index_grade_and_answers_first(sari, year):
    sari.get(f"/periods/{year.id}/freeze")
    assert "IKM 87,50 – Baik. Mutu B, dari 2 jawaban." in sari.words


def test_freezing_names_the_units_without_answers(sari, year):
    sari.get(f"/periods/{year.id}/freeze")
    assert "1 unit tanpa jawaban: Puskesmas II." in sari.words


def test_many_units_without_answers_are_all_named(sari, db, city, year):
    with writing(db):
        for number in range(10, 20):
            an_organisation(db, city.agency, "unit", f"Puskesmas {number}")
    sari.get(f"/periods/{year.id}/freeze")
    assert "dan 3 unit lain." in sari.words
    assert len(sari.page.xpath("//main//details//li")) == 11


def test_freezing_names_papers_that_are_not_counted_yet(sari, db, city, year):
    a_stack_of_papers(db, city)
    sari.get(f"/periods/{year.id}/freeze")
    assert (
        f"24 lembar kertas belum dihitung: {city.unit.name}, Bundel 3 (24 lembar, sedang diketik)"
        in sari.words
    )


def test_papers_of_another_period_are_not_named(sari, db, city, year):
    a_stack_of_papers(db, city, "2026-01-05")
    sari.get(f"/periods/{year.id}/freeze")
    assert "Bundel 3" not in sari.words


def test_freezing_counts_answers_outside_of_the_dates(sari, db, city, year):
    answered(db, city, "444444444", "2026-01-01", period_id=year.id)
    sari.get(f"/periods/{year.id}/freeze")
    assert (
        "1 jawaban diberikan dalam periode ini, tetapi tanggalnya di luar 1 Januari 2025 sampai" in sari.words
    )


def test_freezing_counts_what_is_held_and_excluded(sari, db, city, year):
    for state in ("held", "held", "excluded"):
        decided(db, answered(db, city, "111111111", DAY, period_id=year.id), state)
    sari.get(f"/periods/{year.id}/freeze")
    assert "2 jawaban masih ditahan dan tidak dihitung." in sari.words
    assert "1 jawaban dikeluarkan dan tidak dihitung." in sari.words


def test_freezing_with_held_answers_needs_a_reason_that_the_record_shows(sari, db, city, year):
    decided(db, answered(db, city, "111111111", DAY), "held")
    sari.get(f"/periods/{year.id}/freeze")
    assert sari.page.xpath("//main//a[text()='Jawaban yang ditahan']")
    sari.send(422, named="Tahun 2025")
    assert "1 jawaban dalam Tahun 2025 masih ditahan" in sari.words
    assert not snapshots.all_snapshots(db)
    sari.send(303, named="Tahun 2025", undecided="Pemeriksaan belum selesai")
    (unit,) = [one for one in snapshots.all_snapshots(db) if one.organisation_id == city.unit.id]
    sari.get(f"/snapshots/{unit.id}")
    assert "Pemeriksaan belum selesai" in sari.words


def test_where_nothing_is_held_the_form_asks_for_no_such_reason(sari, year):
    sari.get(f"/periods/{year.id}/freeze")
    assert not sari.page.xpath("//input[@name='undecided']")


def test_where_nothing_is_missing_the_page_says_so(sari, db, city):
    year = a_past_year(db, city)
    answered(db, city, "444444444", DAY)
    sari.get(f"/periods/{year.id}/freeze")
    assert "Tidak ada yang tertinggal" in sari.words


def test_what_changed_since_it_was_shown_is_shown_again(sari, db, city, year):
    sari.get(f"/periods/{year.id}/freeze")
    answered(db, city, "111111111", DAY)
    sari.send(422, named="Tahun 2025")
    assert "berubah sejak Anda membacanya" in sari.words
    assert "IKM 66,67 – Kurang Baik. Mutu C, dari 3 jawaban." in sari.words
    assert not snapshots.all_snapshots(db)
    sari.send(303, named="Tahun 2025")
    assert snapshots.all_snapshots(db)


def test_an_answer_to_another_period_changes_nothing_that_was_shown(sari, db, city, year):
    sari.get(f"/periods/{year.id}/freeze")
    answered(db, city, "111111111", "2026-06-15")
    sari.send(303, named="Tahun 2025")


def test_a_form_without_what_was_shown_freezes_nothing(sari, db, year):
    sari.get(f"/periods/{year.id}/freeze")
    sari.send(422, named="Tahun 2025", shown="")
    assert not snapshots.all_snapshots(db)


def test_an_empty_period_is_refused(sari, db, city):
    year = a_past_year(db, city)
    sari.get(f"/periods/{year.id}/freeze")
    assert "Tidak ada yang menjawab dalam Tahun 2025" in sari.words
    sari.send(422, named="Tahun 2025")
    assert not snapshots.all_snapshots(db)


def test_a_period_of_held_answers_alone_is_refused(sari, db, city):
    year = a_past_year(db, city)
    decided(db, answered(db, city, "444444444", DAY), "held")
    sari.get(f"/periods/{year.id}/freeze")
    assert "Semua jawaban dalam Tahun 2025 ditahan atau dikeluarkan" in sari.words


def test_a_revision_shows_what_it_was_and_what_it_will_be(sari, db, city, year):
    freezing.freeze_period(db, DEED, year.id)
    answered(db, city, "111111111", DAY)
    sari.get(f"/periods/{year.id}/revise")
    assert "IKM 66,67 – Kurang Baik. Mutu C, dari 3 jawaban." in sari.words
    assert "Rekaman sebelumnya: IKM 87,50 – Baik. Mutu B, dari 2 jawaban." in sari.words
    answered(db, city, "111111111", DAY)
    sari.send(422, reason="Kertas menyusul")
    assert "berubah sejak Anda membacanya" in sari.words
    assert sari.page.xpath("string(//input[@name='reason']/@value)") == "Kertas menyusul"


def test_publishing_shows_the_record_and_what_came_after_it(sari, db, city, year):
    freezing.freeze_period(db, DEED, year.id)
    answered(db, city, "111111111", DAY)
    a_stack_of_papers(db, city)
    sari.get(f"/periods/{year.id}/revisions/1/publish")
    assert "IKM 87,50 – Baik. Mutu B, dari 2 jawaban." in sari.words
    assert "1 unit tanpa jawaban: Puskesmas II." in sari.words
    assert "24 lembar kertas belum dihitung" in sari.words
    assert "1 jawaban datang atau diputuskan sesudah rekaman itu" in sari.words


def test_a_record_without_answers_is_not_published(sari, db, city):
    year = a_past_year(db, city)
    answer = answered(db, city, "444444444", DAY)
    freezing.freeze_period(db, DEED, year.id)
    decided(db, answer, "excluded")
    freezing.revise_period(db, DEED, year.id, "Dikeluarkan")
    sari.send_form(f"/periods/{year.id}/revisions/2/publish", 422)
    assert "tidak memuat satu jawaban pun" in sari.words


def test_a_period_of_a_unit_is_reviewed_too(sari, db, city):
    days = {"opens": date(2024, 1, 1), "closes": date(2024, 12, 31)}
    with writing(db):
        own = a_period(db, city.unit, city.period.instrument_id, name="Uji 2024", **days)
    answered(db, city, "444444444", "2024-05-05", period_id=own.id)
    sari.get(f"/periods/{own.id}/freeze")
    assert "IKM 100,00 – Sangat Baik. Mutu A, dari 1 jawaban." in sari.words
    sari.send(303, named="Uji 2024")
