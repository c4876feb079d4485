"""A citizen with a phone: the form in a real browser, with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import SCORES, choose, receipt, send, stored
from tests.browser.chromium import PHONE, overflow

pytestmark = pytest.mark.browser

NARROW = {"viewport": PHONE["viewport"]}


@pytest.fixture(params=[True, False], ids=["javascript on", "javascript off"])
def phone(request, visit, town) -> Page:
    """A phone of 360 by 640 pixels that taps."""
    return visit(town.address, **PHONE, java_script_enabled=request.param)


@pytest.fixture
def counter(town):
    """A counter of this test alone, with one service, and its token."""
    return town.new_counter()


def test_the_form_is_filled_by_tapping_and_stored_once(phone, town, counter):
    phone.goto(f"/s/{counter[1]}")
    choose(phone)
    phone.get_by_text("Tentang Anda").tap()
    phone.get_by_label("Jenis kelamin").select_option("P")
    phone.get_by_label("Kritik dan saran").fill("Kursi ditambah\nbila bisa")
    send(phone)
    (row,) = town.answers(counter[0])
    assert receipt(phone).replace("-", "") == row["receipt"]
    assert (row["scores"], row["profile"]) == (SCORES, {"sex": "P"})
    assert row["comment"] == "Kursi ditambah\nbila bisa"


def test_a_change_of_mind_counts(phone, town, counter):
    phone.goto(f"/s/{counter[1]}")
    choose(phone, "111111111")
    choose(phone, "444444444")
    send(phone)
    assert stored(town, counter) == ["444444444"]


def test_keys_alone_are_enough(visit, town, counter):
    page = visit(town.address, **NARROW)
    page.goto(f"/s/{counter[1]}")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Langsung ke isi halaman")
    page.keyboard.press("Enter")
    for score in SCORES:
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        for _ in range(int(score) - 1):
            page.keyboard.press("ArrowDown")
    for name in ("Tentang Anda (boleh dilewati)", "lapor.go.id", "", "Kirim penilaian"):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text(name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert receipt(page)
    assert stored(town, counter) == [SCORES]


def test_a_double_click_is_one_answer(visit, town, counter):
    page = visit(town.address, **NARROW)
    page.goto(f"/s/{counter[1]}")
    for number, score in enumerate(SCORES, 1):
        page.locator(f"label[for=P{number}-{score}]").click()
    page.get_by_role("button", name="Kirim penilaian").dblclick()
    page.wait_for_url("**/terima-kasih/*")
    assert receipt(page).replace("-", "") == town.answers(counter[0])[0]["receipt"]
    assert stored(town, counter) == [SCORES]


def test_back_and_send_again_is_the_same_answer(phone, town, counter):
    phone.goto(f"/s/{counter[1]}")
    stamp = phone.locator("[name=stamp]").input_value()
    choose(phone)
    send(phone)
    first = receipt(phone)
    phone.go_back()
    assert phone.locator("[name=stamp]").input_value() == stamp
    expect(phone.locator("#P1-3")).to_be_checked()
    choose(phone, "111111111")
    send(phone)
    assert receipt(phone) == first
    assert stored(town, counter) == [SCORES]


def test_a_form_opened_again_is_another_answer(phone, town, counter):
    for scores in (SCORES, "222222222"):
        phone.goto(f"/s/{counter[1]}")
        choose(phone, scores)
        send(phone)
    assert stored(town, counter) == [SCORES, "222222222"]


def test_a_forgotten_question_is_pointed_out_and_nothing_is_lost(phone, town, counter):
    phone.goto(f"/s/{counter[1]}")
    choose(phone, "344-43243")
    phone.get_by_label("Kritik dan saran").fill("Mantap")
    send(phone)
    expect(phone.locator(":focus")).to_contain_text("Ada yang perlu diperiksa")
    expect(phone.get_by_role("alert")).to_be_in_viewport()
    phone.get_by_role("alert").get_by_role("link").tap()
    expect(phone.locator("#P4-1")).to_be_focused()
    expect(phone.get_by_text("kewajaran biaya")).to_be_in_viewport()
    expect(phone.get_by_label("Kritik dan saran")).to_have_value("Mantap")
    phone.locator("label[for=P4-1]").tap()
    send(phone)
    assert receipt(phone)
    assert stored(town, counter) == ["344143243"]


def test_the_thank_you_page_may_be_loaded_again(phone, town, counter):
    phone.goto(f"/s/{counter[1]}")
    choose(phone)
    send(phone)
    first = receipt(phone)
    phone.reload()
    assert receipt(phone) == first
    assert stored(town, counter) == [SCORES]


def test_a_service_is_asked_for_where_there_are_several(phone, town):
    counter = town.new_counter(services=3)
    phone.goto(f"/s/{counter[1]}")
    phone.get_by_text("Farmasi").tap()
    choose(phone)
    send(phone)
    assert [row["service_id"] for row in town.answers(counter[0])] == [town.city.services[2].id]


def test_services_with_other_questions_are_asked_for_first(phone, town):
    phone.goto(f"/s/{town.mixed}")
    phone.get_by_role("link", name="Izin praktik daring").tap()
    expect(phone.locator("fieldset").first).to_contain_text("1 dari 16")


@pytest.mark.parametrize(("name", "lang"), [("English", "en"), ("Basa Bali", "ban"), ("Indonesia", "id")])
def test_each_language_is_one_tap_away(phone, counter, name, lang):
    phone.goto(f"/s/{counter[1]}" + ("?lang=en" if lang == "id" else ""))
    with phone.expect_navigation():
        phone.get_by_role("button", name=name).tap()
    assert phone.locator("html").get_attribute("lang") == lang


def test_another_language_keeps_what_was_answered_and_stays_until_the_thanks(phone, town, counter):
    phone.goto(f"/s/{counter[1]}")
    choose(phone, "344-43243")
    phone.get_by_label("Kritik dan saran").fill("Mantap")
    with phone.expect_navigation():
        phone.get_by_role("button", name="English").tap()
    assert not town.answers(counter[0])
    expect(phone.locator("input:checked")).to_have_count(8)
    phone.locator("label[for=P4-1]").tap()
    with phone.expect_navigation():
        phone.locator("#send").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you")
    (row,) = town.answers(counter[0])
    assert (row["scores"], row["comment"], row["language"]) == ("344143243", "Mantap", "en")


def test_the_enter_key_sends_and_does_not_change_the_language(phone, town, counter):
    phone.goto(f"/s/{counter[1]}")
    choose(phone)
    phone.get_by_text("Tentang Anda").tap()
    phone.get_by_label("Usia").fill("41")
    with phone.expect_navigation():
        phone.get_by_label("Usia").press("Enter")
    assert receipt(phone)
    assert stored(town, counter) == [SCORES]


def test_the_form_fits_the_screen(phone, counter):
    phone.goto(f"/s/{counter[1]}")
    assert overflow(phone) == 0
    send(phone)
    assert overflow(phone) == 0


def test_options_are_large_enough_for_a_thumb(phone, counter):
    phone.goto(f"/s/{counter[1]}")
    heights = [label.bounding_box()["height"] for label in phone.locator(".option label").all()]
    assert len(heights) == 36
    assert min(heights) >= 56
