"""The tree: agencies and units come, are renamed, move, merge and close. Their answers stay where they were given."""

from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from skm.security.keys import new_key
from skm.store import organisations as stored
from skm.store import periods
from skm.store.database import Database, writing
from skm.survey.names import (
    checked_field,
    checked_name,
    checked_slug,
    checked_text,
    checked_time_zone,
    slug_for,
    stem_of,
)
from skm.survey.organisation import (
    DEPTH_LIMIT,
    PARENTS,
    Counter,
    FormerName,
    Organisation,
    Service,
    is_closed,
)
from skm.survey.period import Period
from skm.survey.problem import Problem
from skm.usecases.noting import Deed, added, at, changed


@dataclass(frozen=True)
class Branch:
    """A line of the tree: how deep it stands, and what it has; `services` and `counters` count the open ones."""

    organisation: Organisation
    depth: int
    services: int
    counters: int


@dataclass(frozen=True)
class Card:
    """Everything about one organisation, the closed parts too."""

    organisation: Organisation
    above: Sequence[Organisation]  # from the root down
    names: Sequence[FormerName]  # the latest first
    merged_into: Organisation | None
    children: Sequence[Organisation]
    services: Sequence[Service]
    counters: Sequence[Counter]
    periods: Sequence[Period]  # its own


def show_tree(db: Database, path: str = "") -> list[Branch]:
    """A subtree in reading order, every organisation right below its parent; the whole city by default."""
    root = stored.find_root(db)
    if root is None:
        return []
    path = path or root.path
    below = stored.all_below(db, path)
    services = Tally(each.unit_id for each in stored.all_services(db, path) if each.closed is None)
    counters = Tally(each.unit_id for each in stored.all_counters(db, path) if each.closed is None)
    first = min((each.path.count("/") for each in below), default=0)
    return [
        Branch(each, each.path.count("/") - first, services[each.id], counters[each.id])
        for each in sorted(below, key=lambda organisation: organisation.path)
    ]


def show(db: Database, slug: str) -> Card:
    """Everything about one organisation; raises Problem "organisation_unknown"."""
    found = get(db, slug)
    return Card(
        organisation=found,
        above=stored.all_above(db, found),
        names=stored.names_of(db, found.id),
        merged_into=stored.get(db, found.merged_into) if found.merged_into else None,
        children=[each for each in stored.all_below(db, found.path) if each.parent_id == found.id],
        services=stored.services_of(db, found.id),
        counters=stored.counters_of(db, found.id),
        periods=periods.all_for(db, [found.id]),
    )


def get(db: Database, slug: str) -> Organisation:
    """The organisation with this name in addresses; raises Problem "organisation_unknown"."""
    found = stored.find(db, slug)
    if found is None:
        raise Problem("organisation_unknown")
    return found


def get_open(db: Database, slug: str, now: datetime) -> Organisation:
    """The same, if it still works; raises Problem "organisation_closed"."""
    found = get(db, slug)
    if is_closed(found, now):
        raise Problem("organisation_closed", name=found.name)
    return found


def add(
    db: Database,
    by: Deed,
    parent_id: str | None,
    kind: str,
    name: str,
    now: datetime,
    *,
    slug: str = "",
    address: str = "",
    phone: str = "",
    time_zone: str = "",
) -> Organisation:
    """A new organisation below another; the government has no parent. `slug` "" makes one from the name.

    Without a time zone it has its parent's. Raises Problem.
    """
    with writing(db):
        parent = _parent(db, parent_id) if parent_id else None
        _refuse_place(db, kind, parent, now)
        key = new_key()
        made = Organisation(
            id=key,
            parent_id=parent.id if parent else None,
            path=f"{parent.path if parent else ''}{key}/",
            kind=kind,
            slug=_new_slug(db, slug, name),
            name=checked_name(name),
            address=checked_text(address),
            phone=checked_text(phone),
            time_zone=checked_time_zone(time_zone or (parent.time_zone if parent else "")),
        )
        stored.add(db, [made])
        added(db, by, now, made.path, "add_organisation", made.name, made)
        return made


def rename(db: Database, by: Deed, slug: str, name: str, now: datetime) -> Organisation:
    """A new name; the old one is kept with its last day, and addresses and QR codes stay the same."""
    with writing(db):
        known = get(db, slug)
        renamed = replace(known, name=checked_name(name))
        if renamed != known:
            stored.add_names(db, [former_name(known, now)])
            _change(db, by, "rename_organisation", known, renamed, now)
        return renamed


def former_name(known: Organisation, now: datetime) -> FormerName:
    """The name that an organisation has until today."""
    return FormerName(new_key(), known.id, known.name, known.today(now).isoformat())


def edit(
    db: Database, by: Deed, slug: str, address: str, phone: str, time_zone: str, field: str, now: datetime
) -> Organisation:
    """Another address, telephone number, time zone or field; the dates of answers already given stay.

    `field` "" takes that of the organisation above. Raises Problem.
    """
    with writing(db):
        known = get(db, slug)
        edited = replace(known, address=checked_text(address), phone=checked_text(phone))
        edited = replace(edited, time_zone=checked_time_zone(time_zone), field=checked_field(field))
        _change(db, by, "edit_organisation", known, edited, now)
        return edited


def move(db: Database, by: Deed, slug: str, parent_id: str, now: datetime) -> Organisation:
    """Puts an organisation, with all below it, under another one. Its earlier answers count there too."""
    with writing(db):
        known, parent = get_open(db, slug, now), _parent(db, parent_id)
        _refuse_root(known)
        if parent.path.startswith(known.path):
            raise Problem("organisation_cycle", name=known.name, parent=parent.name)
        _refuse_place(db, known.kind, parent, now)
        moved = _put_under(db, known, parent)
        _note_move(db, by, known, parent, now)
        return moved


def merge(
    db: Database, by: Deed, slug: str, into_slug: str, now: datetime, on: date | None = None
) -> Organisation:
    """Closes an organisation whose work another of its kind goes on with, from a day (default: now).

    Answers stay with the unit that they were given to; open units of a merged agency move to the other agency.
    """
    with writing(db):
        known, into = get_open(db, slug, now), get_open(db, into_slug, now)
        _refuse_root(known)
        if known.kind != into.kind or into.path.startswith(known.path):
            raise Problem("merge_unlike", name=known.name, into=into.name)
        for child in _open_children(db, known, now):
            _put_under(db, child, into)
            _note_move(db, by, child, into, now)
        closed = _closing(known, on, now)
        merged = replace(known, closed=closed, merged_into=into.id)
        stored.change(db, [merged])
        before, after = {"closed": None, "merged_into": None}, {"closed": closed, "merged_into": into.name}
        changed(db, by, now, known.path, "merge_organisation", known.name, before, after)
        return merged


def close(db: Database, by: Deed, slug: str, on: date | None, now: datetime) -> Organisation:
    """Closes an organisation from a day, its own (default: now); its QR codes explain it, its answers stay.

    Raises Problem while open organisations stand below it.
    """
    with writing(db):
        known = get(db, slug)
        _refuse_root(known)
        closed = replace(known, closed=_closing(known, on, now))
        if left := _open_children(db, known, datetime.fromisoformat(closed.closed or "")):
            raise Problem("organisation_not_empty", name=known.name, count=len(left))
        _change(db, by, "close_organisation", known, closed, now)
        return closed


def reopen(db: Database, by: Deed, slug: str, now: datetime) -> Organisation:
    """Takes a closing or a merger back."""
    with writing(db):
        known = get(db, slug)
        if known.parent_id and is_closed(stored.get(db, known.parent_id), now):
            raise Problem("organisation_closed", name=stored.get(db, known.parent_id).name)
        opened = replace(known, closed=None, merged_into=None)
        _change(db, by, "reopen_organisation", known, opened, now)
        return opened


def _parent(db: Database, organisation_id: str) -> Organisation:
    try:
        return stored.get(db, organisation_id)
    except LookupError:
        raise Problem("organisation_unknown") from None


def _refuse_place(db: Database, kind: str, parent: Organisation | None, now: datetime) -> None:
    """Raises Problem unless the kind may stand below the parent, and the parent works."""
    if kind not in PARENTS or (parent.kind if parent else None) not in (PARENTS[kind] or (None,)):
        raise Problem("organisation_misplaced")
    if parent and parent.path.count("/") >= DEPTH_LIMIT:
        raise Problem("organisation_too_deep", limit=DEPTH_LIMIT)
    if parent is None and stored.find_root(db):
        raise Problem("government_exists")
    if parent and is_closed(parent, now):
        raise Problem("organisation_closed", name=parent.name)


def _refuse_root(known: Organisation) -> None:
    if known.parent_id is None:
        raise Problem("government_stays")


def _new_slug(db: Database, asked: str, name: str) -> str:
    if not asked:
        return slug_for(name, stored.find_slugs(db, stem_of(name)))
    slug = checked_slug(asked)
    if stored.find(db, slug):
        raise Problem("code_taken", code=slug)
    return slug


def _put_under(db: Database, known: Organisation, parent: Organisation) -> Organisation:
    """Moves a subtree: its paths begin differently now."""
    above = f"{parent.path}{known.id}/"
    moved = replace(known, parent_id=parent.id, path=above)
    below = (each for each in stored.all_below(db, known.path) if each.id != known.id)
    shifted = [replace(each, path=above + each.path.removeprefix(known.path)) for each in below]
    stored.change(db, [moved, *shifted])
    return moved


def _note_move(db: Database, by: Deed, known: Organisation, parent: Organisation, now: datetime) -> None:
    before = {"parent": stored.get(db, known.parent_id).name if known.parent_id else None}
    path = f"{parent.path}{known.id}/"
    changed(db, by, now, path, "move_organisation", known.name, before, {"parent": parent.name})


def _open_children(db: Database, known: Organisation, moment: datetime) -> list[Organisation]:
    below = stored.all_below(db, known.path)
    return [each for each in below if each.parent_id == known.id and not is_closed(each, moment)]


def _closing(known: Organisation, on: date | None, now: datetime) -> str:
    """The moment of closing: a day begins at midnight of the organisation's own clock."""
    if on is None or on == known.today(now):
        return at(now)
    return at(known.midnight(on))


def _change(db: Database, by: Deed, verb: str, known: Organisation, to: Organisation, now: datetime) -> None:
    stored.change(db, [to])
    changed(db, by, now, to.path, verb, known.name, vars(known), vars(to))
