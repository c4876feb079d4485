"""A period that is over is closed: its figures stay what they were, and what comes later makes a revision."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from skm.figures.choice import choose
from skm.figures.frozen import read_figure
from skm.figures.overview import show_figures
from skm.store import audit, instruments, organisations, responses, snapshots
from skm.store.database import connect, writing
from skm.survey.instrument_file import builtin_source
from skm.survey.problem import Problem
from skm.usecases.answering import decisions
from skm.usecases.city import periods
from skm.usecases.city.organisations import move_organisation
from skm.usecases.closing import freezing, records, revision
from skm.usecases.deed import Actor, Deed
from tests.builders import a_past_year, a_period, a_service, an_organisation, answered, decided
from tests.conftest import DEED
from tests.officers import an_officer, exclude

DAY = "2025-05-05"
OWN = Path(__file__).parents[2] / "survey" / "kelurahan.toml"


@pytest.fixture
def year(db, city):
    return a_past_year(db, city)


@pytest.fixture
def other(db, city):
    """A second unit of the agency."""
    with writing(db):
        return an_organisation(db, city.agency, "unit", "Puskesmas II")


@pytest.fixture
def some(db, city, year, other):
    """Two answers at Puskesmas I, one at Puskesmas II."""
    answered(db, city, "444444444", DAY)
    answered(db, city, "333333333", DAY)
    answered(db, city, "333333333", DAY, unit_id=other.id)


def close(db, period, undecided=""):
    return by_organisation(freezing.freeze_period(db, DEED, period.id, undecided=undecided))


def revise(db, period, reason="Berkas kertas menyusul"):
    return by_organisation(freezing.revise_period(db, DEED, period.id, reason))


def by_organisation(made):
    return {one.organisation_id: one for one in made}


def content(db, snapshot):
    return json.loads(snapshots.content_of(db, snapshot.id))


def test_every_organisation_gets_the_figures_of_its_page(db, city, year, some, other):
    made = close(db, year)
    assert made.keys() == {city.government.id, city.agency.id, city.unit.id, other.id}
    for one in (city.government, city.agency, city.unit, other):
        result = show_figures(db, choose(db, one.slug, "2025")).result
        figures = content(db, made[one.id])["figures"]
        assert (figures["n"], figures["grade"]) == (result.n, result.measure.grade)
        assert figures["index"] == {"exact": str(result.measure.exact), "value": str(result.measure.index)}
        interval = result.measure.interval
        assert (figures["interval"] or {}).get("low") == (str(interval.low) if interval else None)


def test_a_snapshot_says_what_was_counted_by_hand(db, city, year, some):
    found = content(db, close(db, year)[city.unit.id])
    assert found["organisation"]["path"] == [city.government.name, city.agency.name, city.unit.name]
    assert found["period"]["opens"] == "2025-01-01"
    figures = found["figures"]
    assert figures["index"] == {"exact": "175/2", "value": "87.50"}
    assert figures["questionnaires"]["permenpan-14-2017/1"]["counts"]["P1"] == [0, 0, 0, 1, 1]
    assert figures["elements"]["U9"]["nrr"] == "7/2"
    assert (figures["elements"]["U9"]["total"], figures["elements"]["U9"]["n"]) == (7, 2)
    assert figures["weights"]["U1"] == "1/9"
    assert figures["alternatives"]["0.11"] == {"index": "86.63", "grade": "B"}


def test_the_content_is_canonical_and_has_no_binary_fraction(db, city, year, some):
    for snapshot in close(db, year).values():
        text = snapshots.content_of(db, snapshot.id)
        found = json.loads(text, parse_float=pytest.fail)
        again = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert again.encode() == text
        assert hashlib.sha256(text).hexdigest() == snapshot.digest


def test_a_period_is_not_closed_before_its_last_day_is_over(db, city):
    with pytest.raises(Problem, match="freezing_early"):
        close(db, city.period)


def test_the_last_day_is_over_by_the_clock_of_every_unit(db, city, year, other):
    with writing(db):
        organisations.change(db, [replace(other, time_zone="Asia/Jakarta")])
    midnight = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)  # 00.30 WITA, 23.30 WIB
    with pytest.raises(Problem, match="freezing_early"):
        freezing.freeze_period(db, replace(DEED, at=midnight), year.id)


def test_a_period_is_closed_once(db, year, some):
    close(db, year)
    with pytest.raises(Problem, match="freezing_done"):
        close(db, year)


@pytest.fixture
def meanwhile(db, tmp_path, monkeypatch):
    """`meanwhile(deed)`: somebody else does it with a connection of their own, after everything has been read."""
    theirs = connect(tmp_path / "skm.sqlite")
    count = revision.all_figures

    def arrange(deed):
        def counted(*given):
            monkeypatch.setattr(revision, "all_figures", count)
            deed(theirs)
            return count(*given)

        monkeypatch.setattr(revision, "all_figures", counted)

    yield arrange
    theirs.close()


def test_of_two_closings_at_once_one_is_kept(db, year, some, meanwhile):
    meanwhile(lambda theirs: close(theirs, year))
    with pytest.raises(Problem, match="freezing_overtaken"):
        close(db, year)
    assert {one.revision for one in snapshots.all_snapshots(db)} == {1}
    assert len(snapshots.all_snapshots(db)) == 4


def test_of_two_revisions_at_once_one_is_kept(db, city, year, some, meanwhile):
    close(db, year)
    answered(db, city, "111111111", DAY)
    meanwhile(lambda theirs: revise(theirs, year))
    with pytest.raises(Problem, match="freezing_overtaken"):
        revise(db, year)
    assert snapshots.count_revisions(db, year.id) == 2


def test_an_answer_arrives_while_the_figures_are_counted(db, city, year, some, meanwhile):
    meanwhile(lambda theirs: answered(theirs, city, "111111111", DAY))
    made = close(db, year)
    assert content(db, made[city.unit.id])["figures"]["n"] == 2
    assert [(unit.id, n) for unit, n in records.show_late(db, year.id)] == [(city.unit.id, 1)]


def test_a_closing_that_fails_leaves_nothing(db, year, some, monkeypatch):
    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr(audit, "add_all", full)
    with pytest.raises(OSError, match="disk full"):
        close(db, year)
    assert not snapshots.all_snapshots(db)


def test_a_late_answer_changes_no_snapshot_and_makes_a_revision(db, city, year, some, other):
    first = close(db, year)
    before = {key: snapshots.content_of(db, one.id) for key, one in first.items()}
    answered(db, city, "111111111", DAY)
    second = revise(db, year)
    assert second.keys() == {
        city.government.id,
        city.agency.id,
        city.unit.id,
    }  # the other unit has not changed
    assert {one.revision for one in second.values()} == {2}
    assert before == {key: snapshots.content_of(db, one.id) for key, one in first.items()}
    changes = {
        way: (old, new) for way, old, new in records.show_snapshot(db, second[city.unit.id].id).changes
    }
    assert changes["n"] == (2, 3)
    assert changes["index/value"] == ("87.50", "66.67")
    assert not records.show_late(db, year.id)


def test_a_revision_says_why_and_who(db, city, year, some):
    close(db, year)
    answered(db, city, "111111111", DAY)
    made = revise(db, year, " Berkas  kertas ")[city.unit.id]
    assert (made.reason, made.officer_name) == ("Berkas kertas", "server")
    first, second = reversed(list(audit.all_for(db, city.government.path)))
    assert (first.verb, second.verb) == ("freeze_period", "revise_period")
    assert json.loads(second.after)["why"] == "Berkas kertas"


def test_a_revision_needs_a_reason(db, city, year, some):
    close(db, year)
    answered(db, city, "111111111", DAY)
    for reason in ("", "   "):
        with pytest.raises(Problem, match="reason_missing"):
            revise(db, year, reason)


def test_a_revision_needs_a_closing_and_a_change(db, city, year, some):
    with pytest.raises(Problem, match="freezing_missing"):
        revise(db, year)
    close(db, year)
    answered(db, city, "111111111", "2026-05-05")  # of another year
    with pytest.raises(Problem, match="freezing_unchanged"):
        revise(db, year)


def test_a_unit_set_up_after_the_closing_is_no_change(db, city, year, some):
    close(db, year)
    with writing(db):
        an_organisation(db, city.agency, "unit", "Puskesmas III")
    with pytest.raises(Problem, match="freezing_unchanged"):
        revise(db, year)


def test_a_released_answer_makes_a_revision(db, city, year, some):
    doubtful = answered(db, city, "111111111", DAY)
    decisions.decide_answer(db, DEED, doubtful.receipt, "held", "Tiga kali dalam semenit")
    figures = content(db, close(db, year, "Belum diputuskan")[city.unit.id])["figures"]
    assert (figures["n"], figures["held"], figures["excluded"]) == (2, 1, 0)
    decisions.decide_answer(db, DEED, doubtful.receipt, "released", "Satu keluarga")
    assert [n for _, n in records.show_late(db, year.id)] == [1]
    figures = content(db, revise(db, year)[city.unit.id])["figures"]
    assert (figures["n"], figures["held"]) == (3, 0)


def test_held_answers_stand_in_the_way_of_freezing(db, city, year, some):
    decided(db, answered(db, city, "111111111", DAY), "held")
    with pytest.raises(Problem, match="freezing_undecided") as refused:
        close(db, year, " ")
    assert refused.value.details["n"] == 1
    assert not snapshots.all_snapshots(db)


def test_a_held_answer_of_a_unit_that_moved_is_one(db, city):
    with writing(db):
        other = an_organisation(db, city.government, "agency", "Dinas Lain")
    year = a_past_year(db, replace(city, government=city.agency))
    answered(db, city, "444444444", DAY)
    decided(db, answered(db, city, "111111111", DAY), "held")
    move_organisation(db, DEED, city.unit.slug, other.id, on=date(2025, 9, 1))
    with pytest.raises(Problem, match="freezing_undecided") as refused:
        close(db, year)
    assert refused.value.details["n"] == 1


def test_why_it_was_frozen_with_held_answers_is_in_the_record(db, city, year, some):
    for _ in range(5):
        decided(db, answered(db, city, "111111111", DAY), "held")
    made = close(db, year, "Kepala unit belum menjawab")
    told = {"answers": 5, "why": "Kepala unit belum menjawab", "including": {"index": "42.86", "grade": "D"}}
    assert content(db, made[city.unit.id])["undecided"] == told
    assert content(db, made[city.government.id])["undecided"]["including"] == {"index": "46.88", "grade": "D"}
    assert read_figure(db, made[city.unit.id].id).undecided == "Kepala unit belum menjawab"


def test_a_record_without_held_answers_says_nothing_of_them(db, city, year, some):
    assert "undecided" not in content(db, close(db, year, "Uji")[city.unit.id])


def test_the_index_with_few_held_answers_is_not_told(db, city, year, some, other):
    for _ in range(5):
        decided(db, answered(db, city, "111111111", DAY), "held")
    decided(db, answered(db, city, "111111111", DAY, unit_id=other.id), "held")
    told = {key: content(db, one).get("undecided") for key, one in close(db, year, "Uji").items()}
    assert told[other.id]["including"] is None
    assert told[city.government.id]["including"] is None, (
        "less that of the unit with five it would be one answer"
    )
    assert told[city.unit.id]["including"]


def test_visitors_are_there_once_every_unit_has_them(db, city, year, some, other):
    assert content(db, close(db, year)[city.government.id])["visitors"] is None
    with writing(db):
        service = a_service(db, other, "Farmasi")
        for key, visitors in ((city.services[0].id, 900), (service.id, 100)):
            db.execute("INSERT INTO targets VALUES (?, ?, ?)", (year.id, key, visitors))
    assert content(db, revise(db, year)[city.government.id])["visitors"] == 1000


def test_a_period_that_cuts_months_counts_its_days(db, city):
    cut = a_past_year(db, city, opens=date(2025, 5, 10), closes=date(2025, 6, 9))
    for day in ("2025-05-09", "2025-05-10", "2025-06-09", "2025-06-10"):
        answered(db, city, "444444444", day)
    assert content(db, close(db, cut)[city.unit.id])["figures"]["n"] == 2
    answered(db, city, "444444444", "2025-05-09")
    assert not records.show_late(db, cut.id)
    answered(db, city, "444444444", "2025-05-10")
    assert [n for _, n in records.show_late(db, cut.id)] == [1]


def test_a_units_own_period_lies_in_the_year_of_the_city_too(db, city, year, other):
    with writing(db):
        days = {"name": "Uji", "opens": date(2025, 2, 1), "closes": date(2025, 2, 28)}
        own = a_period(db, other, city.period.instrument_id, **days)
    answered(db, city, "444444444", DAY)
    answered(db, city, "333333333", "2025-02-02", unit_id=other.id, period_id=own.id)
    assert list(close(db, own)) == [other.id]
    figures = content(db, close(db, year)[city.government.id])["figures"]
    assert (figures["n"], figures["units"][other.id]["n"]) == (2, 1)


def test_the_mean_of_units_is_frozen_with_the_pooled_value_beside_it(db, city, other):
    year = a_past_year(db, city, aggregation="mean_of_units")
    for scores in ("444444444", "444444444", "444444444"):
        answered(db, city, scores, DAY)
    answered(db, city, "222222222", DAY, unit_id=other.id)
    figures = content(db, close(db, year)[city.government.id])["figures"]
    assert figures["index"]["value"] == "75.00"
    assert figures["other_rule"] == {"rule": "pooled", "index": "87.50", "grade": "B"}


def test_a_questionnaire_with_a_further_index_brings_it_along(db, city, year, some):
    with writing(db):
        longer = instruments.add(db, builtin_source("skm-online-16"))["skm-online-16"]
    answered(db, city, "4" * 16, DAY, instrument_id=longer)
    found = content(db, close(db, year)[city.unit.id])["figures"]
    assert (found["n"], found["left_out"]) == (3, 0)
    assert found["questionnaires"][longer]["indices"]["IPAK"]["index"] == "100.00"


def test_answers_to_other_questions_are_counted_apart(db, city, year, some):
    with writing(db):
        (own,) = instruments.add(db, OWN.read_text("utf-8")).values()
    answered(db, city, "4" * OWN.read_text("utf-8").count("[[item]]"), DAY, instrument_id=own)
    found = content(db, close(db, year)[city.unit.id])["figures"]
    assert (found["n"], found["left_out"]) == (2, 1)
    assert not found["questionnaires"][own]["counted_together"]


def test_units_without_answers_are_named_and_closed_ones_are_not(db, city, year, other):
    answered(db, city, "444444444", DAY)
    with writing(db):
        gone = an_organisation(db, city.agency, "unit", "Puskesmas III")
        organisations.change(db, [replace(gone, closed="2024-01-01T00:00:00+00:00")])
    made = close(db, year)
    assert gone.id not in made
    assert content(db, made[city.government.id])["figures"]["silent"] == [other.id]
    assert content(db, made[other.id])["figures"]["index"] is None


def test_a_closed_period_is_not_changed_any_more(db, city, year, some):
    close(db, year)
    for change in (
        lambda: periods.edit_period(db, DEED, year.id, "X", year.opens, year.closes, "pooled"),
        lambda: periods.end_period_early(db, DEED, year.id, date(2025, 6, 1)),
        lambda: periods.remove_period(db, DEED, year.id),
    ):
        with pytest.raises(Problem, match="period_frozen"):
            change()


def test_answers_that_cannot_be_read_stop_a_closing(db, city, year, some):
    answered(db, city, "999999999", DAY)
    with pytest.raises(Problem, match="answers_damaged") as refused:
        close(db, year)
    assert refused.value.details["units"] == city.unit.name


def test_a_demo_says_so_in_every_snapshot(db, city, year, some):
    with writing(db):
        db.execute("INSERT INTO facts VALUES ('demo', 'yes')")
    assert {content(db, one)["demo"] for one in close(db, year).values()} == {True}


def test_decisions_follow_from_the_state_of_an_answer(db, city):
    receipt = answered(db, city, "444444444").receipt

    def decide(state, why="Ganda"):
        return decisions.decide_answer(db, DEED, receipt, state, why)

    with pytest.raises(Problem, match="decision_refused"):
        decide("released")
    assert decide("held").after == "held"
    with pytest.raises(Problem, match="decision_refused"):
        decide("held")
    assert decide("excluded").proposed
    assert decide("released").after == "counted"
    with pytest.raises(Problem, match="reason_missing"):
        decide("excluded", " ")


def test_two_persons_exclude_an_answer(db, city):
    receipt = answered(db, city, "444444444").receipt
    exclude(db, DEED, receipt)
    assert decisions.decide_answer(db, DEED, receipt, "released", "Keliru").before == "excluded"


def test_a_decision_between_ends_what_was_proposed(db, city):
    receipt, sari = answered(db, city, "444444444").receipt, an_officer(db, "organisasi", city.government)
    second = Deed(Actor(sari.id, sari.name, "organisasi"), DEED.at)
    for state in ("excluded", "released", "held"):
        decisions.decide_answer(db, DEED, receipt, state, "Uji")
    assert decisions.decide_answer(db, second, receipt, "excluded", "Setuju").proposed


def test_a_decision_is_logged_without_what_was_said(db, city):
    response = answered(db, city, "123412341", comment="Rahasia")
    exclude(db, DEED, response.receipt.lower())
    entries = list(audit.all_for(db, city.unit.path))
    verbs = ["held_answer", "proposed_exclusion", "excluded_answer"]
    assert sorted(entry.verb for entry in entries) == sorted(verbs)
    assert {entry.subject for entry in entries} == {response.receipt}
    assert "Rahasia" not in str(entries)
    assert "123412341" not in str(entries)


def test_an_answer_is_found_by_its_receipt_only(db, city):
    with pytest.raises(Problem, match="receipt_unknown"):
        decisions.decide_answer(db, DEED, "AAAA", "held", "Ganda")
    assert responses.count_all(db) == 0
