"""A QR that is replaced ends, and so do a closed counter and unit: held for a day, refused after it, nothing lost."""

from datetime import date, timedelta

import pytest

from skm.store import events
from skm.store.database import writing
from skm.usecases.answering.ending import OPEN_FORMS
from skm.usecases.city.counter_cards import replace_token
from skm.usecases.city.counters import close_counter, reopen_counter
from skm.usecases.city.organisations import close_organisation, merge_organisation
from skm.usecases.city.services import close_service
from skm.usecases.deed import SERVER, Deed
from tests.builders import THREES, an_organisation, stored_answers

PERSON = "0" * 31 + "1"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def replaced(db, city, deed):
    return replace_token(db, deed, city.counter.id)


def counter_closed(db, city, deed):
    close_counter(db, deed, city.counter.id)


def unit_closed(db, city, deed):
    close_organisation(db, deed, city.unit.slug, None)


def merged(db, city, deed):
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    merge_organisation(db, deed, city.unit.slug, other.slug)


ENDS = {
    "kode QR loketnya diganti": replaced,
    "loketnya ditutup": counter_closed,
    "unitnya ditutup": unit_closed,
    "unitnya digabung": merged,
}
ENDINGS = pytest.mark.parametrize("end", ENDS.values(), ids=lambda end: end.__name__)


@pytest.fixture
def ends(db, city, clock):
    """Lets something end now; what that returns."""
    return lambda end: end(db, city, Deed(SERVER, clock.moment))


@pytest.fixture
def send(tamu, city):
    """Sends a form that was opened before, with all that was typed."""

    def _send(hidden, status: int, token: str = "", **typed: str):
        return tamu.post(f"/s/{token or city.token}?kirim=1", THREES | hidden | typed, status)

    return _send


def marks(db) -> list[tuple[int, str]]:
    """Of every stored answer whether what it came by had ended, and its state."""
    return [(row["token_revoked"], events.find_state(db, row["id"])) for row in stored_answers(db)]


def kiosk_stamp(tamu, city) -> dict[str, str]:
    tamu.get(f"/kios/{city.token}")
    return {"stamp": tamu.page.xpath("string(//input[@name='stamp']/@value)") + f"~{PERSON}"}


@pytest.mark.parametrize(("words", "end"), ENDS.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_what_was_opened_before_is_taken_within_a_day_marked_and_held(
    tamu, db, city, clock, ends, send, words, end
):
    hidden = tamu.open_form(city.token)
    clock.moment += HOUR
    ends(end)
    clock.moment += DAY
    send(hidden, 303)
    assert marks(db) == [(1, "held")]
    (event,) = events.all_for(db, stored_answers(db)[0]["id"])
    assert event.why == f"Formulir dibuka sebelum {words}, dan dikirim sesudahnya"


@ENDINGS
def test_after_a_day_it_is_refused_and_all_that_was_typed_is_on_the_page(
    tamu, db, city, clock, ends, send, end
):
    hidden = tamu.open_form(city.token)
    clock.moment += HOUR
    ends(end)
    clock.moment += DAY + timedelta(seconds=1)
    reply = send(hidden, 410, age="41", sex="P", comment="Antrenya panjang,\nkursinya <sedikit>")
    assert not stored_answers(db)
    assert reply.headers["SKM-Reply"] == "1"  # by which phone and kiosk know that it is no firewall
    (typed,) = tamu.page.xpath("//dl")
    assert len(typed.xpath("dd")) == 9 + 3
    assert "kemudahan prosedur" in typed.text_content()
    assert "41" in typed.text_content()
    assert "Antrenya panjang,\nkursinya <sedikit>" in typed.text_content()
    assert city.unit.name in tamu.words


def test_who_is_refused_is_led_to_the_new_code(tamu, city, clock, ends, send):
    hidden = tamu.open_form(city.token)
    ends(replaced)
    clock.moment += 2 * DAY
    send(hidden, 410)
    assert "Pindai kode QR yang baru di loket" in tamu.words


def test_what_is_sent_while_nothing_has_ended_is_marked_so(tamu, db, city, send):
    send(tamu.open_form(city.token), 303)
    assert marks(db) == [(0, "counted")]


def test_twenty_forms_that_were_harvested_before_end_a_day_after_the_replacement(
    tamu, db, city, clock, ends, send
):
    forms = [tamu.open_form(city.token) for _ in range(20)]
    clock.moment += HOUR
    ends(replaced)
    for number, hidden in enumerate(forms):
        clock.moment += timedelta(hours=37)  # through 31 days
        send(hidden | {"ago": str(37 * 3600 * (number + 1) + 4000)}, 410)
    assert not stored_answers(db)


def test_of_twenty_that_are_sent_within_the_day_none_counts(tamu, db, city, clock, ends, send):
    forms = [tamu.open_form(city.token) for _ in range(20)]
    clock.moment += HOUR
    ends(replaced)
    for hidden in forms:
        clock.moment += HOUR
        send(hidden, 303)
    assert marks(db) == [(1, "held")] * 20


@pytest.mark.parametrize("turn", ["~2", "~20"])
def test_a_later_turn_of_an_old_form_ends_with_it(tamu, db, city, clock, ends, send, turn):
    hidden = tamu.open_form(city.token)
    ends(replaced)
    clock.moment += 2 * DAY
    send({"stamp": hidden["stamp"] + turn}, 410)
    assert not stored_answers(db)


@ENDINGS
@pytest.mark.parametrize("age", [2, 40])  # days; an old page was good for ever
def test_an_old_kiosk_page_is_held_for_a_day_and_then_refused(tamu, db, city, clock, ends, send, end, age):
    stamp = kiosk_stamp(tamu, city)
    clock.moment += age * DAY
    ends(end)
    clock.moment += HOUR
    send(stamp, 303, ago=str(2 * 3600))
    clock.moment += DAY
    send({"stamp": stamp["stamp"][:-1] + "2"}, 410, ago=str(26 * 3600))
    assert marks(db) == [(1, "held")]


@pytest.mark.parametrize("later", [timedelta(minutes=30), 2 * DAY])
def test_a_device_that_says_it_opened_the_form_after_the_end_gets_none_in(
    tamu, db, city, clock, ends, send, later
):
    stamp = kiosk_stamp(tamu, city)
    clock.moment += HOUR
    ends(replaced)
    clock.moment += later
    send(stamp, 410, ago="60")
    assert not stored_answers(db)


@pytest.mark.parametrize("ago", ["", "0", "60", "90000", "200000", "99999999", "-1", "1e9"])
def test_whatever_a_device_says_nothing_comes_in_a_day_after_the_end(tamu, db, city, clock, ends, send, ago):
    forms = tamu.open_form(city.token), kiosk_stamp(tamu, city)
    clock.moment += HOUR
    ends(replaced)
    clock.moment += DAY + HOUR
    for hidden in forms:
        send(hidden, 410, ago=ago)
    assert not stored_answers(db)


def test_a_form_of_the_old_code_is_no_better_at_the_address_of_the_new_one(tamu, db, city, clock, ends, send):
    forms = [tamu.open_form(city.token) for _ in range(2)]
    clock.moment += HOUR
    new = ends(replaced)
    clock.moment += HOUR
    send(forms[0], 303, new)
    send(tamu.open_form(new), 303, new)
    clock.moment += DAY
    send(forms[1], 410, new)
    assert marks(db) == [(1, "held"), (0, "counted")]


def test_a_form_of_another_counter_opens_nothing_that_has_ended(tamu, db, city, clock, ends, send):
    other = tamu.open_form(city.wide_token)
    clock.moment += HOUR
    ends(replaced)
    send(other, 410)
    assert not tamu.page.xpath("//input[@name='stamp']")


def test_what_arrived_before_the_end_gets_its_receipt_when_it_is_sent_again(
    tamu, db, city, clock, ends, send
):
    hidden = tamu.open_form(city.token)
    first = send(hidden, 303).headers["Location"]
    ends(replaced)
    for later in (HOUR, 3 * DAY, 40 * DAY):
        clock.moment += later
        assert send(hidden, 303).headers["Location"] == first
    assert marks(db) == [(0, "counted")]


def test_the_receipt_tells_nothing_of_it(tamu, db, city, clock, ends, send):
    hidden = [tamu.open_form(city.token) for _ in range(2)]
    clock.moment += HOUR
    before = send(hidden[0], 303).headers["Location"]
    ends(replaced)
    after = send(hidden[1], 303).headers["Location"]
    pages = []
    for where in (before, after):
        tamu.get(where)
        pages.append(tamu.words.replace(tamu.page.xpath("string(//dd)"), ""))
    assert pages[0] == pages[1]


def test_another_language_and_a_faulty_answer_keep_the_form_within_the_day(tamu, db, city, clock, ends):
    hidden = tamu.open_form(city.token)
    ends_at = clock.moment + HOUR
    clock.moment = ends_at
    ends(replaced)
    tamu.post(f"/s/{city.token}?lang=en&bahasa=1", THREES | hidden, 200)
    tamu.post(f"/s/{city.token}?kirim=1", THREES | hidden | {"P4": ""}, 422)
    clock.moment += 2 * DAY
    tamu.post(f"/s/{city.token}?lang=en&bahasa=1", THREES | hidden, 410)
    assert "This counter now has a new QR code." in tamu.words
    assert "What you filled in" in tamu.words


def test_a_counter_that_is_opened_again_takes_its_forms_as_before(tamu, db, city, clock, ends, send):
    hidden = tamu.open_form(city.token)
    clock.moment += HOUR
    ends(counter_closed)
    clock.moment += 3 * DAY
    reopen_counter(db, Deed(SERVER, clock.moment), city.counter.id)
    send(hidden, 303)
    assert marks(db) == [(0, "counted")]


def test_a_service_that_is_closed_ends_no_code(tamu, db, city, clock, send):
    hidden = tamu.open_form(city.wide_token)
    clock.moment += HOUR
    close_service(db, Deed(SERVER, clock.moment), city.services[1].id)
    clock.moment += 3 * DAY
    send(hidden, 303, city.wide_token, service=city.services[1].id)
    assert marks(db) == [(0, "counted")]


def test_a_period_that_is_over_ends_no_code(tamu, db, city, clock, send):
    clock.moment = clock.moment.replace(month=12, day=30)
    hidden = tamu.open_form(city.token)
    clock.moment += 5 * DAY
    send(hidden, 303)
    assert marks(db) == [(0, "counted")]


def test_the_first_of_two_ends_counts(tamu, db, city, clock, ends, send):
    hidden = tamu.open_form(city.token)
    clock.moment += HOUR
    ends(replaced)
    clock.moment += DAY
    ends(counter_closed)
    clock.moment += HOUR
    send(hidden, 410)
    assert not stored_answers(db)


def test_a_form_that_a_period_does_not_take_keeps_what_was_typed_too(tamu, db, city, clock, send):
    hidden = tamu.open_form(city.token)
    clock.moment = clock.moment.replace(year=2027)
    send(hidden, 403, comment="Mantap")
    assert "tidak ada periode survei" in tamu.words
    assert len(tamu.page.xpath("//dd")) == 10


def test_where_nobody_knows_the_questions_what_was_typed_stands_by_their_codes(tamu, db, city, send):
    hidden = tamu.open_form(city.token)
    send(hidden, 404, "22222228", comment="Mantap")
    assert "P1" in tamu.page.xpath("//dt/text()")
    assert "Mantap" in tamu.words
    assert hidden["stamp"] not in tamu.words


def test_a_form_sent_with_nothing_in_it_is_explained_as_any_page(tamu, city, ends, clock):
    ends(replaced)
    tamu.post(f"/s/{city.token}", {}, 410)
    assert not tamu.page.xpath("//dl | //button")


def test_a_planned_closing_ends_at_midnight(tamu, db, city, clock, send):
    clock.moment = clock.moment.replace(hour=15, minute=55)  # 23.55 WITA
    hidden = tamu.open_form(city.token)
    close_organisation(db, Deed(SERVER, clock.moment), city.unit.slug, date(2026, 6, 16))
    clock.moment += timedelta(minutes=2)
    send(hidden, 303)
    clock.moment += timedelta(minutes=8)
    send({"stamp": hidden["stamp"] + "~2"}, 303)
    assert marks(db) == [(0, "counted"), (1, "held")]


BEFORE_ENDING = [  # pages that ask before something ends
    "/counters/{city.counter.id}/token",
    "/setup/counters/{city.counter.id}/close",
    "/setup/organisations/{city.unit.slug}/close",
    "/setup/organisations/{city.unit.slug}/merge",
]


@pytest.mark.parametrize("address", BEFORE_ENDING)
def test_officers_are_told_before_what_becomes_of_open_forms(sari, city, address):
    sari.get(address.format(city=city))
    assert OPEN_FORMS in sari.words
