"""A change of an answer or a snapshot past the service is found, with its place."""

import json
from datetime import date
from pathlib import Path

import pytest

import skm
from skm.figures import snapshot
from skm.figures.frozen import read_figure
from skm.figures.snapshot import canonical, digest_of
from skm.figures.verify import DAMAGED, DIGEST, STRAY, UNREADABLE, verify_snapshots
from skm.store import instruments, snapshots
from skm.store.database import connect, writing
from skm.usecases.answering import decisions
from skm.usecases.city.organisations import move_organisation
from skm.usecases.closing import freezing
from tests.builders import a_past_year, an_organisation, answered
from tests.conftest import DEED

DAY = "2025-05-05"
OWN = Path(__file__).parents[1] / "survey" / "kelurahan.toml"


@pytest.fixture
def other(db, city):
    with writing(db):
        return an_organisation(db, city.agency, "unit", "Puskesmas II")


@pytest.fixture
def year(db, city, other):
    """A closed year with two answers at Puskesmas I and one at Puskesmas II, and a revision after a third."""
    year = a_past_year(db, city)
    answered(db, city, "444444444", DAY)
    answered(db, city, "343434343", DAY)
    answered(db, city, "333333333", DAY, unit_id=other.id)
    freezing.freeze_period(db, DEED, year.id)
    late = answered(db, city, "222222222", DAY)
    decisions.decide_answer(db, DEED, late.receipt, "held", "Ganda")
    decisions.decide_answer(db, DEED, late.receipt, "released", "Bukan ganda")
    freezing.revise_period(db, DEED, year.id, "Kertas")
    return year


def tamper(db, table, statement, *values):
    """As somebody with a tool for SQLite would."""
    with writing(db):
        for verb in ("changed", "deleted"):
            db.execute(f"DROP TRIGGER IF EXISTS {table}_are_never_{verb}")
        db.execute(statement, values)


def unequal(db):
    return {(one.organisation, one.snapshot.revision): one for one in verify_snapshots(db) if not one.equal}


def test_what_was_frozen_is_found_equal(db, year):
    assert [(one.snapshot.revision, one.equal) for one in verify_snapshots(db)] == [(1, True)] * 4 + [
        (2, True)
    ] * 3


def test_later_answers_and_decisions_change_nothing(db, city, year):
    response = answered(db, city, "111111111", DAY)
    decisions.decide_answer(db, DEED, response.receipt, "held", "Ganda")
    assert not unequal(db)


def test_a_changed_digit_names_the_unit_and_what_it_is_a_part_of(db, city, year):
    tamper(db, "responses", "UPDATE responses SET scores = '443434343' WHERE scores = '343434343'")
    found = unequal(db)
    assert found.keys() == {
        (one.name, revision) for one in (city.unit, city.agency, city.government) for revision in (1, 2)
    }
    ways = {way: (stored, now) for way, stored, now in found[city.unit.name, 1].differences}
    assert ways["elements/U1/total"] == (7, 8)
    assert found[city.unit.name, 1].because_of == ()
    assert found[city.government.name, 2].because_of == (city.unit.name,)


def test_a_unit_is_named_before_what_it_is_a_part_of(db, city, other):
    """Also where an agency has one unit only, and where the index does not move."""
    with writing(db):
        small = an_organisation(db, city.government, "agency", "Kecamatan")
        only = an_organisation(db, small, "unit", "Kelurahan")
        (own,) = instruments.add(db, OWN.read_text("utf-8")).values()
    width = OWN.read_text("utf-8").count("[[item]]")
    year = a_past_year(db, city)
    for _ in range(2):
        answered(db, city, "444444444", DAY, unit_id=only.id)
    answered(db, city, "4" * width, DAY, unit_id=only.id, instrument_id=own)
    freezing.freeze_period(db, DEED, year.id)
    tamper(
        db,
        "responses",
        "UPDATE responses SET scores = replace(scores, '4', '3') WHERE instrument_id = ?",
        own,
    )
    found = [one for one in verify_snapshots(db) if not one.equal]
    assert [one.organisation for one in found] == ["Kelurahan", "Kecamatan", city.government.name]
    assert [one.because_of for one in found] == [(), ("Kelurahan",), ("Kelurahan",)]


def test_a_changed_day_is_found(db, city, year):
    change = (
        "UPDATE responses SET local_date = '2024-05-05', local_month = '2024-05' WHERE scores = '444444444'"
    )
    tamper(db, "responses", change)
    assert (city.unit.name, 1) in unequal(db)


def test_a_changed_decision_is_found(db, city, year):
    tamper(db, "response_events", "UPDATE response_events SET state = 'excluded' WHERE state = 'released'")
    assert {revision for _, revision in unequal(db)} == {2}


@pytest.mark.parametrize("value", ["349434343", "34343434", b"34343434\xb3"])
def test_an_answer_that_cannot_be_read_is_named(db, city, year, value):
    tamper(db, "responses", "UPDATE responses SET scores = CAST(? AS TEXT) WHERE scores = '343434343'", value)
    assert DAMAGED in unequal(db)[city.unit.name, 1].faults
    assert city.unit.name in unequal(db)[city.government.name, 1].because_of


@pytest.mark.parametrize("place", [0, 1], ids=["first copy", "second copy"])
def test_a_digit_that_flips_in_the_file_is_found_in_row_and_index(db, city, year, tmp_path, place):
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = tmp_path / "skm.sqlite"
    content = bytearray(file.read_bytes())
    at = content.find(b"343434343")
    at = at if place == 0 else content.find(b"343434343", at + 1)
    assert at > 0
    content[at] = ord("4")
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(content)
    other = connect(damaged)
    found = unequal(other)
    other.close()
    assert STRAY in found[city.unit.name, 1].faults


def test_a_changed_byte_of_a_snapshot_is_found(db, city, year):
    tamper(db, "snapshots", "UPDATE snapshots SET content = replace(content, '2025-01-01', '2025-01-02')")
    faults = {one.faults for one in unequal(db).values()}
    assert faults == {(DIGEST,)}


def test_a_snapshot_that_is_none_is_found(db, city, year):
    tamper(db, "snapshots", "UPDATE snapshots SET content = '{}' WHERE organisation_id = ?", city.unit.id)
    found = unequal(db)
    assert found[city.unit.name, 1].faults == (DIGEST, UNREADABLE)
    assert found.keys() == {(city.unit.name, 1), (city.unit.name, 2)}


@pytest.mark.parametrize(
    ("way", "value"),
    [
        (("figures", "index", "value"), "99.99"),
        (("figures", "held"), 7),
        (("figures", "more"), 1),
        (("period", "opens"), "2025-02-01"),
        (("mark", "response"), 1),
        (("organisation", "id"), "x"),
    ],
)
def test_a_changed_figure_with_its_own_digest_is_found(db, city, year, way, value):
    made = next(one for one in snapshots.all_snapshots(db) if one.organisation_id == city.unit.id)
    content = json.loads(snapshots.content_of(db, made.id))
    inner = content
    for name in way[:-1]:
        inner = inner[name]
    inner[way[-1]] = value
    text = canonical(content)
    change = "UPDATE snapshots SET content = ?, digest = ? WHERE id = ?"
    tamper(db, "snapshots", change, text.decode(), digest_of(text), made.id)
    (found,) = [one for (name, _), one in unequal(db).items() if name == city.unit.name]
    assert found.faults == ()
    assert "/".join(way).removeprefix("figures/") in [difference[0] for difference in found.differences]


def test_another_version_of_the_software_is_no_fault(db, city, year, monkeypatch):
    monkeypatch.setattr(snapshot, "__version__", "9.9")
    monkeypatch.setattr(snapshot, "_interval", lambda _: {"level": "0.95", "low": "1", "high": "2"})
    assert not unequal(db)
    assert {one.other_method for one in verify_snapshots(db)} == {skm.__version__}


def test_an_interval_of_before_those_by_days_is_no_fault_but_said(db, city, year):
    made = next(one for one in snapshots.all_snapshots(db) if one.organisation_id == city.unit.id)
    content = json.loads(snapshots.content_of(db, made.id))
    content["schema"] = 1
    content["figures"]["interval"] = {"level": "0.95", "low": "80.00", "high": "81.00", "grade_certain": True}
    text = canonical(content)
    change = "UPDATE snapshots SET content = ?, digest = ? WHERE id = ?"
    tamper(db, "snapshots", change, text.decode(), digest_of(text), made.id)
    assert not unequal(db)
    assert {one.snapshot.id: one.other_method for one in verify_snapshots(db) if one.other_method} == {
        made.id: skm.__version__
    }
    interval = read_figure(db, made.id).figure.measure.interval
    assert (interval.low, interval.by, interval.deff) == (80, "answers", None)


def test_a_unit_that_moves_keeps_its_place_in_what_was_frozen(db, city, year):
    with writing(db):
        elsewhere = an_organisation(db, city.government, "agency", "Kecamatan")
    move_organisation(db, DEED, city.unit.slug, elsewhere.id)
    assert not unequal(db)


def test_a_unit_that_moves_out_of_a_period_keeps_its_place_in_it(db, city, year):
    with writing(db):
        elsewhere = an_organisation(db, city.government, "agency", "Kecamatan")
    cut = {"opens": date(2025, 5, 1), "closes": date(2025, 5, 31), "organisation_id": city.agency.id}
    own = a_past_year(db, city, **cut)
    freezing.freeze_period(db, DEED, own.id)
    move_organisation(db, DEED, city.unit.slug, elsewhere.id)
    assert not unequal(db)


@pytest.mark.parametrize("change", ["UPDATE snapshots SET digest = ''", "DELETE FROM snapshots"])
def test_a_snapshot_is_never_changed_or_deleted(db, year, change):
    with pytest.raises(Exception, match="a snapshot is frozen"):
        db.execute(change)


def test_without_snapshots_there_is_nothing_to_say(db):
    assert verify_snapshots(db) == []
