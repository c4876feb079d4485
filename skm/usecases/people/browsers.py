"""Browsers in which an officer came in before: failures elsewhere do not hold them up, they have their own count.

Such a browser opens nothing without the password, and gives nothing on an account that did not come in there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from skm.security import one_time
from skm.store import browsers
from skm.store.database import Database, writing
from skm.survey.officer import Officer
from skm.usecases.deed import stored_moment

LIFE = timedelta(days=180)  # since the officer last came in there
OF_AN_OFFICER = 10
IN_A_COOKIE = 8  # officers who share one computer


@dataclass(frozen=True)
class Origin:
    """Where an attempt to come in is made: the address, and the secrets in the browser's cookie."""

    address: str
    secrets: tuple[str, ...] = ()


def find_browser(db: Database, account: str, origin: Origin, now: datetime) -> str:
    """The digest by which the browser is known for an account; "" where it is not."""
    digests = [one_time.digest(secret) for secret in origin.secrets]
    owners = browsers.owners(db, digests, stored_moment(now - LIFE))
    return next((digest for digest, email in owners.items() if email == account), "")


def remember_browser(db: Database, officer: Officer, origin: Origin, now: datetime) -> tuple[str, ...]:
    """Remembers a browser in which an officer has come in, and returns what its cookie is to hold.

    The secret is a new one each time: one that was planted or copied before is worth nothing from then on.
    """
    secret, moment = one_time.new_secret(), stored_moment(now)
    with writing(db):
        by_digest = {one_time.digest(each): each for each in origin.secrets}
        owners = browsers.owners(db, list(by_digest), stored_moment(now - LIFE))
        for digest, email in owners.items():
            if email == officer.email:
                browsers.drop(db, digest)
        browsers.add(db, one_time.digest(secret), officer.id, moment, OF_AN_OFFICER)
    others = [by_digest[digest] for digest, email in owners.items() if email != officer.email]
    return (secret, *others)[:IN_A_COOKIE]
