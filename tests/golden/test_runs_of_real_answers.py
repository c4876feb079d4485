"""Runs of one hand in real answers: an office that looks keyed in bulk has some, one that does not has none."""

import csv

from skm.survey.doubts import improbable_runs, is_straight
from tests.golden_files import golden


def scores(name: str) -> list[str]:
    """The nine scores of each answer, in the order of the file."""
    with golden(name).open(encoding="utf-8") as file:
        return ["".join(row[f"u{number}"] for number in range(1, 10)) for row in csv.DictReader(file)]


def test_pulang_pisau_has_five_runs_of_one_hand_and_its_282_straight_ones_convict_nobody():
    answers = scores("pulangpisau_2022_2023.csv")
    runs = [(len(run), answers[run.start]) for run in improbable_runs(answers)]
    assert runs == [
        (14, "444344444"),
        (25, "443344444"),
        (20, "443344444"),
        (55, "443344444"),
        (14, "444344444"),
    ]
    assert not any(is_straight(pattern) for _, pattern in runs)


def test_sekadau_has_none():
    assert not list(improbable_runs(scores("sekadau_2019s1_partial.csv")))
