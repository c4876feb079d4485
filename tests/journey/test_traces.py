"""Whoever reads the files learns no moment of an answer finer than a quarter of an hour, and not where it came from."""

import sqlite3
import struct
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from skm.security.keys import key_of
from skm.store import snapshots
from skm.usecases.closing import freezing
from skm.usecases.deed import SERVER, Deed
from tests.builders import THREES, stored_answers
from tests.journey.traces import Window, addresses, keys, moments

OPENED = datetime(2026, 6, 15, 4, 37, 42, 518_000, tzinfo=UTC)
TOOK = timedelta(seconds=83)
ADDRESS, NETWORK = "203.0.113.77", "2001:db8:77:1:2:3:4:5"
DOORS = Path(__file__).parents[1] / "rules" / "doors.txt"
EXPORTS = [  # every door to a file that is made from answers or from the log
    "/audit.csv",
    "/exports/<int:year>.csv",
    "/exports/<int:year>.xlsx",
    "/organisations/<slug>/<any(elements, months, years):chart>.<any(svg, png, csv):extension>",
    "/organisations/<slug>/method.xlsx",
    "/organisations/<slug>/priorities.<any(svg, png, csv):extension>",
    "/organisations/<slug>/units.csv",
    "/organisations/<slug>/visitors.xlsx",
    "/organisations/<slug>/who.csv",
    "/setup/export.xlsx",
    "/snapshots/<snapshot_id>.json",
    "/snapshots/<snapshot_id>/method.xlsx",
]
WITHOUT_ANSWERS = [
    "/counters/<counter_id>/qr.<any(svg, png):extension>",
    "/counters/<counter_id>/sheet.pdf",
    "/logo.png",
    "/organisations/<slug>/counters.pdf",
    "/papers/<batch_id>.csv",  # of what officers keyed
    "/setup/template.xlsx",
    "/sign-in/authenticator.svg",
    "/sw.js",
    "/units/<slug>/paper.pdf",
]


@pytest.fixture
def known(tamu, city, db, clock):
    """Answers of every kind, taken at a known moment from a known address: when, by the clock and by the machine's."""

    def come(stamp: str, address: str = ADDRESS, **headers: str) -> None:
        told = {"ago": "83", "took": "81", "clock": str(int(clock.moment.timestamp()))}
        sent = THREES | told | {"stamp": stamp, "comment": "Cepat.", "sex": "P"}
        tamu.post(f"/s/{city.token}", sent, 303, environ_base={"REMOTE_ADDR": address}, headers=headers)

    began = datetime.now(UTC)
    clock.moment = OPENED - timedelta(days=3)
    late = tamu.open_form(city.token)["stamp"]
    clock.moment = OPENED
    form = tamu.open_form(city.token)["stamp"]
    tamu.get(f"/kios/{city.token}")
    kiosk = tamu.page.xpath("//input[@name='stamp']/@value")[0]
    clock.moment += TOOK
    for stamp in (form, f"{form}~2", f"{kiosk}~{'a1' * 16}", late):
        come(stamp)
    come(f"{form}~3", NETWORK)
    for number in (4, 5):
        come(f"{form}~{number}", **{"Sec-Fetch-Site": "cross-site"})  # held
    windows = Window(OPENED, clock.moment), Window(began, datetime.now(UTC))
    clock.moment += timedelta(days=1)
    return windows


def contents(data: bytes) -> list[bytes]:
    """What is in a file: of a workbook, its parts."""
    if not is_zipfile(BytesIO(data)):
        return [data]
    with ZipFile(BytesIO(data)) as parts:
        return [parts.read(name) for name in parts.namelist()]


def told(data: bytes, windows: tuple[Window, Window]) -> list[str]:
    """All that it should not tell."""
    by_clock, by_machine = windows
    found = [*moments(data, by_clock), *keys(data, by_machine)]
    return found + [trace for address in (ADDRESS, NETWORK) for trace in addresses(data, address)]


def test_database_and_log_of_writing_tell_nothing(db, known, settings, tmp_path):
    assert len(stored_answers(db)) == 7
    files = {file.name: file.read_bytes() for file in settings.database.parent.iterdir() if file.is_file()}
    assert {settings.database.name, f"{settings.database.name}-wal"} <= files.keys()
    assert {name: told(data, known) for name, data in files.items()} == {name: [] for name in files}


def test_copies_of_the_database_tell_nothing(db, known, settings, tmp_path):
    db.execute("VACUUM INTO :copy", {"copy": str(tmp_path / "vacuum.sqlite")})
    with (
        closing(sqlite3.connect(settings.database)) as source,
        closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy,
    ):
        source.backup(copy)
        dump = "\n".join(copy.iterdump()).encode()
    files = (tmp_path / "vacuum.sqlite").read_bytes(), (tmp_path / "copy.sqlite").read_bytes(), dump
    assert [told(data, known) for data in files] == [[], [], []]


def test_exports_tell_nothing(db, known, city, signed_in, clock):
    clock.moment = datetime(2027, 1, 2, 4, 0, tzinfo=UTC)
    sari, admin, agus = (signed_in(role, city.government) for role in ("organisasi", "admin", "auditor"))
    freezing.freeze_period(db, Deed(SERVER, clock()), city.period.id, undecided="Uji")
    (frozen,) = [
        one.id
        for one in snapshots.all_latest(db, city.period.id)
        if one.organisation_id == city.government.id
    ]
    values = {"slug": city.government.slug, "year": 2026, "snapshot_id": frozen}
    exports = {}
    for door in EXPORTS:
        for chart, extension in (("months", "csv"), ("years", "csv"), ("elements", "svg")):
            address = door
            for name, value in (values | {"chart": chart, "extension": extension}).items():
                address = address_with(address, name, str(value))
            whose = admin if "/setup" in door else agus if "/audit" in door else sari
            exports[address] = whose.peek(address)
    assert {address: file.status_code for address, file in exports.items() if file.status_code != 200} == {}
    found = {
        address: [told(part, known) for part in contents(file.data)] for address, file in exports.items()
    }
    assert {address: traces for address, traces in found.items() if any(traces)} == {}


def address_with(door: str, name: str, value: str) -> str:
    """An address with one of its places filled in."""
    before, sign, after = door.partition(f":{name}>" if f":{name}>" in door else f"<{name}>")
    return (
        f"{before.rpartition('<')[0]}{value}{after}"
        if sign.startswith(":")
        else f"{before}{value if sign else ''}{after}"
    )


def test_no_door_to_a_file_is_forgotten():
    doors = {line.partition(" GET")[0].strip() for line in DOORS.read_text().splitlines() if " GET" in line}
    with_files = {door for door in doors if "." in door.rpartition("/")[2] or "extension" in door}
    assert with_files == {*EXPORTS, *WITHOUT_ANSWERS}


SECOND = int((OPENED + TOOK).timestamp())
PLANTED = [
    b"2026-06-15T04:39:05+00:00",
    b"2026-06-15 12:39",
    b"pukul 12.39 WITA",
    str(SECOND).encode(),
    str(SECOND * 1000 + 17).encode(),
    SECOND.to_bytes(4),
    (SECOND * 1000 + 17).to_bytes(6),
    (SECOND * 10**6 + 17).to_bytes(8),
    (SECOND * 10**9 + 17).to_bytes(8, "little"),
    struct.pack(">d", SECOND + 0.25),
    struct.pack(">d", (SECOND + 0.25) / 86400 + 2440587.5),
    key_of(SECOND * 1000 + 17, 7).encode(),
]


@pytest.mark.parametrize("data", PLANTED)
def test_every_way_of_writing_a_moment_is_found(data):
    window = Window(OPENED, OPENED + TOOK)
    assert moments(b"\0before" + data + b"\xffafter", window)
    assert not moments(data, Window(OPENED - timedelta(hours=99), OPENED - timedelta(hours=99) + TOOK))


@pytest.mark.parametrize(
    "data", [b"2026-06-15T04:30:00+00:00", key_of(1_781_497_800_000, 7).encode(), (1_781_497_800).to_bytes(4)]
)
def test_a_quarter_of_an_hour_is_no_finer_moment(data):
    assert not moments(data, Window(OPENED - timedelta(minutes=10), OPENED + TOOK))


@pytest.mark.parametrize(
    "data",
    [
        ADDRESS.encode(),
        bytes([203, 0, 113, 77]),
        sha256(ADDRESS.encode()).digest(),
        sha256(ADDRESS.encode()).hexdigest().encode(),
    ],
)
def test_every_way_of_writing_an_address_is_found(data):
    assert addresses(b"before" + data, ADDRESS)
