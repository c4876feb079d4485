"""A stack of papers is opened and keyed; a second person checks a sample; then it counts, once."""

from dataclasses import replace
from datetime import date

import pytest

from skm.figures import paper_batches
from skm.figures.choice import choose
from skm.figures.overview import show_figures
from skm.figures.paper_batches import show_report
from skm.security.keys import new_key
from skm.store import audit, instruments, papers, responses
from skm.store.database import writing
from skm.survey.instrument_file import builtin_source
from skm.survey.problem import Problem
from skm.survey.response import FaultyAnswer
from skm.usecases.papers import batches, checking, keying
from tests.builders import a_past_year, a_period, answered, stored_answers
from tests.papers import (
    KEYED,
    SECRET,
    a_batch,
    a_counted_batch,
    a_deed,
    a_finished_batch,
    a_stack,
    check_all,
    key,
    typed,
)


@pytest.fixture
def wati(db, city):
    return a_deed(db, city)


@pytest.fixture
def budi(db, city):
    return a_deed(db, city, "unit_head")


def refused(deed, *given) -> str:
    """Why something is not done."""
    with pytest.raises(Problem) as problem:
        deed(*given)
    return problem.value.key


def verbs(db, city) -> list[str]:
    return [entry.verb for entry in audit.all_for(db, city.unit.path)][::-1]


def wrong_check(db, deed, batch, sheet, **right) -> None:
    """A second keying whose first question reads 1."""
    given = typed("1" + sheet.scores[1:])
    checking.check_sheet(db, deed, batch.id, sheet.id, given)
    if right:
        checking.decide_sheet(db, deed, batch.id, sheet.id, right)


def test_batches_of_a_unit_are_numbered_from_one(db, city, wati):
    assert [a_batch(db, city, wati).number for _ in range(2)] == [1, 2]
    _unit, rows = batches.show_batches(db, city.unit.slug)
    assert [(row.batch.number, row.counter, row.service, row.keyed) for row in rows] == [
        (2, "Loket 1", "Pendaftaran", 0),
        (1, "Loket 1", "Pendaftaran", 0),
    ]


@pytest.mark.parametrize(
    ("stack", "why"),
    [
        ({"day": date(2026, 6, 16)}, "paper_day_future"),
        ({"day": date(2025, 12, 31)}, "paper_period_none"),
        ({"sheets": 0}, "paper_stack_outside"),
        ({"sheets": 501}, "paper_stack_outside"),
        ({"local_hour": 9}, "paper_part_unknown"),
        ({"language": "fr"}, "paper_part_unknown"),
        ({"counter_id": "none"}, "counter_unknown"),
        ({"service_id": ""}, "counter_unknown"),
        ({"service_id": "none"}, "service_none"),
    ],
)
def test_a_stack_that_cannot_be_is_refused(db, city, wati, stack, why):
    given = a_stack(city, **stack)
    assert refused(batches.open_batch, db, wati, city.unit.slug, given) == why


def test_the_day_on_the_papers_decides_the_period(db, city, wati, budi):
    past = a_past_year(db, city)
    batch = a_batch(db, city, wati, KEYED, day=date(2025, 7, 1))
    batches.finish_batch(db, wati, batch.id)
    check_all(db, budi, batch)
    checking.count_batch(db, budi, batch.id, SECRET)
    (row,) = db.query("SELECT period_id, local_date, local_month FROM responses")
    assert row == {"period_id": past.id, "local_date": "2025-07-01", "local_month": "2025-07"}


def test_a_sheet_sent_twice_is_one_and_sent_otherwise_is_changed(db, city, wati):
    batch, same = a_batch(db, city, wati), new_key()
    assert [key(db, wati, batch, KEYED, same).number for _ in range(2)] == [1, 1]
    assert "edit_sheet" not in verbs(db, city)
    key(db, wati, batch, "1" * 9, same)
    (sheet,) = papers.sheets_of(db, batch.id)
    assert (sheet.scores, verbs(db, city)[-1]) == ("1" * 9, "edit_sheet")


def test_a_removed_sheet_leaves_a_trace_and_its_number(db, city, wati):
    batch = a_batch(db, city, wati, *(KEYED,) * 3)
    second = papers.sheets_of(db, batch.id)[1]
    keying.remove_sheet(db, wati, batch.id, second.id)
    assert [sheet.number for sheet in papers.sheets_of(db, batch.id)] == [1, 3]
    assert papers.find_sheet(db, second.id).removed
    assert verbs(db, city)[-1] == "remove_sheet"
    assert key(db, wati, batch).number == 2


def test_a_sheet_takes_no_key_that_belongs_to_something_else(db, city, wati):
    one, other = a_batch(db, city, wati, KEYED), a_batch(db, city, wati)
    taken = papers.sheets_of(db, one.id)[0].id
    for foreign in (taken, answered(db, city, KEYED).id, "no key"):
        given = typed(KEYED)
        assert refused(keying.save_sheet, db, wati, other.id, foreign, given) == "paper_sheet_unknown"


def test_the_keying_ends_only_when_stack_and_sheets_agree(db, city, wati):
    batch = a_batch(db, city, wati, KEYED, KEYED, sheets=3)
    assert refused(batches.finish_batch, db, wati, batch.id) == "paper_stack_differs"
    batches.edit_batch(db, wati, batch.id, a_stack(city, sheets=2))
    assert batches.finish_batch(db, wati, batch.id).state == "checking"
    given = typed(KEYED)
    assert refused(keying.save_sheet, db, wati, batch.id, new_key(), given) == "paper_keying_done"


def test_nobody_checks_what_they_keyed_even_one_sheet_of_it(db, city, wati, budi):
    batch = a_batch(db, city, wati, KEYED, KEYED, sheets=3)
    key(db, budi, batch)
    batches.finish_batch(db, wati, batch.id)
    for own in (wati, budi):
        assert refused(checking.show_check, db, own.by, batch.id) == "paper_own_keying"
        assert refused(checking.count_batch, db, own, batch.id, SECRET) == "paper_own_keying"
    checking.show_check(db, a_deed(db, city, "organisasi").by, batch.id)


def test_who_removed_a_sheet_had_a_hand_in_it(db, city, wati, budi):
    batch = a_batch(db, city, wati, *(KEYED,) * 4, sheets=3)
    keying.remove_sheet(db, budi, batch.id, papers.sheets_of(db, batch.id)[3].id)
    batches.finish_batch(db, wati, batch.id)
    assert refused(checking.show_check, db, budi.by, batch.id) == "paper_own_keying"


def test_nothing_counts_before_the_check_and_everything_after(db, city, wati, budi):
    batch = a_finished_batch(db, city, wati, *(KEYED,) * 3)
    assert responses.count_all(db) == 0
    assert refused(checking.count_batch, db, budi, batch.id, SECRET) == "paper_check_unfinished"
    check_all(db, budi, batch)
    assert show_figures(db, choose(db, city.unit.slug)).result.n == 0
    checking.count_batch(db, budi, batch.id, SECRET)
    assert show_figures(db, choose(db, city.unit.slug)).result.n == 3


def test_the_answers_are_as_the_papers_were(db, city, wati, budi):
    batch = a_batch(db, city, wati, sheets=1, local_hour=13, language="ban")
    sheet = key(db, wati, batch, "34-443434", sex="P", age="34")
    batches.finish_batch(db, wati, batch.id)
    given = typed("34-443434", sex="P", age="34")
    assert checking.check_sheet(db, budi, batch.id, sheet.id, given)
    checking.count_batch(db, budi, batch.id, SECRET)
    (row,) = stored_answers(db)
    known = {"id": sheet.id, "channel": "paper", "local_date": "2026-06-12", "local_hour": 13}
    known |= {"language": "ban", "scores": "34-443434", "profile": {"sex": "P", "age": 34}}
    known |= {"received": "2026-06-15T04:00:00+00:00", "period_id": city.period.id, "flags": ""}
    assert {name: row[name] for name in known} == known


def test_counting_twice_gives_the_answers_once(db, city, wati, budi):
    batch = a_counted_batch(db, city, wati, budi)
    checking.count_batch(db, budi, batch.id, SECRET)
    assert responses.count_all(db) == 3
    assert verbs(db, city).count("count_batch") == 1


def test_a_counted_batch_cannot_be_changed_by_anything(db, city, wati, budi):
    batch = a_counted_batch(db, city, wati, budi)
    sheet = papers.sheets_of(db, batch.id)[0]
    assert refused(batches.discard_batch, db, wati, batch.id, "salah") == "paper_batch_done"
    assert refused(keying.remove_sheet, db, wati, batch.id, sheet.id) == "paper_keying_done"
    for change in (
        lambda: papers.change(db, replace(batch, stack=9)),
        lambda: papers.change_sheet(db, replace(sheet, scores="1" * 9)),
        lambda: papers.add_sheet(db, replace(sheet, id=new_key(), number=9)),
    ):
        with pytest.raises(Exception, match="read-only"), writing(db):
            change()


def test_what_differs_waits_for_a_look_at_the_paper(db, city, wati, budi):
    batch = a_finished_batch(db, city, wati)
    sheet = paper_batches.show_progress(db, batch.id).todo[0]
    wrong_check(db, budi, batch, sheet)
    progress = paper_batches.show_progress(db, batch.id)
    assert [one.id for one in progress.undecided] == [sheet.id]
    (found,) = progress.differences
    assert (found.field, found.first, found.second, found.chosen) == ("P1", "3", "1", None)
    assert refused(checking.decide_sheet, db, budi, batch.id, sheet.id, {}) == "paper_choice_missing"


def test_a_correction_keeps_who_what_before_and_after(db, city, wati, budi):
    batch = a_finished_batch(db, city, wati)
    sheet = paper_batches.show_progress(db, batch.id).todo[0]
    wrong_check(db, budi, batch, sheet, P1="second")
    (found,) = papers.differences_of(db, batch.id)
    assert (found.first, found.second, found.chosen, found.officer_name) == ("3", "1", "1", "Budi")
    assert papers.find_sheet(db, sheet.id).scores == "1" + KEYED[1:]


def test_a_slip_of_the_second_person_changes_nothing(db, city, wati, budi):
    batch = a_finished_batch(db, city, wati)
    sheet = paper_batches.show_progress(db, batch.id).todo[0]
    wrong_check(db, budi, batch, sheet, P1="first")
    assert papers.find_sheet(db, sheet.id).scores == KEYED
    assert paper_batches.show_progress(db, batch.id).wrong == 0


def test_where_both_are_wrong_the_second_person_keys_once_more(db, city, wati, budi):
    batch = a_finished_batch(db, city, wati)
    sheet = paper_batches.show_progress(db, batch.id).todo[0]
    wrong_check(db, budi, batch, sheet)
    checking.repeat_check(db, budi, batch.id, sheet.id)
    given = typed("2" + KEYED[1:])
    checking.check_sheet(db, budi, batch.id, sheet.id, given)
    (found,) = paper_batches.show_progress(db, batch.id).differences
    assert (found.first, found.second) == ("3", "2")


def test_too_many_slips_draw_as_many_sheets_again(db, city, wati, budi):
    batch = a_finished_batch(db, city, wati, *(KEYED,) * 30)
    sheet = paper_batches.show_progress(db, batch.id).todo[0]
    wrong_check(db, budi, batch, sheet, P1="second")
    for left in paper_batches.show_progress(db, batch.id).todo:
        checking.check_sheet(db, budi, batch.id, left.id, typed(left.scores))
    progress = paper_batches.show_progress(db, batch.id)
    assert (len(progress.drawn), len(progress.todo), progress.draws) == (6, 3, 2)
    check_all(db, budi, batch)
    done = paper_batches.show_progress(db, batch.id)
    assert (len(done.drawn), done.compared, done.wrong) == (12, 156, 1)  # 1 of 156 is less than 1 %


def test_a_batch_is_given_up_for_a_reason_and_stays_as_a_trace(db, city, wati, budi):
    batch = a_finished_batch(db, city, wati)
    assert refused(batches.discard_batch, db, budi, batch.id, " ") == "reason_missing"
    batches.discard_batch(db, budi, batch.id, "terketik dua kali")
    assert papers.get(db, batch.id).state == "discarded"
    assert refused(checking.show_check, db, budi.by, batch.id) == "paper_check_closed"
    assert len(papers.sheets_of(db, batch.id)) == 3
    assert verbs(db, city)[-1] == "discard_batch"


def test_each_keying_is_in_the_log(db, city, wati, budi):
    a_counted_batch(db, city, wati, budi, KEYED)
    assert verbs(db, city) == ["open_batch", "key_sheet", "finish_batch", "check_sheet", "count_batch"]


def test_a_sheet_sent_twice_is_compared_once(db, city, wati, budi):
    batch = a_finished_batch(db, city, wati)
    sheet = paper_batches.show_progress(db, batch.id).todo[0]
    for scores in ("1" * 9, sheet.scores):
        assert not checking.check_sheet(db, budi, batch.id, sheet.id, typed(scores))
    assert verbs(db, city).count("check_sheet") == 1


def test_what_is_no_answer_is_not_stored(db, city, wati, budi):
    batch = a_finished_batch(db, city, wati)
    sheet = paper_batches.show_progress(db, batch.id).todo[0]
    with pytest.raises(FaultyAnswer):
        checking.check_sheet(db, budi, batch.id, sheet.id, typed("344443435"))
    assert not paper_batches.show_progress(db, batch.id).checks
    other = a_batch(db, city, wati)
    with pytest.raises(FaultyAnswer):
        key(db, wati, other, "344443430")
    assert not papers.sheets_of(db, other.id)


def test_the_log_never_tells_what_somebody_answered(db, city, wati, budi):
    batch = a_finished_batch(db, city, wati)
    wrong_check(db, budi, batch, paper_batches.show_progress(db, batch.id).todo[0], P1="second")
    said = " ".join(e.subject + e.before + e.after for e in audit.all_for(db, city.unit.path))
    assert KEYED not in said
    assert "P1" not in said


def test_the_report_is_worked_out_from_the_answers(db, city, wati, budi):
    batch = a_counted_batch(db, city, wati, budi, "4" * 9, "3" * 9, "22222222-")
    report = show_report(db, batch.id)
    assert report.tally.counts[0] == (0, 0, 1, 1, 1)
    assert report.tally.counts[8] == (1, 0, 0, 1, 1)
    # Eight elements of 3.0 and U8 of 3.5: (8 * 3 + 3.5) / 9 * 25 = 76.388...
    assert (report.result.n, str(report.result.measure.index)) == (3, "76.39")
    assert report.progress.checkers == ["Budi"]
    assert (report.progress.compared, report.progress.wrong) == (39, 0)


def test_a_stack_of_other_questions_is_another_batch(db, city, wati):
    with writing(db):
        ids = instruments.add(db, builtin_source("skm-online-16"))
        days = {"opens": date(2025, 1, 1), "closes": date(2025, 12, 31)}
        a_period(db, city.unit, ids["skm-online-16"], **days)
    batch, other = a_batch(db, city, wati, KEYED), a_stack(city, day=date(2025, 5, 5))
    assert refused(batches.edit_batch, db, wati, batch.id, other) == "paper_questions_differ"
