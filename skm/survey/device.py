"""A kiosk (perangkat kios): a device at a counter on which anybody answers, registered there by an officer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

COARSE = timedelta(minutes=15)  # how exactly it is known when a device was last seen


@dataclass(frozen=True)
class Device:
    """A registered device. `digest` is that of the secret in its browser; the moments are in UTC.

    `seen` is `coarse`; `version` and `waiting`, the number of answers that wait on the device, are what it said then.
    """

    id: str
    counter_id: str
    name: str
    digest: str
    registered: str
    registered_by: str
    ended: str | None = None
    ended_by: str = ""
    seen: str = ""
    version: str = ""
    waiting: int = 0


@dataclass(frozen=True)
class DeviceCode:
    """The digest of the code by which a counter's next device is registered, who made it, and until when it works."""

    counter_id: str
    digest: str
    name: str
    until: str
    officer_id: str | None
    officer_name: str
    officer_role: str


def coarse(moment: datetime) -> datetime:
    """The quarter of an hour in which a moment lies, by its beginning."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
