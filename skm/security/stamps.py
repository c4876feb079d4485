"""The signed stamp in a public form: which submission, at which counter, opened when. No session, no cookie."""

from dataclasses import dataclass
from datetime import UTC, datetime

from itsdangerous import BadData, URLSafeSerializer

from skm.security.keys import new_key


@dataclass(frozen=True)
class Stamp:
    """One opened form: its idempotency id, its counter and the moment of opening (UTC)."""

    submission: str
    counter_id: str
    opened: datetime


def issue(counter_id: str, now: datetime, secret: str) -> str:
    """A stamp for a form opened now, as text for a hidden field."""
    return _serializer(secret).dumps([new_key(), counter_id, int(now.timestamp())])


def read(text: str, secret: str) -> Stamp | None:
    """The stamp in a text, or None when it was not signed here."""
    try:
        submission, counter_id, opened = _serializer(secret).loads(text)
    except (BadData, ValueError, TypeError):
        return None
    return Stamp(submission, counter_id, datetime.fromtimestamp(opened, UTC))


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="stamp")
