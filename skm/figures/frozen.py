"""Reads snapshots back as figures; their bytes are checked against their digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from skm.figures.figure import Figure
from skm.figures.snapshot import Content, digest_of, figure_of, parsed
from skm.store import instruments, periods, placements, publications, snapshots
from skm.store.database import Database
from skm.store.snapshots import Snapshot
from skm.survey.organisation import Organisation
from skm.survey.period import Span, span_of
from skm.survey.problem import Problem, needed
from skm.survey.small_cells import K


@dataclass(frozen=True)
class FrozenFigure:
    """A figure that was frozen, with what its snapshot says of it: the period, and the names of its units by id.

    `visitors` are those of the period, None until every unit had a number; `software` is the version that computed it.
    `undecided` is why it was frozen although answers were held, "" where none was.
    """

    snapshot: Snapshot
    figure: Figure
    period: str
    opens: date
    closes: date
    units: dict[str, str]
    visitors: int | None
    software: str
    demo: bool
    undecided: str = ""


def alike(one: Figure, other: Figure) -> bool:
    """Whether two figures are the same for their readers: index, respondents, and every element."""

    def told(figure: Figure) -> list[object]:
        return [figure.result.index, figure.n, *((e.code, e.value, e.n) for e in figure.result.elements)]

    return told(one) == told(other)


def get_snapshot(db: Database, snapshot_id: str) -> Snapshot:
    """The snapshot with this id; raises Problem."""
    return needed(snapshots.find(db, snapshot_id), "snapshot_unknown")


def find_record(
    db: Database, organisation: Organisation, span: Span | None, *, official: bool = False
) -> Snapshot | None:
    """The latest snapshot of an organisation in the period that fills a span: the nearest one's of several.

    With `official` it is the latest that is or was official.
    """
    if span is None:
        return None
    line = placements.find_path(db, organisation.id, span.days[1]).rstrip("/").split("/")
    filling = [one for one in periods.all_for(db, line) if span_of(one) == span]
    nearest_first = sorted(filling, key=lambda one: line.index(one.organisation_id), reverse=True)
    every = (snapshots.all_for(db, period.id, organisation.id) for period in nearest_first)
    latest = (find_official(db, own) if official else own[-1] for own in every if own)
    return next((snapshot for snapshot in latest if snapshot), None)


def find_frozen(
    db: Database, organisation: Organisation, span: Span | None, *, official: bool = False
) -> FrozenFigure | None:
    """The figure of that snapshot; None also where it is damaged, which `verify` says.

    An official one of fewer than K answers is shown to nobody who has no access to single answers.
    """
    snapshot = find_record(db, organisation, span, official=official)
    try:
        frozen = read_figure(db, snapshot.id) if snapshot else None
    except Problem:
        return None
    return None if frozen and official and frozen.figure.n < K else frozen


def find_official(db: Database, own: Sequence[Snapshot]) -> Snapshot | None:
    """The latest of an organisation's snapshots of a period that is or was official."""
    return next((one for one in reversed(own) if was_official(db, one, own)), None)


def was_official(db: Database, snapshot: Snapshot, own: Sequence[Snapshot]) -> bool:
    """Whether a publication has made a snapshot official: it was the latest one of its organisation's `own` then."""
    published = {deed.revision for deed in publications.all_for(db, snapshot.period_id) if deed.standing}
    latest = {max((one.revision for one in own if one.revision <= at), default=0) for at in published}
    return snapshot.revision in latest


def read_content(db: Database, snapshot: Snapshot) -> Content:
    """What a snapshot holds; raises Problem where the bytes are not the ones of its digest."""
    text = snapshots.content_of(db, snapshot.id)
    content = parsed(text)
    if content is None or digest_of(text) != snapshot.digest:
        raise Problem("snapshot_damaged")
    return content


def read_figure(db: Database, snapshot_id: str) -> FrozenFigure:
    """The figure of a snapshot; raises Problem as `get_snapshot` and `read_content` do."""
    snapshot = get_snapshot(db, snapshot_id)
    content = read_content(db, snapshot)
    instruments_by_id = {name: instruments.get(db, name) for name in content["figures"]["questionnaires"]}
    return FrozenFigure(
        snapshot=snapshot,
        figure=figure_of(content, instruments_by_id),
        period=content["period"]["name"],
        opens=date.fromisoformat(content["period"]["opens"]),
        closes=date.fromisoformat(content["period"]["closes"]),
        units=content["units"],
        visitors=content["visitors"],
        software=content["software"],
        undecided=content.get("undecided", {}).get("why", ""),
        demo=content["demo"],
    )
