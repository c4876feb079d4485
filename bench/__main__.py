"""`python -m bench` measures everything; `python -m bench form reindex` measures those parts."""

import sys
from importlib import import_module

from bench.report import save, table

PARTS = {
    "form": "a citizen's visit: processor time, and how long the slowest wait",
    "weight": "what a phone downloads for the form",
    "reindex": "a million answers into unit-months",
    "city_page": "the city's page of 500 units in five years",
    "respondents": "who answered, of a million",
    "unit_pages": "the pages of a unit among a million answers",
    "priorities": "what to improve first, of a million",
    "states": "what readers without access to single answers see, of a million",
    "xlsx": "the yearly workbook",
    "csv": "all answers as open data",
    "migrate": "the upgrade of a million answers",
}


def main(names: list[str]) -> None:
    """Measures the named parts, shows the table and stores the figures."""
    if unknown := set(names) - PARTS.keys():
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; known are {', '.join(PARTS)}")
    lines = []
    for name in names or PARTS:
        print(f"{name}: {PARTS[name]} …", file=sys.stderr, flush=True)
        found = import_module(f"bench.{name}").measure()
        save(name, found)
        lines += found
    print(table(lines))


main(sys.argv[1:])
