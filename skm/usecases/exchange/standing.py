"""What is set up, as it stands at one moment: to be written into a spreadsheet, or to be changed by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from skm.store import counters, officers, organisations
from skm.store.database import Database
from skm.survey.officer import Membership, Officer
from skm.survey.organisation import Counter, Organisation, Service


@dataclass(frozen=True)
class Account:
    """As much of an account as an invitation depends on: not when its holder last signed in."""

    id: str
    email: str
    name: str
    is_awaited: bool
    is_closed: bool
    vouched: str


@dataclass(frozen=True)
class StandingPeople:
    """The accounts, and every role that was given and not ended; two are equal where nothing changed between."""

    accounts: Sequence[Account]
    given: Sequence[Membership]


@dataclass(frozen=True)
class Standing:
    """The whole tree with what its units have, the closed parts too; two are equal where nothing changed between."""

    path: str  # of the government; "/" while there is none
    organisations: Sequence[Organisation]
    services: Sequence[Service]
    counters: Sequence[Counter]
    served: Sequence[tuple[str, str]]  # counter and service
    people: StandingPeople

    def day(self, now: datetime) -> date:
        """The date in the city; the one in UTC while there is none."""
        return next((each.today(now) for each in self.organisations if each.parent_id is None), now.date())


def look(db: Database) -> Standing:
    """How things stand; inside a transaction of the caller's, so that the parts fit together."""
    path = organisations.find_root_path(db) or "/"
    return Standing(
        path=path,
        organisations=organisations.all_below(db, path),
        services=organisations.all_services(db, path),
        counters=organisations.all_counters(db, path),
        served=counters.all_served(db, path),
        people=StandingPeople([*map(_account, officers.all_officers(db))], officers.all_memberships(db)),
    )


def _account(officer: Officer) -> Account:
    closed = officer.closed is not None
    return Account(officer.id, officer.email, officer.name, officer.password is None, closed, officer.vouched)
