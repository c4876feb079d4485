"""The figures of a period that has ended are frozen for every organisation. What comes later makes a new revision.

Everything is read at one moment and counted outside of the write lock; only the result is written under it.
Why so: docs/decisions/0009-closing-a-period.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from skm import __version__
from skm.figures.figure import Figure, Terms
from skm.figures.period_figures import Parts, all_figures, read_parts
from skm.figures.population import population_of
from skm.figures.snapshot import SCHEMA, Content, canonical, content_of, digest_of, parsed, unlike
from skm.security.keys import new_key
from skm.store import installation, organisations, periods, snapshots
from skm.store.database import Database, reading
from skm.store.scores import Mark, find_mark
from skm.store.snapshots import Snapshot
from skm.survey.names import checked_text
from skm.survey.organisation import Organisation, is_closed
from skm.survey.period import Period, span_of
from skm.survey.problem import Problem
from skm.usecases.deed import Deed, logged

SnapshotContent = tuple[Snapshot, bytes]


@dataclass(frozen=True)
class _Revision:
    """What was read for a revision, all at one moment. `groups` are the units of every organisation."""

    deed: Deed
    reason: str
    number: int
    period: Period
    below: Sequence[Organisation]
    groups: Mapping[str, Sequence[str]]
    names: Mapping[str, str]
    earlier: Mapping[str, Content | None]
    parts: Parts
    visitors: Mapping[str, int]
    mark: Mark
    demo: bool


def freeze_period(db: Database, deed: Deed, period_id: str) -> list[Snapshot]:
    """Freezes the figures of a period that has ended, for every organisation with answers or still open.

    Raises Problem, also where somebody has frozen them already.
    """
    if obstacle := find_freezing_obstacle(db, period_id, deed.at):
        raise obstacle
    revision = _read(db, deed, period_id)
    if revision.earlier:
        raise Problem("freezing_overtaken", name=revision.period.name)
    return _store(db, revision, _snapshots(revision))


def revise_period(db: Database, deed: Deed, period_id: str, reason: str) -> list[Snapshot]:
    """Freezes the figures that differ by now once more, and those of the period's own organisation.

    The earlier snapshots stay. Raises Problem: without a reason, and where nothing differs.
    """
    why = checked_text(reason)
    if not why:
        raise Problem("reason_missing")
    revision = _read(db, deed, period_id, why)
    if not revision.earlier:
        raise Problem("freezing_missing", name=revision.period.name)
    made = _snapshots(revision)
    if not any(_differs(revision, snapshot.organisation_id, text) for snapshot, text in made):
        raise Problem("freezing_unchanged", name=revision.period.name)
    return _store(db, revision, made)


def find_freezing_obstacle(db: Database, period_id: str, now: datetime) -> Problem | None:
    """Why the figures of a period cannot be frozen now; None where they can."""
    period = periods.get(db, period_id)
    below = organisations.all_below(db, organisations.get(db, period.organisation_id).path)
    if not has_ended(period, below, now):
        return Problem("freezing_early", name=period.name, closes=period.closes)
    return Problem("freezing_done", name=period.name) if snapshots.count_revisions(db, period.id) else None


def has_ended(period: Period, below: Sequence[Organisation], now: datetime) -> bool:
    """Whether the last day is over by every clock of the organisations that may answer in a period."""
    return all(one.today(now) > period.closes for one in below)


def _read(db: Database, deed: Deed, period_id: str, reason: str = "") -> _Revision:
    with reading(db):
        period = periods.get(db, period_id)
        top = organisations.get(db, period.organisation_id)
        below = organisations.all_below(db, top.path)
        mark, earlier = find_mark(db), _earlier(db, period)
        terms = Terms(period.weights, period.aggregation)
        parts = _readable(read_parts(db, top.path, span_of(period), terms, mark), below)
        line = [*below, *organisations.all_above(db, top)]
        # A unit that was added after the freezing takes no part in it, unless it has answers.
        named = {one.id for one in below if (one.id in earlier if earlier else not is_closed(one, deed.at))}
        taking_part = [one for one in below if one.id in parts.units or one.id in named or one.kind != "unit"]
        return _Revision(
            deed=deed,
            reason=reason,
            number=snapshots.count_revisions(db, period.id) + 1,
            period=period,
            below=taking_part,
            groups=_groups(taking_part),
            names={one.id: one.name for one in line},
            earlier=earlier,
            parts=parts,
            visitors=population_of(db, top.path, span_of(period)),
            mark=mark,
            demo=installation.find(db, "demo") is not None,
        )


def _groups(below: Sequence[Organisation]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {one.id: [] for one in below}
    for unit in below:
        for key in unit.ancestors if unit.kind == "unit" else ():
            if key in groups:
                groups[key].append(unit.id)
    return groups


def _earlier(db: Database, period: Period) -> dict[str, Content | None]:
    """What the latest snapshot of every organisation holds."""
    latest = snapshots.all_latest(db, period.id)
    return {one.organisation_id: parsed(snapshots.content_of(db, one.id)) for one in latest}


def _readable(parts: Parts, below: Sequence[Organisation]) -> Parts:
    if parts.damaged:
        raise Problem("answers_damaged", units="; ".join(o.name for o in below if o.id in parts.damaged))
    return parts


def _snapshots(revision: _Revision) -> list[SnapshotContent]:
    """The snapshots of a revision with their contents; what has not changed since the one before needs none."""
    visitors = {
        organisation.id: _visitors(revision, revision.groups[organisation.id])
        for organisation in revision.below
    }
    figures = all_figures(revision.parts, revision.groups, visitors)
    made = []
    for organisation in revision.below:
        text = canonical(_content(revision, organisation, figures[organisation.id]))
        if _is_due(revision, organisation, text):
            made.append((_snapshot(revision, organisation, digest_of(text)), text))
    return made


def _is_due(revision: _Revision, organisation: Organisation, text: bytes) -> bool:
    if organisation.id == revision.period.organisation_id:
        return True
    answered = any(unit in revision.parts.units for unit in revision.groups[organisation.id])
    if not revision.earlier:
        return answered or not is_closed(organisation, revision.deed.at)
    return _differs(revision, organisation.id, text) if organisation.id in revision.earlier else answered


def _differs(revision: _Revision, organisation_id: str, text: bytes) -> bool:
    before, after = revision.earlier.get(organisation_id), parsed(text)
    if before is None or after is None or before.get("visitors") != after["visitors"]:
        return True
    return bool(unlike(before, after["figures"]))


def _content(revision: _Revision, organisation: Organisation, figure: Figure) -> Content:
    period, units = revision.period, revision.groups[organisation.id]
    return {
        "schema": SCHEMA,
        "software": __version__,
        "demo": revision.demo,
        "made": revision.deed.moment,
        "revision": revision.number,
        "mark": {"response": revision.mark.response, "event": revision.mark.event},
        "organisation": {
            "id": organisation.id,
            "kind": organisation.kind,
            "name": organisation.name,
            "path": [revision.names[key] for key in reversed(organisation.ancestors)],
        },
        "period": {
            "id": period.id,
            "name": period.name,
            "opens": period.opens.isoformat(),
            "closes": period.closes.isoformat(),
            "weights": period.weights,
            "rule": period.aggregation,
        },
        "units": {unit: revision.names[unit] for unit in units},
        "visitors": _visitors(revision, units),
        "figures": content_of(figure),
    }


def _snapshot(revision: _Revision, organisation: Organisation, digest: str) -> Snapshot:
    return Snapshot(
        id=new_key(),
        period_id=revision.period.id,
        organisation_id=organisation.id,
        revision=revision.number,
        made=revision.deed.moment,
        officer_id=revision.deed.by.id,
        officer_name=revision.deed.by.name,
        reason=revision.reason,
        last_response=revision.mark.response,
        last_event=revision.mark.event,
        digest=digest,
    )


def _store(db: Database, revision: _Revision, made: Sequence[SnapshotContent]) -> list[Snapshot]:
    """Writes what was computed, unless the period or its snapshots have changed since it was read."""
    period = revision.period
    top, digest = next(
        (organisation, snapshot.digest)
        for organisation in revision.below
        for snapshot, _ in made
        if organisation.id == snapshot.organisation_id == period.organisation_id
    )
    with logged(db, revision.deed) as log:
        if (
            periods.find(db, period.id) != period
            or snapshots.count_revisions(db, period.id) >= revision.number
        ):
            raise Problem("freezing_overtaken", name=period.name)
        snapshots.add(db, made)
        noted = {
            "revision": revision.number,
            "why": revision.reason,
            "snapshots": len(made),
            "digest": digest,
        }
        verb = "revise_period" if revision.reason else "freeze_period"
        log.note(top.path, verb, period.name, None, noted)
    return [snapshot for snapshot, _ in made]


def _visitors(revision: _Revision, units: Sequence[str]) -> int | None:
    """Of all units together; None until each of them has a number."""
    numbers = [revision.visitors[unit] for unit in units if unit in revision.visitors]
    return sum(numbers) if numbers and len(numbers) == len(units) else None
