"""Answers of the day from one address are counted in memory that processes share, with a key that a night ends."""

import multiprocessing
import os
import signal
from datetime import UTC, datetime, timedelta
from multiprocessing import reduction
from pathlib import Path

import pytest

from skm.security import origins
from skm.security.origins import Origins, create, origin_of

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def memory():
    """A table to hand on."""
    descriptor = create()
    yield descriptor
    os.close(descriptor)


class Other:
    """A process that does something with the table."""

    def __init__(self, memory, doing):
        self.memory, self.doing = memory, doing

    def __getstate__(self):
        return reduction.DupFd(self.memory), self.doing

    def __setstate__(self, state):
        self.memory, self.doing = state[0].detach(), state[1]

    def __call__(self):
        self.doing(Origins(self.memory))


def count_to_six(table):
    for _ in range(6):
        table.count("here", NOON)


def die_within(table):
    with table._turn():
        os.kill(os.getpid(), signal.SIGKILL)


def stop_within(table):
    with table._turn():
        os.kill(os.getpid(), signal.SIGSTOP)


def test_what_is_counted_again_is_one_more():
    table = Origins()
    assert [table.count(what, NOON) for what in ("here", "here", "there", "here")] == [1, 2, 1, 3]


def test_a_count_that_is_taken_back_was_none():
    table = Origins()
    table.count("here", NOON)
    table.take_back("here", NOON)
    assert table.count("here", NOON) == 1


def test_a_night_ends_key_and_hashes(memory):
    table = Origins(memory)
    table.count("here", NOON)
    before = os.pread(memory, origins.SIZE, 0)
    table.forget(NOON + timedelta(hours=13))  # 1.00 WITA
    assert os.pread(memory, origins.SIZE, 0) == before
    table.forget(NOON + timedelta(hours=14))
    after = os.pread(memory, origins.SIZE, 0)
    assert after[: origins.KEY] != before[: origins.KEY]
    assert not any(after[origins.HEAD :])
    assert any(before[origins.HEAD :])
    assert table.count("here", NOON + timedelta(days=1)) == 1


def test_a_table_that_is_full_does_not_know(monkeypatch):
    monkeypatch.setattr(origins, "PLACES", 4)
    table = Origins()
    assert [table.count(str(number), NOON) for number in range(5)] == [1, 1, 1, 1, None]
    assert table.count("3", NOON) == 2


def test_many_are_counted_apart():
    table = Origins()
    assert {table.count(str(number), NOON) for number in range(40_000)} == {1}
    assert {table.count(str(number), NOON) for number in range(1_000)} == {2}


def test_processes_count_together(memory):
    others = [SPAWN.Process(target=Other(memory, count_to_six)) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert Origins(memory).count("here", NOON) == 13


def test_a_process_that_is_killed_in_the_middle_locks_nobody_out(memory):
    other = SPAWN.Process(target=Other(memory, die_within))
    other.start()
    other.join()
    assert other.exitcode == -signal.SIGKILL
    assert Origins(memory).count("here", NOON) == 1


def test_nobody_waits_for_a_process_that_stands_still(memory):
    other = SPAWN.Process(target=Other(memory, stop_within))
    other.start()
    os.waitid(os.P_PID, other.pid, os.WSTOPPED)
    assert Origins(memory).count("here", NOON) is None
    os.kill(other.pid, signal.SIGCONT)
    other.join()
    assert Origins(memory).count("here", NOON) == 1


def test_the_memory_has_no_name_and_is_in_no_core_dump(memory):
    table = Origins(memory)
    table.count("here", NOON)
    maps = Path("/proc/self/smaps").read_text().split("memfd:origins (deleted)", 1)[1]
    flags = next(line for line in maps.splitlines() if line.startswith("VmFlags"))
    assert " dd" in flags  # MADV_DONTDUMP


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("203.0.113.7", "cb007107"),
        ("::ffff:203.0.113.7", "cb007107"),
        ("2001:db8:1:2:3:4:5:6", "20010db800010002"),
        ("2001:db8:1:2::9", "20010db800010002"),
        ("2001:db8:1:3::9", "20010db800010003"),
        ("", ""),
        ("unix:", ""),
        ("unknown", ""),
        ("203.0.113.7\0", ""),
    ],
)
def test_an_origin_is_an_address_or_the_network_of_a_household(address, origin):
    assert origin_of(address) == origin
