"""Many at once: organisations, services and counters from a spreadsheet, and back into one."""

from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from skm.output.document import Document
from skm.output.tables import read_tables
from skm.security.keys import new_key
from skm.store import counters, organisations, uploads
from skm.store.database import Database, reading, writing
from skm.store.uploads import Upload
from skm.survey.organisation import CHANNELS, KINDS, TIME_ZONES, Organisation
from skm.survey.problem import Problem
from skm.usecases.set_up import template as templates
from skm.usecases.set_up.counters import issue
from skm.usecases.set_up.log import Deed, added, at, changed
from skm.usecases.set_up.names import MARK
from skm.usecases.set_up.organisations import keep_name
from skm.usecases.set_up.places_draft import CounterDraft, ServiceDraft
from skm.usecases.set_up.sheets import COUNTERS, ORGANISATIONS, SERVICES, Row, Rows, read_rows
from skm.usecases.set_up.tree_draft import TreeDraft

FATES = {"new": "baru", "changed": "berubah", "same": "tetap", "fault": "salah"}
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class RowFate:
    """What becomes of a row, by its number in the spreadsheet: a key of FATES, and why in words."""

    number: int
    sheet: str
    fate: str
    words: str


@dataclass(frozen=True)
class Plan:
    """The fate of every row of a file, sheet after sheet, and what a reader should know about the file."""

    file: str
    rows: tuple[RowFate, ...]
    notes: tuple[str, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows have each fate."""
        found = Tally(row.fate for row in self.rows)
        return {fate: found[fate] for fate in FATES}

    @property
    def faults(self) -> tuple[RowFate, ...]:
        """The rows that stand in the way."""
        return tuple(row for row in self.rows if row.fate == "fault")


@dataclass(frozen=True)
class _Draft:
    """The city as it would be."""

    tree: TreeDraft
    services: ServiceDraft
    counters: CounterDraft
    plan: Plan


def template() -> Document:
    """The spreadsheet to fill in, with explanations and an example."""
    return templates.blank()


def export(db: Database) -> Document:
    """All open organisations, services and counters, in the shape that `apply` takes."""
    with reading(db):
        root = organisations.find_root(db)
        known = [each for each in _known(db) if each.closed is None]
        codes = {each.id: each.slug for each in known}
        path = root.path if root else "/"
        services = {each.id: each for each in organisations.all_services(db, path) if each.closed is None}
        places = {each.id: each for each in organisations.all_counters(db, path) if each.closed is None}
        given: dict[str, list[str]] = {key: [] for key in places}
        for counter_id, service_id in counters.all_served(db, path):
            if counter_id in given and service_id in services:
                given[counter_id].append(services[service_id].name)
    return templates.filled(
        {
            ORGANISATIONS: [_organisation_line(each, codes) for each in known],
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
                for key, each in places.items()
                if each.unit_id in codes
            ],
        }
    )


def plan(db: Database, content: bytes, name: str, now: datetime) -> Plan:
    """What a file would do, row by row; nothing is written. Raises Problem for a file that cannot be read at all."""
    rows = _read(content)
    with reading(db):
        return _draft(db, rows, name, now).plan


def apply(db: Database, by: Deed, content: bytes, name: str, now: datetime) -> Plan:
    """Does what a file says, all of it or, when a row is faulty, nothing. Raises Problem "import_faulty"."""
    rows = _read(content)  # takes longest, so before the writing turn
    with writing(db):
        draft = _draft(db, rows, name, now)
        if faults := draft.plan.faults:
            raise Problem("import_faulty", count=len(faults), sheet=faults[0].sheet, row=faults[0].number)
        _write_tree(db, by, draft.tree, now)
        _write_services(db, by, draft, now)
        _write_counters(db, by, draft, now)
        root = organisations.find_root(db)
        if root and draft.plan.counts["same"] < len(draft.plan.rows):
            changed(db, by, now, root.path, "import", draft.plan.file, {}, dict(draft.plan.counts))
        return draft.plan


def keep(db: Database, by: Deed, content: bytes, name: str, now: datetime) -> str:
    """Keeps a file between the dry run and the word to apply it; the key to find it by. Older ones are forgotten."""
    upload = Upload(new_key(), by[0], name[:200], content, at(now))
    with writing(db):
        uploads.forget(db, at(now - KEPT))
        uploads.add(db, upload)
    return upload.id


def find_kept(db: Database, by: Deed, key: str) -> Upload:
    """The kept file, for the officer who sent it. Raises Problem "upload_gone"."""
    found = uploads.find(db, key, by[0])
    if found is None:
        raise Problem("upload_gone")
    return found


def _read(content: bytes) -> Rows:
    if not content:
        raise Problem("import_empty")
    return read_rows(read_tables(content))


def _known(db: Database) -> list[Organisation]:
    root = organisations.find_root(db)
    return list(organisations.all_below(db, root.path)) if root else []


def _draft(db: Database, rows: Rows, name: str, now: datetime) -> _Draft:
    known = _known(db)
    path = known[0].path if known else "/"
    tree = TreeDraft(known, now)
    services = ServiceDraft(tree, organisations.all_services(db, path))
    places = CounterDraft(services, organisations.all_counters(db, path), counters.all_served(db, path))
    for sheet, draft in ((ORGANISATIONS, tree.draft), (SERVICES, services.draft), (COUNTERS, places.draft)):
        draft([row for row in rows.sheets[sheet] if row.cells])
    return _Draft(tree, services, places, Plan(name[:200], tuple(map(_fate, rows.all())), tuple(rows.notes)))


def _fate(row: Row) -> RowFate:
    if row.faults:
        return RowFate(row.number, row.sheet, "fault", "; ".join(row.faults))
    return RowFate(row.number, row.sheet, row.fate, row.words)


def _write_tree(db: Database, by: Deed, tree: TreeDraft, now: datetime) -> None:
    organisations.add(db, tree.new)
    organisations.change(db, [after for _, after in tree.changed] + tree.shifted)
    for each in tree.new:
        added(db, by, now, each.path, "add_organisation", each.name, each)
    for known, after in tree.changed:
        if known.name != after.name:
            keep_name(db, known, now)
        changed(db, by, now, after.path, "edit_organisation", known.name, vars(known), vars(after))


def _write_services(db: Database, by: Deed, draft: _Draft, now: datetime) -> None:
    organisations.add_services(db, draft.services.new)
    organisations.change_services(db, [after for _, after in draft.services.changed])
    for each in draft.services.new:
        added(db, by, now, draft.tree.path_of(each.unit_id), "add_service", each.name, each)
    for known, after in draft.services.changed:
        path = draft.tree.path_of(known.unit_id)
        changed(db, by, now, path, "edit_service", known.name, vars(known), vars(after))


def _write_counters(db: Database, by: Deed, draft: _Draft, now: datetime) -> None:
    names = draft.counters.names
    for counter, given in draft.counters.new:
        issue(db, counter, given, now)
        after = {"name": counter.name, "services": names(given)}
        changed(db, by, now, draft.tree.path_of(counter.unit_id), "add_counter", counter.name, {}, after)
    for known, counter, before, given in draft.counters.changed:
        counters.change(db, [counter])
        counters.change_services(db, counter.id, given)
        was = {"name": known.name, "services": names(before)}
        after = {"name": counter.name, "services": names(given)}
        changed(db, by, now, draft.tree.path_of(known.unit_id), "edit_counter", known.name, was, after)


def _organisation_line(each: Organisation, codes: Mapping[str, str]) -> tuple[str, ...]:
    above = codes.get(each.parent_id or "", "")
    zone = TIME_ZONES.get(each.time_zone, each.time_zone)
    return each.slug, above, KINDS[each.kind], each.name, each.address, each.phone, zone
