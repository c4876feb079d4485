"""Registered devices, and the codes by which they are registered."""

from collections.abc import Sequence

from skm.store.database import Database
from skm.store.rows import columns, insert, one, rows
from skm.survey.device import Device, DeviceCode
from skm.survey.problem import needed

_DEVICE = f"SELECT {columns(Device, 'd')} FROM devices AS d"


def add(db: Database, device: Device) -> None:
    """Adds a device."""
    insert(db, "devices", [device])


def get(db: Database, device_id: str) -> Device:
    """The device with this id; raises Problem "device_unknown"."""
    return needed(find(db, device_id), "device_unknown")


def find(db: Database, device_id: str) -> Device | None:
    """The device with this id, ended or not."""
    return one(db, Device, f"{_DEVICE} WHERE id = :id", {"id": device_id})


def find_at(db: Database, counter_id: str, digest: str) -> Device | None:
    """The device of a counter whose secret has this digest, if it has not ended."""
    sql = f"{_DEVICE} WHERE digest = :digest AND counter_id = :counter AND ended IS NULL"
    return one(db, Device, sql, {"digest": digest, "counter": counter_id})


def all_of_unit(db: Database, unit_id: str) -> Sequence[Device]:
    """All devices at the counters of a unit, those in use first, then by when they were registered."""
    sql = f"""{_DEVICE} JOIN counters AS c ON c.id = d.counter_id WHERE c.unit_id = :unit
              ORDER BY d.ended IS NOT NULL, d.ended DESC, d.id"""
    return rows(db, Device, sql, {"unit": unit_id})


def rename(db: Database, device_id: str, name: str) -> None:
    """Gives a device another name."""
    db.execute("UPDATE devices SET name = :name WHERE id = :id", {"name": name, "id": device_id})


def end(db: Database, device_id: str, at: str, by: str) -> None:
    """Ends a device."""
    sql = "UPDATE devices SET ended = :at, ended_by = :by WHERE id = :id AND ended IS NULL"
    db.execute(sql, {"at": at, "by": by, "id": device_id})


def note_seen(db: Database, device_id: str, seen: str, version: str, waiting: int) -> None:
    """Notes what a device said of itself."""
    sql = "UPDATE devices SET seen = :seen, version = :version, waiting = :waiting WHERE id = :id"
    db.execute(sql, {"seen": seen, "version": version, "waiting": waiting, "id": device_id})


def put_code(db: Database, code: DeviceCode) -> None:
    """Adds the code of a counter, in place of an earlier one."""
    db.execute("DELETE FROM device_codes WHERE counter_id = :c", {"c": code.counter_id})
    insert(db, "device_codes", [code])


def take_code(db: Database, counter_id: str, digest: str, now: str) -> DeviceCode | None:
    """Uses up the code of a counter; None where it is another one, was used, or works no longer."""
    sql = f"""SELECT {columns(DeviceCode)} FROM device_codes
              WHERE counter_id = :c AND digest = :digest AND until > :now"""
    code = one(db, DeviceCode, sql, {"c": counter_id, "digest": digest, "now": now})
    if code:
        db.execute("DELETE FROM device_codes WHERE counter_id = :c", {"c": counter_id})
    return code


def counters_without(db: Database, path: str, since: str, least: int) -> list[tuple[str, str, str]]:
    """Open counters of a subtree without a device that had so many kiosk answers since a local date.

    Each as the unit's name in addresses, the unit's name and its own.
    """
    sql = """SELECT u.slug, u.name, c.name FROM organisations AS u JOIN responses AS r ON r.unit_id = u.id
             JOIN counters AS c ON c.id = r.counter_id AND c.unit_id = u.id
             WHERE u.path >= :path AND u.path < :after AND r.local_month >= :month AND r.local_date >= :since
                   AND r.channel = 'kiosk' AND c.closed IS NULL
                   AND NOT EXISTS (SELECT 1 FROM devices WHERE counter_id = c.id AND ended IS NULL)
             GROUP BY c.id HAVING count(*) >= :least ORDER BY u.id, c.id"""
    named = {"path": path, "after": path[:-1] + "0", "month": since[:7], "since": since, "least": least}
    return [(str(slug), str(unit), str(counter)) for slug, unit, counter in db.execute(sql, named)]
