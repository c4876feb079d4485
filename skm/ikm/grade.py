"""Rounding and the bands: the last two steps of every figure."""

from decimal import Decimal
from fractions import Fraction

# PermenPANRB 14/2017, annex, table II ("nilai interval konversi IKM"). The gaps between the bands vanish
# because only values already rounded to two decimals are graded.
BOUNDS = {
    "A": (Decimal("88.31"), Decimal("100.00")),
    "B": (Decimal("76.61"), Decimal("88.30")),
    "C": (Decimal("65.00"), Decimal("76.60")),
    "D": (Decimal("25.00"), Decimal("64.99")),
}
HALF_A_STEP = Fraction(1, 200)  # an index from so far below a bound on is rounded up to it
KINERJA = {"A": "Sangat Baik", "B": "Baik", "C": "Kurang Baik", "D": "Tidak Baik"}


def grade(value: Decimal) -> str:
    """The mutu pelayanan, "A" to "D", of an index or element value already rounded to two decimals."""
    return next((letter for letter, (low, _) in BOUNDS.items() if value >= low), "D")


def round_half_up(value: Fraction, places: int) -> Decimal:
    """The nearest decimal with so many places; a half goes away from zero, as in a spreadsheet."""
    return round_ratio(value.numerator, value.denominator, places)


def round_ratio(numerator: int, denominator: int, places: int) -> Decimal:
    """`round_half_up` of numerator / denominator, which need not be in lowest terms; denominator > 0."""
    steps = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
    return Decimal(steps if numerator >= 0 else -steps).scaleb(-places)
