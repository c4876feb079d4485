"""What do the answers amount to? The arithmetic of PermenPANRB 14/2017.

Imports the standard library and numpy only; no clock, no input, no output.
Begin with `index`.
"""

from skm.ikm.change import Change, change, change_of
from skm.ikm.days import RespondentDays
from skm.ikm.discoveries import RATE, discoveries, judged_together
from skm.ikm.divisions import Division, tally_divisions
from skm.ikm.drivers import DAYS_ENOUGH, RESPONDENTS_ENOUGH, Driver, Drivers, Rated, drivers
from skm.ikm.elements import element_numbers, element_sides, element_spreads, element_values
from skm.ikm.gain import Gain, Share, gains
from skm.ikm.grade import BOUNDS, KINERJA, grade, round_half_up
from skm.ikm.index import (
    Alternative,
    ElementFigure,
    Measure,
    index_values,
    mean_of_units,
    measure,
)
from skm.ikm.interval import ANSWERS, DAYS, Interval
from skm.ikm.joint import Joint, Spaced, joint_of, mean_spaced
from skm.ikm.mix import Mix, Side, fixed_mix, printed_parts
from skm.ikm.printed import PRINTED, grade_before_2017, printed_index
from skm.ikm.sample import answers_lacking, apportion, quotas, sample_size
from skm.ikm.scheme import EXACT, Scheme, conventions, length_of
from skm.ikm.shock import Shock, month_shock
from skm.ikm.spread import Spread, spread_of
from skm.ikm.tally import Tally, add_all, tally, tally_groups
from skm.ikm.units import measure_units
from skm.ikm.visitors import Stratum, TippingPoint, VisitorIndex, index_by_visitors, tipping_point
from skm.ikm.workings import Step, Workings, without, workings

__all__ = [
    "ANSWERS",
    "BOUNDS",
    "DAYS",
    "DAYS_ENOUGH",
    "EXACT",
    "KINERJA",
    "PRINTED",
    "RATE",
    "RESPONDENTS_ENOUGH",
    "Alternative",
    "Change",
    "Division",
    "Driver",
    "Drivers",
    "ElementFigure",
    "Gain",
    "Interval",
    "Joint",
    "Measure",
    "Mix",
    "Rated",
    "RespondentDays",
    "Scheme",
    "Share",
    "Shock",
    "Side",
    "Spaced",
    "Spread",
    "Step",
    "Stratum",
    "Tally",
    "TippingPoint",
    "VisitorIndex",
    "Workings",
    "add_all",
    "answers_lacking",
    "apportion",
    "change",
    "change_of",
    "conventions",
    "discoveries",
    "drivers",
    "element_numbers",
    "element_sides",
    "element_spreads",
    "element_values",
    "fixed_mix",
    "gains",
    "grade",
    "grade_before_2017",
    "index_by_visitors",
    "index_values",
    "joint_of",
    "judged_together",
    "length_of",
    "mean_of_units",
    "mean_spaced",
    "measure",
    "measure_units",
    "month_shock",
    "printed_index",
    "printed_parts",
    "quotas",
    "round_half_up",
    "sample_size",
    "spread_of",
    "tally",
    "tally_divisions",
    "tally_groups",
    "tipping_point",
    "without",
    "workings",
]
