"""The tree: agencies and units come, are renamed, move, merge and close. Their answers stay where they were given."""

import collections
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from skm.security.keys import new_key
from skm.store import organisations, periods
from skm.store.database import Database
from skm.survey.names import (
    checked_field,
    checked_name,
    checked_slug,
    checked_text,
    checked_time_zone,
    slug_for,
    stem_of,
)
from skm.survey.order import in_reading_order
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
from skm.usecases.deed import Deed, Log, logged, stored_moment


@dataclass(frozen=True)
class Branch:
    """A line of the tree: how deep it stands, and what it has; `services` and `counters` count the open ones."""

    organisation: Organisation
    depth: int
    services: int
    counters: int


@dataclass(frozen=True)
class OrganisationCard:
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
    path = path or organisations.find_root_path(db)
    if not path:
        return []
    below = organisations.all_below(db, path)
    services = collections.Counter(
        each.unit_id for each in organisations.all_services(db, path) if each.closed is None
    )
    counters = collections.Counter(
        each.unit_id for each in organisations.all_counters(db, path) if each.closed is None
    )
    first = min((each.path.count("/") for each in below), default=0)
    return [
        Branch(each, each.path.count("/") - first, services[each.id], counters[each.id])
        for each in in_reading_order(below)
    ]


def show_organisation(db: Database, slug: str) -> OrganisationCard:
    """Everything about one organisation; raises Problem "organisation_unknown"."""
    shown = organisations.get_by_slug(db, slug)
    below = in_reading_order(organisations.all_below(db, shown.path))
    return OrganisationCard(
        organisation=shown,
        above=organisations.all_above(db, shown),
        names=organisations.names_of(db, shown.id),
        merged_into=organisations.get(db, shown.merged_into) if shown.merged_into else None,
        children=[each for each in below if each.parent_id == shown.id],
        services=organisations.services_of(db, shown.id),
        counters=organisations.counters_of(db, shown.id),
        periods=periods.all_for(db, [shown.id]),
    )


def get_open_organisation(db: Database, slug: str, now: datetime) -> Organisation:
    """The organisation with this name in addresses, if it still works; raises Problem."""
    organisation = organisations.get_by_slug(db, slug)
    if is_closed(organisation, now):
        raise Problem("organisation_closed", name=organisation.name)
    return organisation


def add_organisation(
    db: Database,
    deed: Deed,
    parent_id: str | None,
    kind: str,
    name: str,
    *,
    slug: str = "",
    address: str = "",
    phone: str = "",
    time_zone: str = "",
) -> Organisation:
    """A new organisation below another; the government has no parent. `slug` "" makes one from the name.

    Without a time zone it has its parent's. Raises Problem.
    """
    with logged(db, deed) as log:
        parent = organisations.get(db, parent_id) if parent_id else None
        _refuse_place(db, kind, parent, deed.at)
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
        organisations.add(db, [made])
        log.added(made.path, "add_organisation", made.name, made)
        return made


def rename_organisation(db: Database, deed: Deed, slug: str, name: str) -> Organisation:
    """A new name; the old one is kept with its last day, and addresses and QR codes stay the same."""
    with logged(db, deed) as log:
        organisation = organisations.get_by_slug(db, slug)
        renamed = replace(organisation, name=checked_name(name))
        if renamed != organisation:
            organisations.add_names(db, [former_name(organisation, deed.at)])
        _change(log, "rename_organisation", organisation, renamed)
        return renamed


def former_name(organisation: Organisation, now: datetime) -> FormerName:
    """The name that an organisation has until today."""
    return FormerName(new_key(), organisation.id, organisation.name, organisation.today(now).isoformat())


def edit_organisation(
    db: Database, deed: Deed, slug: str, address: str, phone: str, time_zone: str, field: str
) -> Organisation:
    """Another address, telephone number, time zone or field; the dates of answers already given stay.

    `field` "" takes that of the organisation above. Raises Problem.
    """
    with logged(db, deed) as log:
        organisation = organisations.get_by_slug(db, slug)
        edited = replace(organisation, address=checked_text(address), phone=checked_text(phone))
        edited = replace(edited, time_zone=checked_time_zone(time_zone), field=checked_field(field))
        _change(log, "edit_organisation", organisation, edited)
        return edited


def move_organisation(
    db: Database, deed: Deed, slug: str, parent_id: str, on: date | None = None
) -> Organisation:
    """Puts an organisation, with all below it, under another one from a day on (default: today), not a later one.

    Answers of that day and later count there; rights follow at once. Raises Problem.
    """
    with logged(db, deed) as log:
        organisation, parent = get_open_organisation(db, slug, deed.at), organisations.get(db, parent_id)
        day = on or organisation.today(deed.at)
        _refuse_root(organisation)
        if day > organisation.today(deed.at):
            raise Problem("move_later", name=organisation.name)
        if parent.path.startswith(organisation.path):
            raise Problem("organisation_cycle", name=organisation.name, parent=parent.name)
        _refuse_place(db, organisation.kind, parent, deed.at)
        moved = _put_under(db, organisation, parent, day)
        _note_move(log, organisation, parent, day)
        return moved


def merge_organisation(
    db: Database, deed: Deed, slug: str, into_slug: str, on: date | None = None
) -> Organisation:
    """Closes an organisation whose work another of its kind goes on with, from a day (default: now).

    Answers stay with the unit that they were given to; open units of a merged agency move to the other agency.
    """
    with logged(db, deed) as log:
        organisation = get_open_organisation(db, slug, deed.at)
        into = get_open_organisation(db, into_slug, deed.at)
        _refuse_root(organisation)
        if organisation.kind != into.kind or into.path.startswith(organisation.path):
            raise Problem("merge_unlike", name=organisation.name, into=into.name)
        day = on or organisation.today(deed.at)
        for child in _open_children(db, organisation, deed.at):
            _put_under(db, child, into, day)
            _note_move(log, child, into, day)
        closed = _closing(organisation, on, deed)
        merged = replace(organisation, closed=closed, merged_into=into.id)
        organisations.change(db, [merged])
        before, after = {"closed": None, "merged_into": None}, {"closed": closed, "merged_into": into.name}
        log.changed(organisation.path, "merge_organisation", organisation.name, before, after)
        return merged


def close_organisation(db: Database, deed: Deed, slug: str, on: date | None) -> Organisation:
    """Closes an organisation from a day, its own (default: now); its QR codes explain it, its answers stay.

    Raises Problem while open organisations stand below it.
    """
    with logged(db, deed) as log:
        organisation = organisations.get_by_slug(db, slug)
        _refuse_root(organisation)
        closed = replace(organisation, closed=_closing(organisation, on, deed))
        if left := _open_children(db, organisation, datetime.fromisoformat(closed.closed or "")):
            raise Problem("organisation_not_empty", name=organisation.name, count=len(left))
        _change(log, "close_organisation", organisation, closed)
        return closed


def reopen_organisation(db: Database, deed: Deed, slug: str) -> Organisation:
    """Takes a closing or a merger back."""
    with logged(db, deed) as log:
        organisation = organisations.get_by_slug(db, slug)
        parent = organisations.get(db, organisation.parent_id) if organisation.parent_id else None
        if parent and is_closed(parent, deed.at):
            raise Problem("organisation_closed", name=parent.name)
        opened = replace(organisation, closed=None, merged_into=None)
        _change(log, "reopen_organisation", organisation, opened)
        return opened


def _refuse_place(db: Database, kind: str, parent: Organisation | None, now: datetime) -> None:
    """Raises Problem unless the kind may stand below the parent, and the parent works."""
    if kind not in PARENTS or (parent.kind if parent else None) not in (PARENTS[kind] or (None,)):
        raise Problem("organisation_misplaced")
    if parent and parent.path.count("/") >= DEPTH_LIMIT:
        raise Problem("organisation_too_deep", limit=DEPTH_LIMIT)
    if parent is None and organisations.find_root(db):
        raise Problem("government_exists")
    if parent and is_closed(parent, now):
        raise Problem("organisation_closed", name=parent.name)


def _refuse_root(organisation: Organisation) -> None:
    if organisation.parent_id is None:
        raise Problem("government_stays")


def _new_slug(db: Database, asked: str, name: str) -> str:
    if not asked:
        return slug_for(name, organisations.find_slugs(db, stem_of(name)))
    slug = checked_slug(asked)
    if organisations.find(db, slug):
        raise Problem("code_taken", code=slug)
    return slug


def _put_under(db: Database, organisation: Organisation, parent: Organisation, day: date) -> Organisation:
    """Moves a subtree from a day on: its paths begin differently now."""
    above = f"{parent.path}{organisation.id}/"
    moved = replace(organisation, parent_id=parent.id, path=above)
    below = (each for each in organisations.all_below(db, organisation.path) if each.id != organisation.id)
    shifted = [replace(each, path=above + each.path.removeprefix(organisation.path)) for each in below]
    organisations.move(db, [moved, *shifted], day)
    return moved


def _note_move(log: Log, organisation: Organisation, parent: Organisation, day: date) -> None:
    before = {
        "parent": organisations.get(log.db, organisation.parent_id).name if organisation.parent_id else None
    }
    path = f"{parent.path}{organisation.id}/"
    log.changed(path, "move_organisation", organisation.name, before, {"parent": parent.name, "since": day})


def _open_children(db: Database, organisation: Organisation, moment: datetime) -> list[Organisation]:
    below = organisations.all_below(db, organisation.path)
    return [each for each in below if each.parent_id == organisation.id and not is_closed(each, moment)]


def _closing(organisation: Organisation, on: date | None, deed: Deed) -> str:
    """The moment of closing: a day begins at midnight of the organisation's own clock."""
    if on is None or on == organisation.today(deed.at):
        return deed.moment
    return stored_moment(organisation.midnight(on))


def _change(log: Log, verb: str, before: Organisation, to: Organisation) -> None:
    organisations.change(log.db, [to])
    log.changed(to.path, verb, before.name, vars(before), vars(to))
