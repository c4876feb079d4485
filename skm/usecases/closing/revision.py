"""What freezing a period comes to: everything is read at one moment, and the figures of all are made from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from skm import __version__
from skm.figures.answers import open_answers
from skm.figures.basis import days_content, terms_content
from skm.figures.figure import Figure, Result, Terms
from skm.figures.held import index_including_held, may_tell
from skm.figures.members import Members, piece_of, read_members, was_open
from skm.figures.period_figures import Days, Parts, all_figures, piece, read_parts, unit_of
from skm.figures.population import population_of
from skm.figures.snapshot import SCHEMA, Content, canonical, content_of, digest_of, parsed, unlike
from skm.figures.terms import read_terms
from skm.security.keys import new_key
from skm.store import installation, organisations, periods, snapshots
from skm.store.database import Database, reading
from skm.store.scores import Mark, Selection, find_mark
from skm.store.snapshots import Snapshot
from skm.survey.organisation import Organisation, Placement
from skm.survey.period import Period, Span, span_of
from skm.survey.problem import Problem
from skm.usecases.deed import Deed

SnapshotContent = tuple[Snapshot, bytes]


@dataclass(frozen=True)
class Revision:
    """What was read for a revision, all at one moment.

    `groups` are the keys of the parts of every organisation, `terms` those by which its figure is made. `undecided` is
    why it is frozen although answers are held.
    """

    deed: Deed
    reason: str
    number: int
    period: Period
    below: Sequence[Organisation]
    span: Span
    groups: Mapping[str, Sequence[str]]
    terms: Mapping[str, Terms]
    names: Mapping[str, str]
    earlier: Mapping[str, Content | None]
    parts: Parts
    visitors: Mapping[str, int]
    mark: Mark
    demo: bool
    undecided: str
    including: Mapping[
        str, Result
    ]  # the index with the held answers, of organisations where that may be told


def read_revision(
    db: Database, deed: Deed, period_id: str, reason: str = "", undecided: str = ""
) -> Revision:
    """Reads what the next revision of a period is made from. Raises Problem where an answer cannot be read."""
    with reading(db):
        period = periods.get(db, period_id)
        top, span = organisations.get(db, period.organisation_id), span_of(period)
        members = read_members(db, top, span)
        below = list(members.organisations.values())
        groups = _groups(members)
        keys = {key for group in groups.values() for key in group}
        mark, earlier = find_mark(db), _earlier(db, period)
        terms = Terms(period.weights, period.aggregation)
        parts = _readable(read_parts(db, top.path, span, terms, mark, keys), below)
        # A unit that was added after the freezing takes no part in it, unless it has answers.
        named = {one.id for one in below if (one.id in earlier if earlier else was_open(one, one, span))}
        answered = {unit_of(key) for key in parts.units}
        taking_part = [one for one in below if one.id in answered or one.id in named or one.kind != "unit"]
        ids = {one.id for one in taking_part}
        known_terms = read_terms(db, top.path)
        return Revision(
            deed=deed,
            reason=reason,
            number=snapshots.count_revisions(db, period.id) + 1,
            period=period,
            below=taking_part,
            span=span,
            groups={
                key: [one for one in group if unit_of(one) in ids]
                for key, group in groups.items()
                if key in ids
            },
            terms={
                one.id: known_terms.over(one.path, span, _units_below(one, taking_part))
                for one in taking_part
            },
            names=_names(db, members),
            earlier=earlier,
            parts=parts,
            visitors=population_of(db, top.path, span),
            mark=mark,
            demo=installation.find(db, "demo") is not None,
            undecided=undecided,
            including=_including_held(db, taking_part, span, mark, groups, parts),
        )


def make_snapshots(revision: Revision) -> list[SnapshotContent]:
    """The snapshots of a revision with their contents; what has not changed since the one before needs none."""
    visitors = {
        organisation.id: _visitors(revision, revision.groups[organisation.id])
        for organisation in revision.below
    }
    figures = all_figures(revision.parts, revision.groups, visitors, revision.terms)
    made = []
    for organisation in revision.below:
        text = canonical(_content(revision, organisation, figures[organisation.id]))
        if _is_due(revision, organisation, text):
            made.append((_snapshot(revision, organisation, digest_of(text)), text))
    return made


def differs(revision: Revision, organisation_id: str, text: bytes) -> bool:
    """Whether the figures of an organisation are others than in its latest snapshot."""
    before, after = revision.earlier.get(organisation_id), parsed(text)
    if before is None or after is None or before.get("visitors") != after["visitors"]:
        return True
    return bool(unlike(before, after["figures"]))


def _groups(members: Members) -> dict[str, list[str]]:
    """The keys of what every organisation is made from: its units, those that moved by the days that they were its."""
    groups: dict[str, list[str]] = {key: [] for key in members.organisations}
    for unit in members.units:
        times = members.placements[unit]
        for key in {key for one in times for key in one.path.split("/") if key in groups}:
            own = [one for one in times if key in one.path.split("/")]
            whole = unit not in members.partly and len(own) == len(times)
            groups[key] += [unit] if whole else [piece(unit, _days(one, members.span)) for one in own]
    return groups


def _days(placement: Placement, span: Span | None) -> Days:
    own = piece_of(placement, span)
    return own.opens, own.closes


def _units_below(top: Organisation, below: Sequence[Organisation]) -> Iterator[Organisation]:
    return (one for one in below if one.kind == "unit" and one.path.startswith(top.path))


def _names(db: Database, members: Members) -> dict[str, str]:
    """The names of all that stood in the period, and of what stood above."""
    top = members.organisations[members.top.id]
    line = [organisations.get(db, key) for key in top.ancestors]
    return {one.id: one.name for one in (*line, *members.organisations.values())}


def _earlier(db: Database, period: Period) -> dict[str, Content | None]:
    """What the latest snapshot of every organisation holds."""
    latest = snapshots.all_latest(db, period.id)
    return {one.organisation_id: parsed(snapshots.content_of(db, one.id)) for one in latest}


def _readable(parts: Parts, below: Sequence[Organisation]) -> Parts:
    if parts.damaged:
        raise Problem("answers_damaged", units="; ".join(o.name for o in below if o.id in parts.damaged))
    return parts


def _is_due(revision: Revision, organisation: Organisation, text: bytes) -> bool:
    if organisation.id == revision.period.organisation_id:
        return True
    answered = any(key in revision.parts.units for key in revision.groups[organisation.id])
    if not revision.earlier:
        return answered or was_open(organisation, organisation, revision.span)
    return differs(revision, organisation.id, text) if organisation.id in revision.earlier else answered


def _content(revision: Revision, organisation: Organisation, figure: Figure) -> Content:
    period, keys = revision.period, revision.groups[organisation.id]
    return {
        **terms_content(revision.terms[organisation.id], period),
        **days_content(keys),
        **_undecided(revision, organisation, figure),
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
        "units": {unit_of(key): revision.names[unit_of(key)] for key in keys},
        "visitors": _visitors(revision, keys),
        "figures": content_of(figure),
    }


def _undecided(revision: Revision, organisation: Organisation, figure: Figure) -> Content:
    """Why it was frozen although answers were held; nothing where none was."""
    if not figure.held:
        return {}
    including = revision.including.get(organisation.id)
    told = (
        {"index": str(including.index), "grade": including.grade} if including and including.grade else None
    )
    return {"undecided": {"answers": figure.held, "why": revision.undecided, "including": told}}


def _including_held(
    db: Database,
    taking_part: Sequence[Organisation],
    span: Span,
    mark: Mark,
    groups: Mapping[str, Sequence[str]],
    parts: Parts,
) -> dict[str, Result]:
    """The index with the held answers of every organisation where that tells of nobody in particular."""
    held = {key: part.held for key, part in parts.units.items()}
    return {
        one.id: index_including_held(open_answers(db, Selection(one.path, span, until=mark)))
        for one in taking_part
        if may_tell(held.get(key, 0) for key in groups[one.id])
    }


def _snapshot(revision: Revision, organisation: Organisation, digest: str) -> Snapshot:
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


def _visitors(revision: Revision, keys: Sequence[str]) -> int | None:
    """Of all units together; None until each of them has a number, which is that of the whole period."""
    numbers = [revision.visitors[key] for key in keys if key in revision.visitors]
    return sum(numbers) if numbers and len(numbers) == len(keys) else None
