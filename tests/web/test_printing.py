from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from skm.app import create_app
from skm.output.sheet import SIZES
from skm.store import organisations
from skm.store.database import writing
from tests.builders import a_counter, a_service, an_organisation
from tests.officers import signed_in_as


@pytest.fixture
def second(db, city):
    """Another unit of the agency, with one counter."""
    with writing(db):
        unit = an_organisation(db, city.agency, "unit", "Puskesmas II")
        a_counter(db, unit, "Loket Obat", (a_service(db, unit, "Obat"),))
    return unit


def pages(visitor, address):
    found = PdfDocument(visitor.get(address).data)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in found]


@pytest.mark.parametrize("size", SIZES)
def test_a_unit_prints_all_its_counters_in_every_size(budi, city, size):
    printed = pages(budi, f"/organisations/{city.unit.slug}/counters.pdf?ukuran={size}")
    assert ["Loket 1" in printed[0], "Loket 2" in printed[1]] == [True, True]


def test_an_agency_prints_the_counters_of_all_its_units_in_one_file(sari, city, second):
    printed = pages(sari, f"/organisations/{city.agency.slug}/counters.pdf")
    assert [("Puskesmas II" in text, "Loket Obat" in text) for text in printed] == [
        (False, False),
        (False, False),
        (True, True),
    ]


def test_a_closed_unit_is_not_printed(sari, db, city, second):
    with writing(db):
        organisations.change(db, [replace(second, closed="2026-01-02T00:00:00+00:00")])
    assert len(pages(sari, f"/organisations/{city.agency.slug}/counters.pdf")) == 2


def test_a_unit_without_counters_says_so(sari, db, city):
    with writing(db):
        empty = an_organisation(db, city.agency, "unit", "Puskesmas III")
    sari.get(f"/organisations/{empty.slug}/counters.pdf", 404)
    assert "Belum ada loket" in sari.words


def test_an_unknown_size_names_the_ones_there_are(sari, city):
    sari.get(f"/counters/{city.counter.id}/sheet.pdf?ukuran=billboard", 404)
    assert "poster, stand, card, tent, stickers" in sari.words


def test_the_page_of_counters_offers_every_size_for_all_and_for_one(wati, city):
    wati.get(f"/units/{city.unit.slug}/counters")
    for start in (f"/organisations/{city.unit.slug}/counters.pdf", f"/counters/{city.counter.id}/sheet.pdf"):
        assert len(wati.page.xpath(f"//a[starts-with(@href, '{start}?ukuran=')]")) == len(SIZES)


@pytest.mark.parametrize(("role", "offered"), [("organisasi", len(SIZES)), ("auditor", 0)])
def test_the_page_of_an_agency_offers_the_sheets_to_those_who_may_print(
    settings, clock, db, city, role, offered
):
    closed = create_app(replace(settings, open_pages=False), clock)
    visitor = signed_in_as(closed, db, role, city.government, clock())
    visitor.get(f"/agencies/{city.agency.slug}")
    assert len(visitor.page.xpath("//a[contains(@href, 'counters.pdf')]")) == offered
