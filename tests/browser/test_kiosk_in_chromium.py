"""A tablet at the counter: anybody answers, nobody finds anything of the one before, and every answer arrives once."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import PHONE, overflow
from tests.browser.kiosk import (
    PIN,
    SCORES,
    TABLET,
    begin,
    choose,
    close,
    look,
    pass_by,
    send,
    started,
)
from tests.browser.looks import faults_in
from tests.waiting import until

pytestmark = pytest.mark.browser

OTHERS = "222222222"
LEFT = """async () => {
  const opened = await new Promise((done) => {
    const opening = indexedDB.open("skm.kiosk", 1);
    opening.onsuccess = () => done(opening.result);
  });
  const waiting = await new Promise((done) => {
    const all = opened.transaction("answers").objectStore("answers").getAll();
    all.onsuccess = () => done(all.result);
  });
  opened.close();
  const fields = [...document.querySelectorAll("input:not([type=hidden]), textarea, select")];
  return {
    waiting,
    typed: fields.filter((field) => field.type === "radio" ? field.checked : field.value).map((field) => field.id),
    local: JSON.stringify(localStorage), session: sessionStorage.length, history: history.length,
  };
}"""
PATIENT = """const soon = setTimeout;
self.setTimeout = (what, after, ...more) => (after > 1000 ? 0 : soon(what, after, ...more));"""  # every screen stays
KEPT = """async (more) => {
  for (;;) {
    const kept = (await (await caches.open("kiosk")).keys()).map((each) => each.url);
    const all = ["lang=id", "lang=en", "lang=ban", "kiosk.js", "kiosk.css"];
    if (navigator.serviceWorker.controller && all.every((part) => kept.some((url) => url.includes(part)))) return;
    await new Promise((later) => setTimeout(later, 50));
  }
}"""


@pytest.fixture
def counter(town):
    """A counter of this test alone, with one service, and its token."""
    return town.new_counter()


@pytest.fixture
def tablet(visit, town) -> Page:
    """A tablet whose clock a test can turn on."""
    page = visit(town.address, **TABLET)
    page.clock.install()
    return page


@pytest.fixture
def kiosk(tablet, counter) -> Page:
    """A tablet on which an officer has started the kiosk of the counter."""
    started(tablet, counter[1])
    return tablet


def at_the_start(page: Page) -> None:
    expect(page.get_by_role("button", name="Sentuh untuk mulai")).to_be_visible()


def stored(town, counter, expected: int) -> list[dict[str, str]]:
    """The stored answers of the counter, once there are so many."""
    until(lambda: len(town.answers(counter[0])) >= expected)
    return town.answers(counter[0])


def test_two_people_answer_by_touch_and_are_two_rows(kiosk, town, counter):
    for scores in (SCORES, OTHERS):
        begin(kiosk)
        choose(kiosk, scores)
        send(kiosk)
        pass_by(kiosk, 5)
        at_the_start(kiosk)
    rows = stored(town, counter, 2)
    assert sorted(row["scores"] for row in rows) == [OTHERS, SCORES]
    assert {row["channel"] for row in rows} == {"kiosk"}


def test_a_touch_anywhere_starts_it(kiosk):
    kiosk.touchscreen.tap(40, 400)
    expect(kiosk.locator("#q-P1")).to_be_visible()


def test_a_telephone_number_is_pointed_out_at_the_kiosk_too(kiosk, town, counter):
    begin(kiosk)
    choose(kiosk)
    kiosk.get_by_role("button", name="Lanjut").tap()
    look(kiosk)
    kiosk.get_by_label("Kritik dan saran").fill("surel made@contoh.go.id")
    kiosk.get_by_role("button", name="Kirim penilaian").tap()
    expect(kiosk.get_by_text("atau alamat surel")).to_be_visible()
    kiosk.get_by_role("button", name="Kirim penilaian").tap()
    expect(kiosk.locator("#finished")).to_be_visible()
    assert [row["comment"] for row in stored(town, counter, 1)] == ["surel made@contoh.go.id"]


def test_the_questions_come_one_by_one_with_their_number(kiosk):
    begin(kiosk)
    for number in range(1, 10):
        expect(kiosk.locator(".question:visible")).to_have_count(1)
        expect(kiosk.locator(".question:visible .step")).to_have_text(f"{number} dari 9")
        assert overflow(kiosk) <= 0
        choose(kiosk, "3", number)
    expect(kiosk.get_by_role("group", name="Tentang Anda (boleh dilewati)")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 600), (800, 1280), (360, 640)])
def test_all_answers_of_a_question_are_seen_at_once(tablet, counter, width, height):
    tablet.set_viewport_size({"width": width, "height": height})
    started(tablet, counter[1])
    begin(tablet)
    last, buttons = (tablet.locator(part).last.bounding_box() for part in ("#q-P1 label", "#form .steps"))
    assert last["y"] + last["height"] <= buttons["y"]


def test_the_whole_kiosk_goes_by_keyboard(kiosk, town, counter):
    kiosk.keyboard.press("Enter")
    for score in SCORES:
        kiosk.keyboard.press("Tab")
        kiosk.keyboard.press("Space")
        for _ in range(int(score) - 1):
            kiosk.keyboard.press("ArrowDown")
        pass_by(kiosk, 2)  # looking about with the arrows leads nowhere
        kiosk.keyboard.press("Enter")
    expect(kiosk.locator("#about")).to_be_focused()
    kiosk.get_by_role("button", name="Lanjut").press("Enter")
    kiosk.get_by_role("button", name="Kirim penilaian").press("Enter")
    expect(kiosk.get_by_role("heading", name="Terima kasih")).to_be_focused()
    assert [row["scores"] for row in stored(town, counter, 1)] == [SCORES]


def test_going_back_corrects(kiosk, town, counter):
    begin(kiosk)
    choose(kiosk, "1")
    kiosk.get_by_role("button", name="Kembali").tap()
    expect(kiosk.locator("#P1-1")).to_be_checked()
    look(kiosk)
    choose(kiosk, SCORES)
    send(kiosk)
    assert [row["scores"] for row in stored(town, counter, 1)] == [SCORES]


def test_the_second_tap_of_a_hasty_finger_answers_nothing(kiosk):
    begin(kiosk)
    kiosk.locator("label[for=P1-3]").tap()
    kiosk.clock.run_for(450)
    expect(kiosk.locator("#q-P2")).to_be_visible()
    kiosk.locator("label[for=P2-3]").tap()
    kiosk.clock.run_for(1000)
    expect(kiosk.locator("#q-P2")).to_be_visible()
    expect(kiosk.locator("#q-P2 input:checked")).to_have_count(0)


def test_a_question_without_an_answer_says_so(kiosk):
    begin(kiosk)
    kiosk.get_by_role("button", name="Lanjut").tap()
    expect(kiosk.get_by_role("alert").get_by_text("Pilih satu jawaban.")).to_be_visible()
    expect(kiosk.locator("#P1-1")).to_be_focused()


def test_an_age_that_is_none_is_asked_again_on_the_device(kiosk, town, counter):
    begin(kiosk)
    choose(kiosk)
    kiosk.get_by_label("Usia").fill("900")
    kiosk.get_by_role("button", name="Lanjut").tap()
    expect(kiosk.get_by_text("atau kosongkan").last).to_be_visible()
    kiosk.get_by_label("Usia").fill("41")
    send(kiosk)
    assert [row["profile"] for row in stored(town, counter, 1)] == [{"age": 41}]


def test_where_there_are_several_services_they_come_first(tablet, town):
    counter = town.new_counter(3)
    started(tablet, counter[1])
    begin(tablet)
    tablet.get_by_text("Farmasi").tap()
    pass_by(tablet, 1)
    choose(tablet)
    send(tablet)
    (row,) = stored(town, counter, 1)
    assert row["service_id"] == town.city.services[2].id


def test_who_walks_away_is_asked_and_leaves_nothing(kiosk):
    before = kiosk.evaluate(LEFT)
    begin(kiosk)
    choose(kiosk)
    kiosk.get_by_label("Usia").fill("41")
    pass_by(kiosk, 21)
    warning = kiosk.get_by_role("alertdialog", name="Masih di sini?")
    expect(warning).to_be_visible()
    expect(kiosk.get_by_role("button", name="Lanjutkan")).to_be_focused()
    pass_by(kiosk, 10)
    at_the_start(kiosk)
    assert kiosk.evaluate(LEFT) == before
    assert not before["typed"]


def test_who_is_still_there_goes_on(kiosk):
    begin(kiosk)
    choose(kiosk, "34")
    pass_by(kiosk, 25)
    kiosk.get_by_role("button", name="Lanjutkan").tap()
    pass_by(kiosk, 15)
    expect(kiosk.locator("#q-P3")).to_be_visible()
    expect(kiosk.locator("#q-P2 input:checked")).to_have_count(1)


def test_after_sending_nothing_is_left(kiosk, town, counter):
    before = kiosk.evaluate(LEFT)
    begin(kiosk)
    choose(kiosk)
    kiosk.get_by_role("button", name="Lanjut").tap()
    kiosk.get_by_label("Kritik dan saran").fill("Kursi ditambah")
    look(kiosk)
    kiosk.get_by_role("button", name="Kirim penilaian").tap()
    assert stored(town, counter, 1)[0]["comment"] == "Kursi ditambah"
    pass_by(kiosk, 5)
    at_the_start(kiosk)
    until(lambda: kiosk.evaluate(LEFT) == before)
    assert "Kursi" not in kiosk.content()


def test_the_thanks_make_room_for_the_next_after_five_seconds(kiosk):
    begin(kiosk)
    choose(kiosk)
    send(kiosk)
    pass_by(kiosk, 4)
    expect(kiosk.get_by_role("heading", name="Terima kasih")).to_be_visible()
    pass_by(kiosk, 1)
    at_the_start(kiosk)


@pytest.mark.parametrize(("lang", "name", "words"), [("en", "English", "1 of 9"), ("ban", "Basa Bali", "1 ")])
def test_another_language_is_for_one_person(kiosk, town, counter, lang, name, words):
    kiosk.get_by_role("button", name=name).tap()
    begin(kiosk)
    expect(kiosk.locator("html")).to_have_attribute("lang", lang)
    expect(kiosk.locator(".question:visible .step")).to_contain_text(words)
    choose(kiosk)
    kiosk.locator("#next").tap()
    look(kiosk)
    kiosk.locator("#next").tap()
    expect(kiosk.locator("#finished")).to_be_visible()
    pass_by(kiosk, 5)
    at_the_start(kiosk)
    expect(kiosk.locator("html")).to_have_attribute("lang", "id")
    assert [row["language"] for row in stored(town, counter, 1)] == [lang]


def test_who_only_looked_at_another_language_leaves_indonesian(kiosk):
    kiosk.get_by_role("button", name="English").tap()
    pass_by(kiosk, 31)
    at_the_start(kiosk)


def test_without_a_connection_every_answer_waits_and_arrives_once(tablets, town, counter):
    page = tablets()
    context = page.context
    started(page, counter[1])
    page.evaluate(KEPT)
    context.set_offline(True)
    for scores in (SCORES, OTHERS):
        begin(page)
        choose(page, scores)
        send(page)
        pass_by(page, 5)
    page.reload()  # the power was cut
    at_the_start(page)
    page.get_by_role("button", name="English").tap()
    begin(page)
    choose(page, "444444444")
    page.locator("#next").tap()
    look(page)
    page.locator("#next").tap()
    expect(page.locator("#finished")).to_be_visible()
    assert not town.answers(counter[0])
    took = [each["pressed"] - each["opened"] for each in page.evaluate(LEFT)["waiting"]]
    assert all(4_000 < each < 60_000 for each in took), took  # milliseconds by the clock of the page
    context.set_offline(False)
    stored(town, counter, 3)
    page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: not page.evaluate(LEFT)["waiting"])
    rows = town.answers(counter[0])
    assert sorted(row["scores"] for row in rows) == [OTHERS, SCORES, "444444444"]
    assert {(row["channel"], row["flags"]) for row in rows} == {("kiosk", "")}


def test_a_wrong_pin_keeps_the_kiosk_and_the_right_one_ends_it(kiosk):
    kiosk.get_by_role("button", name="Keluar dari mode kios").tap()
    for wrong in ("0000", "1111"):
        kiosk.get_by_label("PIN", exact=True).fill(wrong)
        kiosk.get_by_role("button", name="Keluar", exact=True).tap()
        expect(kiosk.locator("#leave-wrong")).to_have_text("PIN salah.")
    kiosk.get_by_label("PIN", exact=True).fill(PIN)
    kiosk.get_by_role("button", name="Keluar", exact=True).tap()
    expect(kiosk.get_by_role("heading", name="Mulai mode kios")).to_be_visible()
    kiosk.reload()
    expect(kiosk.get_by_role("heading", name="Mulai mode kios")).to_be_visible()


def test_who_guesses_has_to_wait_also_after_a_reload(kiosk):
    kiosk.get_by_role("button", name="Keluar dari mode kios").tap()
    for said in ("PIN salah.", "PIN salah.", "PIN salah. Coba lagi dalam"):
        kiosk.get_by_label("PIN", exact=True).fill("0000")
        kiosk.get_by_role("button", name="Keluar", exact=True).tap()
        expect(kiosk.locator("#leave-wrong")).to_contain_text(said)
        expect(kiosk.get_by_label("PIN", exact=True)).to_have_value("")
    kiosk.reload()
    kiosk.get_by_role("button", name="Keluar dari mode kios").tap()
    kiosk.get_by_label("PIN", exact=True).fill(PIN)
    kiosk.get_by_role("button", name="Keluar", exact=True).tap()
    expect(kiosk.locator("#leave-wrong")).to_contain_text("Terlalu banyak")


def test_the_pin_is_not_on_the_device(kiosk):
    kept = json.loads(kiosk.evaluate("JSON.stringify(localStorage)"))
    assert len(kept) == 1
    assert PIN not in json.loads(next(iter(kept.values())))


def test_two_pins_that_differ_start_nothing(tablet, counter):
    tablet.goto(f"/kios/{counter[1]}")
    tablet.get_by_label("PIN baru").fill(PIN)
    tablet.get_by_label("Ulangi PIN").fill("4712")
    tablet.get_by_role("button", name="Mulai mode kios").tap()
    expect(tablet.get_by_text("Kedua PIN berbeda.")).to_be_visible()


def test_without_javascript_the_ordinary_form_is_offered(visit, town, counter):
    page = visit(town.address, java_script_enabled=False)
    page.goto(f"/kios/{counter[1]}")
    page.get_by_role("link", name="kuesioner biasa").click()
    expect(page.locator("#send")).to_be_visible()


def test_a_closed_survey_is_said_on_the_start_screen_and_its_end_too(tablets, town, counter):
    page = tablets()
    started(page, counter[1])
    close(town, counter, "2020-01-01T00:00:00+00:00")
    pass_by(page, 61)
    expect(page.locator("#closed")).to_contain_text("sedang tidak dibuka")
    expect(page.locator("#begin")).to_be_disabled()
    page.context.set_offline(True)
    pass_by(page, 61)
    expect(page.locator("#begin")).to_be_disabled()  # also while it cannot ask
    page.context.set_offline(False)
    close(town, counter, None)
    pass_by(page, 61)
    expect(page.locator("#begin")).to_be_enabled()
    expect(page.locator("#closed")).to_be_hidden()


@pytest.mark.parametrize("name", ["Indonesia", "English", "Basa Bali"])
def test_axe_finds_nothing_at_a_kiosk(visit, town, name):
    page, token = visit(town.address, **TABLET), town.new_counter(3)[1]
    found = []

    def judge(shown: str) -> None:
        expect(page.locator(shown)).to_be_visible()
        found.append(faults_in(page, [(TABLET, "light"), (PHONE, "dark")]))

    page.add_init_script(PATIENT)
    page.add_init_script(
        "Element.prototype.requestFullscreen = async () => {}"
    )  # its size could not be changed
    page.goto(f"/kios/{token}")
    judge("#set-up")
    started(page, token)
    page.get_by_role("button", name=name).tap()
    judge("#start")
    page.locator("#begin").tap()
    page.locator("#next").press("Enter")  # a tap so soon would be taken for a second one
    judge("#unanswered")
    page.locator("#service-1").press("Space")
    page.keyboard.press("Enter")
    judge("#q-P1")
    for number in range(1, 10):
        page.locator(f"#P{number}-3").press("Space")
        page.keyboard.press("Enter")
        expect(page.locator(f"#q-P{number}")).to_be_hidden()
    judge("#about")
    page.locator("#next").press("Enter")
    judge("#words")
    page.locator("#lock").press("Enter")
    judge("#leave")
    page.locator("#stay").press("Enter")
    page.evaluate("document.getElementById('idle').showModal()")
    judge("#idle")
    page.locator("#go-on").press("Enter")
    page.locator("#next").press("Enter")
    judge("#finished")
    assert not "".join(found)
