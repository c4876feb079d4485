"""The mean score of an element (NRR, nilai rata-rata), of one group of respondents or pooled over several."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from skm.ikm.scheme import Scheme
from skm.ikm.tally import Tally

Part = tuple[Tally, Scheme]
Ratio = tuple[int, int]  # numerator and denominator, not in lowest terms; a denominator of 0 is "no answers"


def mean(tally: Tally, columns: tuple[int, ...]) -> Ratio:
    """The mean of the items' means, each over its own answers; an item nobody answered is left out."""
    if len(columns) == 1:
        return tally.totals[columns[0]], tally.answered[columns[0]]
    items = [(tally.totals[i], tally.answered[i]) for i in columns if tally.answered[i]]
    common = lcm(*(answers for _, answers in items))
    return sum(total * (common // answers) for total, answers in items), common * len(items)


def respondents(tally: Tally, columns: tuple[int, ...]) -> Fraction | int:
    """The number of respondents that `mean` rests on: answers per answered item."""
    if len(columns) == 1:
        return tally.answered[columns[0]]
    answers = [tally.answered[i] for i in columns if tally.answered[i]]
    return Fraction(sum(answers), len(answers)) if answers else Fraction(0)


def pooled(parts: Sequence[Part], element: int) -> Ratio:
    """The mean of the element at this place over all parts, each weighing as much as it has respondents."""
    if len(parts) == 1:
        tally, scheme = parts[0]
        return mean(tally, scheme.columns[element])
    total = people = Fraction(0)
    for tally, scheme in parts:
        if n := respondents(tally, scheme.columns[element]):
            total += n * Fraction(*mean(tally, scheme.columns[element]))
            people += n
    return (total / people).as_integer_ratio() if people else (0, 0)


def all_pooled(parts: Sequence[Part]) -> list[Ratio]:
    """The mean of each element."""
    tally, scheme = parts[0]
    if len(parts) == 1 and scheme.items:
        return [(tally.totals[i], tally.answered[i]) for i in scheme.items]
    return [pooled(parts, element) for element in range(len(scheme.codes))]
