"""A kiosk in words: where it stands, when it was seen, what it runs, what waits on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from skm.i18n import formats
from skm.survey.device import COARSE, Device
from skm.survey.organisation import Organisation


@dataclass(frozen=True)
class DeviceText:
    """A row of the list of devices; `ended` is "" for one that is in use."""

    id: str
    name: str
    counter: str
    registered: str
    seen: str
    version: str
    waiting: int
    ended: str


def device_text(device: Device, counter: str, unit: Organisation, now: datetime, version: str) -> DeviceText:
    """A device in words; `version` is that of the page today."""
    return DeviceText(
        id=device.id,
        name=device.name,
        counter=counter,
        registered=_by(unit, device.registered, device.registered_by),
        seen=_seen(unit, datetime.fromisoformat(device.seen), now),
        version=_version(device, version),
        waiting=device.waiting,
        ended=_by(unit, device.ended, device.ended_by) if device.ended else "",
    )


def counters_unregistered(counters: Sequence[str]) -> str:
    """What is said of counters of a unit that are used as a kiosk without a registered device; "" for none."""
    if not counters:
        return ""
    which = ", ".join(counters)
    return f"Dipakai sebagai kios tanpa perangkat yang terdaftar: {which}. Jawaban dari sana diterima, tetapi ditahan."


def _seen(unit: Organisation, seen: datetime, now: datetime) -> str:
    if now - seen < 2 * COARSE:
        return "baru saja"
    return f"sekitar {formats.moment(unit.local(seen))}"


def _version(device: Device, version: str) -> str:
    if not device.version:
        return "belum diketahui"
    return "terbaru" if device.version == version else f"lama ({device.version})"


def _by(unit: Organisation, moment: str, name: str) -> str:
    return f"{formats.date(unit.today(datetime.fromisoformat(moment)))} oleh {name}"
