"""Which answer of the day in its unit comes from the same network address."""

from datetime import date, timedelta

import pytest

from skm.security import origins
from skm.store.database import StoreBusy, writing
from skm.usecases.answering import answer
from tests.applications import an_application
from tests.builders import OPEN, THREES, a_counter, a_period, a_service, an_organisation, stored_answers
from tests.client import Visitor

HOME = "203.0.113.7"


@pytest.fixture
def come(tamu, city, db):
    """Somebody answers from an address; what is stored of it."""

    def _come(address=HOME, token=city.token, status=303, hidden=None, **headers):
        sent = THREES | (hidden or tamu.open_form(token))
        tamu.post(f"/s/{token}", sent, status, environ_base={"REMOTE_ADDR": address}, headers=headers)
        rows = stored_answers(db)
        return rows[-1]["same_origin"] if rows else None

    return _come


def test_the_third_to_fifth_and_all_after_the_fifth_are_not_told_apart(come):
    assert [come() for _ in range(8)] == [1, 2, 3, 3, 3, 6, 6, 6]


def test_another_address_is_another_origin_and_a_household_of_ipv6_is_one(come):
    addresses = [HOME, "203.0.113.8", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1", f"::ffff:{HOME}"]
    assert [come(address) for address in addresses] == [1, 1, 1, 2, 1, 2]


def test_an_address_that_is_none_is_not_known(come):
    assert [come("unix:"), come("")] == [None, None]


def test_each_unit_counts_for_itself(come, db, city):
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "UPTD Puskesmas II")
        _, token = a_counter(db, other, "Loket 1", [a_service(db, other, "Pendaftaran")])
    assert [come(), come(token=token), come()] == [1, 1, 2]


def test_the_day_is_that_of_the_unit(come, clock, db, city):
    with writing(db):
        a_period(db, city.unit, city.period.instrument_id, **(OPEN | {"closes": date(2100, 1, 1)}))
    clock.moment = clock.moment.replace(hour=15, minute=58)  # 23.58 WITA
    counted = [come()]
    clock.moment += timedelta(minutes=4)
    assert [*counted, come(), come()] == [1, 1, 2]


def test_what_is_sent_again_is_not_counted_again(come, tamu, city):
    hidden = tamu.open_form(city.token)
    for _ in range(3):
        come(hidden=hidden)
    assert come() == 2


def test_what_could_not_be_stored_is_not_counted(come, monkeypatch):
    def fail(*_):
        raise StoreBusy("full")

    with monkeypatch.context() as patch:
        patch.setattr(answer.responses, "add", fail)
        come(status=503)
    assert come() == 1


def test_a_table_that_is_full_refuses_no_answer(come, monkeypatch):
    monkeypatch.setattr(origins, "PROBES", 0)
    assert come() is None


def test_without_a_proxy_nobody_names_an_address_themselves(come):
    assert [come(**{"X-Forwarded-For": f"198.51.100.{number}"}) for number in range(3)] == [1, 2, 3]


def test_behind_a_proxy_the_address_is_that_which_it_names(db, city, settings, clock):
    tamu = Visitor(an_application(settings.__class__(**vars(settings) | {"proxies": 1}), clock).test_client())
    for address in (HOME, "203.0.113.8", HOME):
        tamu.post(
            f"/s/{city.token}", THREES | tamu.open_form(city.token), 303, headers={"X-Forwarded-For": address}
        )
    assert [row["same_origin"] for row in stored_answers(db)] == [1, 1, 2]
