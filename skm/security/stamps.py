"""The signed stamp in a public form: which submission, at which counter, opened when. No session, no cookie."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from itsdangerous import BadSignature, Signer

from skm.security.keys import new_key


@dataclass(frozen=True)
class Stamp:
    """One opened form: its idempotency id, its counter and the moment of opening (UTC)."""

    submission: str
    counter_id: str
    opened: datetime


def issue(counter_id: str, now: datetime, secret: str) -> str:
    """A stamp for a form opened now, as text for a hidden field."""
    return _signer(secret).sign(f"{new_key()}.{counter_id}.{int(now.timestamp())}").decode()


def read(text: str, secret: str) -> Stamp | None:
    """The stamp in a text, or None when it was not signed here."""
    try:
        signed = _signer(secret).unsign(text).decode()
    except (BadSignature, ValueError):  # ValueError: not even text that can be encoded
        return None
    submission, counter_id, opened = signed.split(".")
    return Stamp(submission, counter_id, datetime.fromtimestamp(int(opened), UTC))


@lru_cache(4)
def _signer(secret: str) -> Signer:
    return Signer(secret, salt="stamp")
