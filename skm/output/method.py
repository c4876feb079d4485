"""What the sheet that shows a figure's way is made from."""

from dataclasses import dataclass
from fractions import Fraction

from skm.ikm import Measure, Scheme, Tally
from skm.survey.instrument import Instrument


@dataclass(frozen=True)
class Counted:
    """The answers to one questionnaire: how often each item got each score."""

    instrument: Instrument
    scheme: Scheme
    tally: Tally


@dataclass(frozen=True)
class UnitValue:
    """One unit in a mean of units: its respondents and its exact index, None without one."""

    name: str
    n: int
    exact: Fraction | None


@dataclass(frozen=True)
class Method:
    """One figure: `parts` are pooled, or `units` averaged, to `measure`; `period` and `name` in words."""

    name: str
    period: str
    parts: tuple[Counted, ...]
    units: tuple[UnitValue, ...]
    measure: Measure | None
    weights: str
    rule: str
    demo: bool
