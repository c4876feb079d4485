"""Which organisations stand below one, on the days of a span: sums follow the tree of the day."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise

from skm.store import organisations, placements
from skm.store.database import Database
from skm.survey.organisation import ALWAYS, STILL, Organisation, Placement, Service
from skm.survey.period import Span


@dataclass(frozen=True)
class Members:
    """An organisation and all that stood below it on a day of the span.

    `organisations` are by id, in the order in which they were set up, each where it stood last in the span;
    `placements` say since when and until when.
    """

    top: Organisation
    span: Span | None
    organisations: Mapping[str, Organisation]
    placements: Mapping[str, Sequence[Placement]]

    @cached_property
    def units(self) -> dict[str, Organisation]:
        """Those that are units."""
        return {key: one for key, one in self.organisations.items() if one.kind == "unit"}

    @cached_property
    def partly(self) -> frozenset[str]:
        """Those that stood elsewhere on other days of the span."""
        opens, closes = days_of(self.span)
        return frozenset(
            key
            for key, own in self.placements.items()
            if own[0].since > opens or own[-1].until < closes or _gap(own)
        )

    def branches(
        self, unit: str, branch: Callable[[Placement], str | None]
    ) -> dict[str | None, list[Placement]]:
        """The times of a unit by the branch that it stood in then."""
        found: dict[str | None, list[Placement]] = defaultdict(list)
        for placement in self.placements[unit]:
            found[branch(placement)].append(placement)
        return dict(found)


def read_members(db: Database, top: Organisation, span: Span | None) -> Members:
    """The organisation and all that stood below it on a day of the span."""
    within: dict[str, list[Placement]] = defaultdict(list)
    for placement in placements.all_within(db, top.path, span):
        within[placement.organisation_id].append(placement)
    stood = {
        one.id: replace(one, path=within[one.id][-1].path, parent_id=within[one.id][-1].parent_id)
        for one in organisations.all_ever_below(db, top.path, span)
    }
    return Members(top, span, stood, within)


def was_open(thing: Organisation | Service, unit: Organisation, span: Span | None) -> bool:
    """Whether a unit, or a service of it, still worked when a span ended; without a span, whether nobody closed it."""
    if thing.closed is None:
        return True
    closed = unit.local(datetime.fromisoformat(thing.closed)).date()
    return span is not None and closed > span.days[1]


def piece_of(placement: Placement, span: Span | None) -> Span:
    """The days of a placement within a span, as a span of its own."""
    opens, closes = days_of(span)
    first, last = max(placement.since, opens), min(placement.until, closes)
    return Span("", first[:7], last[:7], "", first, last)


def days_of(span: Span | None) -> tuple[str, str]:
    """The first and the last day of a span; of all time without one."""
    first, last = span.days if span else (date.fromisoformat(ALWAYS), date.fromisoformat(STILL))
    return first.isoformat(), last.isoformat()


def _gap(own: Sequence[Placement]) -> bool:
    day = date.fromisoformat
    return any((day(other.since) - day(one.until)).days != 1 for one, other in pairwise(own))
