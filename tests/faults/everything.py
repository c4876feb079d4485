"""All faults, each by the function that brings it about and the number that says how much of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults import bombs, clock, disk, folder, kills, lock, slow
from tests.faults.row import Row


@dataclass(frozen=True)
class Fault:
    """How it is brought about: how often or for how long in the suite, and in `make faults`."""

    measure: Callable[[Path, int], Row]
    short: int
    long: int


FAULTS = {
    "workers": Fault(kills.of_workers, 36, 40),
    "main": Fault(kills.of_main, 24, 20),
    "reload": Fault(kills.of_reloads, 1, 5),
    "restart": Fault(kills.of_restarts, 1, 5),
    "lock": Fault(lock.held, 15, 30),
    "disk": Fault(disk.filled, 5, 15),
    "folder": Fault(folder.read_only, 5, 15),
    "slow": Fault(slow.clients, 200, 200),
    "clock": Fault(clock.behind, 50, 500),
    "bombs": Fault(bombs.read_at_once, 10, 10),
}


def times(name: str, all_kills: int | None) -> int:
    """How much of a fault `make faults` brings about; `all_kills` are shared by those that kill."""
    if all_kills and name in ("workers", "main"):
        return all_kills * 2 // 3 if name == "workers" else all_kills - all_kills * 2 // 3
    return FAULTS[name].long
