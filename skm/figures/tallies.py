"""Tallies by instrument: what some answers come to before an index is made of them."""

from collections.abc import Iterable

from skm import ikm

Tallies = dict[str, ikm.Tally]  # by instrument


def added(parts: Iterable[Tallies]) -> Tallies:
    """The tallies of several groups together."""
    total: Tallies = {}
    for tallies in parts:
        for name, tally in tallies.items():
            total[name] = total[name] + tally if name in total else tally
    return total


def count(tallies: Tallies) -> int:
    """The number of respondents in some tallies."""
    return sum(tally.n for tally in tallies.values())
