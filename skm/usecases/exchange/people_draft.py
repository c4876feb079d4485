"""The sheet of people (Petugas) against the accounts that are there: who gets which role, and what is wrong."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from skm.i18n import formats
from skm.survey.names import checked_name, checked_text, folded, tidied
from skm.survey.officer import ADMIN, ROLES, UNIT_HEAD, Membership, Reach, outranks
from skm.survey.organisation import KINDS, Organisation
from skm.usecases.deed import Log
from skm.usecases.exchange.day_column import find_day
from skm.usecases.exchange.spreadsheet_rows import PEOPLE, UNTIL, Row
from skm.usecases.exchange.standing import Account, StandingPeople
from skm.usecases.exchange.tree_draft import TreeDraft
from skm.usecases.people.people import ADDRESS, Invited, invite
from skm.usecases.people.roles import Invitation, set_last_day

ROLE_WORDS = {name: role for role, name in ROLES.items()} | {
    "kepala": UNIT_HEAD,
    "plt": UNIT_HEAD,
    "plt. kepala": UNIT_HEAD,
    "plt kepala unit": UNIT_HEAD,
    "plt. kepala unit": UNIT_HEAD,
}
UNFILLED = "unfilled"  # a line of the download to which nothing was added
NOBODY = Reach(frozenset(), "/")  # whoever gives out no roles


def unfilled_lines(
    people: StandingPeople, organisations: Iterable[Organisation], day: date
) -> Iterator[tuple[str, ...]]:
    """A line with nothing but its code for each unit that has no head of its own, to be filled in."""
    headed = {
        each.organisation_id for each in people.given if each.role == UNIT_HEAD and each.is_held_on(day)
    }
    for each in organisations:
        if each.kind == "unit" and each.id not in headed:
            yield "", "", each.slug, ROLES[UNIT_HEAD], ""


@dataclass
class PeopleDraft:
    """The invitations that a file makes, and the last days that it changes. `by` is the id of whoever sends it."""

    tree: TreeDraft
    known: StandingPeople
    reach: Reach
    day: date
    invitations: list[Invitation] = field(default_factory=list)
    extended: list[tuple[Membership, date]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._accounts = {each.email: each for each in self.known.accounts}
        self._names = {each.id: each.name for each in self.known.accounts}
        self._given: dict[str, list[Membership]] = defaultdict(list)  # by account
        self._heads: dict[str, list[str]] = defaultdict(list)  # names by organisation
        for each in self.known.given:
            self._given[each.officer_id].append(each)
            if each.role == UNIT_HEAD and each.is_held_on(self.day):
                self._heads[each.organisation_id].append(self._names[each.officer_id])
        self._rows: dict[tuple[str, str, str], Row] = {}
        self._unfilled = self._awaited = 0
        self._new: dict[str, Row] = {}  # the first row of each account that is new, by its address

    def draft(self, rows: Sequence[Row]) -> None:
        """Gives every row its outcome."""
        for row in rows:
            if row.has("nama") or row.has("surel"):
                self._take_up(row)
            else:
                row.outcome = UNFILLED
                self._unfilled += 1

    @property
    def notes(self) -> Iterator[str]:
        """That rows as they stand in the download were left empty, and what to do where links were lost."""
        if self._unfilled:
            yield f"Lembar {PEOPLE}: {formats.count(self._unfilled)} baris tanpa nama dan surel dilewati."
        if self._awaited:
            yield (
                f"{formats.count(self._awaited)} petugas di berkas ini sudah diundang dan belum masuk. Bila tautannya "
                "hilang, pilih “Undang sekali lagi semua yang belum masuk” pada halaman Petugas."
            )

    def write(self, log: Log) -> list[Invited]:
        """Does it all within the caller's deed; everybody who was invited, each once, with the link that holds.

        Raises Problem.
        """
        for held, until in self.extended:
            set_last_day(log, self.reach, held.officer_id, held.id, until)
        invited = [invite(log, self.reach, invitation) for invitation in self.invitations]
        return list({each.officer.id: each for each in invited}.values())

    def _take_up(self, row: Row) -> None:
        place, email, name = (
            self.tree.unit_of(row, KINDS),
            self._email(row),
            row.checked("nama", checked_name),
        )
        role, until = row.chosen("peran", ROLE_WORDS, UNIT_HEAD), self._until(row)
        if name:
            self._check_name(row, email, name)
        if not (row.stands and place):
            return
        if not self.reach.holds(role, place.path):
            row.refuse(f"{ROLES[role]} untuk {place.name} di luar yang dapat Anda atur")
        elif until and role == ADMIN:
            row.refuse(f"peran Admin tidak diberi {UNTIL}")
        elif first := self._rows.get((email, role, place.id)):
            row.refuse(f"sama dengan baris {first.number}")
        else:
            self._rows[email, role, place.id] = row
            self._settle(row, place, Invitation(email, name, role, place.id, until))

    def _email(self, row: Row) -> str:
        email = row.checked("surel", checked_text).lower()
        if email and not ADDRESS.fullmatch(email):
            row.refuse(f"surel “{email[:60]}” tidak lengkap; tulis seperti nama@denpasarkota.go.id")
        account = self._accounts.get(email)
        if account and account.id == self.reach.holder:
            row.refuse("akun Anda sendiri; mintalah kepada admin")
        return email

    def _until(self, row: Row) -> date | None:
        typed = tidied(row.cells.get(UNTIL, ""))
        day = find_day(typed) if UNTIL not in row.unreadable else None
        if typed and (day is None or not 1900 <= day.year < 3000):
            row.refuse(f"{UNTIL} “{typed[:40]}” bukan tanggal seperti 2026-12-31 atau 31/12/2026")
        elif day and day < self.day:
            row.refuse(f"{UNTIL} {formats.date(day)} sudah lewat")
        elif not day and folded(row.cells.get("peran", "")).startswith("plt"):
            row.refuse(f"{UNTIL} kosong; tulis hari terakhir Plt.")
        return day

    def _check_name(self, row: Row, email: str, name: str) -> None:
        """One address is one person."""
        first = self._new.setdefault(email, row) if email and not self._is_there(email) else row
        if first is not row and folded(first.cells.get("nama", "")) != folded(name):
            row.refuse(f"surel “{email[:60]}” di baris {first.number} bernama {first.cells['nama'][:60]}")

    def _is_there(self, email: str) -> bool:
        account = self._accounts.get(email)
        return account is not None and not account.is_closed

    def _settle(self, row: Row, place: Organisation, invitation: Invitation) -> None:
        """What a row without faults does."""
        role, until, account = invitation.role, invitation.until, self._accounts.get(invitation.email)
        given = self._given[account.id] if account else []
        same = (each for each in given if (each.role, each.organisation_id) == (role, place.id))
        held = next(same, None)
        if held and held.is_held_on(self.day) and until in (None, held.last_day):
            row.words = f"{_said(role, held.last_day)}, sudah dipegang"
            if account and account.is_awaited:
                row.words += "; belum masuk"
                self._awaited += 1
        elif held and until:
            before = f"dari {formats.date(held.last_day)}" if held.last_day else "yang tadinya tidak ada"
            row.outcome, row.words = "changed", f"hari terakhir {before} menjadi {formats.date(until)}"
            self.extended.append((held, until))
        else:
            row.outcome = "new"
            way_in = self._way_in(
                account, given, outranks(role, place.path, account.vouched if account else "")
            )
            row.words = f"{invitation.email}: {_said(role, until)}; {way_in}"
            row.words += self._beside(role, place)
            self.invitations.append(invitation)

    def _way_in(self, account: Account | None, given: Sequence[Membership], outranked: bool) -> str:
        """How the person will come in. `outranked`: the account was vouched for by those who may not give as much."""
        if account is None or account.is_closed:
            return "akun baru dengan undangan"
        managed = not given or self.reach.manages(account.id, given)
        named = f" bernama {account.name}" if self.reach.is_whole or (given and managed) else ""
        if not account.is_awaited and managed and outranked:
            words = f"sudah mempunyai akun{named} dari Bagian Organisasi"
            return f"{words}; untuk peran ini masuk sekali lagi dengan undangan"
        if not account.is_awaited:
            return f"sudah mempunyai akun{named}, langsung berlaku"
        if not managed:
            return f"sudah diundang pihak lain{named}, undangan itu tetap berlaku"
        return f"sudah diundang{named}, undangan baru menggantikan yang lama"

    def _beside(self, role: str, place: Organisation) -> str:
        """Who is head there already: a unit may have two, but seldom is it meant."""
        heads = self._heads[place.id] if role == UNIT_HEAD else []
        return f"; kepala yang sudah ada: {', '.join(heads)}" if heads else ""


def _said(role: str, until: date | None) -> str:
    """`Plt. Kepala unit sampai 31 Desember 2026`."""
    if until is None:
        return ROLES[role]
    return f"{'Plt. ' if role == UNIT_HEAD else ''}{ROLES[role]} sampai {formats.date(until)}"
