import json

import pytest

from skm.survey.instrument_file import builtin
from skm.survey.respondent import NOT_ANSWERED, NOT_ASKED, TRAITS, labels, reader

NINE, ONLINE = builtin()["permenpan-14-2017"], builtin()["skm-online-16"]


def row(trait, value, instrument=ONLINE):
    """The row of one profile answer."""
    return reader(instrument)(json.dumps({trait: value}))[TRAITS.index(trait)]


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (10, "lt17"),
        (16, "lt17"),
        (17, "17-25"),
        (25, "17-25"),
        (26, "26-34"),
        (35, "35-44"),
        (54, "45-54"),
        (55, "55-65"),
        (65, "55-65"),
        (66, "gt65"),
        (120, "gt65"),
    ],
)
def test_an_age_in_years_falls_into_the_band_that_the_other_questionnaire_asks_for(age, band):
    assert row("age", age, NINE) == band
    assert row("age", band, ONLINE) == band


def test_what_was_left_empty_is_not_answered():
    assert reader(ONLINE)("{}") == (NOT_ANSWERED,) * len(TRAITS)


def test_what_the_questionnaire_does_not_ask_is_not_asked():
    assert reader(NINE)("{}")[TRAITS.index("disability")] == NOT_ASKED


def test_of_a_disability_no_more_is_told_than_yes_or_no():
    assert [row("disability", value) for value in ("ya", "tidak", "mental")] == ["ya", "tidak", "ya"]
    assert labels([ONLINE], "disability") == {"ya": "Ya", "tidak": "Tidak"}


def test_the_rows_come_in_the_order_and_words_of_the_questionnaire():
    assert list(labels([NINE], "education").values()) == ["SD", "SMP", "SMA", "S1", "S2", "S3"]
    assert list(labels([NINE, ONLINE], "education").values())[:3] == ["Tidak sekolah", "SD", "SMP"]
    assert list(labels([NINE], "age").values()) == ["<17", "17–25", "26–34", "35–44", "45–54", "55–65", ">65"]
