"""Who serves: the tree of organisations, their services, and the counters where a service is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

TIME_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
CHANNELS = {"face_to_face": "tatap muka", "online": "daring", "hybrid": "tatap muka dan daring"}
KINDS = {"government": "pemerintah daerah", "agency": "perangkat daerah", "unit": "unit"}
FIELDS = {
    "pendidikan": "Pendidikan",
    "kesehatan": "Kesehatan",
    "kependudukan": "Kependudukan dan pencatatan sipil",
    "perizinan": "Perizinan",
    "kewilayahan": "Kecamatan dan kelurahan",
    "sosial": "Sosial",
    "ketenagakerjaan": "Ketenagakerjaan",
    "perhubungan": "Perhubungan",
    "lingkungan": "Lingkungan hidup",
    "pekerjaan-umum": "Pekerjaan umum dan perumahan",
    "pajak": "Pajak dan retribusi",
    "penunjang": "Penunjang pemerintahan",
    "lainnya": "Lainnya",
}  # what a service is about (bidang pelayanan)
ALWAYS, STILL = "0001-01-01", "9999-12-31"  # the ends of a placement that has none
DEPTH_LIMIT = 8  # an office nests agencies twice or three times; a path must stay short
PARENTS = {
    "government": (),
    "agency": ("government", "agency"),
    "unit": ("agency",),
}  # what may stand above a kind


@dataclass(frozen=True)
class Organisation:
    """A government (pemerintah daerah), an agency (perangkat daerah) or a unit (unit penyelenggara pelayanan publik).

    `path` is made of the ids from the root down, each followed by a slash: a subtree is a prefix. `closed` is the
    moment (UTC) from which it takes no answers, `merged_into` the id of the organisation that goes on with its work.
    `field` is a code of FIELDS; "" takes that of the organisation above.
    """

    id: str
    parent_id: str | None
    path: str
    kind: str
    slug: str
    name: str
    address: str
    phone: str
    time_zone: str
    closed: str | None = None
    merged_into: str | None = None
    field: str = ""

    @property
    def ancestors(self) -> tuple[str, ...]:
        """Ids from this organisation up to the root."""
        return tuple(reversed(self.path.rstrip("/").split("/")))

    def local(self, moment: datetime) -> datetime:
        """A moment as the clock on this organisation's wall shows it (WIB, WITA or WIT)."""
        return moment.astimezone(ZoneInfo(self.time_zone))

    def today(self, now: datetime) -> date:
        """The date here at a moment."""
        return self.local(now).date()

    def midnight(self, day: date) -> datetime:
        """The moment, in UTC, at which a day begins here."""
        return datetime.combine(day, time(), ZoneInfo(self.time_zone)).astimezone(UTC)


@dataclass(frozen=True)
class Service:
    """A kind of service (jenis layanan) of a unit."""

    id: str
    unit_id: str
    name: str
    channel: str
    free_of_charge: bool
    yearly_visitors: int | None
    closed: str | None = None


@dataclass(frozen=True)
class Counter:
    """A place in a unit where services are given (loket, poli); it carries the QR."""

    id: str
    unit_id: str
    name: str
    closed: str | None = None


@dataclass(frozen=True)
class FormerUnit:
    """A unit in which a counter stood, the name that it had there, and the moment (UTC) at which it moved on."""

    counter_id: str
    unit_id: str
    name: str
    until: str


@dataclass(frozen=True)
class Token:
    """What a counter's QR leads to; replacing it keeps the old one as revoked."""

    token: str
    counter_id: str
    issued: str
    revoked: str | None


@dataclass(frozen=True)
class Placement:
    """Where an organisation stands or stood in the tree, from its local date `since` until `until`, both included."""

    organisation_id: str
    parent_id: str | None
    path: str
    since: str
    until: str


@dataclass(frozen=True)
class FormerName:
    """A name that an organisation had, and its last day."""

    id: str
    organisation_id: str
    name: str
    until: str


def units_between(former: Sequence[FormerUnit], now_in: str, first: datetime, last: datetime) -> set[str]:
    """The units in which a counter stood at some moment between two, of its former units, the earliest first."""
    ends = [datetime.fromisoformat(one.until) for one in former]
    units = [*(one.unit_id for one in former), now_in]
    since, until = [None, *ends], [*ends, None]
    return {
        unit
        for unit, begins, ends in zip(units, since, until, strict=True)
        if (begins is None or begins < last) and (ends is None or first < ends)
    }


def is_closed(thing: Organisation | Service | Counter, moment: datetime) -> bool:
    """Whether it takes no answers any more at a moment."""
    return thing.closed is not None and datetime.fromisoformat(thing.closed) <= moment
