"""The tables that stand beside their features, merged."""

from collections.abc import Mapping
from typing import TypeVar

V = TypeVar("V")


def merged(tables: Mapping[str, Mapping[str, V]]) -> dict[str, V]:
    """All tables as one; they are given by where they stand. Raises LookupError for a key that is in two of them."""
    found: dict[str, V] = {}
    places: dict[str, str] = {}
    for place, table in tables.items():
        for key, value in table.items():
            if key in found:
                raise LookupError(f"“{key}” stands in {places[key]} and again in {place}; take one away")
            found[key], places[key] = value, place
    return found
