"""Many at once: organisations, services, counters and people from a spreadsheet, and back into one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from skm.i18n import formats
from skm.output.document import Document
from skm.output.font import is_printable
from skm.security.keys import new_key
from skm.store import counters, uploads
from skm.store.database import Database, reading, writing
from skm.store.uploads import Upload
from skm.survey.names import MARK, tidied
from skm.survey.officer import Reach
from skm.survey.organisation import CHANNELS, FIELDS, KINDS, TIME_ZONES, Organisation
from skm.survey.problem import Problem, needed
from skm.usecases.deed import Actor, Deed, logged, stored_moment
from skm.usecases.exchange.changes import Changes
from skm.usecases.exchange.people_draft import NOBODY, UNFILLED, PeopleDraft, unfilled_lines
from skm.usecases.exchange.plan import Plan, planned
from skm.usecases.exchange.read_rows import read_rows
from skm.usecases.exchange.services_draft import CounterDraft, ServiceDraft
from skm.usecases.exchange.spreadsheet_rows import (
    COUNTERS,
    NAMED,
    ORGANISATIONS,
    PEOPLE,
    SERVICES,
    Row,
    Rows,
)
from skm.usecases.exchange.standing import Standing, look
from skm.usecases.exchange.template import filled_template
from skm.usecases.exchange.tree_draft import TreeDraft
from skm.usecases.people.people import Invited

UPLOAD_LIFE = timedelta(days=1)


@dataclass(frozen=True)
class _Draft:
    """The city as it would be."""

    tree: TreeDraft
    services: ServiceDraft
    counters: CounterDraft
    people: PeopleDraft
    plan: Plan


def export_organisations(db: Database, now: datetime) -> Document:
    """All open organisations, services and counters, in the shape that `apply_import` takes.

    Nobody's address is in it: the sheet of people has the units that have no head, to be filled in.
    """
    with reading(db):
        city = look(db)
    still_open = [each for each in city.organisations if each.closed is None]
    codes = {each.id: each.slug for each in still_open}
    services = {each.id: each for each in city.services if each.closed is None}
    counters = {each.id: each for each in city.counters if each.closed is None}
    given: dict[str, list[str]] = {key: [] for key in counters}
    for counter_id, service_id in city.served:
        if counter_id in given and service_id in services:
            given[counter_id].append(services[service_id].name)
    return filled_template(
        {
            ORGANISATIONS: [_organisation_line(each, codes) for each in still_open],
            SERVICES: [
                (
                    codes[each.unit_id],
                    each.name,
                    CHANNELS[each.channel],
                    "ya" if each.free_of_charge else "tidak",
                    each.yearly_visitors or "",
                )
                for each in services.values()
                if each.unit_id in codes
            ],
            COUNTERS: [
                (codes[each.unit_id], each.name, f"{MARK} ".join(given[key]))
                for key, each in counters.items()
                if each.unit_id in codes
            ],
            PEOPLE: [*unfilled_lines(city.people, still_open, city.day(now))],
        }
    )


def plan_import(
    db: Database, within: str, content: bytes, name: str, now: datetime, reach: Reach = NOBODY
) -> Plan:
    """What a file would do, row by row; nothing is written. Raises Problem for a file that cannot be read at all.

    `within` is the path of the subtree that may be changed, "" for everything; a row outside is faulty.
    `reach` says which roles may be given.
    """
    rows = read_rows(content)
    with reading(db):
        city = look(db)
    return _draft(city, within, reach, rows, name, now).plan


def apply_import(
    db: Database,
    deed: Deed,
    within: str,
    content: bytes,
    name: str,
    shown: str = "",
    reach: Reach = NOBODY,
) -> Plan:
    """Does what a file says within a subtree, all of it or, when a row is faulty, nothing.

    `shown` is the digest of the plan that was agreed to. Raises Problem: "import_faulty"; "import_overtaken" where
    what is set up changed after that plan, or while the file was judged.
    """
    rows = read_rows(content)
    with reading(db):
        city, taken = look(db), counters.all_tokens(db)
    draft = _draft(city, within, reach, rows, name, deed.at)
    if faults := draft.plan.faults:
        raise Problem("import_faulty", count=len(faults), sheet=faults[0].sheet, row=faults[0].number)
    if shown not in ("", draft.plan.digest):
        raise Problem("import_overtaken")
    invited: list[Invited] = []
    if draft.plan.differs:
        changes = Changes(draft.tree, draft.services, draft.counters, deed, taken)
        path = within or draft.tree.root_path
        changes.notes.changed(path, "import", draft.plan.file, {}, draft.plan.counts)
        invited = _write(db, city, changes, draft.people)
    return replace(draft.plan, invited=tuple(invited))


def store_upload(db: Database, deed: Deed, content: bytes, name: str) -> str:
    """Stores a file between the dry run and the word to apply it; the key to find it by. Older ones are forgotten."""
    upload = Upload(new_key(), deed.by.id, name[:200], content, deed.moment)
    with writing(db):
        uploads.forget(db, stored_moment(deed.at - UPLOAD_LIFE))
        uploads.add(db, upload)
    return upload.id


def get_upload(db: Database, by: Actor, key: str) -> Upload:
    """The stored file, for the officer who sent it. Raises Problem "upload_gone"."""
    return needed(uploads.find(db, key, by.id), "upload_gone")


def _draft(city: Standing, within: str, reach: Reach, rows: Rows, name: str, now: datetime) -> _Draft:
    tree = TreeDraft(city.organisations, now, within)
    services = ServiceDraft(tree, city.services)
    counters = CounterDraft(services, city.counters, city.served)
    people = PeopleDraft(tree, city.people, reach, city.day(now))
    drafts = tree.draft, services.draft, counters.draft, people.draft
    for sheet, draft in zip((ORGANISATIONS, SERVICES, COUNTERS, PEOPLE), drafts, strict=True):
        draft([row for row in rows.sheets[sheet] if row.cells])
    notes = (*rows.notes, *_doubts(tree.doubtful), *_unprintable(rows), *people.notes)
    filled = [row for row in rows.all() if row.outcome != UNFILLED]
    return _Draft(tree, services, counters, people, planned(name, filled, notes))


def _unprintable(rows: Rows) -> Iterator[str]:
    """The names that no poster can show, in one sentence."""
    printed = (row for row in rows.all() if row.sheet != PEOPLE)
    named = [row for row in printed if not is_printable(tidied(row.cells.get("nama", "")))]
    if named:
        names = ", ".join(
            f"{row.sheet} baris {row.number} (“{row.cells['nama'][:60]}”)" for row in named[:NAMED]
        )
        more = f", dan {formats.count(len(named) - NAMED)} nama lain" if len(named) > NAMED else ""
        yield f"Tidak dapat dicetak di poster, kotak menggantikan hurufnya: {names}{more}."


def _doubts(rows: Sequence[Row]) -> Iterator[str]:
    """Telephone numbers of which a spreadsheet may have taken the first sign, in one sentence."""
    if rows:
        named = ", ".join(f"baris {row.number} ({row.cells['telepon'][:40]})" for row in rows[:NAMED])
        more = f", dan {formats.count(len(rows) - NAMED)} baris lain" if len(rows) > NAMED else ""
        yield (
            f"Lembar {ORGANISATIONS}: telepon tidak diawali 0 atau +, mungkin 0-nya dihapus program lembar kerja: "
            f"{named}{more}."
        )


def _write(db: Database, city: Standing, changes: Changes, people: PeopleDraft) -> list[Invited]:
    """Writes what was made for a city, if it still stands as it was looked at; who was invited."""
    with logged(db, changes.deed) as log:
        if look(db) != city:
            raise Problem("import_overtaken")
        changes.write(log)
        return people.write(log)


def _organisation_line(each: Organisation, codes: Mapping[str, str]) -> tuple[str, ...]:
    above = codes.get(each.parent_id or "", "")
    zone = TIME_ZONES.get(each.time_zone, each.time_zone)
    field = FIELDS.get(each.field, "")
    return each.slug, above, KINDS[each.kind], each.name, each.address, each.phone, zone, field
