"""Who signs in (petugas), in which role, and over which part of the tree."""

from dataclasses import dataclass

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
SECOND_FACTOR = {ORGANISASI, ADMIN}  # who reads a whole city or gives out rights proves it twice


@dataclass(frozen=True)
class Officer:
    """A person who may sign in. `password` None: invited, not yet there. `totp_secret` None: no authenticator."""

    id: str
    email: str
    name: str
    password: str | None
    totp_secret: str | None
    totp_step: int
    created: str
    closed: str | None


@dataclass(frozen=True)
class Membership:
    """A role over a subtree: the organisation at `path` and everything below it."""

    id: str
    officer_id: str
    role: str
    organisation_id: str
    organisation: str
    path: str
    slug: str
    kind: str

    def covers(self, path: str) -> bool:
        """Whether an organisation's path lies in this subtree."""
        return path.startswith(self.path)


@dataclass(frozen=True)
class Session:
    """A signed-in browser. `proven` tells that the second factor was given, where it is needed."""

    digest: str
    officer_id: str
    membership_id: str | None
    proven: bool
    started: str
    seen: str
