"""Somebody stands between the device and the server: no answer is lost, doubled, or thanked for without being there."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import answering
from tests.browser.between import ALL, MAINTENANCE, NEW_RELEASE, NOTHING, PASSES, Proxy, proxy_before
from tests.browser.chromium import PHONE
from tests.browser.kiosk import PIN, TABLET, begin, choose, close, look, pass_by, send, started
from tests.waiting import until

pytestmark = pytest.mark.browser

KEPT = """async ([shelf, ...parts]) => {
  for (;;) {
    const kept = (await (await caches.open(shelf)).keys()).map((each) => each.url);
    if (navigator.serviceWorker.controller && parts.every((part) => kept.some((url) => url.includes(part)))) return;
    await new Promise((later) => setTimeout(later, 50));
  }
}"""
NEVER_ANSWERS = 'Object.defineProperty(indexedDB, "open", { value: () => new EventTarget() });'


@pytest.fixture
def proxy(town) -> Iterator[Proxy]:
    with proxy_before(town.address) as between:
        yield between


@pytest.fixture
def device(browser: Browser, proxy: Proxy) -> Iterator[Callable[..., BrowserContext]]:
    """A device whose way to the server leads through the proxy."""
    opened = []

    def _device(**look: object) -> BrowserContext:
        opened.append(browser.new_context(base_url=proxy.address, locale="id-ID", **look))
        return opened[-1]

    yield _device
    for context in opened:
        context.close()


@pytest.fixture
def tablet(device) -> Callable[..., Page]:
    """A page of a tablet whose clock a test can turn on; scripts may be put in before."""

    def _tablet(script: str = "", **look: object) -> Page:
        context = device(**TABLET, **look)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.clock.install()
        return page

    return _tablet


@pytest.fixture
def counter(town):
    return town.new_counter()


def scores_of(number: int) -> str:
    """Nine scores that no other number below 4^9 has."""
    return "".join(str(number // 4**place % 4 + 1) for place in range(9))


def stored(town, counter) -> list[str]:
    return sorted(row["scores"] for row in town.answers(counter[0]))


def test_a_form_behind_each_kind_of_proxy_sends_every_answer_once(town, proxy, device, counter):
    page = device(**PHONE).new_page()
    page.goto(f"/s/{counter[1]}")
    page.evaluate(KEPT, ["form", counter[1], "form.js", "citizen.css"])
    given = []
    for number, does in enumerate(ALL):
        proxy.does = does
        page.goto(f"/s/{counter[1]}")
        given.append(scores_of(number))
        answering.choose(page, given[-1])
        page.get_by_role("button", name="Kirim penilaian").tap()
        if does == NEW_RELEASE:  # the kept page sends, and the server takes
            expect(page.get_by_role("heading", level=1)).to_contain_text("Terima kasih")
        else:
            expect(
                page.locator("#form")
            ).to_be_hidden()  # only now it waits; "unsent" tells of the others too
            expect(page.locator("#unsent")).to_be_visible()
            assert "/terima-kasih/" not in page.url
    proxy.does = PASSES
    page.goto(f"/s/{counter[1]}")
    until(lambda: len(town.answers(counter[0])) == len(given))
    page.reload()
    expect(page.locator("#unsent")).to_be_hidden()
    assert stored(town, counter) == sorted(given)


def answer(page: Page, scores: str) -> None:
    """Answers at the kiosk until it thanks; the next one finds the start."""
    begin(page)
    choose(page, scores)
    send(page)
    pass_by(page, 5)
    expect(page.locator("#begin")).to_be_visible()


def test_a_kiosk_behind_each_kind_of_proxy_sends_every_answer_once(town, proxy, tablet, counter):
    page = tablet()
    started(page, counter[1])
    page.evaluate(KEPT, ["kiosk", "lang=id", "lang=en", "lang=ban", "kiosk.js", "kiosk.css"])
    given = []
    for number, does in enumerate(ALL):
        proxy.does = does
        page.reload()
        given.append(scores_of(number))
        answer(page, given[-1])
        assert len(town.answers(counter[0])) <= len(given)
    proxy.does = PASSES
    page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: len(town.answers(counter[0])) == len(given))
    page.reload()
    expect(page.locator("#begin")).to_be_visible()
    assert stored(town, counter) == sorted(given)


@pytest.mark.parametrize("does", [*ALL, PASSES])
def test_a_kept_page_stays_with_all_its_parts(proxy, device, counter, does):
    page = device(**PHONE).new_page()
    page.goto(f"/s/{counter[1]}")
    page.evaluate(KEPT, ["form", counter[1], "form.js", "citizen.css"])
    proxy.does = does
    page.goto(f"/s/{counter[1]}")
    proxy.does = NOTHING
    page.goto(f"/s/{counter[1]}")
    expect(page.locator("#send")).to_be_visible()
    styled = page.locator("#send").evaluate("(button) => getComputedStyle(button).minHeight")
    assert styled != "0px"
    answering.choose(page)
    page.get_by_role("button", name="Kirim penilaian").tap()  # the script runs: it says so itself
    expect(page.locator("#unsent")).to_be_visible()


def test_a_new_release_whose_script_does_not_come_is_an_ordinary_form(town, proxy, device, counter):
    proxy.does = NEW_RELEASE
    page = device(**PHONE).new_page()
    page.goto(f"/s/{counter[1]}")
    answering.choose(page)
    answering.send(page)
    assert answering.receipt(page)
    assert len(town.answers(counter[0])) == 1


def test_a_kiosk_whose_script_does_not_come_leads_to_the_ordinary_form(proxy, device, counter):
    proxy.does = NEW_RELEASE
    page = device(**TABLET).new_page()
    page.goto(f"/kios/{counter[1]}")
    expect(page.get_by_role("heading", name="tidak dapat dimulai")).to_be_visible(timeout=8000)
    proxy.does = PASSES
    page.get_by_role("link", name="kuesioner biasa").click()
    expect(page.locator("#send")).to_be_visible()


def test_a_kiosk_whose_script_runs_never_shows_those_words(device, counter):
    page = device(**TABLET).new_page()
    page.goto(f"/kios/{counter[1]}")
    expect(page.get_by_role("heading", name="Mulai mode kios")).to_be_visible()
    assert page.locator("#plain").count() == 0


def test_a_phone_whose_store_never_answers_sends_directly_or_says_that_nothing_is_kept(
    town, proxy, device, counter
):
    context = device(**PHONE, service_workers="block")
    context.add_init_script(NEVER_ANSWERS)
    page = context.new_page()
    page.goto(f"/s/{counter[1]}")
    answering.choose(page)
    proxy.does = "502"
    page.get_by_role("button", name="Kirim penilaian").tap()
    expect(page.locator("#unsent-here")).to_be_visible(timeout=8000)
    proxy.does = PASSES
    page.locator("#unsent-here button").tap()
    assert answering.receipt(page)
    assert stored(town, counter) == [answering.SCORES]


def fill_in(page: Page, scores: str) -> None:
    """Answers at the kiosk and presses the last button, whatever then comes."""
    begin(page)
    choose(page, scores)
    for _ in range(2):
        page.locator("#next").tap()
        look(page)


def test_a_kiosk_whose_store_never_answers_sends_directly(town, tablet, counter):
    page = tablet(NEVER_ANSWERS, service_workers="block")
    started(page, counter[1])
    fill_in(page, answering.SCORES)
    pass_by(page, 4)
    expect(page.locator("#finished")).to_be_visible()
    assert stored(town, counter) == [answering.SCORES]


def test_a_kiosk_that_can_neither_keep_nor_send_thanks_nobody(town, proxy, tablet, counter):
    page = tablet(NEVER_ANSWERS, service_workers="block")
    started(page, counter[1])
    proxy.does = MAINTENANCE
    fill_in(page, answering.SCORES)
    pass_by(page, 4)
    expect(page.locator("#unsaved")).to_be_visible()
    proxy.does = PASSES
    page.locator("#next").tap()
    pass_by(page, 4)
    expect(page.locator("#finished")).to_be_visible()
    assert stored(town, counter) == [answering.SCORES]


def test_a_store_that_lacks_its_table_gets_a_new_one(town, proxy, device, counter):
    page = device(**PHONE, service_workers="block").new_page()
    page.goto("/")
    page.evaluate("""() => new Promise((done) => {
      indexedDB.open("skm", 1).onsuccess = (event) => { event.target.result.close(); done(); };
    })""")
    page.goto(f"/s/{counter[1]}")
    answering.choose(page)
    proxy.does = "502"
    page.get_by_role("button", name="Kirim penilaian").tap()
    expect(page.locator("#unsent")).to_be_visible(timeout=8000)
    proxy.does = PASSES
    page.locator("#unsent button").tap()
    until(lambda: stored(town, counter) == [answering.SCORES])


def test_back_goes_a_question_back_and_never_out_of_the_kiosk(tablet, counter):
    page = tablet()
    page.goto("/")
    started(page, counter[1])
    begin(page)
    choose(page, "3")
    expect(page.locator("#q-P2")).to_be_visible()
    page.evaluate("history.back()")
    expect(page.locator("#q-P1")).to_be_visible()
    for _ in range(3):
        page.evaluate("history.back()")
        expect(page.locator("#begin")).to_be_visible()
    assert re.search(r"/kios/", page.url)


def test_a_clock_set_back_by_years_makes_nobody_wait_longer_than_five_minutes(device, counter):
    page = device(**TABLET).new_page()
    page.clock.install(time="2030-06-01T08:00:00")
    page.goto(f"/kios/{counter[1]}")
    page.get_by_label("PIN baru").fill(PIN)
    page.get_by_label("Ulangi PIN").fill(PIN)
    page.get_by_role("button", name="Mulai mode kios").tap()
    page.get_by_role("button", name="Keluar dari mode kios").tap()
    for said in ("PIN salah.", "PIN salah.", "Coba lagi dalam"):
        page.get_by_label("PIN", exact=True).fill("0000")
        page.get_by_role("button", name="Keluar", exact=True).tap()
        expect(page.locator("#leave-wrong")).to_contain_text(said)
        expect(page.get_by_label("PIN", exact=True)).to_have_value("")
    page.clock.set_system_time("2026-06-01T08:00:00")
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_role("button", name="Keluar", exact=True).tap()
    expect(page.locator("#leave-wrong")).to_contain_text("300 detik")
    page.clock.set_system_time("2026-06-01T08:05:01")
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_role("button", name="Keluar", exact=True).tap()
    expect(page.get_by_role("heading", name="Mulai mode kios")).to_be_visible()


def test_what_a_kiosk_was_refused_is_sent_again_or_carried_away(town, tablet, counter):
    page = tablet()
    started(page, counter[1])
    close(town, counter, "2020-01-01T00:00:00+00:00")
    answer(page, answering.SCORES)
    page.get_by_role("button", name="Keluar dari mode kios").tap()
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_role("button", name="Keluar", exact=True).tap()
    expect(page.locator("#refused-here")).to_contain_text("Banyaknya: 1")
    with page.expect_download() as download:
        page.get_by_role("button", name="Simpan ke berkas").tap()
    assert "P2: 4" in download.value.path().read_text()
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        page.get_by_role("button", name="Kirim lagi").tap()
    expect(page.locator("#refused-here")).to_contain_text("Banyaknya: 1")
    close(town, counter, None)
    page.get_by_role("button", name="Kirim lagi").tap()
    expect(page.locator("#refused-here")).to_be_hidden()
    assert stored(town, counter) == [answering.SCORES]
