"""A shared device at a counter: its page, and the answers that come from it."""

from datetime import timedelta

import pytest

from tests.builders import THREES, stored_answers

PERSON, NEXT = "0" * 31 + "1", "0" * 31 + "2"


def stamp(tamu, city) -> str:
    """The stamp in a kiosk's page."""
    tamu.get(f"/kios/{city.token}")
    return tamu.page.xpath("//input[@name='stamp']/@value")[0]


def sent(tamu, city, given: str, status: int = 303) -> str:
    """Sends an answer with a stamp, as the kiosk does, and returns where that leads."""
    where = tamu.page.xpath("//form[@id='form']/@action")[0]
    return tamu.post(where, THREES | {"stamp": given}, status).headers.get("Location", "")


def test_answers_from_a_kiosk_come_by_its_channel_each_as_its_own(tamu, city, db):
    issued = stamp(tamu, city)
    receipts = {sent(tamu, city, f"{issued}~{person}") for person in (PERSON, NEXT)}
    assert len(receipts) == 2
    assert [row["channel"] for row in stored_answers(db)] == ["kiosk", "kiosk"]


def test_an_answer_that_is_sent_twice_is_one(tamu, city, db):
    issued = stamp(tamu, city)
    receipts = {sent(tamu, city, f"{issued}~{PERSON}") for _ in range(2)}
    assert len(receipts) == len(stored_answers(db)) == 1


@pytest.mark.parametrize("turn", ["", "~2", "~xyz"])
def test_a_stamp_of_a_kiosk_without_a_person_stores_nothing(tamu, city, db, turn):
    sent(tamu, city, stamp(tamu, city) + turn, 400)
    assert not stored_answers(db)


def test_the_address_does_not_choose_the_channel(tamu, city, db):
    tamu.post(
        f"/s/{city.token}?channel=kiosk", THREES | tamu.open_form(city.token) | {"channel": "kiosk"}, 303
    )
    assert [row["channel"] for row in stored_answers(db)] == ["qr"]


def test_what_a_kiosk_sends_after_days_without_a_connection_is_late(tamu, city, db, clock):
    issued = stamp(tamu, city)
    clock.moment += timedelta(days=3)
    sent(tamu, city, f"{issued}~{PERSON}")
    assert [(row["channel"], row["flags"]) for row in stored_answers(db)] == [("kiosk", "late")]


def test_every_visit_of_a_kiosk_gets_a_fresh_stamp(tamu, city):
    assert stamp(tamu, city) != stamp(tamu, city)


def test_a_kiosk_leads_nowhere_but_to_the_ordinary_form(tamu, city):
    tamu.get(f"/kios/{city.token}")
    assert set(tamu.page.xpath("//body//a/@href")) == {f"/s/{city.token}"}


def test_the_counters_of_a_unit_lead_to_their_kiosks(budi, city):
    budi.get(f"/units/{city.unit.slug}/counters")
    assert f"/kios/{city.token}" in budi.page.xpath("//a[normalize-space()='Mode kios']/@href")
