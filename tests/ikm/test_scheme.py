from fractions import Fraction

import pytest

from skm.ikm import Scheme, conventions


@pytest.mark.parametrize(
    ("k", "names"),
    [
        (9, ["exact", "0.11", "0.111"]),
        (3, ["exact", "0.33", "0.333"]),
        (14, ["exact", "0.07", "0.071"]),
        (11, ["exact", "0.09", "0.091"]),
        (6, ["exact", "0.17", "0.167"]),
        (8, ["exact", "0.13"]),
        (4, ["exact"]),
        (5, ["exact"]),
        (1, ["exact"]),
        (33, ["exact", "0.03"]),
    ],
)
def test_the_conventions_are_one_over_k_and_what_it_rounds_to(k, names):
    assert list(conventions(k)) == names


def test_a_convention_is_the_number_it_is_called_by():
    assert conventions(9) == {
        "exact": Fraction(1, 9),
        "0.11": Fraction(11, 100),
        "0.111": Fraction(111, 1000),
    }


def test_own_weights_leave_no_other_convention():
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    scheme = Scheme(("U1", "U2", "U3"), ((0,), (1,), (2,)), 3, weights=(half, quarter, quarter))
    assert scheme.conventions == {"exact": (half, quarter, quarter)}


def test_own_weights_that_are_all_the_same_are_equal_weights():
    scheme = Scheme(("U1", "U2", "U3"), ((0,), (1,), (2,)), 3, weights=(Fraction(1, 3),) * 3)
    assert list(scheme.conventions) == ["exact", "0.33", "0.333"]


@pytest.mark.parametrize(
    ("codes", "columns", "weights"),
    [
        ((), (), None),
        (("U1", "U2"), ((0,),), None),
        (("U1", "U2"), ((0,), ()), None),
        (("U1", "U2"), ((0,), (2,)), None),
        (("U1", "U2"), ((0,), (1,)), (Fraction(1, 2), Fraction(1, 3))),
        (("U1", "U2"), ((0,), (1,)), (Fraction(1),)),
    ],
    ids=["no element", "no items", "empty element", "item outside", "sum is not 1", "a weight is missing"],
)
def test_a_scheme_that_makes_no_sense_is_refused(codes, columns, weights):
    with pytest.raises(ValueError, match=r"element|item"):
        Scheme(codes, columns, 2, weights=weights)
