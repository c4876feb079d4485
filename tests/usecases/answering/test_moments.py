"""Nothing stored of an answer tells a finer moment than a quarter of an hour."""

from datetime import timedelta
from uuid import UUID

import pytest
from itsdangerous import Signer

from skm.security.keys import new_key
from skm.store import audit, events
from skm.usecases.answering import holding
from tests.builders import THREES, answered, stored_answers


@pytest.fixture
def send(tamu, city, db):
    """Opens the form and sends it; the row of the answer."""

    def _send():
        tamu.post(f"/s/{city.token}", THREES | tamu.open_form(city.token), 303)
        return stored_answers(db)[-1]

    return _send


def test_an_answer_is_received_in_a_quarter_of_an_hour(send, clock):
    clock.moment += timedelta(minutes=44, seconds=59)
    assert send()["received"] == "2026-06-15T04:30:00+00:00"


def test_the_id_of_an_answer_tells_no_moment(send):
    assert UUID(send()["id"]).version == 4


def test_an_answer_that_is_held_as_it_arrives_tells_no_finer_moment_by_its_decision(
    send, db, clock, monkeypatch
):
    monkeypatch.setattr(holding, "find_behind", lambda *_: type("Behind", (), {"why": "Uji"}))
    clock.moment += timedelta(minutes=7, seconds=13)
    first, second = send(), send()
    quarter = "2026-06-15T04:00:00+00:00"
    assert [event.at for row in (first, second) for event in events.all_for(db, row["id"])] == [quarter] * 2
    later, earlier = list(audit.all_for(db, ""))[:2]
    assert (later.subject, earlier.subject) == (second["receipt"], first["receipt"])
    assert {later.at, earlier.at} == {quarter}
    assert {UUID(entry.id).int >> 80 for entry in (later, earlier)} == {1781496000000}


def test_such_an_entry_comes_after_what_an_officer_has_just_done(send, db, sari, monkeypatch):
    monkeypatch.setattr(holding, "find_behind", lambda *_: type("Behind", (), {"why": "Uji"}))
    before = audit.find_last(db)
    row = send()
    assert audit.find_last(db) > before
    assert next(audit.all_for(db, "")).subject == row["receipt"]


@pytest.fixture
def before(tamu, city, db, clock, settings):
    """A form that was opened before the release, when stamps had keys that tell a moment, and sends it."""
    key, opened = new_key(), int(clock().timestamp())
    signer = Signer(settings.secret_key, salt="stamp")
    stamp = signer.sign(f"{key}.{city.counter.id}.{opened}").decode()

    def _send(turn=""):
        tamu.post(f"/s/{city.token}", THREES | {"stamp": stamp + turn}, 303)
        return tamu.response.headers["Location"]

    return key, _send


def test_a_form_that_was_opened_before_the_release_gives_an_id_without_a_moment(before, db):
    _, send = before
    assert send() == send() != send("~2")
    rows = stored_answers(db)
    assert [UUID(row["id"].partition("~")[0]).version for row in rows] == [4, 4]
    assert [(row["form_number"], row["form_turn"]) for row in rows] == [(1, 1), (1, 2)]


def test_what_of_it_came_before_the_release_is_not_taken_twice(before, db, city):
    key, send = before
    first = answered(db, city, "333333333", id=key)
    assert send().endswith(first.receipt)
    assert len(stored_answers(db)) == 1
