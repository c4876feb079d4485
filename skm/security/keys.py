"""Keys made by the application: UUIDv7 as text, so that rows sort by their time of birth (RFC 9562, 5.7)."""

import secrets
import time
from uuid import UUID


def new_key(milliseconds: int | None = None, randomness: int | None = None) -> str:
    """A UUIDv7 in its 36-character form; a seeded generator passes its own time and 74 random bits."""
    stamp = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    noise = secrets.randbits(74) if randomness is None else randomness
    value = stamp << 80 | 0x7 << 76 | (noise >> 62) << 64 | 0b10 << 62 | noise & ((1 << 62) - 1)
    return str(UUID(int=value))
