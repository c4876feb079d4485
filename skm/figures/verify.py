"""Every snapshot is computed again from the answers and compared, figure by figure and byte by byte.

One read serves all organisations of a revision: the tallies of units add up.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from skm.figures.basis import keys_of, terms_of_content
from skm.figures.figure import Figure, Terms
from skm.figures.members import read_members
from skm.figures.period_figures import Parts, all_figures, days_of_piece, read_parts
from skm.figures.snapshot import (
    Content,
    Difference,
    content_of,
    differences,
    digest_of,
    other_method,
    parsed,
    unlike,
)
from skm.store import organisations, periods, scores, snapshots
from skm.store.database import Database, reading
from skm.store.scores import Mark
from skm.store.snapshots import Snapshot
from skm.survey.period import Period, span_of

DIGEST = "digest"  # the stored bytes are not those over which the digest was made
UNREADABLE = "unreadable"  # the stored bytes are no snapshot
DAMAGED = "damaged"  # an answer holds something that is no score
STRAY = "stray"  # an answer differs from its entry in the index of the database


@dataclass(frozen=True)
class Finding:
    """What became of one snapshot: nothing, if it is `equal`.

    `faults` are those of the bytes, `differences` the figures that do not follow from the answers (stored, computed).
    `because_of` names the units below whose figures differ, where they are the reason. `other_method` is the version
    that computed the interval otherwise than now, "" where none did: no fault.
    """

    snapshot: Snapshot
    period: str
    organisation: str
    faults: tuple[str, ...] = ()
    differences: Sequence[Difference] = ()
    because_of: tuple[str, ...] = ()
    other_method: str = ""

    @property
    def equal(self) -> bool:
        """Whether the snapshot says what the answers say."""
        return not (self.faults or self.differences)


@dataclass(frozen=True)
class _Stored:
    snapshot: Snapshot
    name: str
    content: Content | None
    faults: tuple[str, ...]


def verify_snapshots(db: Database) -> list[Finding]:
    """Every snapshot with what was found, by period and revision; units first, then what they are a part of."""
    with reading(db):
        root = organisations.find_root(db)
        names = {one.id: one.name for one in organisations.all_below(db, root.path)} if root else {}
        strays = scores.find_strays(db)
        together: dict[tuple[str, int], list[_Stored]] = defaultdict(list)
        for snapshot in snapshots.all_snapshots(db):
            stored = _stored(db, snapshot, names[snapshot.organisation_id])
            together[snapshot.period_id, snapshot.revision].append(stored)
        return [one for found in together.values() for one in _revision(db, found, strays)]


def _stored(db: Database, snapshot: Snapshot, name: str) -> _Stored:
    text = snapshots.content_of(db, snapshot.id)
    content = parsed(text)
    faults = {DIGEST: digest_of(text) != snapshot.digest, UNREADABLE: content is None}
    return _Stored(snapshot, name, content, tuple(fault for fault, found in faults.items() if found))


def _revision(
    db: Database, together: Sequence[_Stored], strays: Collection[tuple[str, str]]
) -> Iterator[Finding]:
    """The findings of one revision of a period."""
    period = periods.find(db, together[0].snapshot.period_id)
    assert period is not None  # a snapshot refers to it
    contents = {one.snapshot.organisation_id: one.content for one in together if one.content}
    groups = {key: keys_of(content) for key, content in contents.items()}
    terms, keys = (
        Terms(period.weights, period.aggregation),
        {key for group in groups.values() for key in group},
    )
    parts = read_parts(db, _path(db, period, keys), span_of(period), terms, _mark(together), keys)
    visitors = {key: _whole(content.get("visitors")) for key, content in contents.items()}
    own_terms = {key: terms_of_content(content) for key, content in contents.items() if "terms" in content}
    figures = all_figures(parts, groups, visitors, own_terms)
    stray = {unit for unit, day in strays if period.opens.isoformat() <= day <= period.closes.isoformat()}
    unlike_units: set[str] = set()
    for one in sorted(together, key=lambda one: _size(one.snapshot.organisation_id, groups)):
        finding = _finding(one, period, figures, parts, stray, unlike_units)
        if not finding.equal:
            unlike_units.add(one.snapshot.organisation_id)
        yield finding


def _size(key: str, groups: Mapping[str, Sequence[str]]) -> tuple[bool, int]:
    """Units before agencies, and these before the city: what is wrong is named before what follows from it."""
    group = groups.get(key, ())
    return bool(group) and key not in group, len(group)


def _finding(
    stored: _Stored,
    period: Period,
    figures: Mapping[str, Figure],
    parts: Parts,
    stray: Collection[str],
    unlike_units: Collection[str],
) -> Finding:
    key, content, faults = stored.snapshot.organisation_id, stored.content, list(stored.faults)
    faults += [fault for fault, units in ((DAMAGED, parts.damaged), (STRAY, stray)) if key in units]
    if content is None:
        return Finding(stored.snapshot, period.name, stored.name, tuple(faults))
    computed = content_of(figures[key])
    differing = [*_labels(stored.snapshot, period, content), *unlike(content, computed)]
    below = [unit for unit in content["units"] if unit != key]
    named = {way.split("/")[1] for way, _, _ in differing if way.startswith("units/")} | set(unlike_units)
    because_of = tuple(str(content["units"][unit]) for unit in below if differing and unit in named)
    other = other_method(content, computed)
    return Finding(stored.snapshot, period.name, stored.name, tuple(faults), differing, because_of, other)


def _labels(snapshot: Snapshot, period: Period, content: Content) -> list[Difference]:
    """Where a content names another period, organisation or moment than its row does."""
    expected = {
        "revision": snapshot.revision,
        "mark": {"response": snapshot.last_response, "event": snapshot.last_event},
        "organisation": {"id": snapshot.organisation_id},
        "period": {
            "id": period.id,
            "opens": period.opens.isoformat(),
            "closes": period.closes.isoformat(),
            "weights": period.weights,
            "rule": period.aggregation,
        },
    }
    named = {way for way, _, _ in differences(expected, {})}
    differing = differences({part: content.get(part) for part in expected}, expected)
    return [one for one in differing if one[0] in named]


def _path(db: Database, period: Period, keys: Collection[str]) -> str:
    """The subtree to read: that of the period, or the whole city where a unit stood in it for a part of the time."""
    top = organisations.get(db, period.organisation_id)
    members = read_members(db, top, span_of(period))
    wholly = members.units.keys() - members.partly
    moved = any(key not in wholly for key in keys if not days_of_piece(key))
    return organisations.get(db, top.ancestors[-1]).path if moved else top.path


def _whole(stored: object) -> int | None:
    return stored if isinstance(stored, int) else None


def _mark(together: Sequence[_Stored]) -> Mark:
    """How far a revision has read: all of its snapshots say the same, unless one was changed."""
    return Counter(one.snapshot.mark for one in together).most_common(1)[0][0]
