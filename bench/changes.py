"""How often a change is called real where nothing changed.

With few visitors, with months that have a shock, in cities whose mix moves, in lists. Answers of invented people are
drawn again and again and judged as the pages judge them. `python -m bench.changes` prints the tables; `--update` also
puts them into docs/metode.md.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist, fmean

import numpy as np
from numpy.typing import NDArray

from bench.coverage import number, update
from skm import ikm
from skm.ikm.spread import Spread
from skm.ikm.student import student_t

Random = np.random.Generator
Scores = NDArray[np.int64]
Values = NDArray[np.float64]
Sides = Sequence[ikm.Side]
NONE = ikm.Shock()

SAMPLES, CITIES, YEARS, FALLS = 4_000, 2_000, 40, 400
SEED = 5_2017
MONTHS, DAYS = 12, 20  # of a year that have answers, and of a month
BOND = 0.4  # the part of an answer that is the person's own in all nine
CUTS = [NormalDist().inv_cdf(share) for share in (0.02, 0.10, 0.55)]  # of the scores 1 to 4
PLAIN = NormalDist().inv_cdf(0.975)
POINTS = 15.8  # by which the index moves where satisfaction moves by one standard deviation, near 83
CODES = tuple(f"U{place}" for place in range(1, 10))
VISITORS = (
    (10, 10),
    (10, 40),
    (20, 40),
    (40, 40),
    (80, 100),
    (169, 300),
    (278, 1000),
    (384, 0),
)  # 0: not known
SHOCKS = (0, 1, 2, 4)  # standard deviations of months, in points
A_MONTH = (10, 40, 150)  # answers
UNITS, BUSIER = 29, 0.6  # of a city; the logarithm of how much busier a unit is in the second year
LISTED, ANSWERS = 100, 30  # units in a list, and answers of each in a month
FALLEN, FALL = 10, 8  # units of the list that fall, by so many points


@dataclass(frozen=True)
class Called:
    """Shares of the samples in which a change is called real: otherwise, and as the pages judge."""

    otherwise: float
    ours: float


@dataclass(frozen=True)
class Drops:
    """False drops in a year of a list, of indices and of elements: each by the plain test, and a month's together."""

    index_alone: float
    index: float
    elements_alone: float
    elements: float


def people(size: int, level: float | Values, random: Random) -> Scores:
    """Nine answers each of so many people whose satisfaction lies around a level, in standard deviations."""
    person = random.standard_normal((size, 1))
    latent = level + sqrt(BOND) * person + sqrt(1 - BOND) * random.standard_normal((size, 9))
    return np.searchsorted(CUTS, latent) + 1


def side(scores: Scores, days: Scores, months: int = 1) -> ikm.Side:
    """A group on one side: what `ikm.spread_of` finds in a tally of complete answers, without making one."""
    total, n = int(scores.sum()), len(scores)
    exact = Fraction(25 * total, 9 * n)
    spread = _spreads(25 * scores.mean(axis=1, keepdims=True) - float(exact), days)[0]
    return ikm.Side(n, exact, spread, months)


def element_sides(scores: Scores, days: Scores) -> list[ikm.Side]:
    """The same of each element, as `ikm.element_sides`."""
    n = len(scores)
    exact = [Fraction(25 * int(total), n) for total in scores.sum(axis=0)]
    spreads = _spreads(25 * (scores - scores.mean(axis=0)), days)
    return [ikm.Side(n, value, spread) for value, spread in zip(exact, spreads, strict=True)]


def _spreads(apart: Values, days: Scores) -> list[Spread]:
    """A spread for each column of what respondents lie apart from the mean, in points."""
    n, sums = len(apart), np.zeros((int(days.max()) + 1, apart.shape[1]))
    np.add.at(sums, days, apart)
    number_of_days = len(np.unique(days))
    by_answers = (apart**2).sum(axis=0) / (n * (n - 1))
    by_days = (sums**2).sum(axis=0) * number_of_days / ((number_of_days - 1) * n**2)
    return [
        Spread(n, some, others, number_of_days, min(n, number_of_days) - 1, n)
        for some, others in zip(by_answers.tolist(), by_days.tolist(), strict=True)
    ]


def by_visitors(n: int, visitors: int, samples: int, random: Random) -> Called:
    """Two periods in which so many of the visitors answer, a day each, and nothing changes.

    Otherwise: with the variance of each period less by the part that answered.
    """
    otherwise, ours = [], []
    for _ in range(samples):
        before, after = (side(people(n, 0, random), np.arange(n)) for _ in range(2))
        step = _step(before, after)
        unasked = (visitors - n) / (visitors - 1) if visitors else 1
        error = sqrt(unasked * (before.spread.variance + after.spread.variance))
        otherwise.append(abs(float(step.points)) > student_t(2 * n - 2) * error)
        ours.append(step.real)
    return Called(fmean(otherwise), fmean(ours))


def months_called(a_month: int, shock: float, samples: int, random: Random) -> Called:
    """Two years of one unit in which nothing changes but the months. Otherwise: without their shock."""
    otherwise, ours = [], []
    for _ in range(samples):
        years = [_year(a_month, 0, shock, random) for _ in range(2)]
        before, after = (own for own, _ in years)
        otherwise.append(_step(before, after).real)
        ours.append(_step(before, after, _shock([before, after], [months for _, months in years])).real)
    return Called(fmean(otherwise), fmean(ours))


def city_called(shock: float, samples: int, random: Random) -> Called:
    """Two years of a city in which no unit changes, but some are busier and others less. Otherwise: pooled."""
    otherwise, ours = [], []
    for _ in range(samples):
        levels = 0.5 * random.standard_normal(UNITS)
        sizes = np.exp(random.normal(3, 0.7, UNITS))
        both = []
        for busier in (np.ones(UNITS), np.exp(random.normal(0, BUSIER, UNITS))):
            numbers = np.maximum(np.rint(sizes * busier), 2).astype(int).tolist()
            both.append([_answers(n, level, shock, random) for n, level in zip(numbers, levels, strict=True)])
        sides = [[side(*rows, MONTHS) for rows, _ in units] for units in both]
        strata = [months for units in both for _, months in units]
        pooled = [_pooled([rows for rows, _ in units]) for units in both]
        otherwise.append(_step(*pooled).real)
        whole = pooled[0].exact, pooled[1].exact
        mix = ikm.fixed_mix(list(zip(*sides, strict=True)), whole, whole, equal=False)
        ours.append(_judged(pooled[0], pooled[1], mix, _shock([*sides[0], *sides[1]], strata)).real)
    return Called(fmean(otherwise), fmean(ours))


def drops(years: int, random: Random) -> Drops:
    """A list in which nothing changes: each month beside the one before it."""
    found: list[tuple[int, int, int, int]] = []
    for _ in range(years):
        before = [_listed(0, random) for _ in range(LISTED)]
        for _ in range(MONTHS):
            after = [_listed(0, random) for _ in range(LISTED)]
            index = [_step(one, other) for (one, _), (other, _) in zip(before, after, strict=True)]
            elements = [
                _step(one, other)
                for (_, some), (_, others) in zip(before, after, strict=True)
                for one, other in zip(some, others, strict=True)
            ]
            alone = (
                sum(_plain(one, other) for (one, _), (other, _) in zip(before, after, strict=True)),
                sum(
                    _plain(one, other)
                    for (_, some), (_, others) in zip(before, after, strict=True)
                    for one, other in zip(some, others, strict=True)
                ),
            )
            together = [
                sum(bool(step.real and step.points < 0) for step in ikm.judged_together(some))
                for some in (index, elements)
            ]
            found.append((alone[0], together[0], alone[1], together[1]))
            before = after
    return Drops(*(sum(column) / years for column in zip(*found, strict=True)))


def falls(samples: int, random: Random) -> tuple[float, float]:
    """A list in which some units fall: the share of these that is named, and the share of others among the named."""
    seen, wrong = [], []
    for _ in range(samples):
        before = [_listed(0, random)[0] for _ in range(LISTED)]
        after = [_listed(-FALL / POINTS * (place < FALLEN), random)[0] for place in range(LISTED)]
        steps = ikm.judged_together([_step(*pair) for pair in zip(before, after, strict=True)])
        named = [place for place, step in enumerate(steps) if step.real]
        seen.append(sum(place < FALLEN for place in named) / FALLEN)
        wrong.append(sum(place >= FALLEN for place in named) / max(len(named), 1))
    return fmean(seen), fmean(wrong)


def _plain(before: ikm.Side, after: ikm.Side) -> bool:
    """Whether it fell by more than 1.96 standard errors, each respondent taken as drawn by themself."""
    error = sqrt(before.spread.by_answers + after.spread.by_answers)
    return float(after.exact - before.exact) < -PLAIN * error


def _listed(level: float, random: Random) -> tuple[ikm.Side, list[ikm.Side]]:
    scores, days = people(ANSWERS, level, random), np.arange(ANSWERS)  # one a day
    return side(scores, days), element_sides(scores, days)


def _year(
    a_month: int, level: float, shock: float, random: Random
) -> tuple[ikm.Side, list[tuple[float, int]]]:
    (scores, days), months = _answers(a_month, level, shock, random)
    return side(scores, days, MONTHS), months


def _answers(
    a_month: int, level: float, shock: float, random: Random
) -> tuple[tuple[Scores, Scores], list[tuple[float, int]]]:
    """A year's answers with their days, and the index and number of each month, which has a shock of its own."""
    levels = level + shock / POINTS * random.standard_normal(MONTHS)
    scores = people(a_month * MONTHS, np.repeat(levels, a_month)[:, None], random)
    days = DAYS * np.repeat(np.arange(MONTHS), a_month) + np.tile(np.arange(a_month) % DAYS, MONTHS)
    values = 25 * scores.mean(axis=1).reshape(MONTHS, a_month).mean(axis=1)
    return (scores, days), [(value, a_month) for value in values.tolist()]


def _pooled(units: Sequence[tuple[Scores, Scores]]) -> ikm.Side:
    scores = np.concatenate([rows for rows, _ in units])
    days = np.concatenate([DAYS * MONTHS * place + own for place, (_, own) in enumerate(units)])
    return side(scores, days, MONTHS)


def _shock(sides: Sides, strata: Sequence[list[tuple[float, int]]]) -> ikm.Shock:
    freedom = sum(one.spread.freedom for one in sides)
    return ikm.month_shock(
        strata, sum(one.spread.freedom * one.spread.variance * one.n for one in sides) / freedom
    )


def _step(before: ikm.Side, after: ikm.Side, shock: ikm.Shock = NONE) -> ikm.Change:
    both = before.exact, after.exact
    return _judged(before, after, ikm.fixed_mix([(before, after)], both, both, equal=False), shock)


def _judged(before: ikm.Side, after: ikm.Side, mix: ikm.Mix, shock: ikm.Shock) -> ikm.Change:
    first, second = (ikm.round_half_up(one.exact, 2) for one in (before, after))
    return ikm.change_of(first, second, mix, Fraction(75), shock)


def _share(value: float) -> str:
    return number(100 * value, 1)


def visitor_table(samples: int, random: Random) -> str:
    """A row per number of answers."""
    lines = [
        "| Menjawab | Pengunjung | nyata, dengan koreksi populasi | nyata, cara ini |",
        "|---:|---:|---:|---:|",
    ]
    for n, visitors in VISITORS:
        found = by_visitors(n, visitors, samples, random)
        lines.append(f"| {n} | {visitors or '–'} | {_share(found.otherwise)} | {_share(found.ours)} |")
    return "\n".join(lines)


def month_table(samples: int, random: Random) -> str:
    """A row per number of answers, a column per shock: without it → with it."""
    head = " | ".join(f"σ = {shock}" for shock in SHOCKS)
    lines = [f"| Jawaban sebulan | {head} |", f"|---:|{'---:|' * len(SHOCKS)}"]
    for a_month in A_MONTH:
        found = [months_called(a_month, shock, samples, random) for shock in SHOCKS]
        cells = " | ".join(f"{_share(one.otherwise)} → {_share(one.ours)}" for one in found)
        lines.append(f"| {a_month} | {cells} |")
    return "\n".join(lines)


def city_table(samples: int, random: Random) -> str:
    """A row per shock."""
    lines = ["| Guncangan bulanan | nyata, gabungan biasa | nyata, susunan tetap |", "|---:|---:|---:|"]
    for shock in (0, 2):
        found = city_called(shock, samples, random)
        lines.append(f"| σ = {shock} | {_share(found.otherwise)} | {_share(found.ours)} |")
    return "\n".join(lines)


def list_table(years: int, samples: int, random: Random) -> str:
    """False drops in a year, then what is found where some units fall."""
    found, (seen, wrong) = drops(years, random), falls(samples, random)
    lines = [
        "| Dalam daftar | satu per satu, 1,96 galat baku | bersama |",
        "|---|---:|---:|",
        f"| penurunan IKM yang keliru, setahun | {number(found.index_alone, 1)} | {number(found.index, 1)} |",
        f"| penurunan unsur yang keliru, setahun | {number(found.elements_alone, 1)} | {number(found.elements, 1)} |",
        f"| {FALLEN} unit turun {FALL} poin: ditemukan, % | – | {_share(seen)} |",
        f"| di antara yang disebut nyata, yang keliru, % | – | {_share(wrong)} |",
    ]
    return "\n".join(lines)


def report() -> dict[str, str]:
    """The tables by the name of the mark in the document that they stand below."""
    random = np.random.default_rng(SEED)
    return {
        "tidak-berubah": visitor_table(SAMPLES, random),
        "guncangan": month_table(SAMPLES, random),
        "susunan": city_table(CITIES, random),
        "daftar": list_table(YEARS, FALLS, np.random.default_rng(SEED + 1)),
    }


if __name__ == "__main__":
    tables = report()
    print("\n\n".join(tables.values()))
    if "--update" in sys.argv:
        update(tables)
