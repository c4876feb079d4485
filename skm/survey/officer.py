"""Who signs in (petugas), in which role, and over which part of the tree."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

COUNTER_STAFF = "counter_staff"
UNIT_HEAD = "unit_head"
ORGANISASI = "organisasi"
AUDITOR = "auditor"
ADMIN = "admin"

ROLES = {
    COUNTER_STAFF: "Petugas loket",
    UNIT_HEAD: "Kepala unit",
    ORGANISASI: "Bagian Organisasi",
    AUDITOR: "Auditor",
    ADMIN: "Admin",
}
BELOW_ORGANISASI = frozenset({UNIT_HEAD, COUNTER_STAFF})  # what Bagian Organisasi gives out itself


@dataclass(frozen=True)
class Officer:
    """A person who may sign in. `password` None: invited, not yet there. `totp_secret` None: no authenticator.

    `vouched` is the path of the Bagian Organisasi that made the link by which the password was set; "" for an admin's.
    """

    id: str
    email: str
    name: str
    password: str | None
    totp_secret: str | None
    totp_step: int
    created: str
    closed: str | None
    vouched: str = ""


@dataclass(frozen=True)
class Membership:
    """A role over a subtree: the organisation at `path` and everything below it.

    `until` is its last day by the clock of the city (ISO), as for an acting head (Plt.); None: it has no end.
    """

    id: str
    officer_id: str
    role: str
    organisation_id: str
    organisation: str
    path: str
    slug: str
    kind: str
    until: str | None = None

    @property
    def title(self) -> str:
        """What the role is called: `Kepala unit`, `Plt. Kepala unit`."""
        acting = self.until is not None and self.role == UNIT_HEAD
        return f"Plt. {ROLES[self.role]}" if acting else ROLES[self.role]

    @property
    def last_day(self) -> date | None:
        """The last day on which the role is held; None where it has no end."""
        return date.fromisoformat(self.until) if self.until else None

    @property
    def opens_much(self) -> bool:
        """Whether the role opens single answers, or those of several units on paper, or gives out rights."""
        return self.role not in BELOW_ORGANISASI or self.kind != "unit"

    def is_held_on(self, day: date) -> bool:
        """Whether the role gives any right on a day in the city."""
        return self.last_day is None or day <= self.last_day

    def covers(self, path: str) -> bool:
        """Whether an organisation's path lies in this subtree."""
        return path.startswith(self.path)


def needs_second_factor(held: Sequence[Membership]) -> bool:
    """Whether who holds these roles proves it twice: one opens much, or they lie in more than one unit."""
    return any(each.opens_much for each in held) or len({each.organisation_id for each in held}) > 1


@dataclass(frozen=True)
class Reach:
    """Which roles somebody may give and take, and where: below the organisation at `path`, or anywhere for "".

    `holder` is who has this reach: it never extends to one's own roles. An admin's has no such bound.
    """

    roles: Set[str]
    path: str
    holder: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is the reach of an admin, or of whoever has the server's terminal."""
        return not self.path

    def sees(self, path: str) -> bool:
        """Whether who holds a role there is shown."""
        return path.startswith(self.path)

    def holds(self, role: str, path: str) -> bool:
        """Whether a role over the organisation at a path may be given and taken."""
        return role in self.roles and path.startswith(self.path) and path != self.path

    def manages(self, officer_id: str, given: Sequence[Membership]) -> bool:
        """Whether an account may be let in again: nothing that it was given lies outside."""
        return self.is_whole or (
            officer_id != self.holder
            and bool(given)
            and all(self.holds(each.role, each.path) for each in given)
        )


WHOLE_CITY = Reach(frozenset(ROLES), "")


def outranks(role: str, path: str, vouched: str) -> bool:
    """Whether a role is more than Bagian Organisasi at the path `vouched` may give; never for "", that of an admin."""
    return bool(vouched) and (role not in BELOW_ORGANISASI or vouched.startswith(path))


def reach_of(held: Membership) -> Reach:
    """What somebody who acts in a role may give out; nothing, unless it is one of those that invite."""
    if held.role == ADMIN and held.kind == "government":
        return WHOLE_CITY
    return Reach(BELOW_ORGANISASI if held.role == ORGANISASI else frozenset(), held.path, held.officer_id)


@dataclass(frozen=True)
class Session:
    """A signed-in browser. `proven` tells that the second factor was given, where it is needed."""

    digest: str
    officer_id: str
    membership_id: str | None
    proven: bool
    started: str
    seen: str
