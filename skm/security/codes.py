"""Codes that people read, type and dictate: counter tokens and receipts.

29 signs without look-alikes (no 0 O 1 I L U Z). Because 29 is prime, the weighted sum in the last character
catches every single wrong sign and every swap of two neighbours.
"""

import hmac
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXY"
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
TOKEN_LENGTH = 8
RECEIPT_LENGTH = 12


def new_token(number: int | None = None) -> str:
    """A counter's token: seven random signs (34 bits) and a check sign."""
    return _code(secrets.randbits(64) if number is None else number, TOKEN_LENGTH)


def new_receipt() -> str:
    """A random code of a receipt's length (53 bits), for one-time use."""
    return _code(secrets.randbits(128), RECEIPT_LENGTH)


def receipt_for(submission: str, secret: str) -> str:
    """The receipt of a submission: the same for every replay, and nobody without the secret can make one."""
    digest = hmac.digest(secret.encode(), b"receipt:" + submission.encode(), "sha256")
    return _code(int.from_bytes(digest[:16]), RECEIPT_LENGTH)


def normalise(typed: str) -> str:
    """What a person typed or pasted, as it was issued: capitals, and nothing but letters and digits."""
    capitals = typed.upper()
    return capitals if capitals.isalnum() else "".join(sign for sign in capitals if sign.isalnum())


def is_well_formed(code: str, length: int) -> bool:
    """Whether a normalised code has the right length, only known signs and the right check sign."""
    return len(code) == length and _VALUE.keys() >= set(code) and code[-1] == _check(code[:-1])


def grouped(code: str) -> str:
    """`ABCDEFGH` as `ABCD-EFGH`: four signs at a time are read and typed without losing the place."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def _code(number: int, length: int) -> str:
    signs = []
    for _ in range(length - 1):
        number, value = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[value])
    return "".join(signs) + _check("".join(signs))


def _check(signs: str) -> str:
    return ALPHABET[sum(place * _VALUE[sign] for place, sign in enumerate(signs, 1)) % len(ALPHABET)]
