"""Tallies by instrument: what some answers come to before an index is made of them."""

from collections.abc import Iterable

from skm import ikm

Tallies = dict[str, ikm.Tally]  # by instrument


def added(parts: Iterable[Tallies]) -> Tallies:
    """The tallies of several groups together."""
    by_name: dict[str, list[ikm.Tally]] = {}
    for tallies in parts:
        for name, tally in tallies.items():
            by_name.setdefault(name, []).append(tally)
    return {name: ikm.add_all(some) for name, some in by_name.items()}


def count(tallies: Tallies) -> int:
    """The number of respondents in some tallies."""
    return sum(tally.n for tally in tallies.values())


def less_groups(tallies: dict[str, Tallies], left_out: dict[str, Tallies]) -> dict[str, Tallies]:
    """Groups without others that are among them."""
    for name, aside in left_out.items():
        for instrument, tally in aside.items():
            tallies[name][instrument] -= tally
    return tallies


def more_groups(tallies: dict[str, Tallies], others: dict[str, Tallies]) -> dict[str, Tallies]:
    """Groups together with others."""
    return {name: added([tallies.get(name, {}), others.get(name, {})]) for name in {**tallies, **others}}
