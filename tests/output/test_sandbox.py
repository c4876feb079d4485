"""The process in which files are read: it answers, or it ends for a reason that is said."""

import os
import threading
import time
from dataclasses import replace

import psutil
import pytest
from openpyxl import Workbook

from skm.output.reading.questionnaire import read_questionnaire
from skm.output.reading.tables import read_tables
from skm.output.sandbox import run
from skm.output.sandbox.limits import ANSWERS, MB, TREE, Limits
from skm.output.sandbox.run import in_sandbox
from skm.survey.problem import Problem
from skm.usecases.exchange.read_rows import read_rows
from tests import sandboxed
from tests.bombs import BOMBS, good
from tests.spreadsheets import saved
from tests.waiting import until

LIMITS = Limits(sent=MB, seconds=1, memory=200 * MB, answer=MB)


def as_text(lines):
    return "\n".join(";".join(line) for line in lines).encode()


def as_workbook(lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    return saved(book)


def rows(content, limits):
    return list(read_tables(content, limits).tables[0].readings[0]())


def refused(*task, limits=LIMITS):
    with pytest.raises(Problem) as problem:
        in_sandbox(limits, *task)
    return problem.value.key


def test_what_the_work_returns_comes_back():
    assert in_sandbox(LIMITS, sandboxed.turned_round, "aé\U0001f600".encode()) == "\U0001f600éa"


def test_the_process_knows_no_settings(monkeypatch):
    monkeypatch.setenv("SKM_SECRET_KEY", "secret")
    assert not [name for name in in_sandbox(LIMITS, sandboxed.environment, b"") if name.startswith("SKM_")]


def test_it_needs_no_room_for_temporary_files(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    assert read_rows(good(), ["Pengunjung"]).sheets["Pengunjung"][0].cells["pengunjung"] == "7"


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (sandboxed.compute, "upload_slow"),
        (sandboxed.hoard, "upload_memory"),
        (sandboxed.talk, "upload_answer"),
        (sandboxed.fall, "upload_broken"),
    ],
)
def test_what_takes_too_much_is_ended_and_leaves_nothing(work, reason):
    assert refused(work, b"") == reason
    assert not psutil.Process().children()


def test_a_process_that_only_waits_is_ended_by_the_clock(monkeypatch):
    monkeypatch.setattr(run, "PATIENCE", 0.2)
    assert refused(sandboxed.wait, b"", 60) == "upload_slow"
    assert not psutil.Process().children()


def test_a_file_that_is_too_large_is_not_even_given_to_it():
    assert refused(sandboxed.turned_round, b"a" * (MB + 1)) == "import_too_large"


def test_a_large_file_of_which_nothing_is_read_does_no_harm():
    limits = replace(LIMITS, sent=20 * MB)
    with pytest.raises(RuntimeError, match="ended with 3"):
        in_sandbox(limits, sandboxed.leave, b"a" * 20 * MB)


def test_the_process_writes_no_files(tmp_path):
    with pytest.raises(RuntimeError, match="File too large"):
        in_sandbox(LIMITS, sandboxed.write, b"a", str(tmp_path / "file"))


def test_a_fault_of_our_own_is_no_fault_of_the_file():
    with pytest.raises(RuntimeError, match="the fault"):
        in_sandbox(LIMITS, sandboxed.fail, b"")


def test_one_file_is_read_at_a_time_two_wait_and_the_next_is_told(monkeypatch):
    monkeypatch.setattr(run, "WAIT", 30)
    done: list[str] = []

    def work(name, seconds):
        in_sandbox(replace(LIMITS, seconds=60), sandboxed.wait, b"", seconds)
        done.append(name)

    first = threading.Thread(target=work, args=("first", 2))
    first.start()
    until(lambda: not run._reading._value)
    others = [threading.Thread(target=work, args=("other", 0)) for _ in range(run.PLACES)]
    for other in others:
        other.start()
    until(lambda: not run._waiting._value)
    began = time.monotonic()
    assert refused(sandboxed.turned_round, b"") == "upload_busy"
    assert time.monotonic() - began < 1
    for each in (first, *others):
        each.join()
    assert done == ["first", "other", "other"]


def test_who_waits_for_long_is_told_to_come_again(monkeypatch):
    monkeypatch.setattr(run, "WAIT", 0.1)
    with run._reading:
        assert refused(sandboxed.turned_round, b"") == "upload_busy"
    assert in_sandbox(LIMITS, sandboxed.turned_round, b"ab") == "ba"


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_is_refused_with_its_reason_and_the_service_stays_small(bomb):
    content = bomb()
    before = psutil.Process().memory_info().rss
    if (reason := BOMBS[bomb]) is None:
        read_rows(content, ["Pengunjung"])
    else:
        with pytest.raises(Problem, match=reason):
            read_rows(content, ["Pengunjung"])
    assert psutil.Process().memory_info().rss < before + 40_000_000


@pytest.mark.parametrize(
    ("most", "reason"), [({"rows": 1}, "import_too_long"), ({"cells": 400}, "import_many_cells")]
)
@pytest.mark.parametrize("make", [as_text, as_workbook], ids=["text", "workbook"])
def test_each_kind_of_file_has_its_own_limits(most, reason, make):
    lines = [["kode", "nama", "pengunjung"], *([str(n), "a", "1"] for n in range(150))]
    assert len(rows(make(lines), TREE)) == len(rows(make(lines), ANSWERS)) == 151
    with pytest.raises(Problem, match=reason):
        rows(make(lines), replace(TREE, **most))


def test_what_is_left_of_a_file_that_was_refused_stops_nobody():
    with pytest.raises(Problem):
        in_sandbox(TREE, sandboxed.hoard, b"")
    assert read_rows(good(), ["Pengunjung"]).sheets["Pengunjung"]


@pytest.mark.parametrize("text", [f"a{'.a' * 90_000} = 1", f"[{'a.' * 90_000}a]"], ids=["key", "table"])
def test_a_questionnaire_that_takes_minutes_is_refused(text):
    with pytest.raises(Problem, match="upload_slow"):
        read_questionnaire(text, os.devnull)
