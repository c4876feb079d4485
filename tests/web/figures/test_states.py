"""Who has no access to single answers reads states of units, and is told of which day."""

from datetime import date, timedelta

import pytest

from skm.figures import states
from skm.store.database import writing
from skm.usecases.closing import freezing, publishing
from tests.builders import a_past_year, a_period, answered, decided
from tests.conftest import DEED, NOON

UNIT = "/units/uptd-puskesmas-i-denpasar-barat"
ELEMENTS = "/organisations/uptd-puskesmas-i-denpasar-barat/elements.csv"


@pytest.fixture
def yesterday(db, city):
    """So many answers of the day before: `yesterday(10)`."""

    def _yesterday(number, scores="444444444", day="2026-06-14"):
        return [answered(db, city, scores, day) for _ in range(number)]

    return _yesterday


def shown(visitor):
    """How many answers a unit's page counts."""
    visitor.get(f"{UNIT}?period=2026")
    found = visitor.page.xpath("//dt[.='Jawaban yang dihitung']/following-sibling::dd[1]/text()")
    return int(found[0]) if found else 0


def test_a_head_reads_the_state_at_the_close_of_yesterday(budi, yesterday):
    yesterday(10)
    budi.get(UNIT)
    assert "Keadaan sampai 14 Juni 2026. 5 jawaban masih menunggu" in budi.words


def test_whoever_has_rows_reads_the_figure_of_now(sari, agus, yesterday):
    yesterday(3)
    assert shown(sari) == shown(agus) == 3
    assert "Keadaan sampai" not in sari.words


@pytest.mark.parametrize(("n", "counted"), [(4, 0), (9, 0), (10, 5), (13, 8)])
def test_a_unit_steps_by_five_and_leaves_five(budi, yesterday, n, counted):
    yesterday(n)
    assert shown(budi) == counted


def test_an_answer_of_today_changes_nothing(budi, db, city, yesterday):
    yesterday(12)
    before = budi.get(ELEMENTS).data
    answered(db, city, "111111111")
    assert budi.get(ELEMENTS).data == before


def test_nor_does_one_that_is_held(budi, db, yesterday):
    held, *_ = yesterday(12)
    before = budi.get(ELEMENTS).data
    decided(db, held, "held")
    assert budi.get(ELEMENTS).data == before


def test_a_later_day_goes_on_from_there_as_if_all_were_read_anew(signed_in, db, city, clock, yesterday):
    yesterday(12)
    assert shown(signed_in("unit_head", city.unit)) == 7
    for _ in range(6):
        answered(db, city, "333333333")
    clock.moment = NOON + timedelta(days=1)
    assert shown(signed_in("unit_head", city.unit)) == 13


def test_a_shorter_period_is_noticed_by_a_process_that_remembers(budi, db, city, yesterday):
    """Or two processes would show different states."""
    for day, number in (("2026-01-10", 7), ("2026-05-10", 10)):
        yesterday(number, day=day)
    before = shown(budi)
    with writing(db):
        days = {"opens": date(2026, 1, 1), "closes": date(2026, 3, 31)}
        a_period(db, city.unit, city.period.instrument_id, name="Triwulan I", **days)
    remembered = shown(budi)
    states._units.clear()
    assert (before, remembered, shown(budi)) == (12, 5, 5)


def test_services_and_counters_are_no_choice_for_a_head(budi, city, yesterday):
    yesterday(12)
    budi.get(f"{UNIT}?service={city.services[1].id}")
    assert not budi.page.xpath("//select[@name='service' or @name='counter']")
    assert "7 jawaban" in budi.words


def test_who_answered_is_told_without_what_they_think(budi, agus, db, city, yesterday):
    yesterday(60, day="2026-01-10")
    page = "/organisations/uptd-puskesmas-i-denpasar-barat/who.csv"
    assert b"100,00" in agus.get(page).data.replace(b'"', b"") or b"100.00" in agus.response.data
    rows = budi.get(page).data.decode().splitlines()[1:]
    assert rows
    assert not [row for row in rows if ",A," in row]


def test_a_frozen_figure_stands_beside_the_state_once_it_was_published(budi, db, city, yesterday):
    year = a_past_year(db, city)
    yesterday(12, day="2025-06-14")

    def record():
        budi.get(f"{UNIT}?period=2025")
        return budi.page.xpath("//p[a[.='Lihat rekaman']]/text()")

    freezing.freeze_period(db, DEED, year.id)
    assert not record()
    publishing.publish_period(db, DEED, year.id, 1)
    assert "(revisi 1)" in record()[0]
    yesterday(1, "111111111", day="2025-06-14")
    freezing.revise_period(db, DEED, year.id, "Satu kertas menyusul")
    assert "(revisi 1)" in record()[0]
    assert "100,00" in budi.words
