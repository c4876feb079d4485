"""Keys made by the application: UUIDv7 as text, so that rows sort by their time of birth (RFC 9562, 5.7 and 6.2).

Answers have random ones instead: an answer tells no moment.
"""

import secrets
import threading
import time
from uuid import UUID

_RANDOM_BITS = 74
_last = 0
_turn = threading.Lock()


def new_key() -> str:
    """A UUIDv7 in its 36-character form, greater than every earlier one of this process."""
    global _last
    born = time.time_ns() // 1_000_000 << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    with _turn:
        # Keys born in the same millisecond count up, so that what was added together keeps its order.
        _last = born if born >> _RANDOM_BITS > _last >> _RANDOM_BITS else _last + 1
        return key_of(_last >> _RANDOM_BITS, _last & (1 << _RANDOM_BITS) - 1)


def key_after(last: str, milliseconds: int) -> str:
    """A UUIDv7 of a moment, or where that would come before the `last` one, the one that follows it."""
    following = UUID(last).int + 1 if last else 0
    return str(UUID(int=max(following, UUID(key_of(milliseconds, secrets.randbits(_RANDOM_BITS))).int)))


def random_key(randomness: int | None = None) -> str:
    """A UUIDv4 in its 36-character form, which tells no moment; a seeded generator gives its own 128 bits."""
    value = secrets.randbits(128) if randomness is None else randomness
    return str(UUID(int=value, version=4))


def key_of(milliseconds: int, randomness: int) -> str:
    """The key of a moment and 74 bits; a seeded generator chooses its own."""
    value = (
        milliseconds << 80 | 0x7 << 76 | (randomness >> 62) << 64 | 0b10 << 62 | randomness & (1 << 62) - 1
    )
    return str(UUID(int=value))
