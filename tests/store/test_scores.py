"""Scores for counting: what is selected, and what is left out."""

import re

import pytest

from skm.store import events, scores
from skm.store.database import writing
from skm.store.scores import Mark, Selection, find_mark, left_out_blocks, score_blocks
from skm.survey.period import Span
from skm.survey.response import WAYS
from tests.builders import answered, decided


def joined(blocks):
    return b"".join(blocks.values())


@pytest.fixture
def three(db, city):
    """Answers of January, on the 5th and the 20th, and of February."""
    return [
        answered(db, city, digit * 9, day)
        for digit, day in [("1", "2026-01-05"), ("2", "2026-01-20"), ("3", "2026-02-01")]
    ]


def test_a_selection_by_counter_and_service(db, city, three):
    everywhere = city.government.path
    assert joined(score_blocks(db, Selection(everywhere, counter_id=city.counter.id))) != b""
    assert not score_blocks(db, Selection(everywhere, counter_id=city.wide_counter.id))
    assert not score_blocks(db, Selection(everywhere, service_id=city.services[1].id))


def test_a_span_that_cuts_months_is_read_by_its_days(db, city, three):
    half = Span("p", "2026-01", "2026-02", "Pertengahan", "2026-01-15", "2026-02-28")
    assert half.cuts_months
    assert joined(score_blocks(db, Selection(city.government.path, half))) == b"2" * 9 + b"3" * 9


def test_the_date_of_each_answer_follows_its_scores_where_it_is_asked_for(db, city, three):
    everything, january = (
        Selection(city.government.path),
        (city.unit.id, "2026-01", city.period.instrument_id),
    )
    assert (
        score_blocks(db, everything, dated=True)[january] == b"1111111112026-01-05" + b"2222222222026-01-20"
    )
    decided(db, three[1], "held")
    assert left_out_blocks(db, everything, dated=True) == {january: b"2222222222026-01-20"}


def test_answers_are_grouped_by_what_is_asked_for(db, city, three):
    blocks = score_blocks(db, Selection(city.government.path), ("unit_id", "channel"))
    assert list(blocks) == [(city.unit.id, "qr", city.period.instrument_id)]
    with pytest.raises(ValueError, match="comment"):
        score_blocks(db, Selection(city.government.path), ("comment",))


def test_what_came_after_a_mark_is_not_seen(db, city, three):
    mark = find_mark(db)
    later = answered(db, city, "444444444", "2026-01-06")
    assert joined(score_blocks(db, Selection(city.government.path, until=mark))).count(b"4") == 0
    decided(db, three[0], "excluded")
    assert not left_out_blocks(db, Selection(city.government.path, until=mark))
    assert find_mark(db) == Mark(mark.response + 1, mark.event + 1)
    assert later.id


def test_held_and_excluded_answers_are_left_out_and_released_ones_return(db, city, three):
    everything = Selection(city.government.path)
    assert not left_out_blocks(db, everything)
    decided(db, three[0], "held")
    decided(db, three[1], "excluded")
    assert joined(left_out_blocks(db, everything)) == b"1" * 9 + b"2" * 9
    assert joined(left_out_blocks(db, everything, states=("held",))) == b"1" * 9
    decided(db, three[0], "released")
    assert joined(left_out_blocks(db, everything)) == b"2" * 9


def test_the_last_decision_is_the_state(db, city, three):
    assert events.find_state(db, three[0].id) == "counted"
    for state in ("held", "released", "excluded"):
        decided(db, three[0], state)
    assert events.find_state(db, three[0].id) == "excluded"
    assert [event.state for event in events.all_for(db, three[0].id)] == ["held", "released", "excluded"]


@pytest.mark.parametrize("statement", ["UPDATE response_events SET why = 'x'", "DELETE FROM response_events"])
def test_decisions_are_append_only(db, city, three, statement):
    decided(db, three[0], "held")
    with pytest.raises(Exception, match="append-only"), writing(db):
        db.execute(statement)


def plan_of(db, read):
    """How SQLite goes about what is read."""
    sent = []
    db.conn.set_trace_callback(sent.append)
    read()
    db.conn.set_trace_callback(None)
    return " ".join(row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sent[-1]}"))


@pytest.mark.parametrize("dated", [False, True])
@pytest.mark.parametrize("part", ["whole", "service", "counter", "days", "mark"])
def test_the_large_read_stays_in_its_index(db, city, three, part, dated):
    more = {
        "whole": {},
        "service": {"service_id": city.services[0].id},
        "counter": {"counter_id": city.counter.id},
        "days": {"span": Span("p", "2026-01", "2026-02", "", "2026-01-15", "2026-02-28")},
        "mark": {"until": find_mark(db)},
    }[part]
    plan = plan_of(db, lambda: score_blocks(db, Selection(city.government.path, **more), dated=dated))
    assert "SEARCH responses USING COVERING INDEX scores_by_unit_month" in plan
    assert "TEMP B-TREE" not in plan
    assert scores.LEFT_OUT == ("held", "excluded")


def test_the_columns_of_the_covering_index_are_known(db):
    found = db.execute("SELECT name FROM pragma_index_info('scores_by_unit_month') ORDER BY seqno")
    assert tuple(name for (name,) in found) == scores.COVERED


def test_every_channel_that_the_table_takes_has_its_word(db):
    (listed,) = re.findall(r"CHECK \(channel IN \(([^)]*)\)\)", db["responses"].schema)
    assert set(re.findall(r"\w+", listed)) == set(WAYS)


def test_a_channel_is_known_by_its_first_letter():
    assert len({way[0] for way in WAYS}) == len(WAYS)
