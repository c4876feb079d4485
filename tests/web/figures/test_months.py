"""Whoever has rows chooses single months; who reads states does not, and is told what to choose instead."""

from datetime import date

import pytest

from skm.store.database import writing
from tests.builders import a_period, answered
from tests.journey.gathering import headline, number

UNIT = "uptd-puskesmas-i-denpasar-barat"
OWN = "/organisations/{unit}"
PAGES = (
    *("/units/{unit}", "/agencies/dinas-kesehatan", "/city"),
    *(f"{OWN}/{page}" for page in ("method", "priorities", "who", "sample")),
    *(
        f"{OWN}/{file}"
        for file in ("method.xlsx", "elements.csv", "months.csv", "years.svg", "priorities.csv")
    ),
    *("/organisations/dinas-kesehatan/units", "/organisations/dinas-kesehatan/units.csv"),
)


@pytest.fixture
def months(db, city):
    """Six answers in May, and in June, which are lower."""
    for day in range(1, 7):
        answered(db, city, "444444444", f"2026-05-0{day}")
        answered(db, city, "333333333", f"2026-06-0{day}")


def options(visitor, group):
    return visitor.page.xpath(f"//select[@name='period']/optgroup[@label='{group}']/option/text()")


def test_months_are_offered_the_newest_first(sari, months):
    sari.get(f"/units/{UNIT}")
    assert options(sari, "Bulan") == ["Jun 2026", "Mei 2026"]
    labels = sari.page.xpath("//select[@name='period']/optgroup/@label")
    assert labels == ["Tahun", "Semester", "Triwulan", "Bulan"]
    names = sari.page.xpath("//select[@name='period']//option/text()")
    assert len(names) == len(set(names))


def test_a_month_is_compared_with_the_one_before(sari, months):
    assert headline(sari, f"/units/{UNIT}?period=2026-06") == (number("75,00"), 6)
    assert "Mei 2026" in sari.words


@pytest.mark.parametrize("page", PAGES)
def test_every_page_knows_a_month(sari, months, page):
    sari.get(f"{page.format(unit=UNIT)}?period=2026-06")


def test_a_survey_period_that_is_a_month_is_that_line_of_the_list(sari, db, city, months):
    days = {"opens": date(2026, 6, 1), "closes": date(2026, 6, 30)}
    with writing(db):
        a_period(db, city.unit, city.period.instrument_id, name="Survei Juni", **days)
    sari.get(f"/units/{UNIT}?period=2026-06")
    assert options(sari, "Bulan") == ["Jun 2026", "Mei 2026"]
    assert options(sari, "Periode survei") == []
    sari.get(f"/organisations/{UNIT}/sample?period=2026-06")
    assert "Survei Juni" in sari.words


@pytest.mark.parametrize("page", [page for page in PAGES if "who" not in page and "sample" not in page])
def test_a_month_is_refused_to_readers_of_states(signed_in, city, months, page):
    head = signed_in("unit_head", city.agency)
    if page != "/city":
        response = head.open(f"{page.format(unit=UNIT)}?period=2026-06", "GET")
        assert response.status_code == 404
        assert "pilih triwulan, semester, atau tahun" in response.get_data(as_text=True)


def test_nor_is_it_offered_to_them(budi, months):
    budi.get(f"/units/{UNIT}")
    assert options(budi, "Bulan") == []
