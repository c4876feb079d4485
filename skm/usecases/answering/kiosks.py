"""Whose kiosk an answer comes from: that of a registered device counts, all others are held until a person decides."""

from datetime import datetime, timedelta

from skm.security.stamps import Stamp
from skm.store import devices
from skm.store.database import Database

# A device that is not connected has its page for so long; an older stamp may have been carried away.
PAGE_LIVES = timedelta(days=31)
UNREGISTERED = "Perangkat kios belum didaftarkan"
ENDED_SINCE = "Perangkat kios diakhiri sesudah jawaban ini"
ENDED_BEFORE = "Perangkat kios diakhiri sebelum jawaban ini"
OLD_PAGE = "Halaman kios berumur lebih dari 31 hari"


def presence_of(db: Database, stamp: Stamp, moment: datetime, now: datetime) -> str | None:
    """How the device shows that it stands at the counter: it is registered there. None where nothing shows it."""
    return "device" if stamp.device and not why_no_kiosk(db, stamp, moment, now) else None


def why_no_kiosk(db: Database, stamp: Stamp, moment: datetime, now: datetime) -> str:
    """Why an answer of a `moment` is not one of a registered device; "" where it is, or does not claim to be."""
    if stamp.channel != "kiosk":
        return ""
    device = devices.find(db, stamp.device) if stamp.device else None
    if device is None or device.counter_id != stamp.counter_id:
        return UNREGISTERED
    if device.ended:
        return ENDED_SINCE if moment < datetime.fromisoformat(device.ended) else ENDED_BEFORE
    return OLD_PAGE if now - stamp.opened > PAGE_LIVES else ""
