"""How often the right element is said to be the first to improve, or to decide most, and how often a wrong one.

Answers of invented people, whose weakest or deciding element is planted, are drawn again and again and put through the
very calculation of the pages. `python -m bench.telling_apart` prints the tables; `--update` also puts them into
docs/metode.md.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bench.coverage import update
from skm import ikm

Random = np.random.Generator
Latent = NDArray[np.float64]
Rows = NDArray[np.uint8]

State = TypeVar("State", "Weak", "Decides")

SAMPLES, DRIVER_SAMPLES = 2_000, 400
SIZES, DRIVER_SIZES = (30, 100, 400), (300, 1000)
A_DAY = (1, 10)  # answers
BOND, DAILY = (
    0.4,
    0.1,
)  # the parts of an answer that are the person's own in all nine, and the day's own in the element
CUTS = [NormalDist().inv_cdf(share) for share in (0.02, 0.10, 0.55)]  # of the scores 1 to 4
SEED = 4_2017
CODES = tuple(f"U{number}" for number in range(1, 10))
NINE = ikm.Scheme(CODES, tuple((place,) for place in range(9)), 9)
TEN = ikm.Scheme(CODES, tuple((place,) for place in range(9)), 10)
WEIGHTS = dict.fromkeys(CODES, Fraction(1, 9))
PLANTED = 2  # the place of U3


@dataclass(frozen=True)
class Weak:
    """So many elements, the planted one first, lie lower by a part of the answers' standard deviation; 0: all alike."""

    elements: int
    lower: float = 0.0


@dataclass(frozen=True)
class Decides:
    """What the answer for the whole follows: so many elements, the planted one first, by so much of its variance."""

    elements: int
    share: float


@dataclass(frozen=True)
class Told:
    """Shares of the samples: the planted element named alone, named alone or among others, another one named alone."""

    alone: float
    within: float
    wrong: float


def people(size: int, a_day: int, random: Random) -> Latent:
    """What lies behind nine answers each of so many people, so many of them on each day."""
    days = -(-size // a_day)
    person, own = random.standard_normal((size, 1)), random.standard_normal((size, 9))
    day = random.standard_normal((days, 9)).repeat(a_day, axis=0)[:size]
    return np.asarray(sqrt(BOND) * person + sqrt(DAILY) * day + sqrt(1 - BOND - DAILY) * own)


def scored(latent: Latent) -> Rows:
    """The answers, 1 to 4."""
    return np.asarray(1 + np.searchsorted(CUTS, latent), np.uint8)


def first_to_improve(weak: Weak, size: int, a_day: int, samples: int, random: Random) -> Told:
    """Looks what is said to be the first to improve in each of many samples."""
    named = []
    for _ in range(samples):
        latent = people(size, a_day, random)
        latent[:, PLANTED : PLANTED + weak.elements] -= weak.lower
        found = gains(scored(latent), np.arange(size) // a_day)
        named.append({gain.figure.code for gain in found if gain.first})
    return _told(named, weak.elements == 1)


def deciding(decides: Decides, size: int, a_day: int, samples: int, random: Random) -> Told:
    """Looks which element is said to decide most in each of many samples."""
    named = []
    for _ in range(samples):
        nine = people(size, a_day, random)
        followed = nine[:, PLANTED : PLANTED + decides.elements] if decides.elements < 9 else nine
        whole = followed.mean(axis=1) / sqrt(BOND + (1 - BOND) / decides.elements)
        whole = sqrt(decides.share) * whole + sqrt(1 - decides.share) * random.standard_normal(size)
        first = driving(scored(np.column_stack([nine, whole])), np.arange(size) // a_day).first
        named.append({first.code} if first else set(CODES))
    return _told(named, decides.elements == 1)


def _told(named: Sequence[set[str]], planted: bool) -> Told:
    """`planted`: the planted element is the only one that may stand alone."""
    alone = [codes for codes in named if len(codes) == 1]
    right = sum(codes == {CODES[PLANTED]} for codes in alone) if planted else 0
    within = sum(CODES[PLANTED] in codes for codes in named)
    return Told(right / len(named), within / len(named), (len(alone) - right) / len(named))


def gains(rows: Rows, days: NDArray[np.int64]) -> Sequence[ikm.Gain]:
    """What each element holds the index back by, as the page has it."""
    part = ikm.tally((rows + ord("0")).tobytes(), 9, days=days), NINE
    joint = ikm.joint_of([part])
    assert joint is not None
    return ikm.gains(ikm.measure([part]).elements, WEIGHTS, joint.spaced)


def driving(rows: Rows, days: NDArray[np.int64]) -> ikm.Drivers:
    """What each element says of the whole, as the page has it."""
    units = np.zeros(len(rows), np.int64)
    return ikm.drivers([ikm.Rated((rows + ord("0")).tobytes(), TEN, 9, units, days)])


def lower_by(weak: Weak) -> float:
    """By how many points the planted element lies lower, in the whole population."""
    alike = people(400_000, 1, np.random.default_rng(SEED))[:, PLANTED]
    return float(25 * (scored(alike).mean() - scored(alike - weak.lower).mean()))


def first_table(samples: int, random: Random) -> str:
    """A row per state of the elements, answers a day and size of the sample."""
    head = [
        "| Keadaan sebenarnya | Jawaban sehari | n | disebut sendiri, benar | termuat | disebut sendiri, keliru |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    states = [("kesembilan unsur sama", Weak(0))]
    for lower in (0.25, 0.5):
        states.append((f"U3 lebih rendah {_number(lower_by(Weak(1, lower)))}", Weak(1, lower)))
    both = Weak(2, 0.5)
    states.append((f"U3 dan U4 lebih rendah {_number(lower_by(both))}", both))
    return "\n".join([*head, *_rows(states, SIZES, first_to_improve, samples, random)])


def driver_table(samples: int, random: Random) -> str:
    """The same for the element that decides most."""
    head = [
        "| Penilaian keseluruhan mengikuti | Jawaban sehari | n | disebut, benar | disebut, keliru |",
        "|---|---:|---:|---:|---:|",
    ]
    states = [
        ("tidak satu unsur pun", Decides(9, 0.0)),
        ("kesembilan unsur sama kuat", Decides(9, 0.5)),
        ("U3 dan U4 sama kuat", Decides(2, 0.5)),
        ("U3 saja, lemah", Decides(1, 0.15)),
        ("U3 saja, kuat", Decides(1, 0.5)),
    ]
    rows = _rows(states, DRIVER_SIZES, deciding, samples, random)
    return "\n".join([*head, *(_without_column(row, 4) for row in rows)])


def _rows(
    states: Sequence[tuple[str, State]],
    sizes: Sequence[int],
    tell: Callable[[State, int, int, int, Random], Told],
    samples: int,
    random: Random,
) -> Iterator[str]:
    for name, state in states:
        for a_day in A_DAY:
            for size in sizes:
                told = tell(state, size, a_day, samples, random)
                alone = _number(100 * told.alone) if state.elements == 1 else "–"
                cells = (name, a_day, size, alone, _number(100 * told.within), _number(100 * told.wrong))
                yield f"| {' | '.join(map(str, cells))} |"


def _without_column(row: str, number: int) -> str:
    cells = row.split("|")
    return "|".join([*cells[: number + 1], *cells[number + 2 :]])


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def report(samples: int, driver_samples: int) -> dict[str, str]:
    """The tables by the name of the mark in the document that they stand below."""
    random = np.random.default_rng(SEED)
    return {
        "pertama": first_table(samples, random),
        "penentu": driver_table(driver_samples, random),
    }


if __name__ == "__main__":
    tables = report(SAMPLES, DRIVER_SAMPLES)
    print("\n\n".join(tables.values()))
    if "--update" in sys.argv:
        update(tables)
