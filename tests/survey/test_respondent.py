from dataclasses import replace

import pytest

from skm.survey.instrument import ProfileChoice, ProfileField
from skm.survey.instrument_file import builtin
from skm.survey.profile import pack
from skm.survey.respondent import NOT_ANSWERED, TRAITS, column, labels

NINE, ONLINE = builtin()["permenpan-14-2017"], builtin()["skm-online-16"]


def row(trait, value, instrument=ONLINE):
    """The row of one profile answer, as it is read from the stored profile."""
    stored = pack(instrument.profile, {trait: value})
    where = column(instrument, trait)
    return where.rows.get(stored[where.place], NOT_ANSWERED)


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
    assert {row(trait, None) for trait in TRAITS} == {NOT_ANSWERED}


def test_what_the_questionnaire_does_not_ask_is_not_asked():
    assert column(NINE, "disability") is None


def test_of_a_disability_no_more_is_told_than_yes_or_no():
    kinds = tuple(ProfileChoice(code, {"id": code}) for code in ("tidak", "fisik", "mental"))
    kinds_asked = replace(NINE, profile=(ProfileField("disability", {"id": "Disabilitas"}, "choice", kinds),))
    assert [row("disability", value) for value in ("ya", "tidak")] == ["ya", "tidak"]
    assert [row("disability", value, kinds_asked) for value in ("tidak", "mental")] == ["tidak", "ya"]
    assert labels([ONLINE], "disability") == {"ya": "Ya", "tidak": "Tidak"}


def test_the_rows_come_in_the_order_and_words_of_the_questionnaire():
    assert list(labels([NINE], "education").values()) == ["SD", "SMP", "SMA", "S1", "S2", "S3"]
    assert list(labels([NINE, ONLINE], "education").values())[:3] == ["Tidak sekolah", "SD", "SMP"]
    assert list(labels([NINE], "age").values()) == ["<17", "17–25", "26–34", "35–44", "45–54", "55–65", ">65"]
