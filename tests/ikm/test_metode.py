"""What docs/metode.md says to an auditor: every number of its example is read there and worked out again here.

The arithmetic is written out once more, in plain fractions, and the calculator must agree with both.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import exp, log, sqrt

import numpy as np
import pytest

from bench.coverage import DOCUMENT
from skm.figures.scheme import scheme
from skm.ikm import (
    BOUNDS,
    KINERJA,
    Scheme,
    Side,
    change,
    discoveries,
    fixed_mix,
    gains,
    grade,
    joint_of,
    mean_of_units,
    measure,
    month_shock,
    round_half_up,
    sample_size,
    tally,
)
from skm.ikm.drivers import relative_weights
from skm.survey.instrument_file import builtin
from skm.usecases.exchange.calculate import calculate

TEXT = DOCUMENT.read_text("utf-8")
ANNEX = builtin()["permenpan-14-2017"]
OF = {item.code: item.element for item in ANNEX.items}
T_4, T_2 = 2.776445105, 4.302652730  # printed tables: 2.776, 4.303


def section(title):
    """What stands below a heading, up to the next of the same depth or higher."""
    depth = title.split()[0]
    return re.split(rf"^#{{1,{len(depth)}}} ", TEXT.partition(f"\n{title}\n")[2], flags=re.MULTILINE)[0]


def table(title, *head):
    """The rows of the table below a heading whose head begins like this."""
    blocks = re.findall(r"(?:^\|.*\n)+", section(title), flags=re.MULTILINE)
    tables = [
        [[cell.strip() for cell in row.strip("|\n").split("|")] for row in b.splitlines()] for b in blocks
    ]
    (found,) = [rows for rows in tables if tuple(rows[0][: len(head)]) == head]
    return found[2:]


def number(text):
    """A number as Indonesians write it."""
    return Decimal(text.replace("−", "-").replace(",", "."))


def rounded_like(value, text):
    """The value with as many decimals as the document shows."""
    shown = number(text)
    exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else Decimal(value)
    return exact.quantize(shown, ROUND_HALF_UP)


EXAMPLE = "## Contoh yang dihitung dengan tangan"
PEOPLE = [
    {code: int(cell) for code, cell in zip(OF, cells, strict=True) if cell != "–"}
    for _, *cells in table(EXAMPLE, "Responden", "P1")
]
GIVEN = {code: [person[code] for person in PEOPLE if code in person] for code in OF}
NRR = {OF[code]: Fraction(sum(scores), len(scores)) for code, scores in GIVEN.items()}
ANSWERS = {OF[code]: len(scores) for code, scores in GIVEN.items()}
IKM = sum(NRR.values()) / 9 * 25
PULLS = [
    Fraction(25, 9)
    * sum((score - NRR[OF[code]]) * Fraction(5, ANSWERS[OF[code]]) for code, score in person.items())
    for person in PEOPLE
]


P9 = [Fraction(25, 9) * (score - NRR[OF["P9"]]) * Fraction(5, 4) for score in GIVEN["P9"]]
PLACE = (IKM - 25) / 75
VARIANCE = (sum(pull**2 for pull in PULLS) * Fraction(5, 4) + sum(p**2 for p in P9) * Fraction(1, 12)) / 25
BY_DAYS = "### Contoh yang sama menurut hari"
DAYS = {"Senin": (3, 5), "Selasa": (1,), "Rabu": (2, 4)}


def by_the_calculator():
    lines = [",".join(str(person.get(code, "")) for code in OF) + "\n" for person in PEOPLE]
    return calculate([",".join(OF) + "\n", *lines], ANNEX).measure


def ends(variance, n, t):
    """The steps from a variance to the ends of the interval."""
    spread = float(variance) / 75**2 + (1 / 12 / n) ** 2
    centre = (n * float(PLACE) + 0.1) / (n + 0.2)
    logit = log(centre / (1 - centre))
    margin = t * sqrt(spread) / (centre * (1 - centre))
    low, high = (25 + 75 / (1 + exp(side * margin - logit)) for side in (1, -1))
    return spread, centre, logit, t, margin, low, high


def test_the_elements_of_the_example():
    rows = table(EXAMPLE, "Unsur", "Jawaban")
    assert [row[0] for row in rows] == sorted(NRR)
    for code, answers, total, nrr, value, letter in rows:
        assert (int(answers), int(total)) == (ANSWERS[code], NRR[code] * ANSWERS[code])
        assert (number(nrr), number(value)) == (
            rounded_like(NRR[code], nrr),
            rounded_like(NRR[code] * 25, value),
        )
        assert letter == grade(number(value))


def test_the_index_of_the_example():
    zero = [Fraction(sum(scores), 5) for scores in GIVEN.values()]
    worked = {
        "jumlah kesembilan NRR": sum(NRR.values()),
        "IKM dengan bobot 1/9": IKM,
        "IKM dengan bobot 0,11": sum(NRR.values()) * Fraction("0.11") * 25,
        "IKM dengan bobot 0,111": sum(NRR.values()) * Fraction("0.111") * 25,
        "IKM tanpa U4": (sum(NRR.values()) - NRR["U4"]) / 8 * 25,
        "yang keliru: jawaban kosong dihitung nol": sum(zero) / 9 * 25,
    }
    shown = dict(table(EXAMPLE, "Hitungan"))
    assert shown.pop("mutu") == "B"
    assert {name: number(text) for name, text in shown.items()} == {
        name: rounded_like(value, shown[name]) for name, value in worked.items()
    }


def test_the_pull_of_each_respondent_of_the_example():
    shown = [text for _, text in table(EXAMPLE, "Responden", "Pengaruh")]
    assert list(map(number, shown)) == [rounded_like(p, t) for p, t in zip(PULLS, shown, strict=True)]
    assert sum(PULLS) == 0


def test_the_interval_of_the_example_step_by_step():
    squares, own = sum(pull**2 for pull in PULLS), sum(pull**2 for pull in P9)
    spread, *between = ends(VARIANCE, 5, T_4)
    plain = float(IKM) + T_4 * sqrt(VARIANCE)
    worked = [squares, own, VARIANCE, PLACE, spread, *between, plain]
    shown = [text for _, text in table(EXAMPLE, "Langkah")]
    assert list(map(number, shown)) == [rounded_like(w, t) for w, t in zip(worked, shown, strict=True)]
    assert re.findall(r"selang ([\d,]+) sampai ([\d,]+)\s", section(EXAMPLE)) == [(shown[-3], shown[-1])]


def test_the_example_by_days_step_by_step():
    pulls = {day: sum(PULLS[person - 1] for person in people) for day, people in DAYS.items()}
    assert {day: number(text) for day, text in table(BY_DAYS, "Hari")} == {
        day: rounded_like(pulls[day], text) for day, text in table(BY_DAYS, "Hari")
    }
    squares = sum(pull**2 for pull in pulls.values())
    variance = squares * Fraction(3, 2) / 25
    effect = variance / VARIANCE
    *between, _ = ends(variance, float(5 / effect), T_2)
    worked = [squares, variance, effect, 5 / effect, *between, 100.0]
    shown = [text for _, text in table(BY_DAYS, "Langkah menurut hari")]
    assert list(map(number, shown)) == [rounded_like(w, t) for w, t in zip(worked, shown, strict=True)]


def test_the_calculator_finds_the_numbers_of_the_example_by_days():
    day = {person: at for at, people in enumerate(DAYS.values()) for person in people}
    days = np.array([day[person] for person in range(1, 6)])
    block = "".join(str(person.get(code, "-")) for person in PEOPLE for code in OF).encode()
    found = measure([(tally(block, 9, days=days), scheme(ANNEX))]).interval
    shown = [number(text) for _, text in table(BY_DAYS, "Langkah menurut hari")]
    assert (found.low, found.high, found.deff) == (*shown[-2:], shown[2])


def test_the_calculator_finds_the_numbers_of_the_example():
    shown, steps = dict(table(EXAMPLE, "Hitungan")), [text for _, text in table(EXAMPLE, "Langkah")]
    result = by_the_calculator()
    assert (result.exact, result.index) == (IKM, number(shown["IKM dengan bobot 1/9"]))
    assert [other.index for other in result.alternatives.values()] == [
        number(shown["IKM dengan bobot 0,11"]),
        number(shown["IKM dengan bobot 0,111"]),
    ]
    assert (result.interval.low, result.interval.high) == (number(steps[-3]), number(steps[-1]))
    assert not result.interval.grade_certain


def test_the_calculator_finds_the_index_without_u4():
    left = Scheme(tuple("12356789"), tuple((i,) for i in range(9) if i != 3), 9)
    block = "".join(str(person.get(code, "-")) for person in PEOPLE for code in OF).encode()
    shown = dict(table(EXAMPLE, "Hitungan"))["IKM tanpa U4"]
    assert measure([(tally(block, 9), left)]).index == number(shown)


def test_the_bands_are_those_of_the_calculator():
    rows = table("## Dari jawaban ke mutu", "Mutu", "Kinerja")
    assert {letter: (word, *map(number, band.split("–"))) for letter, word, band in rows} == {
        letter: (KINERJA[letter], *BOUNDS[letter]) for letter in "ABCD"
    }


@pytest.mark.parametrize("weights", ["0.11", "0.111"])
def test_the_highest_values_under_rounded_weights(weights):
    said = weights.replace(".", ",") + r" nilai\s+tertinggi ([\d,]+)[,\s]"
    (shown,) = re.findall(said, section("## Dari jawaban ke mutu"))
    assert number(shown.strip(",")) == 900 * Decimal(weights)


def test_the_two_values_around_a_gap_of_the_bands():
    found = re.findall(r"([\d,]+)\s+menjadi ([\d,]+) dan bermutu (\w)", section("## Dari jawaban ke mutu"))
    assert len(found) == 2
    for exact, shown, letter in found:
        value = round_half_up(Fraction(number(exact)), 2)
        assert (value, grade(value)) == (number(shown), letter)


def test_the_example_of_pooling_and_of_the_mean_of_units():
    words = section("### Gabungan responden atau rata-rata unit").partition("Misalnya")[2]
    some, first, more, second, pooled, mean = map(number, re.findall(r"\d+(?:,\d+)?", words)[:6])
    assert pooled == (some * first + more * second) / (some + more)
    assert mean == mean_of_units([first, second])


def test_the_samples_are_those_of_krejcie_and_morgan():
    rows = table("## Berapa responden", "Pengunjung")
    assert [sample_size(int(visitors)) for visitors, _ in rows] == [int(sample) for _, sample in rows]
    assert f" {sample_size(None)}." in section("## Berapa responden").replace("\n", " ")


PAIR = "### Contoh: dua unsur dari kelima responden"
APART = [person["P1"] - person["P3"] for person in PEOPLE]
PULLS_APART = [Fraction(25, 9) * (apart - Fraction(3, 5)) for apart in APART]
T_4_OF_8 = 5.2610576  # P(|T| <= t) = sin θ (1 + cos² θ / 2) with tan θ = t / 2 is 1 - 0.05 / 8


def test_what_two_elements_of_the_example_hold_the_index_back_by():
    words = section(PAIR).replace("\n", " ")
    (third,) = re.findall(r"menahan IKM 25 ÷ 9 = ([\d,]+);", words)
    (first,) = re.findall(r"U1 menahan 10 ÷ 9 = ([\d,]+)\.", words)
    worked = [(100 - NRR[code] * 25) / 9 for code in ("U3", "U1")]
    assert [number(third), number(first)] == [
        rounded_like(w, t) for w, t in zip(worked, (third, first), strict=True)
    ]


def test_the_pull_of_each_respondent_on_the_difference_of_two_elements():
    rows = table(PAIR, "Responden", "U1 − U3")
    assert [int(apart) for _, apart, _ in rows] == APART
    assert [number(pull) for *_, pull in rows] == [
        rounded_like(pull, text) for pull, (*_, text) in zip(PULLS_APART, rows, strict=True)
    ]


def test_the_difference_of_two_elements_step_by_step():
    squares = sum(pull**2 for pull in PULLS_APART)
    variance = squares * Fraction(5, 4) / 25
    worked = [
        Fraction(sum(APART), 5) * Fraction(25, 9),
        squares,
        variance,
        T_4_OF_8,
        T_4_OF_8 * sqrt(variance),
    ]
    shown = [text for _, text in table(PAIR, "Langkah membandingkan")]
    assert list(map(number, shown)) == [rounded_like(w, t) for w, t in zip(worked, shown, strict=True)]


def test_the_calculator_finds_the_same_difference_of_two_elements():
    block = "".join(str(person.get(code, "-")) for person in PEOPLE for code in OF).encode()
    part = tally(block, 9), scheme(ANNEX)
    joint = joint_of([part])
    found = gains(measure([part]).elements, dict.fromkeys(NRR, Fraction(1, 9)), joint.spaced)
    shown = [float(number(text)) for _, text in table(PAIR, "Langkah membandingkan")]
    first = next(gain for gain in found if gain.figure.code == "U1")
    assert found[0].figure.code == "U3"
    assert (float(first.behind), first.margin) == pytest.approx((shown[0], shown[-1]), abs=0.005)
    assert first.first


def test_the_relative_weights_of_two_elements():
    rows = table("### Contoh: dua unsur", "Langkah bobot relatif")
    squares, betas, weights, shares = (
        [float(number(cell.removesuffix(" %"))) for cell in cells] for _, *cells in rows
    )
    assert squares == [0.9, 0.1]  # ((√1.6 ± √0.4) / 2)²
    root = [(1 / sqrt(1.6) + side / sqrt(0.4)) / 2 for side in (1, -1)]
    assert betas == pytest.approx([root[0] * 0.5 + root[1] * 0.3, root[1] * 0.5 + root[0] * 0.3], abs=5e-7)
    ours = relative_weights(np.array([[1, 0.6, 0.5], [0.6, 1, 0.3], [0.5, 0.3, 1]]))
    assert weights == pytest.approx(ours.tolist())
    assert [share / 100 for share in shares] == pytest.approx((ours / ours.sum()).tolist())


MIX = "### Susunan yang tetap"
ONE = Scheme(("U1",), ((0,),), 1)


def counted(cell):
    """The scores of a cell such as `10, 5`: ten 3s and five 4s."""
    if cell == "–":
        return ""
    threes, fours = map(int, cell.split(", "))
    return "3" * threes + "4" * fours


def of_one(scores):
    return measure([(tally(scores.encode(), 1), ONE)])


def units_of_the_mix():
    """By unit: the scores and the index of both years, and its weight."""
    rows = table(MIX, "Unit", "tahun lalu: nilai 3, nilai 4")
    return {name: (counted(a), x, counted(b), y, w) for name, a, x, b, y, w in rows}


def test_the_units_of_the_mix():
    units = units_of_the_mix()
    for before, x, after, y, _ in units.values():
        assert all(
            shown == "–" or of_one(some).index == number(shown) for some, shown in ((before, x), (after, y))
        )
    n = [sum(len(units[name][place]) for name in "AB") for place in (0, 2)]
    for name in "AB":
        shares = [Fraction(len(units[name][place]), some) for place, some in zip((0, 2), n, strict=True)]
        assert number(units[name][4]) == sum(shares) / 2


def test_the_three_parts_step_by_step():
    units, steps = units_of_the_mix(), [text for _, text in table(MIX, "Langkah tiga bagian")]
    scores = [[one[place] for one in units.values()] for place in (0, 2)]
    before, after = (of_one("".join(some)) for some in scores)
    weights = {name: Fraction(number(units[name][4])) for name in "AB"}
    rise = {name: of_one(units[name][2]).exact - of_one(units[name][0]).exact for name in "AB"}
    rated = sum(weights[name] * rise[name] for name in "AB")
    common = [of_one(units["A"][place] + units["B"][place]).exact for place in (0, 2)]
    mixed = common[1] - common[0] - rated
    rest = after.exact - before.exact - rated - mixed
    apart = [
        sum(float(weights[name]) ** 2 * variance(units[name][place]) for name in "AB") for place in (0, 2)
    ]
    more = [
        (6.25 * sum(float(weights[name]) ** 2 / len(units[name][place]) for name in "AB")) ** 2
        for place in (0, 2)
    ]
    worked = [before.exact, after.exact, rated, mixed, rest, *apart, *more]
    assert list(map(number, steps)) == [rounded_like(w, t) for w, t in zip(worked, steps, strict=True)]
    assert sum(map(number, steps[2:5])) == number(steps[1]) - number(steps[0])
    total = sum([*apart, *more])
    (root, shown) = re.findall(r"√([\d,]+) = ([\d,]+)\.", section(MIX))[0]
    assert (rounded_like(total, root), rounded_like(sqrt(total), shown)) == (number(root), number(shown))


def variance(scores):
    values = [25 * int(score) for score in scores]
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1) / len(values)


def test_the_calculator_finds_the_same_three_parts():
    units = units_of_the_mix()
    before, after = (of_one("".join(one[place] for one in units.values())) for place in (0, 2))
    pairs = [
        tuple(Side(one.n, one.exact, one.spread) for one in (of_one(units[name][place]) for place in (0, 2)))
        for name in "AB"
    ]
    common = tuple(of_one(units["A"][place] + units["B"][place]).exact for place in (0, 2))
    mix = fixed_mix(pairs, common, (before.exact, after.exact), equal=False)
    step = change(before, after, mix=mix)
    steps = [number(text) for _, text in table(MIX, "Langkah tiga bagian")]
    assert [step.rated, step.mixed, step.turnover] == steps[2:5]
    assert (mix.before.variance, mix.after.variance) == pytest.approx(
        [float(v) for v in steps[5:7]], abs=5e-5
    )
    assert step.real is False


def test_the_shock_of_months_step_by_step():
    title = "### Guncangan bulanan"
    values = [number(text) for _, text in table(title, "Bulan")]
    steps = [text for _, text in table(title, "Langkah guncangan")]
    mean, w = sum(values) / 6, Fraction(20) / Fraction("156.25")
    q = w * sum(Fraction(value - mean) ** 2 for value in values)
    scale = 6 * w - 6 * w**2 / (6 * w)
    shock = (q - 5) / scale
    worked = [Fraction(mean), w, q, scale, shock, shock / 6]
    assert list(map(number, steps)) == [rounded_like(v, t) for v, t in zip(worked, steps, strict=True)]
    ours = month_shock([[(float(value), 20) for value in values]], 156.25)
    assert (ours.variance, ours.freedom) == (pytest.approx(float(shock)), 5)


def test_the_example_of_many_changes():
    rows = table("### Banyak perubahan sekaligus", "Urutan", "p")
    values = [float(number(p)) for _, p, *_ in rows]
    assert [number(bound) for *_, bound, _ in rows] == [Decimal(rank) / 100 for rank in range(1, 11)]
    assert [text == "ya" for *_, text in rows] == discoveries(values)
    assert sum(p < 0.05 for p in values) == 4
