"""No figure of the waiting room, and no difference of any of them, stands on fewer than five people."""

from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from skm import ikm
from skm.figures.summary import ENOUGH, _last_shown
from skm.survey.instrument_file import load

MONTHS = [f"2026-{number:02}" for number in range(1, 13)]
# Two questionnaires that measure different things: an index stands on the answers to one of them.
NINE = load("permenpan-14-2017")
OTHER = load(str(Path(__file__).parents[1] / "survey" / "kelurahan.toml"))
KNOWN = {"nine": NINE, "other": OTHER}
years = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=12, max_size=12)


def answered(numbers):
    """The tallies of a year by month, and how many answered by month and questionnaire."""
    people = {
        (at, name): n
        for at, both in zip(MONTHS, numbers, strict=True)
        for name, n in zip(KNOWN, both, strict=True)
    }
    tallies = {
        at: {
            name: ikm.tally(b"3" * len(known.items) * people[at, name], len(known.items))
            for name, known in KNOWN.items()
        }
        for at in MONTHS
    }
    return tallies, people


def shown_in_a_year(tallies):
    """Every summary and every step that is seen in a year: its months, and the questionnaire that it counts."""
    for until in range(1, 13):
        last, result, steps = _last_shown(tallies, MONTHS[:until], KNOWN, "exact")
        if last and result:
            yield frozenset(MONTHS[: MONTHS.index(last) + 1]), result.instruments[0]
        yield from ((frozenset(span.months), step.instruments[0]) for span, step in steps)


@given(years)
def test_every_figure_and_every_difference_of_two_stands_on_enough_people(numbers):
    tallies, people = answered(numbers)
    shown = set(shown_in_a_year(tallies))
    apart = [
        (a ^ b, name)
        for (a, name), (b, other) in combinations(shown, 2)
        if name == other and (a <= b or b <= a)
    ]
    sizes = [sum(people[at, name] for at in months) for months, name in [*shown, *apart]]
    assert all(size == 0 or size >= ENOUGH for size in sizes)


@given(years)
def test_the_steps_of_one_questionnaire_share_no_month_and_add_up_to_the_summary(numbers):
    tallies, _ = answered([(nine, 0) for nine, _ in numbers])
    _, result, steps = _last_shown(tallies, MONTHS, KNOWN, "exact")
    months = [at for span, _ in steps for at in span.months]
    assert len(months) == len(set(months))
    assert sum(step.n for _, step in steps) == (result.n if result else 0)
