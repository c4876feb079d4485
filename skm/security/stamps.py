"""The signed stamp in a public form: which submission, at which counter, opened when. No session, no cookie."""

import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from itsdangerous import BadSignature, Signer
from itsdangerous.signer import SigningAlgorithm

from skm.security.keys import random_key

# How many answers one opened form may give: a phone without a connection is handed on, and each person's answer
# needs an id of its own. `stamp~2` is the second; they are tied to what was signed, so a replay is known as one.
ANSWERS_PER_FORM = 20
_LATER = {str(number) for number in range(2, ANSWERS_PER_FORM + 1)}
# A kiosk stands open for weeks and is answered by anybody: each answer has an id made on the device.
_RANDOM = re.compile(r"[0-9a-f]{16,64}")
_VERSION = len("12345678-1234-")  # where the version of a UUID stands
# By the channel that the answers come through; what signs for one does not sign for another.
_SALTS = {"qr": "stamp", "kiosk": "kiosk stamp"}


@dataclass(frozen=True)
class Stamp:
    """One opened form: its idempotency id, its counter, the moment of opening (UTC), and "qr" or "kiosk".

    `device` is the id of the registered device to which a kiosk's stamp was given; "" where there was none. `former` is
    the id that its answer may have, where the form was opened while ids still told a moment.
    """

    submission: str
    counter_id: str
    opened: datetime
    channel: str
    device: str = ""
    former: str = ""

    @property
    def form(self) -> str:
        """What all answers of one opened form share of their ids."""
        return self.submission.partition("~")[0]

    @property
    def turn(self) -> int | None:
        """Which answer of its form this is; None at a kiosk, where nobody counts them."""
        answer = self.submission.partition("~")[2]
        return None if self.channel == "kiosk" else int(answer or 1)


def issue(counter_id: str, now: datetime, secret: str, channel: str = "qr", device: str = "") -> str:
    """A stamp for a form opened now, as text for a hidden field."""
    parts = [random_key(), counter_id, str(int(now.timestamp())), *([device] if device else [])]
    return _signer(secret, channel).sign(".".join(parts)).decode()


def read(text: str, secret: str) -> Stamp | None:
    """The stamp in a text, or None when it was not signed here or is of no such answer."""
    signed_text, sign, answer = text.partition("~")
    channel = "kiosk" if _RANDOM.fullmatch(answer) else "qr"
    if sign and channel == "qr" and answer not in _LATER:
        return None
    try:
        signed = _signer(secret, channel).unsign(signed_text).decode()
    except (BadSignature, ValueError):  # ValueError: not even text that can be encoded
        return None
    submission, counter_id, opened, *device = signed.split(".")
    moment = datetime.fromtimestamp(int(opened), UTC)
    former = f"{submission}{sign}{answer}" if submission[_VERSION] == "7" else ""
    form = _without_moment(submission, secret) if former else submission
    return Stamp(f"{form}{sign}{answer}", counter_id, moment, channel, "".join(device), former)


def _without_moment(submission: str, secret: str) -> str:
    """The same random key for the same UUIDv7, such as forms had that were opened before a release."""
    digest = hmac.digest(secret.encode(), b"form:" + submission.encode(), "sha256")
    return random_key(int.from_bytes(digest[:16]))


class _Algorithm(SigningAlgorithm):
    """What itsdangerous does by itself (HMAC with SHA-1), in one call."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        """The signature of a value."""
        return hmac.digest(key, value, "sha1")


@lru_cache(4)
def _signer(secret: str, channel: str) -> Signer:
    key = Signer(secret, salt=_SALTS[channel]).derive_key()  # once, and not for every stamp
    return Signer(key, salt=_SALTS[channel], key_derivation="none", algorithm=_Algorithm())
