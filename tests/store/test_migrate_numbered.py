"""A city of the version before goes through the migration that numbers its answers, and everything reads as before."""

import json
import math
from pathlib import Path

import pytest

from skm.figures.verify import verify_snapshots
from skm.store import instruments, migrations, organisations, papers, responses
from skm.store.database import connect, writing
from skm.survey.organisation import ALWAYS, STILL, Placement
from skm.survey.problem import Problem
from skm.survey.profile import pack, unpack
from tests.builders import stored_answers

ROWS = Path(__file__).with_name("version_0006.sql").read_text("utf-8")
KELURAHAN = "kelurahan-2/1"
SAME = (
    "id, unit_id, counter_id, service_id, period_id, instrument_id, received, local_date, local_hour, local_month, "
    "channel, language, scores, receipt, flags"
)


@pytest.fixture
def before(tmp_path):
    """A database of the version before, with what that program had stored in it."""
    db = connect(tmp_path / "before.sqlite")
    migrations._registered().apply(db, stop_before="0007_numbered_answers")
    with writing(db):
        db.execute("PRAGMA defer_foreign_keys = ON")
        migrations._execute_all(db, ROWS)
    yield db
    db.close()


def rows(db, sql):
    return [tuple(row) for row in db.execute(sql)]


def test_every_frozen_figure_is_found_equal(before):
    migrations.apply(before)
    findings = verify_snapshots(before)
    assert len(findings) == 13
    assert [one for one in findings if not one.equal] == []


def test_every_answer_is_as_it_was_and_its_number_is_its_former_place(before):
    answers = rows(before, f"SELECT rowid, {SAME} FROM responses ORDER BY rowid")
    migrations.apply(before)
    assert rows(before, f"SELECT number, {SAME} FROM responses ORDER BY number") == answers
    assert [number for number, *_ in answers] == list(range(1, 27))


def test_every_comment_and_profile_is_found_again(before):
    said = rows(before, "SELECT comment, profile FROM responses ORDER BY rowid")
    migrations.apply(before)
    found = [(row["comment"], row["profile"]) for row in stored_answers(before)]
    assert found == [(comment, json.loads(profile)) for comment, profile in said]
    assert responses.count_all(before) > before["profiles"].count > before["comments"].count > 1


def test_a_keyed_sheet_says_what_it_said(before):
    profiles = dict(rows(before, "SELECT id, profile FROM paper_sheets"))
    migrations.apply(before)
    fields = instruments.get(before, KELURAHAN).profile
    for key, profile in profiles.items():
        assert unpack(fields, papers.find_sheet(before, key).profile) == json.loads(profile)
    with pytest.raises(Exception, match="read-only"), writing(before):
        before.execute("UPDATE paper_sheets SET scores = '11' WHERE number = 2")


def test_what_has_an_order_keeps_it(before):
    events = rows(before, "SELECT * FROM response_events ORDER BY number")
    migrations.apply(before)
    assert rows(before, "SELECT * FROM response_events ORDER BY number") == events
    assert [number for (number,) in rows(before, "SELECT number FROM paper_keyers ORDER BY number")] == [1, 2]


def test_every_organisation_has_always_stood_where_it_stands(before):
    migrations.apply(before)
    tree = organisations.all_below(before, organisations.find_root(before).path)
    for each in tree:
        stood = [Placement(each.id, each.parent_id, each.path, ALWAYS, STILL)]
        assert organisations.placements_of(before, each.id) == stood


def test_the_view_says_what_it_said(before):
    answers = rows(before, "SELECT * FROM answers ORDER BY response_id, item")
    migrations.apply(before)
    assert rows(before, "SELECT * FROM answers ORDER BY response_id, item") == answers


def test_a_profile_that_no_questionnaire_has_stops_the_migration(before):
    with writing(before):
        before.execute("DROP TRIGGER responses_are_never_changed")
        before.execute("""UPDATE responses SET profile = '{"sex": "X"}' WHERE rowid = 3""")
    with pytest.raises(ValueError, match="sex has no 'X'"):
        migrations.apply(before)
    assert migrations.pending(before)[0] == "0007_numbered_answers"
    assert responses.count_all(before) == 26


def test_a_disk_with_too_little_room_stops_it_before_it_begins(before):
    size = math.prod(rows(before, f"PRAGMA {name}")[0][0] for name in ("page_count", "page_size"))
    with pytest.raises(Problem, match="disk_too_small") as refused:
        migrations.apply(before, free=2 * size)
    assert refused.value.details == {"free": "1 MB", "needed": "2 MB"}
    assert migrations.pending(before)[0] == "0007_numbered_answers"
    assert responses.count_all(before) == 26
    assert migrations.apply(before, free=3 * size)[0] == "0007_numbered_answers"
    assert migrations.apply(before, free=0) == []


def test_nothing_is_left_that_points_nowhere(before):
    migrations.apply(before)
    assert rows(before, "PRAGMA foreign_key_check") == []
    assert rows(before, "PRAGMA integrity_check") == [("ok",)]


def test_the_program_stores_a_profile_as_the_migration_does(before):
    migrations.apply(before)
    fields = instruments.get(before, KELURAHAN).profile
    stored = dict(rows(before, "SELECT number, profile FROM profiles"))
    for row in stored_answers(before):
        assert pack(fields, row["profile"]) == stored.get(row["number"], "")
