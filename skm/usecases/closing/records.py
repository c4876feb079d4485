"""Frozen periods are read: how far each is, what a snapshot says, and what differs from the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from skm.figures.frozen import FrozenFigure, get_snapshot, read_content, read_figure, was_official
from skm.figures.members import read_members
from skm.figures.snapshot import Content, Difference, differences
from skm.output.document import Document
from skm.store import organisations, periods, publications, snapshots
from skm.store.database import Database
from skm.store.publications import Publication
from skm.store.snapshots import Snapshot
from skm.survey.names import stem_of
from skm.survey.order import natural
from skm.survey.organisation import Organisation
from skm.survey.period import MEAN_OF_UNITS, Period, span_of
from skm.survey.problem import Problem
from skm.survey.small_cells import K
from skm.usecases.closing.freezing import has_ended


@dataclass(frozen=True)
class FreezingState:
    """A period as an organisation sees it.

    `ended`: its last day is over everywhere. `revision` is the period's latest, 0 while it has not been frozen;
    `snapshots` are the organisation's own; `late` counts what came, or was decided, since the latest revision;
    `publication` is the last deed that made the period official, or withdrew that.
    """

    period: Period
    owner: Organisation
    ended: bool
    revision: int
    snapshots: Sequence[Snapshot]
    late: int
    publication: Publication | None


@dataclass(frozen=True)
class FreezingOverview:
    """The periods that hold for an organisation, its own and those above, the newest first."""

    organisation: Organisation
    above: Sequence[Organisation]
    periods: Sequence[FreezingState]


@dataclass(frozen=True)
class Record:
    """A frozen figure, all snapshots of its organisation in the period, and what differs from the one before."""

    frozen: FrozenFigure
    organisation: Organisation
    above: Sequence[Organisation]
    revisions: Sequence[Snapshot]
    before: Snapshot | None
    changes: Sequence[Difference]
    publication: Publication | None
    units: Mapping[str, str]  # the id of the snapshot of each unit below, by unit
    late: int  # answers that came, or were decided on, after it
    has_steps: bool = True  # whether the reader may see how the figure came about


def show_freezing(db: Database, slug: str, now: datetime) -> FreezingOverview:
    """How far the periods of an organisation are; raises Problem."""
    organisation = organisations.get_by_slug(db, slug)
    holding = sorted(periods.all_for(db, organisation.ancestors), key=lambda one: one.closes, reverse=True)
    states = [_state(db, period, organisation, now) for period in holding]
    return FreezingOverview(organisation, organisations.all_above(db, organisation), states)


def get_freezing_state(db: Database, period_id: str, now: datetime) -> FreezingState:
    """A period as its own organisation sees it; raises Problem."""
    period = periods.get(db, period_id)
    return _state(db, period, organisations.get(db, period.organisation_id), now)


def show_late(db: Database, period_id: str) -> list[tuple[Organisation, int]]:
    """How many answers came, or were decided on, since the latest revision, by unit; the most first."""
    period = periods.get(db, period_id)
    late = _late(db, period, organisations.get(db, period.organisation_id).path)
    return sorted(
        ((organisations.get(db, unit), n) for unit, n in late.items()),
        key=lambda one: (-one[1], natural(one[0].name)),
    )


def show_snapshot(db: Database, snapshot_id: str) -> Record:
    """A snapshot and what belongs to it; raises Problem, also where its bytes are not the ones of its digest."""
    frozen = read_figure(db, snapshot_id)
    snapshot, organisation = frozen.snapshot, organisations.get(db, frozen.snapshot.organisation_id)
    revisions = snapshots.all_for(db, snapshot.period_id, snapshot.organisation_id)
    before = next((one for one in reversed(revisions) if one.revision < snapshot.revision), None)
    return Record(
        frozen=frozen,
        organisation=organisation,
        above=organisations.all_above(db, organisation),
        revisions=revisions,
        before=before,
        changes=_changes(db, before, snapshot) if before else [],
        publication=publications.find_latest(db, snapshot.period_id),
        units=_units(db, frozen),
        late=sum(_late_since(db, snapshot, organisation).values()),
    )


def show_official(db: Database, snapshot_id: str) -> Record:
    """As `show_snapshot`, for whoever has no access to single answers: only what is or was official, of K or more.

    Units with fewer are left out, and so is the comparison with the revision before. There are no steps where these
    would say what fewer answered: one of several questionnaires, or a unit in a mean. Raises Problem.
    """
    record = show_snapshot(db, snapshot_id)
    snapshot, figure = record.frozen.snapshot, record.frozen.figure
    if figure.n < K or not was_official(db, snapshot, record.revisions):
        raise Problem("snapshot_unpublished")
    units = {key: unit for key, unit in (figure.units or {}).items() if unit.n >= K}
    told = [one for one in record.revisions if was_official(db, one, record.revisions)]
    shown = replace(figure, units=None if figure.units is None else units)
    answered = [unit for unit in (figure.units or {}).values() if unit.n]
    whole = figure.terms.rule != MEAN_OF_UNITS or len(answered) == len(units)
    return replace(
        record,
        frozen=replace(record.frozen, figure=shown),
        revisions=told,
        before=None,
        changes=[],
        late=0,
        has_steps=whole and len(figure.joined) == 1,
    )


def with_steps(record: Record) -> Record:
    """A record whose steps its reader may see; raises Problem."""
    if not record.has_steps:
        raise Problem("record_steps_hidden")
    return record


def download(db: Database, snapshot_id: str) -> Document:
    """The stored bytes of a snapshot, over which its digest was made; raises Problem."""
    snapshot = get_snapshot(db, snapshot_id)
    slug = organisations.get(db, snapshot.organisation_id).slug
    name = f"skm-{slug}-{stem_of(periods.get(db, snapshot.period_id).name)}-revisi-{snapshot.revision}.json"
    return Document(name, "application/json", snapshots.content_of(db, snapshot.id))


def find_period(db: Database, slug: str, name: str) -> Period:
    """The period of an organisation by its name or id; raises Problem."""
    organisation = organisations.get_by_slug(db, slug)
    own = periods.all_for(db, [organisation.id])
    named = [one for one in own if name in (one.name, one.id)]
    if not named:
        raise Problem("period_unnamed", name=name[:80], known="; ".join(one.name for one in own) or "–")
    if len(named) > 1:
        raise Problem("period_ambiguous", name=name[:80], codes=", ".join(one.id for one in named))
    return named[0]


def _state(db: Database, period: Period, organisation: Organisation, now: datetime) -> FreezingState:
    owner = organisations.get(db, period.organisation_id)
    return FreezingState(
        period=period,
        owner=owner,
        ended=has_ended(period, read_members(db, owner, span_of(period)).organisations.values(), now),
        revision=snapshots.count_revisions(db, period.id),
        snapshots=snapshots.all_for(db, period.id, organisation.id),
        late=sum(_late(db, period, organisation.path).values()),
        publication=publications.find_latest(db, period.id),
    )


def _late(db: Database, period: Period, path: str) -> dict[str, int]:
    mark = snapshots.find_mark(db, period.id)
    return snapshots.count_late(db, path, span_of(period), mark) if mark else {}


def _late_since(db: Database, snapshot: Snapshot, organisation: Organisation) -> dict[str, int]:
    span = span_of(periods.get(db, snapshot.period_id))
    return snapshots.count_late(db, organisation.path, span, snapshot.mark)


def _units(db: Database, frozen: FrozenFigure) -> dict[str, str]:
    """The snapshots of units that were current when this one was made."""
    snapshot = frozen.snapshot
    current = snapshots.all_latest(db, snapshot.period_id, snapshot.revision)
    units = set(frozen.units) - {snapshot.organisation_id}
    return {one.organisation_id: one.id for one in current if one.organisation_id in units}


def _changes(db: Database, before: Snapshot, after: Snapshot) -> list[Difference]:
    left, right = (read_content(db, one) for one in (before, after))
    return differences(_compared(left), _compared(right))


def _compared(content: Content) -> Content:
    return content["figures"] | {"visitors": content["visitors"]}
