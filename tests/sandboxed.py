"""Work that tests give to the process in which files are read; it imports this module."""

import ctypes
import os
import sys
import time


def environment(content: bytes) -> dict[str, str]:
    """What the process knows of its surroundings."""
    return dict(os.environ)


def turned_round(content: bytes) -> str:
    """The text backwards."""
    return content.decode()[::-1]


def wait(content: bytes, seconds: float) -> None:
    """Does nothing for so long."""
    time.sleep(seconds)


def compute(content: bytes) -> None:
    """Computes without end."""
    while True:
        pass


def hoard(content: bytes) -> int:
    """Takes a gigabyte."""
    return len(bytearray(10**9))


def talk(content: bytes) -> str:
    """A long answer."""
    return "a" * 10_000_000


def write(content: bytes, path: str) -> None:
    """Tries to write a file."""
    with open(path, "wb") as file:  # noqa: PTH123 - as any library may
        file.write(content)


def fail(content: bytes) -> None:
    """A fault of our own."""
    raise LookupError("the fault")


def fall(content: bytes) -> None:
    """Falls over as a parser in C may."""
    ctypes.string_at(0)


def leave(content: bytes) -> None:
    """Ends without an answer."""
    sys.stdout.flush()
    os._exit(3)
