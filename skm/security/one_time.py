"""What works once: links in a letter, recovery codes, and the six digits of an authenticator (RFC 6238)."""

import hmac
import secrets
from base64 import b32encode
from datetime import datetime
from hashlib import sha256
from string import digits

import pyotp

from skm.security import codes

RECOVERY_CODES = 10
_STEP = 30  # seconds
_AHEAD = 20  # steps that a clock may be set back by


def new_secret() -> str:
    """A token for a link or a session: 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """The stored form of a random secret, which needs no salt."""
    return sha256(secret.encode()).hexdigest()


def normalised(typed: str) -> str:
    """A recovery code as it was issued, however it was typed."""
    return codes.normalise(typed)


def totp_secret_for(whom: str, key: str) -> str:
    """A secret for an authenticator (160 bits): the same for the same text, and nobody without the key can make it."""
    return b32encode(hmac.digest(key.encode(), b"totp:" + whom.encode(), "sha256")[:20]).decode()


def totp_address(secret: str, account: str, issuer: str) -> str:
    """What an authenticator reads from its QR."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def totp_step(secret: str, typed: str, now: datetime, last_step: int) -> int | None:
    """The time step of a right code, one step of clock drift allowed; None for a wrong or an already used one.

    A last step in a time to come was used while the clock was ahead: it would refuse every code until then.
    """
    wanted = "".join(sign for sign in typed if sign in digits)
    current = int(now.timestamp()) // _STEP
    last_step = 0 if last_step > current + _AHEAD else last_step
    for step in (current - 1, current, current + 1):
        if step > last_step and secrets.compare_digest(pyotp.TOTP(secret).generate_otp(step), wanted):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Codes to keep on paper, for the day on which the telephone is lost."""
    return [codes.grouped(codes.new_receipt()) for _ in range(RECOVERY_CODES)]
