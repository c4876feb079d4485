"""Waiting for a state, never for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(holds: Callable[[], T], seconds: float = 20) -> T:
    """Asks again and again until the answer is true, and gives it; raises AssertionError when that takes too long."""
    deadline = time.monotonic() + seconds
    while not (answer := holds()):
        assert time.monotonic() < deadline, f"not within {seconds} seconds: {holds}"
        time.sleep(0.05)
    return answer
