"""What an officer sent after the session had ended: held for a few minutes, until the same officer has signed in again.

Nothing is done with it: it comes back in its form, and the officer presses the button once more.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from skm.security import one_time
from skm.store import uploads
from skm.store.database import Database, writing
from skm.store.uploads import Upload
from skm.usecases.deed import stored_moment

HELD_FOR = timedelta(minutes=15)
LARGEST = 64_000  # bytes
_KIND = "isian "  # before the path, by which these are told from files

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class HeldForm:
    """What was typed into the form at a path."""

    path: str
    fields: Fields


def hold_form(db: Database, officer_id: str, form: HeldForm, now: datetime) -> str | None:
    """Holds a form for an officer, in place of an earlier one; the secret to find it by, None where it is too long.

    The secret stays in the browser and is not stored.
    """
    content = json.dumps(form.fields).encode()
    if len(content) > LARGEST:
        return None
    secret = one_time.new_secret()
    with writing(db):
        uploads.forget_kind(db, _KIND, stored_moment(now - HELD_FOR), officer_id)
        uploads.add(
            db, Upload(one_time.digest(secret), officer_id, _KIND + form.path, content, stored_moment(now))
        )
    return secret


def find_form(db: Database, officer_id: str, secret: str, now: datetime) -> HeldForm | None:
    """The form that is held for an officer."""
    upload = uploads.find(db, one_time.digest(secret), officer_id)
    if upload is None or upload.received < stored_moment(now - HELD_FOR):
        return None
    return HeldForm(upload.name.removeprefix(_KIND), json.loads(upload.content))


def forget_old_forms(db: Database, now: datetime) -> None:
    """Forgets what was held too long for anybody."""
    before = stored_moment(now - HELD_FOR)
    if uploads.has_kind(db, _KIND, before):
        with writing(db):
            uploads.forget_kind(db, _KIND, before, "")


def forget_forms(db: Database, officer_id: str, now: datetime) -> None:
    """Forgets what is held for an officer, and what was held too long for anybody."""
    with writing(db):
        uploads.forget_kind(db, _KIND, stored_moment(now - HELD_FOR), officer_id)
