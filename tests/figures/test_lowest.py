"""Which elements a unit should improve first."""

import pytest

from skm import ikm
from skm.figures.figure import lowest

NINE = ikm.Scheme(tuple(f"U{n}" for n in range(1, 10)), tuple((n,) for n in range(9)), 9)


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        ("434244444", ["U4", "U2"]),  # the third is tied with all the rest
        ("432144444", ["U4", "U3", "U2"]),
        ("433144444", ["U4", "U2", "U3"]),
        ("332133444", ["U4", "U3", "U1", "U2", "U5", "U6"]),  # four are tied for the third place
        ("333333333", []),
        ("---------", []),
        ("4-4-1-3-2", ["U5", "U9", "U7"]),
    ],
)
def test_the_three_lowest_and_those_tied_with_the_third(scores, found):
    measure = ikm.measure([(ikm.tally(scores.encode(), 9), NINE)])
    assert [figure.code for figure in lowest(measure)] == found
