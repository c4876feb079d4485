"""Whether publishing would tell what one to four people answered: by a figure that is, or was, published already.

Two figures whose respondents differ by so few give away their answers to whoever subtracts one from the other, of one
questionnaire even where more differ in all. So does the figure of an organisation, less those of the organisations
right below it; one that stood there for a part of the period only is not taken away, and so may be what is left.

Why so: docs/decisions/0021-states-and-steps.md.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from skm.figures.frozen import read_content
from skm.figures.snapshot import Content
from skm.store import organisations, periods, publications, snapshots
from skm.store.database import Database
from skm.store.snapshots import Told
from skm.survey.organisation import Organisation
from skm.survey.period import Period
from skm.survey.problem import Problem
from skm.survey.small_cells import K


@dataclass(frozen=True)
class _Publication:
    """What a publication tells: of which period and revision, and the frozen figures by organisation, of K or more."""

    period: Period
    revision: int
    told: Told
    contents: Mapping[str, Content]


def find_disclosure(db: Database, period: Period, revision: int) -> Problem | None:
    """Why the frozen figures of a period may not be published; None where they may."""
    wanted = _read(db, period, revision)
    top = organisations.get(db, period.organisation_id)
    names = {one.id: one for one in organisations.all_ever_below(db, top.path, None)}
    return _by_children(wanted, names) or _by_others(db, wanted, names)


def _read(db: Database, period: Period, revision: int) -> _Publication:
    latest = snapshots.all_latest(db, period.id, revision)
    contents = {one.organisation_id: read_content(db, one) for one in latest}
    mark = next(one.mark for one in latest if one.organisation_id == period.organisation_id)
    told = Told(period.opens.isoformat(), period.closes.isoformat(), mark)
    enough = {key: content for key, content in contents.items() if content["figures"]["n"] >= K}
    return _Publication(period, revision, told, enough)


def _by_children(wanted: _Publication, names: Mapping[str, Organisation]) -> Problem | None:
    for key in sorted(wanted.contents.keys() & names.keys()):
        content = wanted.contents[key]
        below = [
            one
            for one in wanted.contents
            if one in names and names[one].parent_id == key and one not in content.get("days", {})
        ]
        rest = content["figures"]["n"] - sum(wanted.contents[one]["figures"]["n"] for one in below)
        if below and 0 < rest < K:
            return Problem("publication_tells_rest", name=names[key].name, n=rest)
    return None


def _by_others(db: Database, wanted: _Publication, names: Mapping[str, Organisation]) -> Problem | None:
    for other in _others(db, wanted):
        differing = snapshots.count_differing(db, names, wanted.told, other.told)
        for key in sorted(wanted.contents.keys() & other.contents.keys() & names.keys()):
            by_questionnaire: Counter[str] = Counter()
            for path, questionnaire, n in differing:
                by_questionnaire[questionnaire] += n * (key in path)
            few = min((n for n in by_questionnaire.values() if n), default=K)
            if few < K:
                what = f"{other.period.name}, revisi {other.revision}"
                return Problem("publication_tells_few", name=names[key].name, n=few, other=what)
    return None


def _others(db: Database, wanted: _Publication) -> Iterator[_Publication]:
    """What was published of days that meet those of the period, earlier revisions too: who read it remembers it."""
    top = organisations.get(db, wanted.period.organisation_id)
    below = [one.id for one in organisations.all_below(db, top.path)]
    for period in periods.all_for(db, [*top.ancestors, *below]):
        if period.opens <= wanted.period.closes and period.closes >= wanted.period.opens:
            deeds = publications.all_for(db, period.id)
            for revision in sorted({deed.revision for deed in deeds if deed.standing}):
                if (period.id, revision) != (wanted.period.id, wanted.revision):
                    yield _read(db, period, revision)
