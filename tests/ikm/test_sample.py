from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.ikm import Scheme, answers_lacking, apportion, measure, quotas, sample_size, tally

ONE = Scheme(("U1",), ((0,),), 1)

# Krejcie & Morgan (1970), the printed table: N:S
PRINTED = """
10:10 15:14 20:19 25:24 30:28 35:32 40:36 45:40 50:44 55:48 60:52 65:56 70:59 75:63 80:66 85:70 90:73 95:76
100:80 110:86 120:92 130:97 140:103 150:108 160:113 170:118 180:123 190:127 200:132 210:136 220:140 230:144
240:148 250:152 260:155 270:159 280:162 290:165 300:169 320:175 340:181 360:186 380:191 400:196 420:201
440:205 460:210 480:214 500:217 550:226 600:234 650:242 700:248 750:254 800:260 850:265 900:269 950:274
1000:278 1100:285 1200:291 1300:297 1400:302 1500:306 1600:310 1700:313 1800:317 1900:320 2000:322 2200:327
2400:331 2600:335 2800:338 3000:341 3500:346 4000:351 4500:354 5000:357 6000:361 7000:364 8000:367 9000:368
10000:370 15000:375 20000:377 30000:379 40000:380 50000:381 75000:382 1000000:384
"""
TABLE = [tuple(map(int, pair.split(":"))) for pair in PRINTED.split()]


def test_every_row_of_the_printed_table_is_reproduced():
    assert len(TABLE) == 90
    assert [(population, sample_size(population)) for population, _ in TABLE] == TABLE


def test_an_unlimited_population_asks_for_384():
    assert sample_size(None) == 384


@pytest.mark.parametrize("population", [0, 1, 2])
def test_of_very_few_everyone_is_asked(population):
    assert sample_size(population) == population


def test_a_population_is_never_negative():
    with pytest.raises(ValueError, match="-1"):
        sample_size(-1)


@pytest.mark.parametrize(
    ("total", "shares", "parts"),
    [
        (278, [500, 300, 200], [139, 83, 56]),  # 139, 83.4, 55.6
        (10, [1, 1, 1], [4, 3, 3]),
        (3, [0, 5, 0], [0, 3, 0]),
        (5, [0, 0], [3, 2]),
        (0, [7, 1], [0, 0]),
        (7, [], []),
    ],
)
def test_a_sample_is_split_in_proportion(total, shares, parts):
    assert apportion(total, shares) == parts


shares = st.lists(st.fractions(0, 10**6, max_denominator=60), min_size=1, max_size=30)


@given(st.integers(0, 400), shares)
def test_the_parts_add_up_and_none_is_a_whole_person_away_from_its_share(total, shares):
    parts = apportion(total, shares)
    assert sum(parts) == total
    if whole := sum(shares):
        assert all(
            abs(part - total * Fraction(share) / whole) < 1 for part, share in zip(parts, shares, strict=True)
        )


@pytest.mark.parametrize(
    ("total", "shares", "parts"),
    [
        (278, [1000, 1, 0], [277, 1, 0]),
        (10, [100, 1, 1, 1], [7, 1, 1, 1]),
        (2, [9, 5, 1], [1, 1, 1]),
        (20, [10, 10], [10, 10]),
        (0, [7, 1], [1, 1]),
    ],
)
def test_every_service_with_visitors_has_a_quota_of_at_least_1(total, shares, parts):
    assert quotas(total, shares) == parts


@given(st.integers(0, 400), shares)
def test_quotas_add_up_unless_there_are_more_services_than_respondents(total, shares):
    positive = sum(share > 0 for share in shares)
    assert sum(quotas(total, shares)) == max(total, positive)
    assert all(bool(share) <= bool(quota) for share, quota in zip(shares, quotas(total, shares), strict=True))


def test_so_many_more_answers_make_the_grade_certain():
    # Ten 3s and ten 4s: index 87.5, 0.805 below the bound of A before rounding; variance 625 x 0.25 / 19 = 8.2237,
    # t of 19 degrees of freedom 2.0930: 4.3807 x 8.2237 x 20 / 0.6480 = 1,112 answers, 1,092 more.
    found = measure([(tally(b"34" * 10, 1), ONE)])
    assert found.grade == "B"
    assert answers_lacking(found) == pytest.approx(1092, abs=2)


def test_a_certain_grade_lacks_none():
    assert answers_lacking(measure([(tally(b"4" * 400, 1), ONE)])) is None
