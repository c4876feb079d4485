"""A citizen whose connection comes and goes: nothing typed is lost, and every answer arrives once."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from skm.store.database import writing
from tests.browser.answering import SCORES, choose, receipt, send, stored
from tests.browser.chromium import PHONE
from tests.browser.looks import faults
from tests.builders import a_counter, a_service
from tests.waiting import until

pytestmark = pytest.mark.browser

BROKEN = "**/s/*kirim=1*"  # where answers are sent
OTHERS = "222222222"
TOLD = ("ago", "took", "clock")  # what the page says of times
NO_STORE = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
indexedDB.open = () => { throw new DOMException("private", "SecurityError"); };"""
VOICE = """Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "id-ID" }], addEventListener() {}, cancel() {},
  speak(speech) { (window.spoken ||= []).push(speech.text); } } });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"""


@pytest.fixture
def phones(browser: Browser, town) -> Iterator[Callable[..., BrowserContext]]:
    """Phones that may complain about what does not reach the server."""
    opened = []

    def _phone(**look: object) -> BrowserContext:
        opened.append(browser.new_context(base_url=town.address, locale="id-ID", **PHONE, **look))
        return opened[-1]

    yield _phone
    for context in opened:
        context.close()


@pytest.fixture
def plain(phones) -> Page:
    """A phone without a service worker: what is sent can be held up on its way."""
    return phones(service_workers="block").new_page()


@pytest.fixture
def phone(phones) -> Page:
    """A phone that keeps the form."""
    return phones().new_page()


@pytest.fixture
def counter(town):
    """A counter of this test alone, with one service, and its token."""
    return town.new_counter()


def keeps(page: Page, holds: str) -> None:
    """Waits until a condition on `kept`, the addresses that the phone has stored, holds."""
    page.evaluate(f"""async () => {{
      for (;;) {{
        const kept = (await (await caches.open("form")).keys()).map((each) => each.url);
        if ({holds}) return;
        await new Promise((later) => setTimeout(later, 50));
      }}
    }}""")


def kept(page: Page, token: str) -> None:
    """Opens a form and waits until the phone keeps it with all that it needs."""
    page.goto(f"/s/{token}")
    keeps(
        page,
        f"kept.some((each) => each.includes('{token}')) && kept.some((each) => each.includes('form.js'))",
    )
    keeps(page, "navigator.serviceWorker.controller")


def send_in_vain(page: Page) -> None:
    """Answers, presses the button, and sees that it waits."""
    choose(page)
    page.locator("#send").tap()
    expect(page.get_by_role("heading", name="Belum terkirim, akan dikirim otomatis")).to_be_visible()


def test_a_reload_brings_back_what_was_filled_in(plain, town, counter):
    plain.goto(f"/s/{counter[1]}")
    stamp = plain.locator("[name=stamp]").input_value()
    choose(plain, "344------")
    plain.get_by_text("Tentang Anda").tap()
    plain.get_by_label("Usia").fill("41")
    plain.get_by_label("Kritik dan saran").fill("Mantap")
    plain.goto(f"/s/{counter[1]}")
    expect(plain.get_by_text("kami tampilkan kembali")).to_be_visible()
    expect(plain.locator("input:checked")).to_have_count(3)
    expect(plain.get_by_label("Usia")).to_have_value("41")
    expect(plain.get_by_label("Kritik dan saran")).to_have_value("Mantap")
    expect(plain.locator("[name=stamp]")).to_have_value(stamp)


def test_who_comes_back_goes_on_where_they_were(plain, counter):
    plain.goto(f"/s/{counter[1]}")
    choose(plain, "3443214--")
    expect(plain.locator("#answered")).to_have_js_property("value", 7)
    plain.goto(f"/s/{counter[1]}")
    expect(plain.locator("#answered")).to_have_js_property("value", 7)
    plain.get_by_role("button", name="Lanjutkan ke pertanyaan 8").tap()
    expect(plain.locator("#P8-1")).to_be_focused()
    plain.locator("label[for=P8-3]").tap()
    expect(plain.locator("#answered")).to_be_in_viewport()  # it stays


def test_the_question_to_go_on_with_has_the_number_that_it_shows(plain, town):
    plain.goto(f"/s/{town.new_counter(2)[1]}")
    plain.locator("label[for=service-2]").tap()
    choose(plain, "344------")
    plain.reload()
    expect(plain.get_by_role("button", name="Lanjutkan ke pertanyaan 4")).to_be_visible()


def test_a_telephone_number_is_pointed_out_before_anything_is_sent(plain, town, counter):
    plain.goto(f"/s/{counter[1]}")
    choose(plain)
    plain.get_by_label("Kritik dan saran").fill("Hubungi 0812 3456 7890")
    plain.get_by_role("button", name="Kirim penilaian").tap()
    expect(plain.get_by_text("tampaknya memuat NIK, nomor telepon")).to_be_visible()
    expect(plain.get_by_label("Kritik dan saran")).to_be_focused()
    assert not stored(town, counter)
    send(plain)
    assert receipt(plain)
    assert stored(town, counter) == [SCORES]


def test_a_long_list_of_services_is_searched_by_typing(plain, town):
    with writing(town.db):
        unit = town.city.unit
        services = [
            a_service(town.db, unit, f"Poli {name}")
            for name in ["Gigi", "Umum", "Mata", "Saraf", "Jantung", "Paru", "KIA", "Gizi", "Lansia"]
        ]
        _, token = a_counter(town.db, unit, "Loket panjang", services)
    plain.goto(f"/s/{token}")
    plain.get_by_label("Cari layanan").fill("ja")
    expect(plain.locator("#q-service .option:visible")).to_have_count(1)
    plain.get_by_label("Cari layanan").fill("tidak ada")
    expect(plain.get_by_text("Tidak ada layanan dengan kata itu.")).to_be_visible()
    plain.get_by_label("Cari layanan").fill("")
    expect(plain.locator("#q-service .option:visible")).to_have_count(9)


def test_who_is_not_the_one_that_began_starts_over(plain, counter):
    plain.goto(f"/s/{counter[1]}")
    choose(plain, "344------")
    plain.reload()
    plain.get_by_text("Hapus jawaban ini").tap()  # asks first
    with plain.expect_navigation():
        plain.get_by_role("button", name="Hapus dan mulai dari awal").tap()
    expect(plain.locator("input:checked")).to_have_count(0)
    expect(plain.locator("#restored")).to_be_hidden()


def test_after_the_thanks_nothing_is_left_on_the_phone(plain, counter):
    plain.goto(f"/s/{counter[1]}")
    choose(plain)
    send(plain)
    assert receipt(plain)
    assert "344" not in plain.evaluate("JSON.stringify(localStorage)")
    plain.goto(f"/s/{counter[1]}")
    expect(plain.locator("input:checked")).to_have_count(0)


def test_a_draft_of_another_counter_stays_there(plain, town, counter):
    plain.goto(f"/s/{counter[1]}")
    choose(plain, "344------")
    plain.goto(f"/s/{town.new_counter()[1]}")
    expect(plain.locator("input:checked")).to_have_count(0)


def test_a_phone_that_keeps_nothing_says_so_before(plain, town, counter):
    plain.add_init_script(NO_STORE)
    plain.goto(f"/s/{counter[1]}")
    expect(plain.get_by_text("tidak dapat menyimpan sementara")).to_be_visible()
    choose(plain)
    send(plain)
    assert receipt(plain)
    assert stored(town, counter) == [SCORES]


def test_a_phone_that_keeps_nothing_and_has_no_connection_leaves_the_form_as_it_is(plain, town, counter):
    plain.add_init_script(NO_STORE)
    plain.goto(f"/s/{counter[1]}")
    choose(plain)
    plain.route(BROKEN, lambda route: route.abort())
    plain.locator("#send").tap()
    expect(plain.get_by_role("heading", name="Belum terkirim", exact=True)).to_be_visible()
    expect(plain.locator("input:checked")).to_have_count(9)
    plain.unroute(BROKEN)
    with plain.expect_navigation():
        plain.get_by_role("button", name="Kirim sekarang").tap()
    assert receipt(plain)
    assert stored(town, counter) == [SCORES]


def test_a_busy_server_is_asked_again(plain, town, counter):
    plain.goto(f"/s/{counter[1]}")
    plain.route(BROKEN, lambda route: route.fulfill(status=503, body="busy"))
    send_in_vain(plain)
    plain.unroute(BROKEN)
    with plain.expect_navigation():
        plain.get_by_role("button", name="Kirim sekarang").tap()
    assert receipt(plain)
    assert stored(town, counter) == [SCORES]


def test_an_answer_that_waited_says_how_long_its_person_took(plain, counter):
    posted = []

    def look(route):
        posted.append(
            {name: int(value) for name, (value,) in parse_qs(route.request.post_data).items() if name in TOLD}
        )
        route.continue_()

    plain.goto(f"/s/{counter[1]}")
    plain.route(BROKEN, lambda route: route.abort())
    send_in_vain(plain)
    plain.wait_for_timeout(3000)
    plain.unroute(BROKEN)
    plain.route(BROKEN, look)
    with plain.expect_navigation():
        plain.get_by_role("button", name="Kirim sekarang").tap()
    (told,) = posted
    assert told["ago"] - told["took"] >= 2
    assert abs(told["clock"] - time.time()) < 60


def test_a_reply_that_is_lost_after_the_answer_was_stored_makes_no_second_one(plain, town, counter):
    def lose(route):
        route.fetch(max_redirects=0)
        route.abort()

    plain.goto(f"/s/{counter[1]}")
    plain.route(BROKEN, lose)
    send_in_vain(plain)
    assert stored(town, counter) == [SCORES]
    plain.unroute(BROKEN)
    with plain.expect_navigation():
        plain.get_by_role("button", name="Kirim sekarang").tap()
    assert receipt(plain).replace("-", "") == town.answers(counter[0])[0]["receipt"]
    assert stored(town, counter) == [SCORES]


def test_two_tabs_send_what_waits_once(plain, town, counter):
    plain.goto(f"/s/{counter[1]}")
    plain.route(BROKEN, lambda route: route.abort())
    send_in_vain(plain)
    plain.unroute(BROKEN)
    others = [plain.context.new_page() for _ in range(2)]
    for page in others:
        page.goto(f"/s/{counter[1]}", wait_until="commit")
    expect(others[0].locator("#unsent")).to_be_hidden()
    expect(others[1].locator("#unsent")).to_be_hidden()
    for page in others:
        page.wait_for_load_state("networkidle")
    assert stored(town, counter) == [SCORES]


def test_a_forgotten_question_is_not_put_aside_without_a_connection(plain, town, counter):
    plain.goto(f"/s/{counter[1]}")
    choose(plain, "344-43243")
    plain.context.set_offline(True)
    plain.locator("#send").tap()
    expect(plain.get_by_text("masih ada pertanyaan yang belum dijawab")).to_be_visible()
    expect(plain.locator("#P4-1")).to_be_focused()
    expect(plain.locator("#unsent")).to_be_hidden()


def test_what_the_server_refuses_later_is_shown_to_a_person_and_kept(plain, town, counter):
    plain.goto(f"/s/{counter[1]}")
    plain.get_by_text("Tentang Anda").tap()
    plain.get_by_label("Usia").fill("900")
    plain.route(BROKEN, lambda route: route.abort())
    send_in_vain(plain)
    plain.unroute(BROKEN)
    plain.goto(f"/s/{counter[1]}")
    with plain.expect_navigation():
        plain.get_by_role("button", name="Buka dan periksa").tap()
    expect(plain.get_by_role("alert")).to_contain_text("Tulis angka")
    expect(plain.locator("input:checked")).to_have_count(9)
    plain.get_by_label("Usia").fill("41")
    send(plain)
    assert receipt(plain)
    assert stored(town, counter) == [SCORES]


def test_the_form_of_the_counter_opens_and_is_answered_without_a_connection(phone, town, counter):
    kept(phone, counter[1])
    phone.context.set_offline(True)
    phone.goto(f"/s/{counter[1]}")
    send_in_vain(phone)
    assert not stored(town, counter)
    with phone.expect_navigation():
        phone.context.set_offline(False)
    assert receipt(phone).replace("-", "") == town.answers(counter[0])[0]["receipt"]
    assert stored(town, counter) == [SCORES]


def test_a_second_person_on_the_same_phone_without_a_connection_is_another_answer(phone, town, counter):
    kept(phone, counter[1])
    phone.context.set_offline(True)
    for scores in (SCORES, OTHERS):
        phone.goto(f"/s/{counter[1]}")
        expect(phone.locator("input:checked")).to_have_count(0)
        choose(phone, scores)
        phone.locator("#send").tap()
        expect(phone.locator("#form")).to_be_hidden()
    with phone.expect_navigation():
        phone.context.set_offline(False)
    last = receipt(phone)
    phone.goto(f"/s/{counter[1]}")
    with phone.expect_navigation():
        phone.get_by_role("link", name="Lihat kode bukti").tap()
    assert sorted(stored(town, counter)) == [OTHERS, SCORES]
    receipts = {last.replace("-", ""), receipt(phone).replace("-", "")}
    assert receipts == {row["receipt"] for row in town.answers(counter[0])}


def test_what_waits_survives_a_closed_tab(phone, town, counter):
    kept(phone, counter[1])
    phone.context.set_offline(True)
    send_in_vain(phone)
    again = phone.context.new_page()
    phone.close()
    phone.context.set_offline(False)
    again.goto(f"/s/{counter[1]}")
    expect(again.locator("#unsent")).to_be_hidden()
    again.wait_for_load_state("networkidle")
    assert stored(town, counter) == [SCORES]


@pytest.mark.whole_browser
def test_what_waits_is_sent_by_the_browser_itself_while_no_form_is_open(whole_browser, town, counter):
    context = whole_browser.new_context(base_url=town.address, **PHONE)
    phone, _ = context.new_page(), context.new_page()
    kept(phone, counter[1])
    context.set_offline(True)
    send_in_vain(phone)
    phone.close()
    assert not stored(town, counter)
    context.set_offline(False)  # Background Sync wakes the worker
    assert until(lambda: stored(town, counter)) == [SCORES]
    context.close()


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_axe_finds_nothing_on_what_is_said_of_the_connection(plain, counter, lang):
    plain.goto(f"/s/{counter[1]}?lang={lang}")
    plain.evaluate("document.querySelectorAll('.notice').forEach((each) => { each.hidden = false; })")
    assert not faults(plain)


def test_another_language_without_a_connection_loses_nothing(phone, counter):
    kept(phone, counter[1])
    choose(phone, "344------")
    phone.context.set_offline(True)
    with phone.expect_navigation():
        phone.get_by_role("button", name="English").tap()
    expect(phone.locator("input:checked")).to_have_count(3)


def test_the_phone_keeps_one_counter_only(phone, town, counter):
    kept(phone, counter[1])
    other = town.new_counter()[1]
    kept(phone, other)
    keeps(phone, f"!kept.some((each) => each.includes('{counter[1]}'))")


def test_a_question_is_read_aloud_where_there_is_a_voice(plain, counter):
    plain.add_init_script(VOICE)
    plain.goto(f"/s/{counter[1]}")
    expect(plain.get_by_role("button", name="Bacakan")).to_have_count(9)
    plain.get_by_role("button", name="Bacakan").first.tap()
    (words,) = plain.evaluate("window.spoken")
    assert words.startswith("1 dari 9")
    plain.goto(f"/s/{counter[1]}?lang=ban")
    expect(plain.locator(".aloud")).to_have_count(0)
