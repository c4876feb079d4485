"""Many at once: organisations, services and counters from a spreadsheet, and back into one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from skm.i18n import formats
from skm.output.document import Document
from skm.output.font import is_printable
from skm.output.reading.tables import read_tables
from skm.security.keys import new_key
from skm.store import counters, uploads
from skm.store.database import Database, reading, writing
from skm.store.uploads import Upload
from skm.survey.names import MARK, tidied
from skm.survey.organisation import CHANNELS, FIELDS, KINDS, TIME_ZONES, Organisation
from skm.survey.problem import Problem, needed
from skm.usecases.deed import Actor, Deed, logged, stored_moment
from skm.usecases.exchange.changes import Changes
from skm.usecases.exchange.plan import Plan, planned
from skm.usecases.exchange.services_draft import CounterDraft, ServiceDraft
from skm.usecases.exchange.spreadsheet_rows import (
    COUNTERS,
    NAMED,
    ORGANISATIONS,
    SERVICES,
    Row,
    Rows,
    read_rows,
)
from skm.usecases.exchange.standing import Standing, look
from skm.usecases.exchange.template import filled_template
from skm.usecases.exchange.tree_draft import TreeDraft

UPLOAD_LIFE = timedelta(days=1)


@dataclass(frozen=True)
class _Draft:
    """The city as it would be."""

    tree: TreeDraft
    services: ServiceDraft
    counters: CounterDraft
    plan: Plan


def export_organisations(db: Database) -> Document:
    """All open organisations, services and counters, in the shape that `apply_import` takes."""
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
        }
    )


def plan_import(db: Database, within: str, content: bytes, name: str, now: datetime) -> Plan:
    """What a file would do, row by row; nothing is written. Raises Problem for a file that cannot be read at all.

    `within` is the path of the subtree that may be changed, "" for everything; a row outside is faulty.
    """
    rows = _read(content)
    with reading(db):
        city = look(db)
    return _draft(city, within, rows, name, now).plan


def apply_import(db: Database, deed: Deed, within: str, content: bytes, name: str, shown: str = "") -> Plan:
    """Does what a file says within a subtree, all of it or, when a row is faulty, nothing.

    `shown` is the digest of the plan that was agreed to. Raises Problem: "import_faulty"; "import_overtaken" where
    what is set up changed after that plan, or while the file was judged.
    """
    rows = _read(content)
    with reading(db):
        city, taken = look(db), counters.all_tokens(db)
    draft = _draft(city, within, rows, name, deed.at)
    if faults := draft.plan.faults:
        raise Problem("import_faulty", count=len(faults), sheet=faults[0].sheet, row=faults[0].number)
    if shown not in ("", draft.plan.digest):
        raise Problem("import_overtaken")
    if draft.plan.differs:
        changes = Changes(draft.tree, draft.services, draft.counters, deed, taken)
        path = within or draft.tree.root_path
        changes.notes.changed(path, "import", draft.plan.file, {}, draft.plan.counts)
        _write(db, city, changes)
    return draft.plan


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


def _read(content: bytes) -> Rows:
    if not content:
        raise Problem("import_empty")
    return read_rows(read_tables(content))


def _draft(city: Standing, within: str, rows: Rows, name: str, now: datetime) -> _Draft:
    tree = TreeDraft(city.organisations, now, within)
    services = ServiceDraft(tree, city.services)
    counters = CounterDraft(services, city.counters, city.served)
    for sheet, draft in ((ORGANISATIONS, tree.draft), (SERVICES, services.draft), (COUNTERS, counters.draft)):
        draft([row for row in rows.sheets[sheet] if row.cells])
    notes = (*rows.notes, *_doubts(tree.doubtful), *_unprintable(rows))
    return _Draft(tree, services, counters, planned(name, rows.all(), notes))


def _unprintable(rows: Rows) -> Iterator[str]:
    """The names that no poster can show, in one sentence."""
    named = [row for row in rows.all() if not is_printable(tidied(row.cells.get("nama", "")))]
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


def _write(db: Database, city: Standing, changes: Changes) -> None:
    """Writes what was made for a city, if it still stands as it was looked at."""
    with logged(db, changes.deed) as log:
        if look(db) != city:
            raise Problem("import_overtaken")
        changes.write(log)


def _organisation_line(each: Organisation, codes: Mapping[str, str]) -> tuple[str, ...]:
    above = codes.get(each.parent_id or "", "")
    zone = TIME_ZONES.get(each.time_zone, each.time_zone)
    field = FIELDS.get(each.field, "")
    return each.slug, above, KINDS[each.kind], each.name, each.address, each.phone, zone, field
