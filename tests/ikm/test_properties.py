"""What must hold of any answers whatever."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from skm.ikm import Scheme, Tally, add_all, change, grade, measure, tally
from skm.ikm.spread import influence, spread_of
from skm.store import instruments, responses
from skm.store.database import writing
from skm.survey.period import year
from tests.builders import an_organisation, answered

# U1 of three items, U2 of one, U3 of two; one item outside the index.
SEVERAL = Scheme(("U1", "U2", "U3"), ((0, 4, 2), (1,), (5, 3)), 7)
EMPTY = tally(b"", 7)

respondent = st.text("-1234", min_size=7, max_size=7)
people = st.lists(respondent, max_size=25)
units = st.lists(people, min_size=1, max_size=5)
order = st.randoms(use_true_random=False)


def tallied(rows) -> Tally:
    return tally("".join(rows).encode(), 7)


def of(rows, scheme=SEVERAL, **options):
    return measure([(tallied(rows), scheme)], **options)


def by_hand(rows):
    """The index as the regulation has it, in the plainest words of Python; None without answers to an element."""
    means = []
    for columns in SEVERAL.columns:
        given = [[int(row[i]) for row in rows if row[i] != "-"] for i in columns]
        items = [Fraction(sum(scores), len(scores)) for scores in given if scores]
        means.append(sum(items) / len(items) if items else None)
    return None if None in means else sum(means) / len(means) * 25


@given(people)
def test_the_index_is_what_the_regulation_says(rows):
    assert of(rows).exact == by_hand(rows)


@given(people, order)
def test_the_order_of_rows_never_matters(rows, chance):
    assert of(chance.sample(rows, len(rows))) == of(rows)


@given(people, st.permutations(range(7)))
def test_the_order_of_items_in_the_form_never_matters(rows, places):
    # Item `places[i]` is asked as the i-th; the scheme still finds it by what it is.
    asked = ["".join(row[place] for place in places) for row in rows]
    columns = tuple(tuple(places.index(i) for i in items) for items in SEVERAL.columns)
    assert of(asked, replace(SEVERAL, columns=columns)) == of(rows)


@given(people, st.permutations(range(3)))
def test_the_order_of_elements_never_matters(rows, places):
    turned = replace(
        SEVERAL,
        codes=tuple(SEVERAL.codes[place] for place in places),
        columns=tuple(SEVERAL.columns[place] for place in places),
    )
    some, other = of(rows), of(rows, turned)
    assert (some.exact, some.grade, some.interval) == (other.exact, other.grade, other.interval)
    assert {e.code: e for e in some.elements} == {e.code: e for e in other.elements}


@given(units, order)
def test_the_order_of_units_never_matters(groups, chance):
    tallies = [tallied(rows) for rows in groups]
    turned = chance.sample(tallies, len(tallies))
    assert measure([(each, SEVERAL) for each in tallies]) == measure([(each, SEVERAL) for each in turned])
    assert sum(tallies, EMPTY) == sum(turned, EMPTY)


@given(units)
def test_pooling_units_is_counting_all_their_rows(groups):
    pooled = sum((tallied(rows) for rows in groups), EMPTY)
    assert measure([(pooled, SEVERAL)]) == of([row for rows in groups for row in rows])


@given(people, people)
def test_what_was_added_can_be_taken_away_again(rows, others):
    assert tallied(rows) + tallied(others) - tallied(others) == tallied(rows)


@given(units)
def test_adding_many_at_once_is_adding_one_by_one(groups):
    tallies = [tallied(rows) for rows in groups]
    assert add_all(tallies) == sum(tallies, EMPTY)


def influences(parts, part, rows):
    """What each row of a part adds to the index."""
    moves, common = influence(parts, part, (Fraction(1, 3),) * 3)
    for row in rows:
        given = [int(s) if s != "-" else 0 for s in row] + [int(s != "-") for s in row]
        yield sum(Fraction(move * x, common) for move, x in zip(moves, given, strict=True))


@given(people, people)
def test_the_influences_of_all_respondents_cancel_out(rows, others):
    some, more = (tallied(rows), SEVERAL), (tallied(others), replace(SEVERAL, columns=((6,), (1,), (5, 0))))
    together = [some, more]
    assert sum(influences(together, some, rows)) + sum(influences(together, more, others)) == 0


@given(st.lists(st.text("1234", min_size=7, max_size=7), min_size=2, max_size=25))
def test_the_variance_is_that_of_the_influences(rows):
    part = (tallied(rows), SEVERAL)
    squares = sum(one**2 for one in influences([part], part, rows))
    assert spread_of([part], (Fraction(1, 3),) * 3).by_answers == float(squares) * len(rows) / (len(rows) - 1)


@given(people)
def test_the_exact_value_lies_on_the_scale(rows):
    result = of(rows)
    assert result.exact is None or 25 <= result.exact <= 100
    assert all(figure.nrr is None or 1 <= figure.nrr <= 4 for figure in result.elements)


@given(st.integers(2500, 10000), st.integers(2500, 10000))
def test_a_higher_index_never_has_a_worse_grade(some, other):
    low, high = sorted((Decimal(some) / 100, Decimal(other) / 100))
    assert grade(high) <= grade(low)  # "A" comes before "D"


# Of one questionnaire this holds whatever was left unanswered. Pooled questionnaires weigh by their respondents:
# there one more of the better answers can draw weight to the worse questionnaire.
@given(people, st.text("-4", min_size=7, max_size=7))
def test_a_respondent_who_gives_only_fours_never_lowers_the_index(rows, delighted):
    assume(of(rows).exact is not None)
    assert of([*rows, delighted]).exact >= of(rows).exact


@given(people, st.text("-1", min_size=7, max_size=7))
def test_a_respondent_who_gives_only_ones_never_raises_the_index(rows, angry):
    assume(of(rows).exact is not None)
    assert of([*rows, angry]).exact <= of(rows).exact


@given(people, st.none() | st.integers(1, 60))
def test_the_interval_holds_the_index_and_stays_on_the_scale(rows, visitors):
    result = of(rows, population=visitors)
    assume(result.interval)
    assert 25 <= result.interval.low <= result.index <= result.interval.high <= 100


@given(people, st.integers(0, 40))
def test_only_when_everybody_was_asked_is_nothing_left_to_chance(rows, unasked):
    interval = of(rows, population=len(rows) + unasked).interval
    assume(interval)
    assert (interval.low == interval.high) is (unasked == 0)


@given(people, people)
def test_swapping_the_two_periods_mirrors_the_change(some, others):
    step, back = change(of(some), of(others)), change(of(others), of(some))
    assume(step)
    assert (step.points, step.real) == (-back.points, back.real)
    assert (step.low, step.high) == ((None, None) if back.low is None else (-back.high, -back.low))


@given(people, people)
def test_a_change_lies_within_its_interval(some, others):
    step = change(of(some), of(others))
    assume(step and step.low is not None)
    assert step.low <= step.points <= step.high


def test_numpy_counts_what_sql_counts(db, city):
    chance = Random(14_2017)
    with writing(db):
        second = an_organisation(db, city.agency, "unit", "UPTD Puskesmas II Denpasar Barat")
    for _ in range(300):
        scores = "".join(chance.choice("-1234") for _ in range(9))
        where = chance.choice([city.unit, second])
        answered(db, city, scores, f"2026-{chance.randint(1, 12):02}-15", unit_id=where.id)
    items = [item.code for item in instruments.get(db, city.period.instrument_id).items]
    found = Counter()
    for unit in (city.unit.id, second.id):
        stored = responses.scores_of(db, unit, city.period.instrument_id, year(2026))
        counts = tally("".join(stored).encode(), 9).counts
        found += Counter({(unit, items[i], s): counts[i][s] for i in range(9) for s in range(1, 5)})
    rows = db.query("SELECT unit_id, item, score, count(*) AS n FROM answers GROUP BY unit_id, item, score")
    assert found == Counter({(row["unit_id"], row["item"], row["score"]): row["n"] for row in rows})
