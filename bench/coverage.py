"""How often the 95 % interval holds the true index: samples of known populations, drawn again and again.

`python -m bench.coverage` prints the tables; `--update` also puts them into docs/metode.md.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from math import sqrt
from pathlib import Path
from statistics import NormalDist, fmean

import numpy as np
from numpy.typing import NDArray

from skm import ikm
from skm.ikm.interval import ends
from skm.ikm.spread import Spread
from skm.ikm.student import student_t
from tests.golden_files import FOLDER

Scores = NDArray[np.float64]
Random = np.random.Generator

DOCUMENT = Path(__file__).parents[1] / "docs" / "metode.md"
SIZES = (10, 30, 100, 400)
SAMPLES = 20_000
PEOPLE = 20_000  # in an invented population
RUNS, IN_RUNS = (5, 10, 20), 100  # answers a day, and of how many answers
CHUNK = 4_000_000  # answers drawn at a time
SEED = 14_2017
LOWEST, LENGTH = 25, 75  # points: the lowest index, and from there to the highest
PULANG_PISAU = "pulangpisau_2022_2023.csv"


@dataclass
class Population:
    """A row of scores per person, 0 where there is none; `known`: drawn without putting back, its size given.

    `alike`: all who come on one day answer as the first of them does.
    """

    name: str
    scores: Scores
    known: bool = False
    alike: bool = False

    @cached_property
    def place(self) -> float:
        """The true index, from 0 to 1."""
        return float(estimate(self.scores[None])[0][0])


@dataclass(frozen=True)
class Sampled:
    """What is found in one sample: where its index lies, the variance of that, and how much is known of it."""

    place: float
    variance: float
    size: float
    freedom: float


@dataclass(frozen=True)
class Found:
    """Shares of the samples whose interval holds the true index, by t and by ours; ours in points, on average."""

    size: int
    plain: float
    ours: float
    width: float


def coverage(population: Population, size: int, samples: int, random: Random) -> Found:
    """Draws `samples` samples of so many respondents and looks where the true index lies."""
    unasked = (len(population.scores) - size) / (len(population.scores) - 1) if population.known else 1.0
    plain, ours, widths = [], [], []
    for found in sampled(population, size, samples, random):
        low, high = ends(found.place, found.variance, found.size, found.freedom, unasked)
        ours.append(low <= population.place <= high)
        widths.append(high - low)
        off = abs(found.place - population.place)
        plain.append(off <= student_t(size - 1) * sqrt(unasked * found.variance))
    return Found(size, fmean(plain), fmean(ours), LENGTH * fmean(widths))


def sampled(
    population: Population, size: int, samples: int, random: Random, run: int = 0
) -> Iterator[Sampled]:
    """What each of many samples gives; by days of `run` answers that came one after the other, where it is not 0.

    A sample in which an item has fewer than two answers has no interval and is left out.
    """
    scores = population.scores
    if scores.all():  # then only a person's mean counts
        scores = scores.mean(axis=1, keepdims=True)
    step = max(CHUNK // (size * scores.shape[1]), 1)
    for start in range(0, samples, step):
        number = min(step, samples - start)
        drawn = scores[
            _runs(population, size, run, number, random) if run else _draw(population, size, number, random)
        ]
        drawn = drawn[((drawn > 0).sum(axis=1) >= 2).all(axis=1)]
        yield from map(Sampled, *(column.tolist() for column in estimate(drawn, run)))


def estimate(drawn: Scores, run: int = 0) -> tuple[Scores, Scores, Scores, Scores]:
    """The same of samples x respondents x items, all at once: what `ikm.measure` finds in a tally of each.

    The columns of `Sampled`; with `run`, each so many respondents in a row are those of one day.
    """
    answered = drawn > 0
    answers = answered.sum(axis=1)
    size, items = drawn.shape[1:]
    means = drawn.sum(axis=1) / answers
    influence = (drawn - means[:, None]) * answered / answers[:, None] / items / 3
    own = (influence**2).sum(axis=1)
    surplus = own * (answers / (answers - 1) - size / (size - 1))
    elements = own * size / (size - 1) + surplus
    people = influence.sum(axis=2)
    variance = (people**2).sum(axis=1) * size / (size - 1) + surplus.sum(axis=1)
    below = (elements**2 / (answers - 1)).sum(axis=1)
    freedom = np.divide(elements.sum(axis=1) ** 2, below, out=answers.min(axis=1) - 1.0, where=below > 0)
    drawn_by_chance, effect = size, np.ones(len(drawn))
    if run:
        drawn_by_chance = size // run
        sums = people.reshape(len(drawn), drawn_by_chance, run).sum(axis=2)
        by_days = (sums**2).sum(axis=1) * drawn_by_chance / (drawn_by_chance - 1)
        effect = np.divide(by_days, variance, out=effect, where=variance > 0).clip(min=1)
    return (
        (means.mean(axis=1) - 1) / 3,
        variance * effect,
        size / effect,
        np.minimum(freedom, drawn_by_chance - 1),
    )


def day_coverage(population: Population, run: int, samples: int, random: Random) -> tuple[float, ...]:
    """The same of answers that come in runs, a run a day: coverage by answers and by days, then both widths."""
    held, widths = ([], []), ([], [])
    for found in sampled(population, IN_RUNS, samples, random, run):
        effect = IN_RUNS / found.size
        by_answers = ends(found.place, found.variance / effect, IN_RUNS, IN_RUNS - 1)
        by_days = ends(found.place, found.variance, found.size, found.freedom)
        for place, (low, high) in enumerate((by_answers, by_days)):
            held[place].append(low <= population.place <= high)
            widths[place].append(high - low)
    return (*map(fmean, held), *(LENGTH * fmean(some) for some in widths))


def steps(
    before: Population, after: Population, size: int, samples: int, random: Random
) -> tuple[float, float]:
    """How often the interval of the change holds the true one, and how often a change is called real."""
    pairs = zip(
        _measures(before, size, samples, random), _measures(after, size, samples, random), strict=True
    )
    true = LENGTH * (after.place - before.place)
    found = [ikm.change(*pair) for pair in pairs]
    held = sum(step.low <= true <= step.high for step in found)
    return held / samples, sum(step.real for step in found) / samples


def _draw(population: Population, size: int, samples: int, random: Random) -> NDArray[np.int64]:
    people = len(population.scores)
    if population.known:
        return random.random((samples, people)).argsort(axis=1)[:, :size]
    return random.integers(people, size=(samples, size))


def _runs(population: Population, size: int, run: int, samples: int, random: Random) -> NDArray[np.int64]:
    """Days of `run` people who stand one after the other in the file, each day drawn by itself."""
    people = len(population.scores)
    first = random.integers(people, size=(samples, size // run, 1))
    next_ones = np.zeros(run, np.int64) if population.alike else np.arange(run)
    return ((first + next_ones) % people).reshape(samples, size)


def _measures(population: Population, size: int, samples: int, random: Random) -> Iterator[ikm.Measure]:
    """Measures with nothing in them but the index and its spread."""
    empty = ikm.Measure(size, ikm.EXACT, (), None, None, None, {}, False, None)
    for found in sampled(population, size, samples, random):
        index = Decimal(f"{LOWEST + LENGTH * found.place:.2f}")
        variance = LENGTH**2 * found.variance
        yield replace(empty, index=index, spread=Spread(size, variance, None, None, found.freedom, size))


def latent(shares: Sequence[float], bond: float, random: Random) -> Scores:
    """Nine answers of invented people: scores 1 to 4 with these shares.

    Each answer comes from a satisfaction of which the part `bond` is the same in all nine answers of a person.
    """
    cuts = [NormalDist().inv_cdf(share) for share in np.cumsum(shares)[:-1]]
    person, answer = random.standard_normal((PEOPLE, 1)), random.standard_normal((PEOPLE, 9))
    return 1.0 + np.searchsorted(cuts, sqrt(bond) * person + sqrt(1 - bond) * answer)


def real(name: str, year: str = "") -> Scores:
    """Real answers: the columns u1 to u9 of a file with published cases, of one year where it has several."""
    if not (FOLDER / name).exists():
        sys.exit(f"{name} is not in {FOLDER}; set SKM_GOLDEN to its folder")
    rows = np.genfromtxt(FOLDER / name, delimiter=",", names=True, dtype=None, encoding="utf-8")
    if year:
        rows = rows[rows["year"] == int(year)]
    return np.column_stack([rows[f"u{i}"] for i in range(1, 10)]).astype(float)


def with_gaps(scores: Scores, random: Random) -> Scores:
    """The same, with a seventh of the answers missing, and two in five of U4, for services that are free."""
    missing = np.full(9, 1 / 7)
    missing[3] = 2 / 5
    return scores * (random.random(scores.shape) >= missing)


def usual(random: Random) -> list[Population]:
    """Populations such as units have, and some that are seldom: the goal of at least 93 % is for these."""
    rest = np.array([0.025, 0.1, 0.875])  # how those who do not give a 4 share out the scores 1 to 3
    satisfied = [
        Population(f"{share:.0%} nilai 4, ikatan {word}", latent([*(1 - share) * rest, share], bond, random))
        for share in (0.6, 0.75, 0.9)
        for word, bond in (("lemah", 0.3), ("kuat", 0.5))
    ]
    return [
        Population("Pulang Pisau 2022 (717 responden nyata)", real(PULANG_PISAU, "2022")),
        Population("Pulang Pisau 2023 (338 responden nyata)", real(PULANG_PISAU, "2023")),
        Population("Pulang Pisau 2023, populasi 338 diketahui", real(PULANG_PISAU, "2023"), known=True),
        Population("Sekadau 2019 (49 responden nyata)", real("sekadau_2019s1_partial.csv")),
        *satisfied,
        Population("85% nilai 4, 5% nilai 1", latent([0.05, 0.01, 0.09, 0.85], 0.4, random)),
        Population("58% nilai 3, 40% nilai 4", latent([0.005, 0.015, 0.58, 0.40], 0.5, random)),
        Population("simetris: 10, 40, 40, 10%", latent([0.1, 0.4, 0.4, 0.1], 0.5, random)),
        Population("60% nilai 4, sebagian tidak dijawab", with_gaps(satisfied[1].scores, random)),
        Population("90% nilai 4, 3% nilai 1, ikatan kuat", latent([0.03, 0.01, 0.06, 0.9], 0.5, random)),
        Population("92% nilai 4, ikatan sangat kuat", latent([0.01, 0.02, 0.05, 0.92], 0.65, random)),
        Population("85% nilai 3, 10% nilai 4", latent([0.01, 0.04, 0.85, 0.10], 0.4, random)),
        Population("97% nilai 3", latent([0.001, 0.009, 0.97, 0.02], 0.4, random)),
    ]


def hard(random: Random) -> list[Population]:  # noqa: ARG001 - as `usual`
    """Populations at which the goal is missed somewhere; better said than hidden."""
    two_camps = np.full((PEOPLE, 9), 4.0)
    two_camps[: PEOPLE // 50] = 1
    return [Population("98% responden serba 4, 2% serba 1", two_camps)]


def in_runs(alike: bool) -> list[Population]:
    """Real answers in the order in which they were keyed, or each a whole day's."""
    named = {year: real(PULANG_PISAU, year) for year in ("2022", "2023")}
    return [Population(f"Pulang Pisau {year}", scores, alike=alike) for year, scores in named.items()]


def table(populations: Sequence[Population], samples: int, random: Random) -> str:
    """A row per population, a column per size of the sample: coverage of t → of ours (width in points)."""
    head = f"| Populasi | IKM | {' | '.join(f'n = {size}' for size in SIZES)} |\n|---|---:|{'---:|' * len(SIZES)}"
    lines = [
        f"| {population.name} | {number(LOWEST + LENGTH * population.place, 2)} "
        f"| {' | '.join(_cell(population, size, samples, random) for size in SIZES)} |"
        for population in populations
    ]
    return "\n".join([head, *lines])


def day_table(populations: Sequence[Population], samples: int, random: Random) -> str:
    """A row per population, a column per length of a run: by answers → by days (both widths in points)."""
    lines = [
        f"| Populasi | IKM | {' | '.join(f'{run} sehari' for run in RUNS)} |",
        f"|---|---:|{'---:|' * len(RUNS)}",
    ]
    for population in populations:
        cells = []
        for run in RUNS:
            answers, days, narrow, wide = day_coverage(population, run, samples, random)
            cells.append(
                f"{number(100 * answers, 1)} → {number(100 * days, 1)} ({number(narrow, 2)} → {number(wide, 2)})"
            )
        true = number(LOWEST + LENGTH * population.place, 2)
        lines.append(f"| {population.name} | {true} | {' | '.join(cells)} |")
    return "\n".join(lines)


def step_table(samples: int, random: Random) -> str:
    """The same for changes, between two populations alike and between two that are not."""
    some, more = (
        Population("", latent([0.01, 0.04, share, 0.95 - share], 0.4, random)) for share in (0.5, 0.35)
    )
    rise = number(LENGTH * (more.place - some.place), 2)
    lines = [
        "| Perubahan yang benar | n tiap periode | selang memuatnya | disebut nyata |",
        "|---|---:|---:|---:|",
    ]
    for name, before, after in (("tidak ada", some, some), (f"naik {rise}", some, more)):
        for size in SIZES:
            held, called = steps(before, after, size, samples, random)
            lines.append(f"| {name} | {size} | {number(100 * held, 1)} | {number(100 * called, 1)} |")
    return "\n".join(lines)


def _cell(population: Population, size: int, samples: int, random: Random) -> str:
    if population.known and size >= len(population.scores):
        return "–"
    found = coverage(population, size, samples, random)
    return f"{number(100 * found.plain, 1)} → {number(100 * found.ours, 1)} ({number(found.width, 2)})"


def number(value: float, places: int) -> str:
    """A number as Indonesians write it."""
    return f"{value:.{places}f}".replace(".", ",")


def report(samples: int) -> dict[str, str]:
    """The tables by the name of the mark in the document that they stand below."""
    random = np.random.default_rng(SEED)
    wanted, missed = usual(random), hard(random)
    return {
        "cakupan": table(wanted, samples, random),
        "meleset": table(missed, samples, random),
        "perubahan": step_table(samples // 4, random),
        "hari": day_table(in_runs(alike=False), samples, random),
        "hari-serupa": day_table(in_runs(alike=True), samples, random),
    }


def update(tables: Mapping[str, str], document: Path = DOCUMENT) -> None:
    """Puts each table between its two marks in a document."""
    text = document.read_text("utf-8")
    for name, found in tables.items():
        before, begin, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        text = f"{before}{begin}\n{found}\n\n{end}{after}"
    document.write_text(text, "utf-8")


if __name__ == "__main__":
    tables = report(SAMPLES)
    print("\n\n".join(tables.values()))
    if "--update" in sys.argv:
        update(tables)
