"""The figures of a period that has ended are frozen for every organisation. What comes later makes a new revision.

Everything is read at one moment and counted outside of the write lock; only the result is written under it.
Why so: docs/decisions/0009-closing-a-period.md.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from skm.figures.members import read_members
from skm.store import organisations, periods, snapshots
from skm.store.database import Database
from skm.store.snapshots import Snapshot
from skm.survey.names import checked_text
from skm.survey.organisation import Organisation
from skm.survey.period import Period, span_of
from skm.survey.problem import Problem
from skm.usecases.closing.review import Review, review_made
from skm.usecases.closing.revision import Revision, SnapshotContent, differs, make_snapshots, read_revision
from skm.usecases.deed import Deed, logged


def freeze_period(
    db: Database, deed: Deed, period_id: str, shown: str | None = None, undecided: str = ""
) -> list[Snapshot]:
    """Freezes the figures of a period that has ended, for every organisation with answers or still open.

    `shown` is the seal of the review that was agreed to; None where nobody looked at one. `undecided` says why it is
    frozen although answers are held; the snapshots hold it. Raises Problem: "freezing_differs" where a review would
    show something else by now, "freezing_undecided" where answers are held and nobody says why, also where nothing is
    counted in the period, and where somebody has frozen it already.
    """
    revision, made = _first(db, deed, period_id, undecided)
    return _store(db, revision, _agreed(db, revision, made, shown))


def review_freezing(db: Database, deed: Deed, period_id: str) -> Review:
    """What `freeze_period` would freeze now. Raises Problem where it cannot."""
    return review_made(db, *_first(db, deed, period_id, ""))


def revise_period(
    db: Database, deed: Deed, period_id: str, reason: str, shown: str | None = None, undecided: str = ""
) -> list[Snapshot]:
    """Freezes the figures that differ by now once more, and those of the period's own organisation.

    The earlier snapshots stay. Raises Problem: without a reason, where nothing differs, and as `freeze_period` does
    for what was `shown` and what is `undecided`.
    """
    why = checked_text(reason)
    if not why:
        raise Problem("reason_missing")
    revision, made = _next(db, deed, period_id, why, undecided)
    return _store(db, revision, _agreed(db, revision, made, shown))


def review_revision(db: Database, deed: Deed, period_id: str) -> Review:
    """What `revise_period` would freeze now. Raises Problem where it cannot."""
    return review_made(db, *_next(db, deed, period_id, "", ""))


def find_freezing_obstacle(db: Database, period_id: str, now: datetime) -> Problem | None:
    """Why the figures of a period cannot be frozen now; None where they can."""
    period = periods.get(db, period_id)
    below = read_members(db, organisations.get(db, period.organisation_id), span_of(period)).organisations
    if not has_ended(period, below.values(), now):
        return Problem("freezing_early", name=period.name, closes=period.closes)
    return Problem("freezing_done", name=period.name) if snapshots.count_revisions(db, period.id) else None


def has_ended(period: Period, below: Iterable[Organisation], now: datetime) -> bool:
    """Whether the last day is over by every clock of the organisations that may answer in a period."""
    return all(one.today(now) > period.closes for one in below)


def _first(
    db: Database, deed: Deed, period_id: str, undecided: str
) -> tuple[Revision, list[SnapshotContent]]:
    if obstacle := find_freezing_obstacle(db, period_id, deed.at):
        raise obstacle
    revision = read_revision(db, deed, period_id, undecided=checked_text(undecided))
    if revision.earlier:
        raise Problem("freezing_overtaken", name=revision.period.name)
    parts = revision.parts.units.values()
    if not any(part.n for part in parts):
        aside = any(part.aside for part in parts)
        raise Problem("freezing_uncounted" if aside else "freezing_empty", name=revision.period.name)
    return revision, make_snapshots(revision)


def _next(
    db: Database, deed: Deed, period_id: str, why: str, undecided: str
) -> tuple[Revision, list[SnapshotContent]]:
    revision = read_revision(db, deed, period_id, why, checked_text(undecided))
    if not revision.earlier:
        raise Problem("freezing_missing", name=revision.period.name)
    made = make_snapshots(revision)
    if not any(differs(revision, snapshot.organisation_id, text) for snapshot, text in made):
        raise Problem("freezing_unchanged", name=revision.period.name)
    return revision, made


def _agreed(
    db: Database, revision: Revision, made: list[SnapshotContent], shown: str | None
) -> list[SnapshotContent]:
    """What was made, if it is what was shown."""
    if shown is not None and shown != review_made(db, revision, made).seal:
        raise Problem("freezing_differs", name=revision.period.name)
    return made


def _store(db: Database, revision: Revision, made: Sequence[SnapshotContent]) -> list[Snapshot]:
    """Writes what was computed, unless the period or its snapshots have changed since it was read."""
    period, held = revision.period, _held(revision)
    if held and not revision.undecided:
        raise Problem("freezing_undecided", name=period.name, n=held)
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
            **({"held_answers": held, "undecided": revision.undecided} if held else {}),
        }
        verb = "revise_period" if revision.reason else "freeze_period"
        log.note(top.path, verb, period.name, None, noted)
    return [snapshot for snapshot, _ in made]


def _held(revision: Revision) -> int:
    """How many answers of the period are held; of a unit that moved those of its days below its organisation."""
    keys = revision.groups[revision.period.organisation_id]
    return sum(revision.parts.units[key].held for key in keys if key in revision.parts.units)
