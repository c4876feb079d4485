"""How far a unit, or several together, have come towards the sample."""

from collections.abc import Sequence
from dataclasses import dataclass

from skm import ikm
from skm.figures.outlook import Outlook
from skm.survey.order import Key, natural
from skm.survey.organisation import Organisation

MET, BEHIND, INCOMPLETE, UNKNOWN, DESERTED = "met", "behind", "incomplete", "unknown", "deserted"
_ORDER = (BEHIND, INCOMPLETE, UNKNOWN, DESERTED, MET)


@dataclass(frozen=True)
class UnitSample:
    """A unit's answers that count, and its visitors; None where not one service has a number that can be right.

    `lacking` are the services without a number, `wrong` the names of those with fewer visitors than answers: their
    numbers are used for nothing. `outlook` is None outside of the period, on its first day, and without
    a target.
    """

    unit: Organisation
    n: int
    visitors: int | None
    lacking: int = 0
    wrong: tuple[str, ...] = ()
    outlook: Outlook | None = None

    @property
    def target(self) -> int | None:
        """The sample for the known visitors; None where there are none."""
        return None if self.visitors is None else ikm.sample_size(self.visitors)

    @property
    def state(self) -> str:
        """MET, BEHIND, INCOMPLETE: the target is reached, but services lack a number; UNKNOWN: all of them do.

        DESERTED is a unit without visitors: nobody could answer, so nothing is met. The sample of an unlimited number
        of visitors is enough for any unit, whatever lacks.
        """
        if self.n >= ikm.sample_size(None):
            return MET
        if self.target is None:
            return UNKNOWN
        if self.n < self.target:
            return BEHIND
        if self.unsettled:
            return INCOMPLETE
        return MET if self.visitors else DESERTED

    @property
    def unsettled(self) -> bool:
        """Whether the visitors of a service are not known, or wrong, so that the sample is not the whole one."""
        return bool(self.lacking or self.wrong)

    @property
    def will_be_met(self) -> bool:
        """Whether the sample is met, or will be at the end of the period."""
        coming = self.outlook and self.target is not None and self.outlook.projected >= self.target
        return self.state == MET or bool(coming and self.visitors and not self.unsettled)


@dataclass(frozen=True)
class Total:
    """Several units together."""

    units: Sequence[UnitSample]

    @property
    def n(self) -> int:
        """All their answers."""
        return sum(unit.n for unit in self.units)

    @property
    def target(self) -> int:
        """The sum of the samples of those that have one."""
        return sum(unit.target or 0 for unit in self.units)

    @property
    def filled(self) -> int:
        """How much of the target is there: of each unit's answers no more than its sample."""
        return sum(min(unit.n, unit.target or 0) for unit in self.units)

    @property
    def met(self) -> int:
        """How many units have met their sample."""
        return self.count(MET)

    @property
    def will_be_met(self) -> int:
        """How many units will have met their sample at the end of the period."""
        return sum(unit.will_be_met for unit in self.units)

    def count(self, state: str) -> int:
        """How many units are in a state."""
        return sum(unit.state == state for unit in self.units)


def furthest_behind(unit: UnitSample) -> tuple[int, float, Key]:
    """By this the units are sorted: those that lack the largest part of their sample first, those that met it last."""
    return _ORDER.index(unit.state), unit.n / unit.target if unit.target else 0, natural(unit.unit.name)
