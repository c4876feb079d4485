"""What is said of a frozen year stays as its record has it, whatever comes later; and what cannot follow says so."""

from datetime import date

import pytest

from skm.figures.changes import read_changes
from skm.figures.choice import choose
from skm.figures.overview import list_units, show_figures
from skm.figures.priorities import show_priorities
from skm.store.database import writing
from skm.usecases.city.organisations import move_organisation
from skm.usecases.closing import freezing, publishing
from skm.wording import snapshot
from tests.builders import a_past_year, an_organisation, answered
from tests.conftest import DEED
from tests.journey import gathering

DAYS = ("01-15", "03-04", "05-05", "07-08", "09-10", "11-12")
SCORES = ("444444444", "343434343", "333333333", "434343434", "323233323")


@pytest.fixture
def years(db, city):
    """Two frozen years of two units, in one of which two services are answered about."""
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    frozen = [
        a_past_year(db, city, name=f"Tahun {year}", opens=date(year, 1, 1), closes=date(year, 12, 31))
        for year in (2024, 2025)
    ]
    for year in (2024, 2025):
        for number, day in enumerate(DAYS * 2):
            scores, service = SCORES[(number + year) % 5], city.services[number % 2]
            answered(db, city, scores, f"{year}-{day}", service_id=service.id)
            answered(db, city, scores[::-1], f"{year}-{day}", unit_id=other.id)
    for period in frozen:
        freezing.freeze_period(db, DEED, period.id)
    return frozen


def told(db, slug):
    """Everything that is said of 2025 but the running figure beside it."""
    choice = choose(db, slug, "2025")
    shown, priorities = show_figures(db, choice, last_months=True), show_priorities(db, choice)
    return (
        shown.figure,
        shown.comparison and (shown.comparison.step, shown.comparison.mixed),
        shown.months,
        shown.years,
        shown.children,
        shown.fields,
        shown.with_aside,
        (priorities.gains, priorities.low, priorities.lowest),
        list_units(db, choice)[1],
        read_changes(db, choice),
    )


def late(db, city):
    """Answers of both years that come after their records."""
    for year in (2024, 2025):
        for service in city.services[:2]:
            answered(db, city, "111111111", f"{year}-05-05", service_id=service.id)


@pytest.mark.parametrize("kind", ["government", "agency", "unit"])
def test_answers_that_come_later_change_nothing_that_is_said_of_frozen_years(db, city, years, kind):
    slug = getattr(city, kind).slug
    before = told(db, slug)
    late(db, city)
    assert told(db, slug) == before
    running = show_figures(db, choose(db, slug, "2025")).running
    assert running.n == before[0].n + 2


def test_a_service_of_a_frozen_year_is_counted_from_the_same_answers(db, city, years):
    service = city.services[0].id
    before = show_figures(db, choose(db, city.unit.slug, "2025", service)).figure
    late(db, city)
    choice = choose(db, city.unit.slug, "2025", service)
    assert show_figures(db, choice).figure == before
    assert "Rekaman tidak memuat pilihan ini" in snapshot.beside_record(choice, before)


def test_where_a_move_is_told_late_the_page_runs_and_warns(db, city, years, sari):
    with writing(db):
        elsewhere = an_organisation(db, city.government, "agency", "Dinas Sosial")
    move_organisation(db, DEED, "puskesmas-ii", elsewhere.id, on=date(2025, 6, 1))
    shown = show_figures(db, choose(db, city.agency.slug, "2025"))
    assert (shown.follows, shown.frozen.figure.n, shown.result.n) == (False, 24, 18)
    sari.get(f"/agencies/{city.agency.slug}?period=2025")
    assert "PERINGATAN: rekaman Tahun 2025 menyebut IKM" in sari.words
    assert "IKM per unsur (angka berjalan)" in sari.words


def test_who_reads_states_sees_a_record_once_it_is_published(db, city, years, budi):
    page, method = (
        f"/units/{city.unit.slug}?period=2025",
        f"/organisations/{city.unit.slug}/method?period=2025",
    )
    for address in (page, method):
        budi.get(address)
        assert "sudah dibekukan" not in budi.words
    publishing.publish_period(db, DEED, years[1].id, 1)
    late(db, city)
    freezing.revise_period(db, DEED, years[1].id, "Terlambat")  # not published
    for address in (page, method):
        budi.get(address)
        assert "Tahun 2025 sudah dibekukan (revisi 1)" in budi.words
        assert "(menurut rekaman)" not in budi.words


def test_where_a_record_cannot_be_followed_every_page_runs(db, city, years, sari):
    """A move that is told late, and an answer that came after the record."""
    with writing(db):
        elsewhere = an_organisation(db, city.government, "agency", "Dinas Sosial")
    move_organisation(db, DEED, "puskesmas-ii", elsewhere.id, on=date(2025, 6, 1))
    late(db, city)
    shown = gathering.headline(sari, f"/agencies/{city.agency.slug}?period=2025")
    running = sari.page.xpath("//main//p[@class='headline']")[1]
    index = gathering.number(running.text_content().split()[1])
    own = f"/organisations/{city.agency.slug}"
    assert gathering.headline(sari, f"{own}/method?period=2025")[0] == index != shown[0]
    assert gathering.headline(sari, f"{own}/priorities?period=2025")[0] == index
    units = gathering.rows(sari, f"{own}/units.csv?period=2025", ("IKM", "Jawaban"))
    page = gathering.from_table(sari, f"/agencies/{city.agency.slug}?period=2025")
    assert {name: figure for name, figure in units.items() if figure[1]} == page
