"""What the change of a unit, an agency or the city is made of."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from skm.figures.choice import choose
from skm.figures.overview import show_figures
from skm.output.charts.from_figures import chart_of_trend
from skm.store import instruments
from skm.store.database import writing
from skm.survey.instrument_file import builtin_source
from skm.survey.period import MEAN_OF_UNITS
from skm.wording.change import compared, drawn, parts
from tests.builders import a_period, a_service, an_organisation, answered
from tests.conftest import NOON

FOURS, THREES = "4" * 9, "3" * 9


@pytest.fixture
def second(db, city):
    """Another unit of the agency, with a service of its own."""
    with writing(db):
        unit = an_organisation(db, city.agency, "unit", "Puskesmas II")
        return replace(city, unit=unit, services=(a_service(db, unit, "Umum"),))


def each_day(db, where, number, scores, year=2026, **other):
    """So many answers, one a day from the 1st of May on."""
    for day in range(number):
        at = (date(year, 5, 1) + timedelta(days=day % 28)).isoformat()
        answered(db, where, scores[day % len(scores)], day=at, **other)


def comparison(db, slug, **asked):
    return show_figures(db, choose(db, slug, **asked)).comparison


def busy_ones_swap(db, city, second):
    """The first unit is rated 75 and the second 100 in both years, but the answers move to the second."""
    for year, some, others in ((2025, 12, 4), (2026, 4, 12)):
        each_day(db, city, some, [THREES], year)
        each_day(db, second, others, [FOURS], year)


def test_an_agency_whose_busy_unit_changes_was_not_rated_otherwise(db, city, second):
    busy_ones_swap(db, city, second)
    shown = comparison(db, city.agency.slug)
    assert (shown.step.points, shown.step.rated, shown.step.mixed) == (Decimal("12.50"), 0, Decimal("12.50"))
    assert compared(shown) == "Penilaian sama dengan tahun 2025."
    assert parts(shown) == "Selisih IKM +12,50 seluruhnya karena unit yang ramai berganti."


def test_a_mean_of_units_has_no_mix(db, city, second):
    busy_ones_swap(db, city, second)
    with writing(db):
        db.execute("UPDATE periods SET aggregation = :rule", {"rule": MEAN_OF_UNITS})
    assert compared(comparison(db, city.agency.slug)) == "Sama dengan tahun 2025."


def test_the_parts_are_said_and_add_up(db, city, second):
    each_day(db, city, 12, [THREES], 2025)
    each_day(db, second, 4, [FOURS], 2025)
    each_day(db, city, 6, [THREES, FOURS])
    each_day(db, second, 6, [FOURS])
    with writing(db):
        third = replace(city, unit=an_organisation(db, city.agency, "unit", "Puskesmas III"))
    each_day(db, third, 4, ["2" * 9])
    words = parts(comparison(db, city.agency.slug))
    # W of the first is (3/4 + 1/2) / 2 = 0.625 and it rose by 12.50: 7.8125. The two together rose from 81.25 to 93.75:
    # 4.6875 from the mix. With the third it is 82.8125, 10.9375 less; 81.25 to 82.81 is 1.56.
    assert words == (
        "Dari selisih IKM +1,56, +7,81 karena penilaian, +4,69 karena unit yang ramai berganti, "
        "−10,94 karena unit yang baru atau tidak ikut lagi."
    )


def test_a_unit_whose_busy_service_changes_was_not_rated_otherwise(db, city):
    for year, some, others in ((2025, 12, 4), (2026, 4, 12)):
        each_day(db, city, some, [THREES], year)
        each_day(db, city, others, [FOURS], year, service_id=city.services[1].id)
    shown = comparison(db, city.unit.slug)
    assert (shown.step.rated, shown.step.mixed) == (0, Decimal("12.50"))
    assert "layanan yang ramai berganti" in parts(shown)
    of_service = comparison(db, city.unit.slug, service_id=city.services[0].id)
    assert compared(of_service) == "Sama dengan tahun 2025."


def test_services_are_not_read_for_whoever_reads_states(db, city):
    for year in (2025, 2026):
        for service in city.services[:2]:
            each_day(db, city, 20, [THREES, FOURS], year, service_id=service.id)
    seen = comparison(db, city.unit.slug, states_at=NOON)
    assert (seen.step.mixed, seen.step.turnover) == (0, 0)


def test_units_that_have_nothing_in_common_are_not_compared(db, city, second):
    each_day(db, city, 6, [THREES], 2025)
    each_day(db, second, 6, [FOURS])
    shown = comparison(db, city.agency.slug)
    assert shown.step is None
    assert (
        compared(shown)
        == "Tidak dibandingkan dengan tahun 2025: tidak ada unit yang dinilai pada kedua masa."
    )


def test_a_unit_that_was_asked_something_else_is_no_common_group(db, city, second):
    with writing(db):
        sixteen = instruments.add(db, builtin_source("skm-online-16"))["skm-online-16"]
        a_period(db, second.unit, sixteen)
    # Both questionnaires are there in both years, but the units swapped them.
    each_day(db, city, 6, [THREES], 2025)
    each_day(db, second, 6, ["4" * 16], 2025, instrument_id=sixteen)
    each_day(db, city, 6, ["3" * 16], instrument_id=sixteen)
    each_day(db, second, 6, [FOURS])
    assert comparison(db, city.agency.slug).step is None


def test_the_shock_of_months_needs_months(db, city):
    each_day(db, city, 9, [THREES, FOURS], 2025)
    each_day(db, city, 9, [THREES, FOURS])
    assert "terlalu sedikit" in drawn(comparison(db, city.unit.slug))


def test_months_that_differ_widen_the_interval(db, city):
    for year in (2025, 2026):
        for month in range(1, 7):
            scores = ["444443333", "344444443"] if month % 2 else ["333333333", "333333334"]
            for day in range(10, 22):
                answered(db, city, scores[day % 2], day=f"{year}-{month:02}-{day}")
    shown = comparison(db, city.unit.slug)
    assert shown.mixed.shock.freedom == 10
    assert shown.mixed.shock.variance > 50
    assert "Guncangan bulanan ikut diperhitungkan: simpangan bakunya " in drawn(shown)
    width = shown.step.high - shown.step.rated
    assert float(width) > 2 * (shown.mixed.shock.variance * (1 / 6 + 1 / 6)) ** 0.5


def test_the_chart_judges_its_last_months_as_the_page_judges_spans(db, city, second):
    for month, some, others in (("04", 12, 4), ("05", 4, 12)):
        for day in range(1, some + 1):
            answered(db, city, THREES, day=f"2026-{month}-{day:02}")
        for day in range(1, others + 1):
            answered(db, second, FOURS, day=f"2026-{month}-{day:02}")
    figures = show_figures(db, choose(db, city.agency.slug), last_months=True)
    title = chart_of_trend(figures, "months", demo=False).title
    assert title == "IKM 93,75 pada Mei 2026, penilaian sama dengan Apr 2026"
