from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from skm.output.sheet import SIZES
from skm.store import instruments, organisations
from skm.store.database import writing
from skm.survey.instrument_file import builtin_source
from tests.applications import an_application
from tests.builders import a_counter, a_period, a_service, an_organisation
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
        (True, True),
        (False, False),
        (False, False),
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
    closed = an_application(replace(settings, open_pages=False), clock)
    visitor = signed_in_as(closed, db, role, city.government, clock())
    visitor.get(f"/agencies/{city.agency.slug}")
    assert len(visitor.page.xpath("//a[contains(@href, 'counters.pdf')]")) == offered


@pytest.mark.parametrize(
    ("language", "title"), [("id", "KUESIONER"), ("en", "QUESTIONNAIRE"), ("ban", "KRAMA")]
)
def test_the_paper_form_comes_in_every_language(wati, city, language, title):
    (text,) = pages(wati, f"/units/{city.unit.slug}/paper.pdf?lang={language}")
    assert (title in text, city.unit.name in text, "permenpan-14-2017/1" in text) == (True, True, True)


def test_each_service_is_on_the_questionnaire_that_is_behind_its_qr(budi, db, city):
    with writing(db):
        ids = instruments.add(db, builtin_source("skm-online-16"))
        a_period(db, city.unit, ids["skm-online-16"])  # nearer than the city's
        a_service(db, city.unit, "Rujukan daring", "online")
    first, second = (
        text for text in pages(budi, f"/units/{city.unit.slug}/paper.pdf") if "KUESIONER" in text
    )
    assert ("skm-online-16/1" in first, "Rujukan daring" in first) == (True, False)
    assert ("skm-online-16-daring/1" in second, "Rujukan daring" in second) == (True, True)


def test_without_a_running_period_there_is_no_paper_form(budi, city, clock):
    clock.moment = clock.moment.replace(year=2027)
    budi.get(f"/units/{city.unit.slug}/paper.pdf", 403)
    assert "tidak ada periode survei yang terbuka" in budi.words


def test_a_unit_without_services_has_no_paper_form(sari, db, city):
    with writing(db):
        empty = an_organisation(db, city.agency, "unit", "Puskesmas III")
    sari.get(f"/units/{empty.slug}/paper.pdf", 404)
    assert "Belum ada layanan" in sari.words


def test_the_page_of_counters_offers_the_paper_form_in_every_language(wati, city):
    wati.get(f"/units/{city.unit.slug}/counters")
    links = wati.page.xpath("//section[h2='Formulir kertas']//a/@href")
    assert links == [f"/units/{city.unit.slug}/paper.pdf?lang={code}" for code in ("id", "en", "ban")]


def test_the_page_of_the_counters_names_what_a_poster_cannot_show(budi, db, city):
    page = f"/units/{city.unit.slug}/counters"
    assert "Tidak dapat dicetak" not in budi.get(page).data.decode()
    with writing(db):
        a_counter(db, city.unit, "ᬮᭀᬓᬾᬢ᭄", city.services)
    assert "Tidak dapat dicetak: “ᬮᭀᬓᬾᬢ᭄”." in " ".join(
        budi.get(page).data.decode().replace("<bdi>", "").replace("</bdi>", "").split()
    )
