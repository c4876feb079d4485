"""Kiosks of a unit: a code that an officer makes, the device on which it is typed, its name and its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from skm.security import codes, one_time
from skm.security.keys import new_key
from skm.store import counters, devices, officers, organisations
from skm.store.database import Database, writing
from skm.survey.device import Device, DeviceCode, coarse
from skm.survey.names import checked_name
from skm.survey.organisation import Counter, Organisation
from skm.survey.problem import Problem
from skm.survey.small_cells import K
from skm.usecases.answering.answer import find_place
from skm.usecases.deed import SERVER, Actor, Deed, logged, stored_moment

CODE_LIVES = timedelta(minutes=15)
_MINUTES = int(CODE_LIVES.total_seconds() // 60)
FROM_ADDRESS = 50  # wrong codes in that time
AT_COUNTER = 1_000  # from anywhere: of 17 thousand million codes one is right
LATELY = timedelta(days=31)


@dataclass(frozen=True)
class Devices:
    """The devices of a unit, those in use first, and its counters by their ids."""

    unit: Organisation
    above: Sequence[Organisation]
    devices: Sequence[Device]
    counters: Mapping[str, Counter]

    @property
    def open_counters(self) -> dict[str, str]:
        """The names of the counters at which a device can be registered, by id."""
        return {one.id: one.name for one in self.counters.values() if one.closed is None}


@dataclass(frozen=True)
class NewCode:
    """A code to type on a device: at which counter, by which token, and until when it works."""

    code: str
    counter: Counter
    token: str
    until: datetime


def show_devices(db: Database, slug: str) -> Devices:
    """The devices of a unit; raises Problem."""
    unit = organisations.get_unit(db, slug)
    of_unit = {one.id: one for one in organisations.counters_of(db, unit.id)}
    return Devices(unit, organisations.all_above(db, unit), devices.all_of_unit(db, unit.id), of_unit)


def show_device(db: Database, device_id: str) -> tuple[Devices, Device]:
    """One device, and its unit with all of them; raises Problem."""
    device = devices.get(db, device_id)
    unit = organisations.get(db, counters.get(db, device.counter_id).unit_id)
    return show_devices(db, unit.slug), device


def make_code(db: Database, deed: Deed, slug: str, counter_id: str, name: str) -> NewCode:
    """A code by which one device is registered at a counter; an earlier one of the counter works no longer.

    It is not stored, only its digest. Raises Problem.
    """
    with logged(db, deed) as log:
        shown = show_devices(db, slug)
        if counter_id not in shown.open_counters:
            raise Problem("counter_unknown")
        code, called, by = codes.new_token(), checked_name(name), deed.by
        until, counter = deed.at + CODE_LIVES, shown.counters[counter_id]
        made = (one_time.digest(code), called, stored_moment(until), by.id, by.name, by.role)
        devices.put_code(db, DeviceCode(counter_id, *made))
        log.note(shown.unit.path, "make_device_code", _subject(counter, called))
    return NewCode(codes.grouped(code), counter, counters.tokens_of(db, counter_id)[0].token, until)


def register_device(db: Database, token: str, typed: str, address: str, now: datetime) -> str:
    """Registers the device on which a code of this counter was typed; the secret that its browser is to hold.

    The deed is that of the officer who made the code. A wrong code is counted, and after too many every one is
    refused for a while. Raises Problem.
    """
    counter, unit = find_place(db, token, now)
    code = codes.normalise(typed)
    if not codes.is_well_formed(code, codes.TOKEN_LENGTH):
        raise Problem("device_code_mistyped", length=codes.TOKEN_LENGTH)
    attempt, secret = _reserve(db, counter.id, address, now), one_time.new_secret()
    with logged(db, Deed(SERVER, now)) as log:
        made = devices.take_code(db, counter.id, one_time.digest(code), log.deed.moment)
        if made is None or not _is_held_still(db, made, unit, now):
            raise Problem("device_code_wrong", minutes=_MINUTES)
        device = Device(
            id=new_key(),
            counter_id=counter.id,
            name=made.name,
            digest=one_time.digest(secret),
            registered=log.deed.moment,
            registered_by=made.officer_name,
            seen=stored_moment(coarse(now)),
        )
        devices.add(db, device)
        officers.drop_attempt(db, attempt)
        by = Actor(made.officer_id, made.officer_name, made.officer_role)
        log.by(by).note(unit.path, "register_device", _subject(counter, device.name))
    return secret


def rename_device(db: Database, deed: Deed, device_id: str, name: str) -> None:
    """Gives a device another name. Raises Problem."""
    with logged(db, deed) as log:
        shown, device = show_device(db, device_id)
        called = checked_name(name)
        devices.rename(db, device_id, called)
        subject = _subject(shown.counters[device.counter_id], device.name)
        log.changed(shown.unit.path, "rename_device", subject, {"name": device.name}, {"name": called})


def end_device(db: Database, deed: Deed, device_id: str) -> None:
    """Ends a device: what it sends from now on is held. Ended before, it stays as it is. Raises Problem."""
    with logged(db, deed) as log:
        shown, device = show_device(db, device_id)
        if device.ended:
            log.unchanged()
            return
        devices.end(db, device_id, deed.moment, deed.by.name)
        log.note(shown.unit.path, "end_device", _subject(shown.counters[device.counter_id], device.name))


def find_device(db: Database, counter_id: str, secrets: Sequence[str]) -> Device | None:
    """The device of a counter to which one of some secrets belongs; None where none does."""
    found = (devices.find_at(db, counter_id, one_time.digest(secret)) for secret in secrets)
    return next(filter(None, found), None)


def was_seen(device: Device, version: str, now: datetime) -> bool:
    """Whether it is known already that a device was seen in this quarter of an hour, with this version of its page."""
    return device.seen == stored_moment(coarse(now)) and device.version == version


def note_seen(db: Database, device_id: str, version: str, waiting: int, now: datetime) -> None:
    """Notes what a device said of itself, within the caller's transaction; when, only to the quarter of an hour."""
    devices.note_seen(db, device_id, stored_moment(coarse(now)), version, waiting)


@dataclass(frozen=True)
class Unregistered:
    """A unit with the names of its open counters that some people used as a kiosk lately, without a device."""

    slug: str
    name: str
    counters: Sequence[str]


def find_unregistered(db: Database, top: Organisation, now: datetime) -> list[Unregistered]:
    """The units below an organisation, or itself, whose kiosks have still to be registered."""
    since = (top.today(now) - LATELY).isoformat()
    units: dict[tuple[str, str], list[str]] = {}
    for slug, unit, counter in devices.counters_without(db, top.path, since, K):
        units.setdefault((slug, unit), []).append(counter)
    return [Unregistered(slug, unit, names) for (slug, unit), names in units.items()]


def _is_held_still(db: Database, code: DeviceCode, unit: Organisation, now: datetime) -> bool:
    """Whether who made a code still has the role in which it was made; the server has none."""
    if code.officer_id is None:
        return True
    given, today = officers.all_given_to(db, code.officer_id), organisations.today(db, now)
    return any(
        one.role == code.officer_role and one.covers(unit.path) and one.is_held_on(today) for one in given
    )


def _reserve(db: Database, counter_id: str, address: str, now: datetime) -> str:
    """Counts an attempt before it is judged, apart from those to sign in; raises Problem after too many."""
    counter, origin = f"kios {counter_id}", f"kios {address}"
    since, key = stored_moment(now - CODE_LIVES), new_key()
    with writing(db):
        at, from_ = officers.count_attempts(db, counter, origin, since, stored_moment(now + CODE_LIVES))
        if at >= AT_COUNTER or from_ >= FROM_ADDRESS:
            raise Problem("device_code_throttled", minutes=_MINUTES)
        officers.add_attempt(db, key, counter, origin, "", stored_moment(now))
    return key


def _subject(counter: Counter, name: str) -> str:
    return f"{counter.name}: {name}"
