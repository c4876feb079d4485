"""What is looked at before figures are frozen or published: what they are, and what is not in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from skm.figures.figure import Figure
from skm.figures.frozen import read_content
from skm.figures.members import read_members
from skm.figures.snapshot import Content, canonical, figure_of, parsed
from skm.store import instruments, organisations, papers, periods, responses, snapshots
from skm.store.database import Database
from skm.survey.order import natural
from skm.survey.paper import Batch
from skm.survey.period import Period, span_of
from skm.survey.problem import Problem
from skm.usecases.closing.revision import Revision, SnapshotContent

UNSEEN = ("made", "mark", "revision", "software", "undecided")  # parts of a snapshot that no review shows


@dataclass(frozen=True)
class Review:
    """The figure of a period's own organisation, and what its readers miss there.

    `before` is the figure of the revision before; `silent` names the units without counted answers; `papers` are
    batches of days of the period that are not counted yet, each with the name of its unit; `outside` counts, by the
    name of the unit, answers that were given in the period but bear a day outside of it, so that they are not in its
    figures. `seal` is another one as soon as any of this is, or a frozen figure of any organisation below.
    """

    period: Period
    figure: Figure
    before: Figure | None
    silent: Sequence[str]
    papers: Sequence[tuple[str, Batch]]
    outside: Sequence[tuple[str, int]]
    seal: str


def review_made(db: Database, revision: Revision, made: Sequence[SnapshotContent]) -> Review:
    """The review of a revision that was computed and is not stored yet."""
    contents = {snapshot.organisation_id: parsed(text) or {} for snapshot, text in made}
    top = revision.period.organisation_id
    return _review(db, revision.period, contents[top], revision.earlier.get(top), contents)


def review_publication(db: Database, period_id: str, revision: int) -> Review:
    """What is published with a revision of a period. Raises Problem where it has not been frozen."""
    period = periods.get(db, period_id)
    latest = [
        one for one in snapshots.all_for(db, period.id, period.organisation_id) if one.revision <= revision
    ]
    if not latest:
        raise Problem("freezing_missing", name=period.name)
    return _review(db, period, read_content(db, latest[-1]), None, {})


def _review(
    db: Database, period: Period, own: Content, before: Content | None, contents: dict[str, Content]
) -> Review:
    top, names = organisations.get(db, period.organisation_id), own["units"]
    figure = _figure(db, own)
    units = read_members(db, top, span_of(period)).units
    waiting = [
        (units[batch.unit_id].name, batch)
        for batch in papers.all_uncounted(db, period.opens.isoformat(), period.closes.isoformat())
        if batch.unit_id in units
    ]
    outside = [
        (organisations.get(db, unit).name, n) for unit, n in responses.count_outside(db, period).items()
    ]
    silent = sorted((names[unit] for unit in figure.silent), key=natural)
    shown = [
        {key: {part: one[part] for part in one if part not in UNSEEN} for key, one in contents.items()},
        silent,
        sorted((name, batch.id, batch.stack, batch.state) for name, batch in waiting),
        sorted(outside),
    ]
    return Review(
        period=period,
        figure=figure,
        before=_figure(db, before) if before else None,
        silent=silent,
        papers=waiting,
        outside=sorted(outside, key=lambda one: natural(one[0])),
        seal=sha256(canonical({"shown": shown})).hexdigest(),
    )


def _figure(db: Database, content: Content) -> Figure:
    known = {name: instruments.get(db, name) for name in content["figures"]["questionnaires"]}
    return figure_of(content, known)
