"""Which answer of the day is it from the same network address? Counted without keeping the address.

A table of keyed hashes in memory that the processes of a server share. Key and hashes are never on the disk, and every
night both are thrown away; after that nobody, not even who has this machine, can tell that two answers had one address.
"""

import ctypes
import fcntl
import mmap
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

KEY = 32  # bytes, at the beginning
_NIGHT = KEY // 8  # where the word stands that says of which night the key is
_FIRST = 8  # the word at which the table begins
PLACES = 1 << 17  # words of the table: a hash of 56 bits and a count, or 0 where it is empty
HEAD = 8 * _FIRST  # bytes before it
SIZE = HEAD + 8 * PLACES
PROBES = 64  # places that are looked at before the table counts as full
MOST = 255
TRIES, PAUSE = (
    50,
    0.0005,
)  # so often and so many seconds apart, until a process that has the table is not waited for
_MAPPED = bytes(10) + b"\xff\xff"  # how an IPv4 address begins as an IPv6 one
NIGHTFALL = timedelta(hours=18)  # in UTC: between one and three in the morning everywhere in Indonesia


def origin_of(address: str) -> str:
    """What is the same for everybody behind one connection, in hexadecimal: an IPv4 address, the /64 of an IPv6.

    "" where it is none.
    """
    try:
        if ":" not in address:
            return socket.inet_pton(socket.AF_INET, address).hex()
        packed = socket.inet_pton(socket.AF_INET6, address)
    except (OSError, ValueError):
        return ""
    return (packed[12:] if packed.startswith(_MAPPED) else packed[:8]).hex()


def create() -> int:
    """Memory for a table that has no name anywhere, as the number of an open file to hand on to other processes."""
    descriptor = os.memfd_create("origins")
    os.ftruncate(descriptor, SIZE)
    return descriptor


class Origins:
    """A table in the memory behind an open file, or in that of this process alone."""

    def __init__(self, descriptor: int | None = None) -> None:
        self.descriptor = descriptor
        self._mine = threading.Lock()
        self._words: memoryview | None = None

    def count(self, what: str, now: datetime) -> int | None:
        """How often this has been counted since last night, this time included; None where that cannot be known."""
        return self._change(what, now, 1)

    def take_back(self, what: str, now: datetime) -> None:
        """Undoes a count."""
        self._change(what, now, -1)

    def forget(self, now: datetime) -> None:
        """Throws away key and hashes where a night has passed since they came."""
        with self._turn() as words:
            if words:
                _begin(words, now)

    def _change(self, what: str, now: datetime, by: int) -> int | None:
        with self._turn() as words:
            if not words:
                return None
            _begin(words, now)
            digest = blake2b(what.encode(), key=words.cast("B")[:KEY], digest_size=8).digest()
            mark, number = int.from_bytes(digest[1:]), int.from_bytes(digest)
            for probe in range(PROBES):
                place = _FIRST + (number + probe) % PLACES
                known, count = divmod(words[place], MOST + 1)
                if known in (0, mark):
                    # One word, so that whoever is killed here leaves the old or the new one.
                    words[place] = mark * (MOST + 1) + min(max(count + by, 0), MOST)
                    return count + by
        return None

    @contextmanager
    def _turn(self) -> Iterator[memoryview | None]:
        """The table for this thread alone; nothing where another process does not leave it.

        The lock belongs to a process, so the system releases it when the process is killed.
        """
        with self._mine:
            if not self._lock():
                yield None
                return
            try:
                self._words = self._words or _mapped(self.descriptor)
                yield self._words
            finally:
                if self.descriptor is not None:
                    fcntl.lockf(self.descriptor, fcntl.LOCK_UN)

    def _lock(self) -> bool:
        for _ in range(TRIES):
            if self.descriptor is None:
                return True
            with suppress(BlockingIOError, PermissionError):
                fcntl.lockf(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            time.sleep(PAUSE)
        return False


def _begin(words: memoryview, now: datetime) -> None:
    """Begins anew with another key after a night; killed in between, it is done again."""
    night = (now - NIGHTFALL).toordinal()
    if words[_NIGHT] != night:
        words[_NIGHT] = 0
        raw = words.cast("B")
        raw[:] = bytes(SIZE)
        raw[:KEY] = os.urandom(KEY)
        words[_NIGHT] = night


def _mapped(descriptor: int | None) -> memoryview:
    """The memory, kept out of core dumps and, as far as the system allows, out of swap."""
    memory = mmap.mmap(-1 if descriptor is None else descriptor, SIZE)
    with suppress(OSError, AttributeError):
        memory.madvise(mmap.MADV_DONTDUMP)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mlock(ctypes.byref(ctypes.c_char.from_buffer(memory)), ctypes.c_size_t(SIZE))
    return memoryview(memory).cast("Q")


@dataclass(frozen=True)
class Origin:
    """A network address from which something comes, and the table that counts it."""

    address: str
    table: Origins


_shared: Origins | None = None


def share(descriptor: int) -> None:
    """Lets this process count in memory that it was handed."""
    global _shared
    _shared = Origins(descriptor)


def here() -> Origins:
    """The table that this process was handed, else a new one in its own memory."""
    return _shared or Origins()
