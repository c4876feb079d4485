"""What bytes tell of a moment or of a network address, in every way in which one could have been written down."""

import hashlib
import ipaddress
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

QUARTER = 900  # seconds
_KEY = re.compile(rb"([0-9a-f]{8})-?([0-9a-f]{4})-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_CLOCK = re.compile(rb"(\d\d)[:.](\d\d)(?:[:.](\d\d))?")
_JULIAN = 2440587.5  # the day of 1970 in SQLite's julianday()
LOCAL = timedelta(hours=8)


@dataclass(frozen=True)
class Window:
    """Some minutes within which something happened."""

    opens: datetime
    closes: datetime

    @property
    def seconds(self) -> tuple[int, int]:
        """The same in seconds since 1970."""
        return int(self.opens.timestamp()), int(self.closes.timestamp()) + 1


def moments(data: bytes, window: Window) -> list[str]:
    """Whatever tells a moment within a window more finely than by the quarter of an hour."""
    return [*_texts(data, window), *_digits(data, window), *_numbers(data, window), *keys(data, window)]


def addresses(data: bytes, address: str) -> list[str]:
    """Whatever tells a network address: itself, packed, as a number, and its plain hashes, also cut short."""
    plain, packed = address.encode(), ipaddress.ip_address(address).packed
    number = int.from_bytes(packed)
    found = [name for name, written in _written(plain, packed, number) if written in data]
    for source in (plain, packed, str(number).encode()):
        for name in sorted(hashlib.algorithms_guaranteed):
            digest = hashlib.new(name, source)
            raw = digest.hexdigest(16) if digest.digest_size == 0 else digest.hexdigest()  # type: ignore[call-arg]
            found += [name for part in (bytes.fromhex(raw)[:8], raw[:16].encode()) if part in data]
        found += ["crc32"] * (f"{zlib.crc32(source):08x}".encode() in data)
    return found


def _written(plain: bytes, packed: bytes, number: int) -> Iterator[tuple[str, bytes]]:
    yield "text", plain
    yield "packed", packed
    yield "packed backwards", packed[::-1]
    yield "number", str(number).encode()
    yield "hexadecimal", packed.hex().encode()


def _texts(data: bytes, window: Window) -> list[str]:
    """A date with a time, or the minute by the clock of the place or of Greenwich."""
    found = []
    for zone in (timedelta(0), LOCAL):
        moment = window.opens + zone
        day = f"{moment:%Y-%m-%d}".encode()
        for place in re.finditer(re.escape(day) + rb"[T ]", data):
            clock = _CLOCK.match(data, place.end())
            if clock and (int(clock[2]) % 15 or int(clock[3] or 0)):
                found.append(data[place.start() : clock.end()].decode())
        while moment <= window.closes + zone + timedelta(minutes=1):
            for sign in (":", "."):
                minute = f"{moment:%H}{sign}{moment:%M}".encode()
                if moment.minute % 15:
                    found += [minute.decode()] * len(re.findall(rb"(?<![\d.,])" + re.escape(minute), data))
            moment += timedelta(minutes=1)
    return found


def _digits(data: bytes, window: Window) -> list[str]:
    """Seconds since 1970 in digits, or milliseconds and finer, which begin alike."""
    low, high = window.seconds
    common = _common(str(low).encode(), str(high).encode())
    found = re.findall(re.escape(common) + rb"\d{%d}" % (10 - len(common)), data)
    return [each.decode() for each in found if low <= int(each) <= high and int(each) % QUARTER]


def _numbers(data: bytes, window: Window) -> list[str]:
    """Seconds in four bytes, milliseconds in six or eight, finer ones in eight; days and seconds as floats."""
    low, high = window.seconds
    found = []
    for width, factor in ((4, 1), (6, 10**3), (8, 10**3), (8, 10**6), (8, 10**9)):
        for order in ("big", "little"):
            first, last = ((end * factor).to_bytes(width, "big") for end in (low, high))
            common = _common(first, last)
            pattern = re.compile(re.escape(common if order == "big" else common[::-1]), re.DOTALL)
            for place in pattern.finditer(data):
                start = place.start() if order == "big" else place.end() - width
                value = int.from_bytes(data[max(start, 0) : start + width], order)
                if low * factor <= value <= high * factor and value % (QUARTER * factor):
                    found.append(f"{value} in {width} bytes")
    for second in range(low, high + 1):
        for number, width in ((float(second), 5), (second / 86400 + _JULIAN, 6)):
            if second % QUARTER and struct.pack(">d", number)[:width] in data:
                found.append(f"{number} as a float")
    return found


def keys(data: bytes, window: Window) -> list[str]:
    """UUIDs of version 7, which begin with milliseconds, that were made within a window."""
    low, high = (int(end.timestamp() * 1000) for end in (window.opens, window.closes))
    found = [(int(match[1] + match[2], 16), match[0].decode()) for match in _KEY.finditer(data)]
    return [key for born, key in found if low <= born <= high and born % (1000 * QUARTER)]


def _common(first: bytes, last: bytes) -> bytes:
    """The beginning that two have in common."""
    length = next((place for place, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(first))
    return first[:length]
