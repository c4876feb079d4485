"""Every page is readable by machine, by day and by night, and fits a phone and a desk."""

import pytest
from playwright.sync_api import Page

from tests.browser.looks import faults
from tests.browser.places import UNIT

pytestmark = pytest.mark.browser


def form(page: Page, token: str, lang: str) -> None:
    page.goto(f"/s/{token}?lang={lang}")
    page.locator(".about summary").click()


def form_with_faults(page: Page, token: str, lang: str) -> None:
    form(page, token, lang)
    page.locator("#age").fill("7 tahun")
    page.locator("#send").click()
    page.wait_for_selector(".problems")


def thanks(page: Page, token: str, lang: str) -> None:
    form(page, token, lang)
    for number in range(1, 10):
        page.locator(f"label[for=P{number}-4]").click()
    page.locator("#send").click()
    page.wait_for_selector(".receipt")


def home(page: Page, token: str, lang: str) -> None:
    page.goto(f"/?lang={lang}")


def error(page: Page, token: str, lang: str) -> None:
    page.goto(f"/s/AAAA?lang={lang}")


OFFICERS = {
    "unit": f"/units/{UNIT}",
    "unit in a quarter without answers": f"/units/{UNIT}?period=2001-TW1",
    "agency": "/agencies/dinas-kesehatan?sort=-index",
    "city": "/city",
    "who answered": f"/organisations/{UNIT}/who",
    "method": f"/organisations/{UNIT}/method",
    "priorities": f"/organisations/{UNIT}/priorities",
    "units by element": "/organisations/dinas-kesehatan/units?sort=-U3",
    "counters": f"/units/{UNIT}/counters",
    "improvements": f"/units/{UNIT}/improvements",
    "not found": "/units/nowhere",
}


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
@pytest.mark.parametrize(
    "show", [form, form_with_faults, thanks, home, error], ids=lambda show: show.__name__
)
def test_axe_finds_nothing_on_a_citizens_page(visit, town, show, lang):
    page = visit(town.address)
    show(page, town.new_counter()[1], lang)
    assert not faults(page)


@pytest.mark.parametrize("door", ["s", "kios"])
@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_axe_finds_nothing_where_the_service_is_chosen_first(visit, town, lang, door):
    page = visit(town.address)
    page.goto(f"/{door}/{town.mixed}?lang={lang}")
    assert not faults(page)


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_axe_finds_nothing_on_thanks_with_a_published_figure_and_improvements(visit, demo, lang):
    page = visit(demo.address)
    page.goto(f"/s/{demo.token}?lang={lang}")
    page.locator("label[for=service-1]").click()
    for number in range(1, 10):
        page.locator(f"label[for=P{number}-3]").click()
    page.locator("#send").click()
    page.wait_for_selector(".receipt")
    assert page.locator(".published").count() == 2
    assert not faults(page)


@pytest.mark.parametrize("address", OFFICERS.values(), ids=OFFICERS)
def test_axe_finds_nothing_on_an_officers_page(visit, demo, address):
    page = visit(demo.address)
    page.goto(address)
    for summary in page.locator("summary").all():
        summary.click()
    assert not faults(page)


def test_axe_finds_nothing_where_a_token_is_replaced(visit, demo):
    page = visit(demo.address)
    page.goto(f"/counters/{demo.counter_id}/token")
    assert not faults(page)


def test_axe_finds_nothing_on_a_record_and_its_steps(visit, demo):
    page = visit(demo.address)
    page.goto(f"/organisations/{UNIT}/freezing")
    page.get_by_role("link", name="Tahun").first.click()
    assert not faults(page)
    page.get_by_role("link", name="Langkah perhitungan").click()
    assert not faults(page)
