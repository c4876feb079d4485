"""A period is closed: its figures are frozen for every organisation. What comes later makes a new revision.

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
from skm.store import audit, facts, organisations, periods, snapshots
from skm.store.database import Database, reading, writing
from skm.store.scores import Mark, find_mark
from skm.store.snapshots import Snapshot
from skm.survey.names import checked_text
from skm.survey.organisation import Organisation, is_closed
from skm.survey.period import Period, span_of
from skm.survey.problem import Problem
from skm.usecases.city.periods import get

Deed = tuple[str | None, str, str]  # id, name and role of who does it
Kept = tuple[Snapshot, bytes]


@dataclass(frozen=True)
class _Draft:
    """What was read for a revision, all at one moment. `groups` are the units of every organisation."""

    period: Period
    below: Sequence[Organisation]
    groups: Mapping[str, Sequence[str]]
    names: Mapping[str, str]
    earlier: Mapping[str, Content | None]
    revision: int
    parts: Parts
    visitors: Mapping[str, int]
    mark: Mark
    demo: bool


def close(db: Database, by: Deed, period_id: str, now: datetime) -> list[Snapshot]:
    """Freezes the figures of a period that is over, for every organisation with answers or still open.

    Raises Problem, also where somebody has closed it already.
    """
    if obstacle := find_obstacle(db, period_id, now):
        raise obstacle
    draft = _read(db, period_id, now)
    if draft.earlier:
        raise Problem("closing_overtaken", name=draft.period.name)
    return _keep(db, by, draft, "", now, _made(draft, by, "", now))


def revise(db: Database, by: Deed, period_id: str, reason: str, now: datetime) -> list[Snapshot]:
    """Freezes the figures anew where they differ by now, and those of the period's own organisation.

    The earlier snapshots stay. Raises Problem: without a reason, and where nothing differs.
    """
    why = checked_text(reason)
    if not why:
        raise Problem("reason_missing")
    draft = _read(db, period_id, now)
    if not draft.earlier:
        raise Problem("closing_missing", name=draft.period.name)
    made = _made(draft, by, why, now)
    if not any(_differs(draft, one.organisation_id, text) for one, text in made):
        raise Problem("closing_unchanged", name=draft.period.name)
    return _keep(db, by, draft, why, now, made)


def find_obstacle(db: Database, period_id: str, now: datetime) -> Problem | None:
    """Why a period cannot be closed now; None where it can."""
    period = get(db, period_id)
    below = organisations.all_below(db, organisations.get(db, period.organisation_id).path)
    if not has_ended(period, below, now):
        return Problem("closing_early", name=period.name, closes=period.closes)
    return Problem("closing_done", name=period.name) if snapshots.count_revisions(db, period.id) else None


def has_ended(period: Period, below: Sequence[Organisation], now: datetime) -> bool:
    """Whether the last day is over by every clock of the organisations that may answer in a period."""
    return all(one.today(now) > period.closes for one in below)


def _read(db: Database, period_id: str, now: datetime) -> _Draft:
    with reading(db):
        period = get(db, period_id)
        top = organisations.get(db, period.organisation_id)
        below = organisations.all_below(db, top.path)
        mark, earlier = find_mark(db), _earlier(db, period)
        parts = _readable(read_parts(db, top.path, span_of(period), mark), below)
        line = [*below, *(organisations.get(db, key) for key in top.ancestors[1:])]
        # A unit that came after the closing has no part in it, unless there are answers of it.
        known = {one.id for one in below if (one.id in earlier if earlier else not is_closed(one, now))}
        taking_part = [one for one in below if one.id in parts.units or one.id in known or one.kind != "unit"]
        return _Draft(
            period=period,
            below=taking_part,
            groups=_groups(taking_part),
            names={one.id: one.name for one in line},
            earlier=earlier,
            revision=snapshots.count_revisions(db, period.id) + 1,
            parts=parts,
            visitors=population_of(db, top.path, span_of(period)),
            mark=mark,
            demo=facts.find(db, "demo") is not None,
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


def _made(draft: _Draft, by: Deed, reason: str, now: datetime) -> list[Kept]:
    """The snapshots of a revision with their contents; what has not changed since the one before needs none."""
    terms = Terms(draft.period.weights, draft.period.aggregation)
    visitors = {one.id: _visitors(draft, draft.groups[one.id]) for one in draft.below}
    figures = all_figures(draft.parts, draft.groups, terms, visitors)
    made = []
    for one in draft.below:
        text = canonical(_content(draft, one, figures[one.id], now))
        if _is_due(draft, one, text, now):
            made.append((_snapshot(draft, one, by, reason, now, digest_of(text)), text))
    return made


def _is_due(draft: _Draft, one: Organisation, text: bytes, now: datetime) -> bool:
    if one.id == draft.period.organisation_id:
        return True
    answered = any(unit in draft.parts.units for unit in draft.groups[one.id])
    if not draft.earlier:
        return answered or not is_closed(one, now)
    return _differs(draft, one.id, text) if one.id in draft.earlier else answered


def _differs(draft: _Draft, organisation_id: str, text: bytes) -> bool:
    before, after = draft.earlier.get(organisation_id), parsed(text)
    if before is None or after is None or before.get("visitors") != after["visitors"]:
        return True
    return bool(unlike(before, after["figures"]))


def _content(draft: _Draft, one: Organisation, figure: Figure, now: datetime) -> Content:
    period, units = draft.period, draft.groups[one.id]
    return {
        "schema": SCHEMA,
        "software": __version__,
        "demo": draft.demo,
        "made": _at(now),
        "revision": draft.revision,
        "mark": {"response": draft.mark.response, "event": draft.mark.event},
        "organisation": {
            "id": one.id,
            "kind": one.kind,
            "name": one.name,
            "path": [draft.names[key] for key in reversed(one.ancestors)],
        },
        "period": {
            "id": period.id,
            "name": period.name,
            "opens": period.opens.isoformat(),
            "closes": period.closes.isoformat(),
            "weights": period.weights,
            "rule": period.aggregation,
        },
        "units": {unit: draft.names[unit] for unit in units},
        "visitors": _visitors(draft, units),
        "figures": content_of(figure),
    }


def _snapshot(
    draft: _Draft, one: Organisation, by: Deed, reason: str, now: datetime, digest: str
) -> Snapshot:
    officer_id, officer_name, _ = by
    return Snapshot(
        id=new_key(),
        period_id=draft.period.id,
        organisation_id=one.id,
        revision=draft.revision,
        made=_at(now),
        officer_id=officer_id,
        officer_name=officer_name,
        reason=reason,
        last_response=draft.mark.response,
        last_event=draft.mark.event,
        digest=digest,
    )


def _keep(
    db: Database, by: Deed, draft: _Draft, reason: str, now: datetime, made: Sequence[Kept]
) -> list[Snapshot]:
    """Writes what was computed, unless the period or its snapshots have changed since it was read."""
    period = draft.period
    top, digest = next(
        (organisation, snapshot.digest)
        for organisation in draft.below
        for snapshot, _ in made
        if organisation.id == snapshot.organisation_id == period.organisation_id
    )
    with writing(db):
        if (
            periods.find(db, period.id) != period
            or snapshots.count_revisions(db, period.id) >= draft.revision
        ):
            raise Problem("closing_overtaken", name=period.name)
        snapshots.add(db, made)
        noted = {"revision": draft.revision, "why": reason, "snapshots": len(made), "digest": digest}
        verb = "revise_period" if reason else "freeze_period"
        audit.add(db, _at(now), by, top.path, verb, period.name, None, noted)
    return [snapshot for snapshot, _ in made]


def _at(now: datetime) -> str:
    return now.isoformat(timespec="seconds")


def _visitors(draft: _Draft, units: Sequence[str]) -> int | None:
    """Of all units together; None until each of them has a number."""
    known = [draft.visitors[unit] for unit in units if unit in draft.visitors]
    return sum(known) if known and len(known) == len(units) else None
