"""A citizen answers: the way through, and everything that can go wrong on it."""

from datetime import timedelta
from pathlib import Path

import pytest
from lxml import html

from skm.security import codes
from skm.store import counters, instruments, responses
from skm.store.database import writing
from skm.survey.organisation import Token
from tests.builders import THREES, a_counter, a_period, a_service, stored_answers

OWN = Path(__file__).parents[2] / "survey" / "kelurahan.toml"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("id", "hanya dilihat oleh Bagian Organisasi dan auditor"),
        ("en", "Bagian Organisasi) and the auditor see single answers"),
        ("ban", "Bagian Organisasi miwah auditor"),
    ],
)
@pytest.mark.parametrize("page", ["s", "kios"])
def test_the_form_says_who_sees_single_answers(tamu, city, page, lang, words):
    tamu.get(f"/{page}/{city.wide_token}?lang={lang}")
    assert words in tamu.words


def test_an_answer_is_stored_and_gets_a_receipt(tamu, city, db):
    hidden = tamu.open_form(city.token)
    sent = tamu.post(f"/s/{city.token}", THREES | hidden, 303)
    tamu.get(sent.headers["Location"])
    (row,) = stored_answers(db)
    assert row["scores"] == "333333333"
    assert "-".join(row["receipt"][i : i + 4] for i in (0, 4, 8)) in tamu.words


def test_an_answer_carries_its_place_its_local_day_and_its_instrument(tamu, city, db, clock):
    clock.moment = clock.moment.replace(hour=17)  # 01.00 WITA on the next day
    tamu.post(f"/s/{city.token}", THREES | tamu.open_form(city.token), 303)
    (row,) = stored_answers(db)
    assert (row["unit_id"], row["counter_id"], row["service_id"]) == (
        city.unit.id,
        city.counter.id,
        city.services[0].id,
    )
    assert (row["local_date"], row["local_hour"], row["local_month"]) == ("2026-06-16", 1, "2026-06")
    assert row["instrument_id"] == "permenpan-14-2017/1"


def test_question_8_and_9_are_kept_by_code_not_by_element_order(tamu, city, db):
    tamu.post(f"/s/{city.token}", THREES | {"P8": "1", "P9": "4"} | tamu.open_form(city.token), 303)
    answers = {row["element"]: row["score"] for row in db.query("SELECT element, score FROM answers")}
    assert (answers["U9"], answers["U8"]) == (1, 4)


def test_a_replay_gives_the_same_receipt_and_one_row(tamu, city, db):
    form = THREES | tamu.open_form(city.token)
    first = tamu.post(f"/s/{city.token}", form, 303)
    second = tamu.post(f"/s/{city.token}", form | {"P1": "1"}, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert [row["scores"] for row in stored_answers(db)] == ["333333333"]


def test_the_back_button_finds_the_form_as_it_was_sent(tamu, city):
    tamu.open_form(city.token)
    # A browser drops its copy of an address that something is sent to, and keeps none that must not be stored.
    assert tamu.page.xpath("string(//form/@action)") == "?kirim=1"
    assert tamu.response.headers["Cache-Control"] == "private, no-cache"


def test_two_people_on_one_network_are_two_answers(tamu, city, db):
    for _ in range(2):
        tamu.post(f"/s/{city.token}", THREES | tamu.open_form(city.token), 303)
    assert len(stored_answers(db)) == 2


def test_the_profile_is_kept_and_may_be_left_out_field_by_field(tamu, city, db):
    about = {"sex": "P", "age": "34", "education": "", "occupation": ""}
    tamu.post(f"/s/{city.token}", THREES | about | tamu.open_form(city.token), 303)
    assert stored_answers(db)[0]["profile"] == {"sex": "P", "age": 34}


def test_the_service_is_asked_for_when_the_counter_gives_several(tamu, city, db):
    form = THREES | tamu.open_form(city.wide_token)
    tamu.post(f"/s/{city.wide_token}", form, 422)
    assert "Pilih pelayanan yang Anda terima" in tamu.words
    tamu.post(f"/s/{city.wide_token}", form | {"service": city.services[2].id}, 303)
    assert [row["service_id"] for row in stored_answers(db)] == [city.services[2].id]


def test_a_line_of_help_stands_below_its_question_and_is_read_with_it(tamu, city, db):
    helped = OWN.read_text("utf-8").replace(
        'text = { id = "Prosedurnya?" }', 'text = { id = "P?" }\nhelp = { id = "Alur." }'
    )
    with writing(db):
        (instrument,) = instruments.add(db, helped).values()
        a_period(db, city.unit, instrument)
    tamu.get(f"/s/{city.token}")
    (line,) = tamu.page.xpath("//fieldset//p[@class='hint']")
    assert (line.text, line.getparent().get("aria-describedby")) == ("Alur.", line.get("id"))


def test_nothing_is_chosen_beforehand(tamu, city):
    tamu.open_form(city.wide_token)
    assert not tamu.page.xpath("//input[@checked]")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"P4": ""}, "Pilih satu jawaban untuk pertanyaan 4"),
        ({"P4": "5"}, "pertanyaan 4 tidak dikenal"),
        ({"P4": "0"}, "pertanyaan 4 tidak dikenal"),
        ({"P4": "99"}, "pertanyaan 4 tidak dikenal"),
        ({"P4": "4.0"}, "pertanyaan 4 tidak dikenal"),
        ({"P4": "４"}, "pertanyaan 4 tidak dikenal"),
        ({"P4": ["3", "4"]}, "Pilih hanya satu jawaban untuk pertanyaan 4"),
        ({"service": "someone else's"}, "tidak ada di loket ini"),
        ({"sex": "X"}, "Pilihan itu tidak dikenal"),
        ({"age": "7 tahun"}, "Tulis angka"),
        ({"age": "900"}, "Tulis angka"),
        ({"comment": "a" * 100_000}, "paling banyak 2000 huruf"),
    ],
)
def test_a_faulty_field_is_named_linked_and_not_stored(tamu, city, db, wrong, words):
    tamu.post(f"/s/{city.token}", THREES | tamu.open_form(city.token) | wrong, 422)
    assert words in tamu.words
    (link,) = tamu.page.xpath("//*[@role='alert']//a/@href")
    assert tamu.page.xpath("//*[@id=$id]", id=link.removeprefix("#"))
    assert not stored_answers(db)


def test_a_service_of_another_unit_is_refused(tamu, city, db):
    with writing(db):
        foreign = a_service(db, city.agency, "Layanan lain")
    tamu.post(f"/s/{city.token}", THREES | tamu.open_form(city.token) | {"service": foreign.id}, 422)
    assert not stored_answers(db)


def test_everything_typed_comes_back_with_the_fault(tamu, city):
    typed = THREES | {"P2": "", "sex": "L", "age": "41", "comment": "Kursi <kurang> & panas"}
    tamu.post(f"/s/{city.token}", typed | tamu.open_form(city.token), 422)
    chosen = {radio.get("name"): radio.get("value") for radio in tamu.page.xpath("//input[@checked]")}
    assert chosen == {code: "3" for code in THREES if code != "P2"}
    assert tamu.page.xpath("string(//select[@id='sex']/option[@selected]/@value)") == "L"
    assert tamu.page.xpath("string(//input[@id='age']/@value)") == "41"
    assert tamu.page.xpath("string(//textarea)").strip() == "Kursi <kurang> & panas"


def test_the_corrected_form_is_accepted_with_the_stamp_it_came_with(tamu, city, db):
    form = THREES | tamu.open_form(city.token)
    tamu.post(f"/s/{city.token}", form | {"P1": ""}, 422)
    tamu.post(f"/s/{city.token}", form | tamu.open_form(city.token), 303)
    assert len(stored_answers(db)) == 1


@pytest.mark.parametrize("stamp", ["", "forged", "WyJhIiwiYiIsMV0.c2lnbmF0dXJl"])
def test_an_unsigned_form_comes_back_with_a_new_stamp(tamu, city, db, stamp):
    tamu.post(f"/s/{city.token}", THREES | {"stamp": stamp}, 400)
    hidden = {field.name: field.value for field in tamu.page.xpath("//input[@type='hidden']")}
    assert not stored_answers(db)
    tamu.post(f"/s/{city.token}", THREES | hidden, 303)


def test_the_stamp_of_another_counter_is_not_valid_here(tamu, city, db):
    elsewhere = tamu.open_form(city.wide_token)
    tamu.post(f"/s/{city.token}", THREES | elsewhere, 400)
    assert not stored_answers(db)


def test_a_form_that_a_phone_kept_gives_each_person_in_turn_an_answer(tamu, city, db):
    stamp = tamu.open_form(city.token)["stamp"]
    for text, score in ((stamp, "1"), (f"{stamp}~2", "2"), (f"{stamp}~20", "3"), (f"{stamp}~2", "4")):
        tamu.post(f"/s/{city.token}", THREES | {"stamp": text, "P1": score}, 303)
    assert [row["scores"][0] for row in stored_answers(db)] == ["1", "2", "3"]
    assert len({row["receipt"] for row in stored_answers(db)}) == 3


@pytest.mark.parametrize("turn", ["~1", "~21", "~02", "~２", "~2~3", "~", "2"])
def test_no_other_answers_are_made_up(tamu, city, db, turn):
    stamp = tamu.open_form(city.token)["stamp"]
    tamu.post(f"/s/{city.token}", THREES | {"stamp": f"{stamp}{turn}"}, 400)
    assert not stored_answers(db)


def test_bytes_that_are_not_utf8_are_refused(tamu, city, db):
    hidden = tamu.open_form(city.token)
    body = "&".join(f"{name}={value}" for name, value in (THREES | hidden).items()) + "&comment=caf%E9"
    tamu.post(f"/s/{city.token}", body, 400, content_type="application/x-www-form-urlencoded")
    assert "tidak terbaca" in tamu.words
    assert not stored_answers(db)


def test_a_body_beyond_the_limit_is_refused(tamu, city, db):
    tamu.post(f"/s/{city.token}", THREES | {"comment": "a" * 300_000}, 413)
    assert not stored_answers(db)


def test_a_comment_keeps_its_lines_and_loses_control_signs(tamu, city, db):
    comment = "Baik\r\nsekali\x00\x1b[31m"
    tamu.post(f"/s/{city.token}", THREES | tamu.open_form(city.token) | {"comment": comment}, 303)
    assert stored_answers(db)[0]["comment"] == "Baik\nsekali[31m"


def test_a_telephone_number_in_a_comment_is_pointed_out_once_and_nothing_is_lost(tamu, city, db):
    words = "Hubungi saya di 081234567890"
    tamu.post(f"/s/{city.token}", THREES | {"comment": words} | tamu.open_form(city.token), 422)
    assert "nomor telepon" in tamu.page.xpath("string(//*[@id='comment-error'])")
    assert tamu.page.xpath("string(//textarea)").strip() == words
    assert not stored_answers(db)
    again = {field.name: field.value for field in tamu.page.xpath("//input[@type='hidden']")}
    tamu.post(f"/s/{city.token}", THREES | {"comment": words} | again, 303)
    assert len(stored_answers(db)) == 1


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_the_language_stays_from_form_to_thanks(tamu, city, db, lang):
    sent = tamu.post(f"/s/{city.token}?lang={lang}", THREES | tamu.open_form(city.token, lang), 303)
    tamu.get(sent.headers["Location"])
    assert tamu.page.get("lang") == lang
    assert stored_answers(db)[0]["language"] == lang


def in_english(tamu, city, form):
    tamu.get(f"/s/{city.token}")
    (address,) = tamu.page.xpath("//nav//button[@lang='en']/@formaction")
    return tamu.post(f"/s/{city.token}{address}", form, 200)


def test_another_language_keeps_the_stamp_and_all_that_was_typed_and_stores_nothing(tamu, city, db):
    hidden = tamu.open_form(city.token)
    in_english(tamu, city, THREES | hidden | {"P4": "", "age": "7 tahun", "comment": "Mantap"})
    assert tamu.page.get("lang") == "en"
    assert len(tamu.page.xpath("//input[@checked]")) == 8
    assert tamu.page.xpath("string(//textarea)").strip() == "Mantap"
    assert not tamu.page.xpath("//*[@role='alert'][not(@hidden)]")
    assert {field.name: field.value for field in tamu.page.xpath("//input[@type='hidden']")} == hidden
    assert not stored_answers(db)


def test_what_is_sent_in_another_language_is_one_answer_in_that_language(tamu, city, db):
    form = THREES | tamu.open_form(city.token)
    in_english(tamu, city, form)
    action = tamu.page.xpath("string(//form/@action)")
    sent = tamu.post(f"/s/{city.token}{action}", form, 303)
    assert tamu.post(f"/s/{city.token}", form, 303).headers["Location"] in sent.headers["Location"]
    assert [row["language"] for row in stored_answers(db)] == ["en"]
    assert sent.headers["Location"].endswith("?lang=en")


def test_an_unknown_token_says_so(tamu, city):
    tamu.get(f"/s/{codes.new_token(7)}", 404)
    assert "Pindai kembali kode QR" in tamu.words


def test_a_mistyped_token_is_told_apart_from_an_unknown_one(tamu, city):
    wrong = ("A" if city.token[0] != "A" else "B") + city.token[1:]
    tamu.get(f"/s/{wrong}", 404)
    assert "bukan kode loket" in tamu.words


def test_a_token_may_be_typed_with_dashes_and_small_letters(tamu, city):
    tamu.get(f"/s/{city.token[:4].lower()}-{city.token[4:].lower()}")
    tamu.get(f"/?kode={city.token[:4].lower()}+{city.token[4:].lower()}", 302)
    assert tamu.response.headers["Location"] == f"/s/{city.token}"


def test_a_revoked_token_leads_to_an_explanation(tamu, city, db, clock):
    hidden = tamu.open_form(city.token)
    clock.moment += timedelta(days=32)
    with writing(db):
        counters.replace_token(db, Token("22222228", city.counter.id, clock.moment.isoformat(), None))
    tamu.get(f"/s/{city.token}", 410)
    tamu.post(f"/s/{city.token}", THREES | hidden, 410)
    assert not stored_answers(db)


def test_a_form_opened_before_its_qr_was_replaced_is_still_taken(tamu, city, db, clock):
    hidden = tamu.open_form(city.token)
    clock.moment += timedelta(minutes=5)
    with writing(db):
        counters.replace_token(db, Token("22222228", city.counter.id, clock.moment.isoformat(), None))
    tamu.post(f"/s/{city.token}", THREES | hidden, 303)


def test_a_form_that_a_phone_kept_for_days_is_taken_though_its_qr_was_replaced(tamu, city, db, clock):
    hidden = tamu.open_form(city.token)
    clock.moment += timedelta(days=30)
    with writing(db):
        counters.replace_token(db, Token("22222228", city.counter.id, clock.moment.isoformat(), None))
    tamu.post(f"/s/{city.token}", THREES | hidden, 303)
    assert stored_answers(db)[0]["flags"] == "late"


def test_a_form_that_a_phone_kept_over_the_end_of_the_period_is_taken_and_flagged(tamu, city, db, clock):
    clock.moment = clock.moment.replace(month=12, day=30)
    hidden = tamu.open_form(city.token)
    clock.moment += timedelta(days=5)
    tamu.post(f"/s/{city.token}", THREES | hidden, 303)
    assert [(row["period_id"], row["flags"]) for row in stored_answers(db)] == [(city.period.id, "late")]


@pytest.mark.parametrize(("year", "words"), [(2025, "1 Januari 2026"), (2027, "tidak ada periode survei")])
def test_a_future_or_closed_period_takes_no_answers(tamu, city, db, clock, year, words):
    hidden = tamu.open_form(city.token)
    clock.moment = clock.moment.replace(year=year)
    tamu.get(f"/s/{city.token}", 403)
    assert words in tamu.words
    tamu.post(f"/s/{city.token}", THREES | hidden, 403)
    assert not stored_answers(db)


def test_a_form_opened_before_midnight_of_the_last_day_is_still_taken(tamu, city, db, clock):
    clock.moment = clock.moment.replace(month=12, day=31, hour=15, minute=55)  # 23.55 WITA
    hidden = tamu.open_form(city.token)
    clock.moment += timedelta(minutes=10)
    tamu.post(f"/s/{city.token}", THREES | hidden, 303)
    (row,) = stored_answers(db)
    assert (row["period_id"], row["flags"]) == (city.period.id, "")
    assert (row["local_date"], row["local_month"], row["local_hour"]) == ("2026-12-31", "2026-12", 23)


def test_a_form_left_open_for_days_is_taken_and_flagged(tamu, city, db, clock):
    hidden = tamu.open_form(city.token)
    clock.moment += timedelta(days=3)
    tamu.post(f"/s/{city.token}", THREES | hidden, 303)
    assert stored_answers(db)[0]["flags"] == "late"


def test_the_nearest_period_decides(tamu, city, db):
    with writing(db):
        own = a_period(db, city.unit, city.period.instrument_id, name="Periode sendiri")
    tamu.post(f"/s/{city.token}", THREES | tamu.open_form(city.token), 303)
    assert stored_answers(db)[0]["period_id"] == own.id


def test_a_busy_store_loses_nothing_that_was_typed(tamu, city, app, monkeypatch):
    from skm.store.database import StoreBusy

    def busy(*_):
        raise StoreBusy

    hidden = tamu.open_form(city.token)
    monkeypatch.setattr(app.extensions["skm"].writer, "write", busy)
    tamu.post(f"/s/{city.token}", THREES | hidden | {"comment": "Mantap"}, 503)
    assert "kirim sekali lagi" in tamu.words
    assert len(tamu.page.xpath("//input[@checked]")) == 9
    assert tamu.page.xpath("string(//textarea)").strip() == "Mantap"


def test_the_public_pages_set_no_cookie(tamu, city):
    tamu.open_form(city.token)
    assert "Set-Cookie" not in tamu.response.headers


def test_the_thank_you_page_of_an_unknown_receipt_says_so(tamu, city):
    tamu.get("/terima-kasih/22222222222", 404)


@pytest.mark.parametrize("name", ["Loket <b>1</b>", '"; DROP TABLE responses; --', "{{ 7*7 }}"])
def test_names_are_shown_as_they_are(tamu, city, db, name):
    with writing(db):
        _, token = a_counter(db, city.unit, name, city.services[:1])
    tamu.get(f"/s/{token}")
    assert name in html.tostring(tamu.page, encoding="unicode", method="text")
    assert responses.count_all(db) == 0


@pytest.mark.parametrize(
    ("lang", "words"), [("id", "Kode loket tidak dikenal"), ("en", "not known"), ("ban", "Kode")]
)
def test_a_refusal_is_in_the_citizens_language(tamu, city, lang, words):
    tamu.get(f"/s/{codes.new_token(7)}?lang={lang}", 404)
    assert tamu.page.get("lang") == lang
    assert words in tamu.words


def test_a_fault_is_in_the_citizens_language(tamu, city):
    hidden = tamu.open_form(city.token, "en")
    tamu.post(f"/s/{city.token}?lang=en", hidden | THREES | {"P4": ""}, 422)
    assert "question 4" in tamu.words


@pytest.mark.parametrize("page", ["s", "kios"])
def test_the_service_for_those_who_do_not_find_theirs_is_listed_last(tamu, db, city, page):
    with writing(db):
        other = a_service(db, city.unit, "Pelayanan lain")
        later = a_service(db, city.unit, "Laboratorium")
        _, token = a_counter(db, city.unit, "Loket 3", (other, later, city.services[0]))
    tamu.get(f"/{page}/{token}")
    words = tamu.page.xpath("//input[@name='service']/following-sibling::label//text()[normalize-space()]")
    assert [word.strip() for word in words] == ["Pendaftaran", "Laboratorium", "Pelayanan lain"]
