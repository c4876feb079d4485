"""Parts of a whole in words: 33 %, and how much of a target is reached."""

from fractions import Fraction

from skm import ikm
from skm.i18n import formats

NONE = "–"
_SPACE = "\N{NO-BREAK SPACE}"


def share(part: Fraction | None) -> str:
    """A part of a whole, to the nearest per cent: `33 %`."""
    return NONE if part is None else f"{ikm.round_half_up(100 * part, 0)}{_SPACE}%"


def reached(n: int, target: int) -> str:
    """How much of a target is there, rounded down: 100 % is said only when all of it is."""
    return f"{formats.count(100 * n // target)}{_SPACE}%"
