"""The tree is set up by its own people; names, paths and answers keep their history, and the log has every deed."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from skm.figures.choice import choose
from skm.figures.overview import show_figures
from skm.store import audit, organisations, responses
from skm.store.database import writing
from skm.survey.organisation import ALWAYS
from skm.survey.problem import Problem
from skm.usecases.answering import answer
from skm.usecases.answering.answer import open_questionnaire
from skm.usecases.city.organisations import (
    add_organisation,
    close_organisation,
    edit_organisation,
    merge_organisation,
    move_organisation,
    rename_organisation,
    reopen_organisation,
    show_organisation,
    show_tree,
)
from skm.usecases.deed import Actor, Deed
from skm.usecases.exchange import export
from tests.builders import a_counter, a_service, an_organisation, answered
from tests.conftest import NOON

BY_SARI = Deed(Actor(None, "Sari", "organisasi"), NOON)


@pytest.fixture
def other(db, city):
    """A second agency."""
    return add_organisation(db, BY_SARI, city.government.id, "agency", "Dinas Sosial")


def last(db):
    """The newest entry of the log: verb, subject, before, after."""
    entry = next(audit.all_for(db, ""))
    return entry.verb, entry.subject, json.loads(entry.before or "{}"), json.loads(entry.after or "{}")


def test_a_new_organisation_gets_a_code_from_its_name_and_its_parents_time_zone(db, city):
    made = add_organisation(db, BY_SARI, city.agency.id, "unit", "  UPTD  Puskesmas “Kuta” I ", phone="0361")
    assert (made.slug, made.name) == ("uptd-puskesmas-kuta-i", "UPTD Puskesmas “Kuta” I")
    assert (made.time_zone, made.path) == ("Asia/Makassar", f"{city.agency.path}{made.id}/")
    verb, subject, _, after = last(db)
    assert (verb, subject, after["phone"]) == ("add_organisation", made.name, "0361")


def test_the_same_name_twice_gets_another_code(db, city):
    codes = [add_organisation(db, BY_SARI, city.agency.id, "unit", "Puskesmas Kuta").slug for _ in range(3)]
    assert codes == ["puskesmas-kuta", "puskesmas-kuta-2", "puskesmas-kuta-3"]


@pytest.mark.parametrize(
    ("kind", "name", "more", "key"),
    [
        ("unit", "", {}, "name_unusable"),
        ("unit", "=SUM(A1)", {}, "name_unusable"),
        ("unit", "x" * 201, {}, "name_too_long"),
        ("unit", "X", {"slug": "UPTD I"}, "code_unusable"),
        ("unit", "X", {"slug": "dinas-kesehatan"}, "code_taken"),
        ("unit", "X", {"time_zone": "Europe/Paris"}, "time_zone_unknown"),
        ("unit", "X", {"address": "x" * 501}, "text_unusable"),
        ("government", "X", {}, "organisation_misplaced"),
        ("kantor", "X", {}, "organisation_misplaced"),
    ],
)
def test_what_cannot_be_added_is_refused(db, city, kind, name, more, key):
    with pytest.raises(Problem, match=key):
        add_organisation(db, BY_SARI, city.agency.id, kind, name, **more)


def test_there_is_one_government(db, city):
    with pytest.raises(Problem, match="government_exists"):
        add_organisation(db, BY_SARI, None, "government", "Kota Kedua", time_zone="Asia/Jakarta")


def test_a_new_name_keeps_the_old_one_with_its_last_day_and_the_address_stays(db, city):
    renamed = rename_organisation(db, BY_SARI, city.unit.slug, "Puskesmas Satu")
    assert renamed.slug == city.unit.slug
    (former,) = show_organisation(db, city.unit.slug).names
    assert (former.name, former.until) == (city.unit.name, "2026-06-15")
    assert last(db)[2:] == ({"name": city.unit.name}, {"name": "Puskesmas Satu"})


def test_the_same_name_again_is_no_deed(db, city):
    before = len(list(audit.all_for(db, "")))
    rename_organisation(db, BY_SARI, city.unit.slug, city.unit.name)
    assert len(list(audit.all_for(db, ""))) == before
    assert not show_organisation(db, city.unit.slug).names


def test_an_edit_notes_only_what_differs(db, city):
    edit_organisation(db, BY_SARI, city.unit.slug, city.unit.address, "0361-1", city.unit.time_zone, "")
    assert last(db) == ("edit_organisation", city.unit.name, {"phone": ""}, {"phone": "0361-1"})


def test_a_moved_agency_takes_its_units_and_their_answers_along(db, city, other):
    answered(db, city, "444444444")
    move_organisation(db, BY_SARI, city.agency.slug, other.id)
    unit = organisations.find(db, city.unit.slug)
    assert unit.path == f"{city.government.path}{other.id}/{city.agency.id}/{unit.id}/"
    assert responses.count(db, other.path) == 1
    before = {"parent": city.government.name, "since": None}
    assert last(db)[2:] == (before, {"parent": other.name, "since": "2026-06-15"})


def test_a_move_may_be_told_late_and_not_early(db, city, other):
    with pytest.raises(Problem, match="move_later"):
        move_organisation(db, BY_SARI, city.agency.slug, other.id, on=date(2026, 6, 16))
    move_organisation(db, BY_SARI, city.agency.slug, other.id, on=date(2026, 1, 1))
    assert [since for _, since in placed(db, city.unit)] == [ALWAYS, "2026-01-01"]


def placed(db, organisation):
    return [(one.path, one.since) for one in organisations.placements_of(db, organisation.id)]


def test_a_move_is_dated_for_everything_below(db, city, other):
    move_organisation(db, BY_SARI, city.agency.slug, other.id)
    agency, unit = (organisations.get(db, one.id) for one in (city.agency, city.unit))
    assert placed(db, agency) == [(city.agency.path, ALWAYS), (agency.path, "2026-06-15")]
    assert placed(db, unit) == [(city.unit.path, ALWAYS), (unit.path, "2026-06-15")]


def test_a_merger_moves_units_on_its_day(db, city, other):
    merge_organisation(db, BY_SARI, city.agency.slug, other.slug, on=date(2026, 7, 1))
    assert [since for _, since in placed(db, city.unit)] == [ALWAYS, "2026-07-01"]
    assert [since for _, since in placed(db, city.agency)] == [ALWAYS]


def test_a_move_below_itself_is_a_cycle(db, city, other):
    move_organisation(db, BY_SARI, other.slug, city.agency.id)
    with pytest.raises(Problem, match="organisation_cycle"):
        move_organisation(db, BY_SARI, city.agency.slug, other.id)


@pytest.mark.parametrize("to", ["government", "unit"])
def test_a_unit_moves_only_below_an_agency(db, city, to):
    made = add_organisation(db, BY_SARI, city.agency.id, "unit", "Pustu")
    with pytest.raises(Problem, match="organisation_misplaced"):
        move_organisation(db, BY_SARI, made.slug, getattr(city, to).id)


def test_the_government_stays(db, city, other):
    for change in (
        lambda: move_organisation(db, BY_SARI, city.government.slug, other.id),
        lambda: merge_organisation(db, BY_SARI, city.government.slug, other.slug),
        lambda: close_organisation(db, BY_SARI, city.government.slug, None),
    ):
        with pytest.raises(Problem, match="government_stays"):
            change()


def test_a_closed_unit_explains_itself_and_keeps_its_answers(db, city):
    answered(db, city, "444444444")
    close_organisation(db, BY_SARI, city.unit.slug, None)
    with pytest.raises(Problem, match="unit_closed"):
        open_questionnaire(db, city.token, NOON)
    assert show_figures(db, choose(db, city.agency.slug)).children[0].result.n == 1
    assert open_questionnaire(db, city.token, NOON - timedelta(minutes=1))  # a form that was open already


def test_a_closing_day_begins_at_midnight_of_the_unit(db, city):
    closed = close_organisation(db, BY_SARI, city.unit.slug, date(2026, 7, 1))
    assert closed.closed == "2026-06-30T16:00:00+00:00"
    assert open_questionnaire(db, city.token, datetime(2026, 6, 30, 15, 59, tzinfo=UTC))


def test_a_closed_unit_appears_only_where_it_has_answers(db, city):
    answered(db, city, "444444444", "2026-02-01")
    with writing(db):
        idle = an_organisation(db, city.agency, "unit", "Pustu")
    close_organisation(db, BY_SARI, idle.slug, None)
    close_organisation(db, BY_SARI, city.unit.slug, None)
    shown = [
        child.organisation.id for child in show_figures(db, choose(db, city.agency.slug, "2026")).children
    ]
    assert shown == [city.unit.id]
    before = show_figures(db, choose(db, city.agency.slug, "2025")).children
    assert [child.organisation.id for child in before] == [city.unit.id, idle.id]  # both still worked then


def test_the_recap_of_a_year_leaves_out_what_was_closed_before_it(db, city):
    answered(db, city, "444444444", "2026-02-01")
    with writing(db):
        early, late = (an_organisation(db, city.agency, "unit", f"Pustu {n}") for n in (1, 2))
    close_organisation(db, BY_SARI, early.slug, date(2025, 12, 31))
    close_organisation(db, BY_SARI, late.slug, date(2026, 6, 1))
    work = export._read(db, 2026)
    assert set(work.units) == {city.unit.id, late.id}


def test_an_organisation_with_open_ones_below_is_not_closed(db, city):
    with pytest.raises(Problem, match="organisation_not_empty"):
        close_organisation(db, BY_SARI, city.agency.slug, None)
    close_organisation(db, BY_SARI, city.unit.slug, date(2026, 8, 1))
    with pytest.raises(Problem, match="organisation_not_empty"):
        close_organisation(db, BY_SARI, city.agency.slug, date(2026, 7, 1))
    assert close_organisation(db, BY_SARI, city.agency.slug, date(2026, 8, 1)).closed


def test_nothing_new_comes_below_what_is_closed(db, city, other):
    close_organisation(db, BY_SARI, other.slug, None)
    with pytest.raises(Problem, match="organisation_closed"):
        add_organisation(db, BY_SARI, other.id, "unit", "Panti")
    with pytest.raises(Problem, match="organisation_closed"):
        move_organisation(db, BY_SARI, city.unit.slug, other.id)


def test_a_closing_can_be_taken_back(db, city):
    close_organisation(db, BY_SARI, city.unit.slug, None)
    reopen_organisation(db, BY_SARI, city.unit.slug)
    assert open_questionnaire(db, city.token, NOON)
    assert last(db)[0] == "reopen_organisation"


def test_a_merged_unit_says_where_its_work_goes_on_and_keeps_its_answers(db, city):
    answered(db, city, "444444444")
    heir = add_organisation(db, BY_SARI, city.agency.id, "unit", "Puskesmas Baru")
    merge_organisation(db, BY_SARI, city.unit.slug, heir.slug)
    with pytest.raises(Problem, match="unit_merged") as refused:
        open_questionnaire(db, city.token, NOON)
    assert refused.value.details == {"into": "Puskesmas Baru"}
    assert responses.count(db, city.unit.path) == 1
    assert show_organisation(db, city.unit.slug).merged_into.id == heir.id
    assert last(db)[3]["merged_into"] == "Puskesmas Baru"


def test_the_open_units_of_a_merged_agency_move_along(db, city, other):
    merge_organisation(db, BY_SARI, city.agency.slug, other.slug)
    assert organisations.find(db, city.unit.slug).parent_id == other.id
    assert open_questionnaire(db, city.token, NOON)
    assert [entry.verb for entry in audit.all_for(db, other.path)][:1] == ["move_organisation"]


def test_unlike_organisations_do_not_merge(db, city, other):
    for into in (other.slug, city.unit.slug):
        with pytest.raises(Problem, match="merge_unlike"):
            merge_organisation(db, BY_SARI, city.unit.slug, into)


def test_the_tree_is_shown_in_reading_order_with_what_each_has(db, city, other):
    lines = [(b.depth, b.organisation.id, b.services, b.counters) for b in show_tree(db)]
    assert lines == [
        (0, city.government.id, 0, 0),
        (1, city.agency.id, 0, 0),
        (2, city.unit.id, 3, 2),
        (1, other.id, 0, 0),
    ]
    assert [b.depth for b in show_tree(db, city.agency.path)] == [0, 1]


def test_a_change_that_fails_leaves_nothing_in_the_log(db, city):
    before = len(list(audit.all_for(db, "")))
    with pytest.raises(Problem):
        add_organisation(db, BY_SARI, city.agency.id, "unit", "X", time_zone="GMT")
    assert len(list(audit.all_for(db, ""))) == before


def test_examples_on_the_front_page_are_open_counters(db, city):
    with writing(db):
        db.execute("INSERT INTO facts VALUES ('demo', 'yes')")
        pustu = an_organisation(db, city.agency, "unit", "Pustu")
        a_counter(db, pustu, "Loket", (a_service(db, pustu, "Gigi"),))
    close_organisation(db, BY_SARI, city.unit.slug, None)
    assert [name for name, _ in answer.show_examples(db)] == ["Pustu, Loket"]
