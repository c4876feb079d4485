"""Passwords: how they are stored, and which are refused. NIST SP 800-63B: length counts, common ones do not pass."""

import re
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

SHORTEST = 12
LONGEST = 72  # zxcvbn's own limit
STRONG_ENOUGH = 4  # of 4: more than 10^10 guesses
_HASHER = PasswordHasher()  # RFC 9106, low-memory profile: 64 MiB a time
_ROOM = threading.BoundedSemaphore(
    2
)  # per process: many sign-ins at once must not take a small machine's memory

# Nobody has this password. A constant, so that not even the first sign-in of an unknown person takes longer.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$4WXEB9w6OrHt7DmywwGpuA$t8ombbjK8WUTrLrd1otqa4ANHtdIR6HapB3qVwydwX8"

# Words that are in nobody's list of common passwords but in everybody's head here.
_LOCAL = (
    *("skm", "ikm", "survei", "puskesmas", "kelurahan", "kecamatan", "dinas", "pemkot", "denpasar", "bali"),
    *("katasandi", "rahasia", "selamat", "indonesia", "merdeka", "bismillah", "sayang"),
)


def hash_password(password: str) -> str:
    """The password as it is stored: argon2id with its own salt."""
    with _ROOM:
        return _HASHER.hash(_composed(password))


def verify(stored: str | None, password: str) -> bool:
    """Whether the password is right. For nobody's account it takes the same time and is never right."""
    try:
        with _ROOM:
            return _HASHER.verify(stored or NOBODY, _composed(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def weakness(password: str, *about: str) -> str | None:
    """Why a password is refused, as the key of a Problem; None when it will do. `about` are the person's own words."""
    if len(password) < SHORTEST:
        return "password_short"
    if len(password) > LONGEST:
        return "password_long"
    own = [part for words in about for part in (words, *re.split(r"[@. ]", words)) if part]
    return "password_common" if zxcvbn(password, [*_LOCAL, *own])["score"] < STRONG_ENOUGH else None


def _composed(password: str) -> str:
    # One telephone sends é as one sign, another as two.
    return unicodedata.normalize("NFKC", password)
