"""The television in a real browser: it fits, it looks for newer figures, and it keeps the last ones."""

import pytest
from playwright.sync_api import expect

from skm.store.database import writing
from skm.survey.improvement import SENTENCE_LIMIT
from tests.browser.chromium import PHONE, gather_pages, overflow
from tests.browser.looks import faults_in
from tests.builders import a_counter, a_service, an_organisation

pytestmark = pytest.mark.browser

FULL_HD, HD = {"width": 1920, "height": 1080}, {"width": 1280, "height": 720}
LAPTOP = {"width": 1366, "height": 768}
LOOK_AGAIN = 301_000  # milliseconds


@pytest.fixture
def screen(browser, demo):
    """A television; it may complain of a server that is gone."""
    context = browser.new_context(base_url=demo.address, viewport=HD)
    gather_pages(context)
    page = context.new_page()
    page.clock.install()
    page.goto(f"/layar/{demo.token}")
    yield page
    context.close()


def hangs_over(page) -> int:
    """By how many pixels the page is larger than the screen, or a part of it than its place."""
    return page.evaluate("""() => {
      const all = (names) => [...document.querySelectorAll(names)];
      const wide = all("html, main, section, aside, h1, p").map((each) => each.scrollWidth - each.clientWidth);
      const boxes = all("html, main, .index, aside, .changed, .changed ul, footer");
      const high = boxes.map((each) => each.scrollHeight - each.clientHeight);
      return Math.max(...wide, ...high);
    }""")


@pytest.mark.parametrize("size", [FULL_HD, LAPTOP, HD], ids=["1080", "768", "720"])
@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_everything_fits_the_screen(visit, demo, size, lang):
    page = visit(demo.address, viewport=size)
    page.goto(f"/layar/{demo.token}?lang={lang}")
    assert hangs_over(page) <= 1
    expect(page.locator("svg circle").first).to_be_in_viewport()


@pytest.mark.parametrize("size", [FULL_HD, LAPTOP, HD], ids=["1080", "768", "720"])
def test_a_unit_without_answers_and_with_a_long_name_fits_too(visit, town, size):
    page = visit(town.address, viewport=size)
    page.goto(f"/layar/{town.new_counter()[1]}")
    page.evaluate(
        "document.querySelector('h1').textContent = 'Balai Pelayanan Kesehatan Masyarakat '.repeat(5)"
    )
    assert hangs_over(page) <= 1


@pytest.mark.parametrize("size", [FULL_HD, LAPTOP, HD], ids=["1080", "768", "720"])
def test_the_longest_sentences_about_improvements_fit(visit, demo, size):
    page = visit(demo.address, viewport=size)
    page.goto(f"/layar/{demo.token}")
    longest = "Kursi tunggu ditambah dan " * 10
    page.evaluate(
        "longest => document.querySelectorAll('.changed li span[lang]').forEach((each) => each.textContent = longest)",
        longest[:SENTENCE_LIMIT],
    )
    expect(page.locator(".changed li")).to_have_count(3)
    assert hangs_over(page) <= 1


@pytest.mark.parametrize("size", [FULL_HD, LAPTOP, HD], ids=["1080", "768", "720"])
def test_the_code_and_the_line_take_the_room_that_is_free(visit, demo, size):
    page = visit(demo.address, viewport=size)
    page.goto(f"/layar/{demo.token}")
    code, drawing, foot = (page.locator(part).bounding_box() for part in (".invitation img", "svg", "footer"))
    assert min(code["width"], code["height"]) >= 0.25 * size["height"]
    assert drawing["width"] >= 0.54 * size["width"]
    last = page.locator(".changed li").last.bounding_box()
    for bottom in (last["y"] + last["height"], drawing["y"] + drawing["height"]):
        assert foot["y"] - bottom <= 0.06 * size["height"]


@pytest.mark.parametrize("size", [FULL_HD, HD], ids=["1080", "720"])
def test_where_there_is_no_figure_its_sentence_takes_the_room_beside_the_code(visit, town, size):
    with writing(town.db):
        unit = an_organisation(town.db, town.city.agency, "unit", f"Puskesmas {size['width']}")
        _, token = a_counter(town.db, unit, "Loket 1", [a_service(town.db, unit, "Pendaftaran")])
    page = visit(town.address, viewport=size)
    page.goto(f"/layar/{token}")
    page.locator(".none").first.evaluate("line => line.textContent = 'Angka tampil '.repeat(30)")
    assert page.locator(".none").first.bounding_box()["width"] >= 0.53 * size["width"]


def test_it_can_be_opened_on_a_phone(visit, demo):
    page = visit(demo.address, **PHONE)
    page.goto(f"/layar/{demo.token}")
    assert overflow(page) == 0
    letters = "all => all.map(each => parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().a)"
    assert min(page.locator("svg text").evaluate_all(letters)) >= 11


def test_newer_figures_come_by_themselves(screen):
    screen.evaluate("document.querySelector('.value strong').textContent = '12,34'")
    screen.clock.fast_forward(LOOK_AGAIN)
    expect(screen.locator(".value strong")).not_to_have_text("12,34")


def test_without_a_connection_the_last_figures_stay_and_it_says_since_when(screen):
    before = screen.locator(".value strong").inner_text()
    screen.context.set_offline(True)
    screen.clock.fast_forward(LOOK_AGAIN)
    expect(screen.get_by_text("Tanpa sambungan sejak")).to_be_visible()
    assert screen.locator(".value strong").inner_text() == before
    screen.context.set_offline(False)
    screen.clock.fast_forward(LOOK_AGAIN)
    expect(screen.get_by_text("Tanpa sambungan sejak")).to_be_hidden()


@pytest.mark.parametrize("status", [200, 403, 404, 429, 503])
def test_whoever_answers_instead_of_the_server_changes_nothing(screen, status):
    screen.route("**/layar/*", lambda route: route.fulfill(status=status, body="<main>busy</main>"))
    screen.clock.fast_forward(LOOK_AGAIN)
    expect(screen.get_by_text("Tanpa sambungan sejak")).to_be_visible()
    expect(screen.locator(".value strong")).to_be_visible()


def test_a_code_that_was_replaced_is_said_and_looked_at_again(screen):
    screen.route("**/layar/*", lambda route: route.continue_(url=route.request.url[:-1] + "2"))
    screen.clock.fast_forward(LOOK_AGAIN)
    expect(screen.get_by_role("heading", level=1)).to_contain_text("Kode loket")
    screen.unroute("**/layar/*")
    screen.clock.fast_forward(LOOK_AGAIN)
    expect(screen.locator(".value strong")).to_be_visible()


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_axe_finds_nothing(visit, demo, lang):
    page = visit(demo.address, viewport=HD)
    page.goto(f"/layar/{demo.token}?lang={lang}")
    assert not faults_in(page, [({"viewport": HD}, "light"), (PHONE, "dark")])
