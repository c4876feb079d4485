"""The page of held answers: what it tells, who decides there, and that two persons exclude."""

from dataclasses import replace

import pytest

from skm.store import events, held_answers
from skm.usecases.closing import freezing
from tests.builders import a_past_year, answered, decided
from tests.conftest import DEED

SUSPECT = "Terlalu cepat"


@pytest.fixture
def settings(settings):
    return replace(settings, open_pages=False)


@pytest.fixture
def held(db, city):
    """Three answers of 4 that are held, among four of 2 that count."""
    for _ in range(4):
        answered(db, city, "2" * 9)
    some = [answered(db, city, "4" * 9) for _ in range(3)]
    for one in some:
        decided(db, one, "held", SUSPECT)
    return some


@pytest.fixture
def address(city):
    return f"/units/{city.unit.slug}/held"


def numbers(db, city):
    return [str(one.number) for one in held_answers.all_for_unit(db, city.unit.id)]


def states(db, some):
    return [events.find_state(db, one.id) for one in some]


def test_the_page_shows_the_index_with_and_without(sari, held, address):
    sari.get(address)
    row = sari.page.xpath("//table")[0].xpath(".//tbody/tr")[0].text_content()
    assert "50,00" in row
    assert "71,43" in row
    assert "3 jawaban" in sari.words


def test_a_held_answer_tells_no_finer_moment_than_a_quarter(sari, db, city, address):
    decided(db, answered(db, city, "4" * 9, received="2026-06-15T04:07:31+00:00"), "held", SUSPECT)
    sari.get(address)
    assert "15 Juni 2026, 12.00–12.15" in sari.words
    assert "12.07" not in sari.words
    assert "nilai 444 444 444" in sari.words


def test_one_officer_releases_several_at_once(sari, db, city, held, address):
    sari.send_form(address, 303, answers=numbers(db, city)[:2], why="Satu keluarga", decision="released")
    assert states(db, held) == ["counted", "counted", "held"]


def test_all_with_one_reason_are_released_but_none_that_was_not_shown(sari, db, city, held, address):
    sari.get(address)
    later = answered(db, city, "4" * 9)
    decided(db, later, "held", SUSPECT)
    sari.send(303, every="y", why="Kelas dari sekolah", decision="released")
    assert states(db, [*held, later]) == ["counted"] * 3 + ["held"]


def test_excluding_takes_a_second_person(sari, signed_in, db, city, held, address):
    sari.send_form(address, 303, every="y", why="Robot", decision="excluded")
    assert states(db, held) == ["held"] * 3
    sari.get(address)
    assert "Anda sendiri yang mengusulkannya" in sari.words
    sari.send(422, every="y", why="Robot", decision="excluded")
    assert "petugas lain yang harus menyetujui" in sari.words
    assert states(db, held) == ["held"] * 3
    rina = signed_in("organisasi", city.government)
    rina.send_form(address, 303, every="y", why="Setuju", decision="excluded")
    assert states(db, held) == ["excluded"] * 3


def test_a_proposal_is_withdrawn_and_the_answers_stay_held(sari, db, city, held, address):
    sari.send_form(address, 303, every="y", why="Robot", decision="excluded")
    sari.send_form(address, 303, every="y", why="Keliru", decision="withdrawn")
    assert not any(one.proposal for one in held_answers.all_for_unit(db, city.unit.id))
    assert states(db, held) == ["held"] * 3


def test_a_decision_needs_a_reason_and_keeps_what_was_chosen(sari, db, city, held, address):
    chosen = numbers(db, city)[1]
    sari.send_form(address, 422, answers=chosen, why=" ", decision="excluded")
    assert sari.page.xpath("//input[@name='answers'][@checked]/@value") == [chosen]


def test_a_decision_on_nothing_is_refused(sari, held, address):
    sari.send_form(address, 422, why="Robot", decision="released")
    assert "Pilih jawaban yang diputuskan" in sari.words


def test_what_is_no_number_of_an_answer_is_refused_in_words(sari, held, address):
    sari.send_form(address, 422, answers="semua", why="Robot", decision="released")
    assert "Jawaban: Pilih dari daftar." in sari.words


def test_a_group_that_somebody_has_decided_meanwhile_is_left_alone(sari, signed_in, db, city, held, address):
    answered_otherwise = answered(db, city, "1" * 9)
    decided(db, answered_otherwise, "held", "Jam server keliru")
    group = held_group(sari, address)
    sari.get(f"{address}?group={group}")
    signed_in("organisasi", city.government).send_form(
        address, 303, every="y", why="Benar", decision="released"
    )
    sari.send(422, every="y", why="Robot", decision="released")
    assert states(db, [answered_otherwise]) == ["held"]


def held_group(visitor, address):
    """The code of the first group on the page."""
    visitor.get(address)
    return visitor.page.xpath("//main//td[1]/../th/a/@href")[0].split("group=")[1].split("#")[0]


def test_an_agency_shows_which_units_wait_the_longest_first(sari, city, held):
    sari.get(f"/organisations/{city.agency.slug}/held")
    row = sari.page.xpath("//main//table//tbody/tr")[0]
    assert row.xpath(".//a/@href") == [f"/units/{city.unit.slug}/held"]
    assert "15 Juni 2026" in row.text_content()


def test_who_has_no_rows_opens_neither_page(budi, wati, city, held, address):
    for visitor in (budi, wati):
        visitor.get(address, 403)
        visitor.get(f"/organisations/{city.unit.slug}/held", 403)


def test_an_auditor_reads_and_decides_nothing(agus, held, address):
    agus.get(address)
    assert not agus.page.xpath("//main//form")
    agus.post(address, {"every": "y", "why": "x", "decision": "released"}, 403)


def test_hundreds_are_shown_page_by_page(sari, db, city, address):
    for _ in range(101):
        decided(db, answered(db, city, "4" * 9), "held", SUSPECT)
    sari.get(address)
    assert len(sari.page.xpath("//input[@name='answers']")) == 100
    (later,) = sari.page.xpath("//a[text()='Berikutnya']/@href")
    sari.get(later)
    assert len(sari.page.xpath("//input[@name='answers']")) == 1


WAITS = "jawaban ditahan dan menunggu keputusan. Bila semuanya dihitung, IKM menjadi"


def test_the_pages_of_whoever_has_rows_say_the_index_with_the_held_ones(sari, city, held):
    for page in (f"/units/{city.unit.slug}", f"/agencies/{city.agency.slug}", "/city"):
        sari.get(page)
        assert f"3 {WAITS} 71,43 (mutu C)" in sari.words, page
        assert sari.page.xpath("//a[text()='Lihat dan putuskan']/@href")


def test_a_head_reads_no_index_with_the_held_ones(budi, city, held):
    budi.get(f"/units/{city.unit.slug}")
    assert WAITS not in budi.words


def test_a_page_that_follows_a_record_does_not_say_that_what_was_decided_since_still_waits(sari, db, city):
    year, page = a_past_year(db, city), f"/units/{city.unit.slug}?period=2025"
    for scores in ("444444444", "333333333"):
        answered(db, city, scores, "2025-05-05")
    doubtful = answered(db, city, "111111111", "2025-05-05")
    decided(db, doubtful, "held", SUSPECT)
    freezing.freeze_period(db, DEED, year.id, undecided="Belum diputuskan")
    sari.get(page)
    assert f"1 {WAITS}" in sari.words
    decided(db, doubtful, "released")
    sari.get(page)
    assert WAITS not in sari.words
