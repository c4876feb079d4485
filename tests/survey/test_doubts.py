"""The rules by which answers are held, and their statistics, worked by hand."""

from random import Random

import pytest

from skm.survey.doubts import (
    RULES,
    Pace,
    improbable_runs,
    is_highest,
    is_straight,
    is_too_quick,
    joint_statistic,
    pace_statistic,
)


@pytest.mark.parametrize(
    ("seconds", "items", "quick"),
    [(0, 9, True), (5, 9, True), (10, 9, False), (15, 16, True), (20, 16, False), (None, 9, False)],
)
def test_nobody_reads_a_question_in_a_second(seconds, items, quick):
    assert is_too_quick(seconds, items) == quick


def test_the_joint_statistic_of_methods():
    # 40 answers where 3 are fair: 40 ln(40/3) − 37 = 66.61; 32 all 4 where 40 % are usual: 32 ln 2 + 8 ln(1/3) = 13.39.
    assert pace_statistic(40, 3.0) == pytest.approx(66.611, abs=0.001)
    assert joint_statistic(40, 3.0, 32, 0.4) == pytest.approx(66.611 + 13.392, abs=0.002)


def test_nothing_ln_nothing_is_nothing():
    assert joint_statistic(10, 3.0, 10, 0.5) == pytest.approx(5.040 + 6.931, abs=0.001)


@pytest.mark.parametrize(("k", "s"), [(3, 3), (40, 16), (40, 10)])
def test_where_neither_pace_nor_share_is_more_than_fair_there_is_no_burst(k, s):
    assert joint_statistic(k, 3.0, s, 0.4) == 0


def test_a_unit_without_a_past_has_a_pace_that_a_family_keeps():
    assert Pace(0, 0, 0).quarter == 3
    assert Pace(0, 0, 0).share == pytest.approx(0.4)
    assert pace_statistic(6, Pace(0, 0, 0).quarter) < 2


def test_a_busy_unit_is_judged_by_its_own_pace():
    assert Pace(64_000, 20, 30_000).quarter == 300


def test_all_four_and_straight_are_told_apart():
    assert is_highest("4444-4444")
    assert not is_highest("444434444")
    assert is_straight("333333333")
    assert not is_straight("434444444")


def test_a_run_that_a_shuffle_hardly_has_is_found():
    random = Random(1)
    honest = ["".join(random.choice("3344") for _ in range(9)) for _ in range(300)]
    stuffed = [*honest[:150], *["434343434"] * 8, *honest[150:]]
    assert list(improbable_runs(stuffed)) == [range(150, 158)]
    assert not list(improbable_runs(honest))


def test_a_run_of_one_straight_pattern_convicts_nobody():
    assert not list(improbable_runs(["121212121"] * 2 + ["444444444"] * 200 + ["343434343", "123412341"]))


def test_what_is_sorted_says_nothing_of_its_order():
    assert not list(
        improbable_runs(sorted(["343434343"] * 50 + [f"{n}" for n in range(111_111_111, 111_111_311)]))
    )


def test_a_sentence_names_no_score():
    assert not [rule for rule in RULES.values() if "{pattern}" in rule.sentence or "nilai" in rule.sentence]
