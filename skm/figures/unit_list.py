"""Every unit below an organisation with its change, for the answers that the organisation's own page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm.figures.changes import Changes, read_changes
from skm.figures.choice import Choice
from skm.figures.overview import Child, list_units
from skm.store.database import Database
from skm.survey.instrument import Instrument


@dataclass(frozen=True)
class UnitList:
    """The units of what was chosen, their questionnaires and their changes."""

    choice: Choice
    instruments: Mapping[str, Instrument]
    units: Sequence[Child]
    changes: Changes | None


def read_unit_list(db: Database, choice: Choice) -> UnitList:
    """The units, by the record of a frozen span as long as they come to the same."""
    known, units = list_units(db, choice)
    if not _follows(choice, units):
        choice = choice.running
        known, units = list_units(db, choice)
    return UnitList(choice, known, units, read_changes(db, choice))


def _follows(choice: Choice, units: Sequence[Child]) -> bool:
    """Whether each unit comes to what the record has of it; so it does where there is no record to follow."""
    if choice.record is None or choice.states or choice.partial:
        return True
    own = choice.record.figure.units or {}
    shown = {unit.organisation.id: (unit.result.n, unit.result.index) for unit in units if unit.result.n}
    return shown == {key: (unit.n, unit.index) for key, unit in own.items() if unit.n}
