"""Periods and questionnaires: chosen, previewed, added, and never two periods at one time in one place."""

import json
from datetime import date
from pathlib import Path

import pytest

from skm.store import audit
from skm.store.database import writing
from skm.store.periods import get
from skm.survey.instrument import InstrumentError
from skm.survey.period import MEAN_OF_UNITS, POOLED
from skm.survey.problem import Problem
from skm.usecases.answering.answer import open_questionnaire
from skm.usecases.city import guide, instruments, periods
from skm.usecases.deed import Actor, Deed
from tests.builders import an_organisation, answered
from tests.conftest import NOON
from tests.officers import an_officer

BY_SARI = Deed(Actor(None, "Sari", "organisasi"), NOON)
OWN = (Path(__file__).parents[2] / "survey" / "kelurahan.toml").read_text(encoding="utf-8")
OUTSIDE = """
[[element]]
code = "X1"
name = { id = "Kenyamanan ruang tunggu" }
counted = false
[[item]]
code = "T1"
element = "X1"
text = { id = "Bagaimana ruang tunggu kami?" }
options = { id = ["Buruk", "Cukup", "Baik", "Sangat baik"] }
"""


@pytest.fixture
def add(db, city):
    """A period at the city's unit."""

    def add(opens, closes, code="permenpan-14-2017", weights="exact", where=city.unit.slug):
        days = date.fromisoformat(opens), date.fromisoformat(closes)
        return periods.add_period(db, BY_SARI, where, "Triwulan", *days, code, weights)

    return add


def test_a_units_own_period_goes_before_the_citys(db, city, add):
    made = add("2026-04-01", "2026-06-30", "skm-online-16", "exact")
    form = open_questionnaire(db, city.token, NOON)
    assert (form.period, len(form.instrument.items)) == (made, 16)
    assert next(audit.all_for(db, city.unit.path)).verb == "add_period"


@pytest.mark.parametrize(
    ("opens", "closes", "divides"),
    [
        ("2026-06-01", "2026-06-30", True),
        ("2026-05-01", "2026-06-30", False),
        ("2026-07-01", "2026-12-31", False),
    ],
)
def test_a_period_that_comes_late_does_not_divide_answers(db, city, add, opens, closes, divides):
    for day in ("2026-05-05", "2026-06-10"):
        answered(db, city, "3" * 9, day)
    if not divides:
        assert add(opens, closes).name == "Triwulan"
        return
    with pytest.raises(Problem, match="period_divides"):
        add(opens, closes)


def test_nor_does_one_that_is_changed_or_removed(db, city, add):
    for day in ("2026-05-05", "2026-06-10"):
        answered(db, city, "3" * 9, day)
    spring = add("2026-05-01", "2026-06-30")
    with pytest.raises(Problem, match="period_divides"):
        periods.end_period_early(db, BY_SARI, spring.id, date(2026, 6, 1))
    periods.end_period_early(db, BY_SARI, spring.id, date(2026, 6, 20))
    periods.remove_period(db, BY_SARI, spring.id)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [("2026-12-31", "2027-01-31"), ("2025-01-01", "2026-01-01"), ("2026-03-01", "2026-03-01")],
)
def test_periods_of_one_place_never_overlap(city, add, opens, closes):
    with pytest.raises(Problem, match="period_overlaps"):
        add(opens, closes, where=city.government.slug)


def test_a_period_may_begin_the_day_after_another(city, add):
    assert add("2027-01-01", "2027-12-31", where=city.government.slug)


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"code": "skm-1999"}, "instrument_unknown"),
        ({"weights": "0.12"}, "weights_unknown"),
        ({"closes": "2026-03-31"}, "period_backwards"),
        ({"where": "nowhere"}, "organisation_unknown"),
    ],
)
def test_what_cannot_be_a_period_is_refused(add, more, key):
    with pytest.raises(Problem, match=key):
        add(**({"opens": "2026-04-01", "closes": "2026-06-30"} | more))


def test_a_period_closed_early_takes_answers_until_its_last_day(db, city):
    periods.end_period_early(db, BY_SARI, city.period.id, date(2026, 6, 14))
    with pytest.raises(Problem, match="period_closed"):
        open_questionnaire(db, city.token, NOON)


def test_a_period_is_not_closed_outside_its_own_days(db, city):
    with pytest.raises(Problem, match="period_day_outside"):
        periods.end_period_early(db, BY_SARI, city.period.id, date(2027, 1, 1))


def test_a_period_is_not_ended_before_its_answers(db, city):
    answered(db, city, "444444444", "2026-06-10")
    with pytest.raises(Problem, match="period_answered"):
        periods.end_period_early(db, BY_SARI, city.period.id, date(2026, 6, 9))
    assert periods.end_period_early(db, BY_SARI, city.period.id, date(2026, 6, 10)).closes == date(
        2026, 6, 10
    )


def test_a_period_whose_days_some_answers_are_outside_of_still_gets_another_name(db, city):
    """Before answers were dated by the opening of their form, one sent after midnight lay a day outside."""
    answered(db, city, "444444444", "2027-01-01")
    assert edit(db, city.period, city.period.opens, city.period.closes).name == "Semester"


def edit(db, period, opens, closes, aggregation=POOLED):
    return periods.edit_period(db, BY_SARI, period.id, "Semester", opens, closes, aggregation)


def test_the_days_of_a_period_hold_all_its_answers(db, city):
    answered(db, city, "444444444", "2026-06-10")
    with pytest.raises(Problem, match="period_answered"):
        edit(db, city.period, date(2026, 7, 1), date(2026, 12, 31))
    changed = edit(db, city.period, date(2026, 1, 1), date(2026, 6, 30))
    assert periods.show_own_periods(db, city.government.slug) == [changed]


def test_the_rule_of_aggregation_is_changed_and_the_log_says_so(db, city):
    edit(db, city.period, city.period.opens, city.period.closes, MEAN_OF_UNITS)
    entry = next(audit.all_for(db, city.government.path))
    assert get(db, city.period.id).aggregation == MEAN_OF_UNITS
    assert (entry.verb, json.loads(entry.before)["aggregation"]) == ("edit_period", POOLED)


def test_an_unknown_rule_of_aggregation_is_refused(db, city):
    with pytest.raises(Problem, match="aggregation_unknown"):
        edit(db, city.period, city.period.opens, city.period.closes, "median")


def test_only_a_period_without_answers_is_removed(db, city, add):
    made = add("2026-04-01", "2026-06-30")
    periods.remove_period(db, BY_SARI, made.id)
    answered(db, city, "444444444")
    with pytest.raises(Problem, match="period_in_use"):
        periods.remove_period(db, BY_SARI, city.period.id)
    with pytest.raises(Problem, match="period_unknown"):
        get(db, made.id)


def test_the_usual_periods_are_suggested():
    found = {each.name: (each.opens, each.closes) for each in periods.suggest_periods(2028)}
    assert list(found)[:4] == ["Tahun 2028", "Semester I 2028", "Semester II 2028", "Triwulan I 2028"]
    assert found["Triwulan I 2028"] == (date(2028, 1, 1), date(2028, 3, 31))
    assert found["Triwulan IV 2028"] == (date(2028, 10, 1), date(2028, 12, 31))
    assert found["Semester II 2028"][0] == date(2028, 7, 1)


def test_built_in_questionnaires_come_once_with_their_variants(db):
    found = {each.code: (each.own, each.variants) for each in instruments.instrument_choices(db)}
    assert found == {
        "permenpan-14-2017": (False, []),
        "permenpan-14-2017-keseluruhan": (False, []),
        "skm-online-16": (False, ["skm-online-16-daring", "skm-online-16-hybrid"]),
    }


def test_an_own_questionnaire_can_be_chosen_previewed_and_asked(db, city, add):
    (code,) = instruments.add_instrument(db, BY_SARI, OWN)
    assert [each.code for each in instruments.instrument_choices(db) if each.own] == [code]
    add("2026-06-01", "2026-06-30", code)
    assert (
        open_questionnaire(db, city.token, NOON).instrument
        == instruments.preview_instrument(db, code).instrument
    )


def test_an_own_questionnaire_sent_again_is_a_new_version_only_when_it_differs(db):
    first, again, changed = (
        instruments.add_instrument(db, BY_SARI, text)[0] for text in (OWN, OWN, OWN + "\n# a remark\n")
    )
    assert first == again != changed
    assert [each.code for each in instruments.instrument_choices(db) if each.own] == [changed]


def test_own_items_may_stay_outside_the_index(db):
    (code,) = instruments.add_instrument(db, BY_SARI, OWN + OUTSIDE)
    (own,) = [each for each in instruments.instrument_choices(db) if each.own]
    assert (own.code, own.outside) == (code, ["T1"])
    assert "X1" not in own.instrument.main_index.elements


def test_an_own_questionnaire_with_a_fault_names_the_line(db):
    with pytest.raises(InstrumentError) as refused:
        instruments.add_instrument(db, BY_SARI, OWN + OUTSIDE.replace("counted = false", ""))
    assert refused.value.line
    assert "tidak dihitung dalam indeks mana pun" in refused.value.reason


def test_the_code_of_a_built_in_questionnaire_is_taken(db):
    code = OWN.split('code = "', 1)[1].split('"')[0]
    with pytest.raises(Problem, match="instrument_builtin"):
        instruments.add_instrument(db, BY_SARI, OWN.replace(code, "permenpan-14-2017", 1))


def test_the_guide_says_what_is_left(db, city):
    found = {step.key: (step.done, step.count) for step in guide.show_steps(db, NOON)}
    assert found["counters"] == (True, 2)
    assert found["answers"] == (False, 0)
    assert [key for key, (done, _) in found.items() if not done] == ["people", "answers"]


def test_the_guide_of_an_empty_server_begins_with_the_government(db):
    assert next(step.key for step in guide.show_steps(db, NOON) if not step.done) == "government"


def test_the_step_of_the_heads_names_the_units_that_have_none(db, city):
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    an_officer(db, "unit_head", city.agency)  # reads the units, heads none of them
    (step,) = [step for step in guide.show_steps(db, NOON) if step.key == "people"]
    assert (step.done, step.count, step.missing) == (False, 0, [other.name, city.unit.name])
    an_officer(db, "unit_head", other)
    an_officer(db, "unit_head", city.unit)
    (step,) = [step for step in guide.show_steps(db, NOON) if step.key == "people"]
    assert (step.done, step.count, step.missing) == (True, 2, [])
