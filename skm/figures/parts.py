"""Into which parts periods and moves divide the answers of a unit: no figure counts only some days of a part."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from skm.store import periods, placements
from skm.store.database import Database
from skm.survey.history import Part
from skm.survey.organisation import Organisation, Placement
from skm.survey.period import Period


@dataclass(frozen=True)
class Parts:
    """The periods of a unit and of all that ever stood above it, and where it stood when."""

    periods: Sequence[Period]
    placements: Sequence[Placement]
    _by_day: dict[str, Part] = field(default_factory=dict, compare=False)

    def of(self, day: str) -> Part:
        """The part that holds a day: the ids of the periods of those above it then, and its path if it ever moved."""
        if day not in self._by_day:
            path = next((one.path for one in self.placements if one.since <= day <= one.until), "")
            own = {
                one.id
                for one in self.periods
                if one.organisation_id in path and f"{one.opens}" <= day <= f"{one.closes}"
            }
            self._by_day[day] = frozenset(own | ({path} if len(self.placements) > 1 else set()))
        return self._by_day[day]


def all_parts(db: Database, units: Collection[Organisation]) -> dict[str, Parts]:
    """The parts of some units, by unit."""
    stood: dict[str, list[Placement]] = defaultdict(list)
    for placement in placements.all_for(db, [unit.id for unit in units]):
        stood[placement.organisation_id].append(placement)
    above = {key: {name for one in own for name in one.path.split("/")} for key, own in stood.items()}
    known: dict[str, list[Period]] = defaultdict(list)
    for period in periods.all_for(db, sorted(set().union(*above.values()) - {""})):
        known[period.organisation_id].append(period)
    return {
        key: Parts([one for name in sorted(above[key]) for one in known[name]], own)
        for key, own in stood.items()
    }
