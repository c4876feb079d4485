"""A kiosk is registered by a code that an officer makes: once, within minutes, at its counter; and it is ended."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from skm.store import officers
from skm.store.database import connect, writing
from skm.store.devices import get
from skm.survey.problem import Problem
from skm.usecases.city import devices
from skm.usecases.city.counter_moves import move_counter
from skm.usecases.deed import Actor, Deed
from tests.builders import a_counter, a_service, an_organisation, answered
from tests.conftest import DEED, NOON
from tests.officers import an_officer


def a_code(db, city, at=None):
    """A code for the city's first counter."""
    deed = DEED if at is None else at
    return devices.make_code(db, deed, city.unit.slug, city.counter.id, "Tablet meja depan").code


def registered(db, city, token="", typed="", address="10.0.0.1", now=NOON):
    """The secret of a device that is registered by a code."""
    return devices.register_device(db, token or city.token, typed or a_code(db, city), address, now)


def refusal(db, city, **how) -> str:
    with pytest.raises(Problem) as refused:
        registered(db, city, **how)
    return refused.value.key


def test_a_code_registers_a_device_under_the_name_that_was_chosen(db, city):
    secret = registered(db, city)
    device = devices.find_device(db, city.counter.id, ["another", secret])
    assert (device.name, device.counter_id, device.registered_by) == (
        "Tablet meja depan",
        city.counter.id,
        "server",
    )


def test_neither_code_nor_secret_is_stored(db, city):
    code = a_code(db, city)
    said = str([list(db.execute(f"SELECT * FROM {table}")) for table in ("device_codes", "audit")])
    secret = registered(db, city, typed=code)
    said += str([list(db.execute(f"SELECT * FROM {table}")) for table in ("devices", "audit")])
    assert code.replace("-", "") not in said.replace("-", "")
    assert secret not in said


def test_a_code_is_typed_in_any_case_and_with_or_without_its_hyphen(db, city):
    assert registered(db, city, typed=a_code(db, city).lower().replace("-", " "))


def test_a_code_works_once(db, city):
    code = a_code(db, city)
    registered(db, city, typed=code)
    assert refusal(db, city, typed=code) == "device_code_wrong"


def test_a_code_works_for_a_quarter_of_an_hour(db, city):
    code = a_code(db, city)
    assert refusal(db, city, typed=code, now=NOON + timedelta(minutes=15)) == "device_code_wrong"
    assert registered(db, city, typed=code, now=NOON + timedelta(minutes=14, seconds=59))


def test_a_new_code_takes_the_place_of_an_earlier_one(db, city):
    code = a_code(db, city)
    a_code(db, city)
    assert refusal(db, city, typed=code) == "device_code_wrong"


def test_a_code_of_another_counter_registers_nothing(db, city):
    assert refusal(db, city, token=city.wide_token, typed=a_code(db, city)) == "device_code_wrong"


def test_a_code_is_made_only_for_a_counter_of_the_unit(db, city):
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
        counter, _ = a_counter(db, other, "Loket 1", ())
    with pytest.raises(Problem, match="counter_unknown"):
        devices.make_code(db, DEED, city.unit.slug, counter.id, "Tablet")


def test_who_guesses_is_refused_also_with_the_right_code(db, city):
    wrong = a_code(db, city)
    code = a_code(db, city)
    for _ in range(devices.FROM_ADDRESS):
        assert refusal(db, city, typed=wrong) == "device_code_wrong"
    assert refusal(db, city, typed=code) == "device_code_throttled"
    assert registered(db, city, typed=code, address="10.0.0.2")


def test_who_guesses_from_many_addresses_is_refused_too(db, city, monkeypatch):
    monkeypatch.setattr(devices, "AT_COUNTER", 5)
    wrong, code = a_code(db, city), a_code(db, city)
    for number in range(5):
        refusal(db, city, typed=wrong, address=f"10.0.1.{number}")
    assert refusal(db, city, typed=code, address="10.0.0.2") == "device_code_throttled"


def test_a_slip_of_the_finger_is_no_guess(db, city):
    code = a_code(db, city)
    slip = code[:-1] + ("A" if code[-1] != "A" else "B")
    for _ in range(devices.FROM_ADDRESS + 1):
        assert refusal(db, city, typed=slip) == "device_code_mistyped"
    assert registered(db, city, typed=code)


def test_an_ended_device_is_none_of_its_counter(db, city):
    secret = registered(db, city)
    device = devices.find_device(db, city.counter.id, [secret])
    devices.end_device(db, DEED, device.id)
    devices.end_device(db, DEED, device.id)
    assert devices.find_device(db, city.counter.id, [secret]) is None
    assert get(db, device.id).ended_by == "server"


def test_a_device_of_one_counter_is_none_of_another(db, city):
    assert devices.find_device(db, city.wide_counter.id, [registered(db, city)]) is None


def test_every_deed_is_in_the_log(db, city):
    device = devices.find_device(db, city.counter.id, [registered(db, city)])
    devices.rename_device(db, DEED, device.id, "Tablet pintu")
    devices.end_device(db, DEED, device.id)
    verbs = [verb for (verb,) in db.execute("SELECT verb FROM audit ORDER BY id")]
    assert verbs == ["make_device_code", "register_device", "rename_device", "end_device"]


def test_when_a_device_was_seen_is_known_to_the_quarter_of_an_hour(db, city):
    device = devices.find_device(db, city.counter.id, [registered(db, city)])
    late = NOON + timedelta(minutes=44, seconds=59)
    with writing(db):
        devices.note_seen(db, device.id, "0123456789", 3, late)
    noted = get(db, device.id)
    assert (noted.seen, noted.version, noted.waiting) == ("2026-06-15T04:30:00+00:00", "0123456789", 3)
    assert devices.was_seen(noted, "0123456789", late)


@pytest.mark.parametrize(
    ("times", "day", "named"),
    [(5, "2026-06-01", ["Loket 1"]), (4, "2026-06-01", []), (5, "2026-05-01", [])],
)
def test_counters_that_some_people_used_as_a_kiosk_lately_are_named(db, city, times, day, named):
    for _ in range(times):
        answered(db, city, "333333333", day, channel="kiosk")
    found = devices.find_unregistered(db, city.unit, NOON)
    assert [name for unit in found for name in unit.counters] == named


def test_counters_with_a_device_are_not_named(db, city):
    for _ in range(5):
        answered(db, city, "333333333", channel="kiosk")
    registered(db, city)
    assert devices.find_unregistered(db, city.government, NOON) == []


def test_two_devices_that_type_a_code_at_once_are_one(db, city, tmp_path):
    code, places = a_code(db, city), Barrier(4)

    def attempt(number):
        own = connect(tmp_path / "skm.sqlite")
        places.wait()
        try:
            return registered(own, city, typed=code, address=f"10.0.0.{number}")
        except Problem as refused:
            return refused.key
        finally:
            own.close()

    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(attempt, range(4)))
    assert ends.count("device_code_wrong") == 3
    assert db.execute("SELECT count(*) FROM devices").fetchone()[0] == 1


@pytest.mark.parametrize("lost", ["account", "role"])
def test_a_code_works_no_longer_than_its_maker_has_the_role(db, city, lost):
    officer = an_officer(db, "counter_staff", city.unit)
    by = Actor(officer.id, officer.name, "counter_staff")
    code = a_code(db, city, Deed(by, NOON))
    with writing(db):
        if lost == "account":
            officers.close(db, officer.id, NOON.isoformat())
        else:
            (held,) = officers.all_given_to(db, officer.id)
            officers.end_membership(db, held.id, NOON.isoformat())
    assert refusal(db, city, typed=code) == "device_code_wrong"


def test_the_deed_is_that_of_the_maker_of_the_code(db, city):
    officer = an_officer(db, "counter_staff", city.unit)
    code = a_code(db, city, Deed(Actor(officer.id, officer.name, "counter_staff"), NOON))
    registered(db, city, typed=code)
    by = db.execute("SELECT officer_id, role FROM audit WHERE verb = 'register_device'").fetchone()
    assert by == (officer.id, "counter_staff")


def test_wrong_codes_do_not_hold_up_who_signs_in_from_the_same_address(db, city):
    wrong = a_code(db, city)
    a_code(db, city)
    for _ in range(3):
        refusal(db, city, typed=wrong)
    since, until = "2026-06-15T03:00:00+00:00", "2026-06-15T05:00:00+00:00"
    assert officers.count_attempts(db, "budi@denpasar.go.id", "10.0.0.1", since, until) == (0, 0)


def test_a_device_moves_with_its_counter(db, city):
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
        service = a_service(db, other, "Imunisasi")
    registered(db, city)
    move_counter(db, DEED, city.counter.id, other.slug, "Loket 9", [service.id])
    assert not devices.show_devices(db, city.unit.slug).devices
    (device,) = devices.show_devices(db, other.slug).devices
    devices.rename_device(db, DEED, device.id, "Tablet Imunisasi")
    assert db.execute("SELECT path FROM audit WHERE verb = 'rename_device'").fetchone()[0] == other.path
