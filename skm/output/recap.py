"""What the yearly workbook is made from: the city's recap, and one worksheet of answers per unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from skm.ikm import Measure, Scheme, Tally
from skm.survey.instrument import Instrument


@dataclass(frozen=True)
class RecapRow:
    """One unit in the recap. `measure` None: no answers yet. `priorities` are names of elements."""

    unit: str
    agency: str
    period: str
    measure: Measure | None
    n: int
    method: str
    priorities: tuple[str, ...]
    follow_up: str


@dataclass(frozen=True)
class HeldLine:
    """What a unit, or the city, has held: the index without and with it; `including` None where that tells of few."""

    name: str
    agency: str
    n: int
    held: int
    index: Decimal | None
    including: Decimal | None


@dataclass(frozen=True)
class Recap:
    """Rekap tahunan of the city.

    `total` is its figure over all units, made by the aggregation `rule` (in words). `convention` names the
    weights as `Measure.weights` does. `row_count` is the number of respondents on all worksheets together. `standing`
    are the sentences that say whether the figures are still running or which record they follow. `held` are the units
    with answers that wait for a decision, the city last; none where none waits.
    """

    city: str
    year: int
    rows: tuple[RecapRow, ...]
    total: Measure
    n: int
    convention: str
    instruments: tuple[str, ...]
    rule: str
    demo: bool
    row_count: int
    standing: tuple[str, ...] = ()
    held: tuple[HeldLine, ...] = ()


@dataclass(frozen=True)
class UnitSheet:
    """The answers of one unit to one instrument; `agency` and `unit` name the row of the recap they belong to.

    A unit that used several instruments has a sheet for each. `scores` yields `tally.n` respondents, once.
    """

    unit: str
    agency: str
    address: str
    phone: str
    city: str
    period: str
    instrument: Instrument
    scheme: Scheme
    tally: Tally
    measure: Measure
    scores: Iterable[str]
    demo: bool
