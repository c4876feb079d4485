"""Answers with what is known of each, joined column by column."""

from dataclasses import replace
from datetime import date

import pytest

from skm.store import instruments, organisations
from skm.store.database import writing
from skm.store.described import (
    DescribedBlock,
    all_described,
    left_out_numbers,
    profiles_between,
    profiles_of,
)
from skm.survey.instrument_file import builtin_source
from skm.survey.period import year
from skm.survey.response import WAYS
from tests.builders import an_organisation, answered, decided

YEAR = year(2026)


def read(db, city, *, by_service=False):
    return list(all_described(db, city.government.path, YEAR, by_service=by_service))


def test_a_block_has_the_scores_number_hour_date_and_channel_of_each_answer(db, city):
    answered(db, city, "123412341", local_hour=9)
    answered(db, city, "44444444-", local_hour=23, channel="paper")
    assert read(db, city) == [
        DescribedBlock(
            city.unit.id,
            "2026-06",
            "",
            city.period.instrument_id,
            2,
            b"123412341" + b"141" + b"44444444-" + b"187",
            b"2026-06-15" + b"qr" + b"2026-06-15" + b"paper",
        )
    ]


def test_services_have_blocks_of_their_own_where_they_are_asked_for(db, city):
    for service in (city.services[1], city.services[0], city.services[1]):
        answered(db, city, "333333333", service_id=service.id)
    found = {block.service_id: len(block.answers) // 13 for block in read(db, city, by_service=True)}
    assert found == {city.services[0].id: 1, city.services[1].id: 2}
    assert [len(block.answers) // 13 for block in read(db, city)] == [3]


def test_only_the_months_of_the_span_are_read(db, city):
    for day in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"):
        answered(db, city, "333333333", day)
    assert [block.local_month for block in read(db, city)] == ["2026-01", "2026-12"]


@pytest.mark.parametrize("by_service", [False, True])
def test_the_large_read_stays_in_its_index(db, city, by_service):
    answered(db, city, "333333333")
    sent: list[str] = []
    db.conn.set_trace_callback(sent.append)
    read(db, city, by_service=by_service)
    db.conn.set_trace_callback(None)
    large = [sql for sql in sent if "unit_id = " in sql]
    assert len(large) > 1
    for sql in large:
        plan = " ".join(row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}"))
        assert "SEARCH responses USING COVERING INDEX scores_by_unit_month" in plan
        assert "TEMP B-TREE" not in plan


def test_every_code_of_a_block_is_as_long(db, city):
    for _ in range(4):
        answered(db, city, "333333333", local_hour=0)
    (block,) = read(db, city)
    assert block.answers == b"".join(b"333333333" + code for code in (b"1032", b"1064", b"1096", b"1128"))


def test_profiles_are_found_by_a_range_of_numbers_and_by_a_list_of_them(db, city):
    answered(db, city, "333333333", about={"sex": "P", "age": 34})
    answered(db, city, "333333333")
    answered(db, city, "333333333", about={"sex": "L"})
    assert list(profiles_between(db, 1, 3, [6])) == [(6, 1, b"2034--1" + b"1-----3")]
    assert list(profiles_between(db, 2, 3, [6])) == [(6, 1, b"1-----3")]
    assert list(profiles_of(db, [3, 2], [6])) == [(6, 1, b"1-----3")]
    assert list(profiles_between(db, 2, 2, [6])) == list(profiles_of(db, [], [6])) == []


def test_numbers_of_other_lengths_are_in_another_text(db, city):
    for number in range(1, 12):
        answered(db, city, "333333333", about={"sex": "L"} if number > 8 else {})
    expected = [(6, 1, b"1-----9"), (6, 2, b"1-----10" + b"1-----11")]
    assert list(profiles_between(db, 1, 11, [6])) == expected
    assert list(profiles_of(db, [10, 9, 11, 3], [6])) == expected


def test_profiles_of_other_widths_are_in_another_text(db, city):
    other = instruments.add(db, builtin_source("skm-online-16"))["skm-online-16-daring"]
    for instrument in (city.period.instrument_id, other, other, city.period.instrument_id):
        width = len(instruments.get(db, instrument).items)
        answered(db, city, "3" * width, about={"sex": "L"}, instrument_id=instrument)
    assert list(profiles_between(db, 2, 3, [5, 6])) == [(5, 1, b"1----2" + b"1----3")]
    assert list(profiles_between(db, 4, 4, [5, 6])) == [(6, 1, b"1-----4")]
    assert list(profiles_between(db, 1, 4, [5, 6])) == [
        (5, 1, b"1----2" + b"1----3"),
        (6, 1, b"1-----1" + b"1-----4"),
    ]


def test_words_of_channels_have_no_sign_of_a_date():
    assert all(word.isascii() and word.isalpha() and word.islower() for word in WAYS)


def test_a_unit_that_moved_is_read_by_its_days(db, city):
    with writing(db):
        other = an_organisation(db, city.government, "agency", "Dinas Sosial")
        moved = replace(city.unit, parent_id=other.id, path=f"{other.path}{city.unit.id}/")
        organisations.move(db, [moved], date(2026, 6, 10))
    for day in ("2026-06-09", "2026-06-10", "2026-06-20"):
        answered(db, city, "333333333", day)
    of_both = [all_described(db, agency.path, YEAR, by_service=False) for agency in (city.agency, other)]
    days = [b"2026-06-09qr", b"2026-06-10qr2026-06-20qr"]
    assert [[block.moments for block in blocks] for blocks in of_both] == [[days[0]], [days[1]]]
    assert [block.moments for block in read(db, city)] == [b"".join(days)]


def test_those_that_are_left_out_are_known_by_their_numbers(db, city):
    answers = [answered(db, city, "333333333") for _ in range(4)]
    assert left_out_numbers(db) == []
    for answer, state in zip(answers, ("held", "excluded", "held"), strict=False):
        decided(db, answer, state)
    decided(db, answers[2], "released")
    assert left_out_numbers(db) == [1, 2]
