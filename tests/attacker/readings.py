"""An attacker: reads all figures that some browsers may open, and looks for answers of one to four people in them.

What is read is a number of people and how their scores add up, element by element. Two readings, or a whole less its
parts, give somebody away where they differ by one to four people. That they really do is checked against the answers:
some one to four of them must add up to exactly that difference.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from urllib.parse import urlencode

from skm.survey.small_cells import K
from tests.client import Visitor

Totals = tuple[int, ...]


@dataclass(frozen=True)
class Reading:
    """So many people gave these totals, element by element; `where` says on which page, of whom, of when."""

    where: tuple[str, ...]
    n: int
    totals: Totals

    def less(self, others: Iterable["Reading"], what: str) -> "Reading":
        """What is left when others are taken away."""
        n, totals = self.n, self.totals
        for other in others:
            n -= other.n
            totals = tuple(a - b for a, b in zip(totals, other.totals, strict=True))
        return Reading((*self.where, what), n, totals)


NOBODY = Reading(("nobody",), 0, ())


def rows(visitor: Visitor, address: str) -> list[dict[str, str]]:
    """A table that may be opened; nothing where the door is shut."""
    response = visitor.open(address, "GET")
    if response.status_code != 200:
        return []
    return list(csv.DictReader(response.data.decode("utf-8-sig").splitlines()))


def read_elements(visitor: Visitor, day: str, slug: str, **choice: str) -> list[Reading]:
    """The figure of a choice, from its table of elements."""
    found = rows(visitor, f"/organisations/{slug}/elements.csv?{urlencode(choice)}")
    if not found or not all(row["ikm_unsur"] for row in found):
        return []
    totals = tuple(total_of(row["ikm_unsur"], row["jawaban"]) for row in found)
    return [Reading((day, slug, *sorted(choice.values())), int(found[0]["jawaban"]), totals)]


def read_units(visitor: Visitor, day: str, slug: str, **choice: str) -> list[Reading]:
    """The units below an organisation, from their table."""
    readings = []
    for row in rows(visitor, f"/organisations/{slug}/units.csv?{urlencode(choice)}"):
        n, values = row["Jawaban"], [row[code] for code in row if code.startswith("U") and code[1:].isdigit()]
        if values and all(value[:1].isdigit() for value in values):
            totals = tuple(total_of(value.replace(",", "."), n) for value in values)
            readings.append(Reading((day, row["Unit"], *sorted(choice.values()), "row"), int(n), totals))
    return readings


def total_of(value: str, n: str) -> int:
    """How the scores add up of which the value of an element was made: of 4, so many answered; 25 times their mean."""
    return round(Decimal(value) * int(n) / 25)


class Known:
    """All answers of a city, and what any one to four of a unit add up to."""

    def __init__(self, answers: Iterable[tuple[str, str]]) -> None:
        by_unit: dict[str, list[Totals]] = defaultdict(list)
        for unit, scores in answers:
            by_unit[unit].append(tuple(map(int, scores)))
        self._singles = [totals for unit in by_unit.values() for totals in unit]
        self._pairs = [tuple(map(sum, zip(*two, strict=True))) for two in combinations(self._singles, 2)]
        self._one, self._two = set(self._singles), set(self._pairs)

    def holds(self, n: int, totals: Totals) -> bool:
        """Whether some n people gave these totals."""
        if n <= 2:
            return totals in (self._one if n == 1 else self._two)
        rest, smaller = (self._two, self._singles) if n == 3 else (self._two, self._pairs)
        return any(tuple(a - b for a, b in zip(totals, few, strict=True)) in rest for few in smaller)


def found_out(readings: Sequence[Reading], known: Known) -> Iterator[tuple[Reading, Reading]]:
    """The pairs of readings that differ by one to four people who exist."""
    different = list({(one.n, one.totals): one for one in readings if one.n > 0}.values())
    empty = Reading(("nobody",), 0, (0,) * len(different[0].totals)) if different else NOBODY
    for a, b in combinations([empty, *different], 2):
        more, less = (a, b) if a.n > b.n else (b, a)
        n, totals = more.n - less.n, tuple(x - y for x, y in zip(more.totals, less.totals, strict=True))
        if 0 < n < K and all(n <= each <= 4 * n for each in totals) and known.holds(n, totals):
            yield more, less


def wholes_less_parts(readings: Sequence[Reading]) -> Iterator[Reading]:
    """What is left of a whole when its parts are taken away: the year's quarters, an agency's units, services."""
    by_where = {one.where: one for one in readings}
    for one in readings:
        day, slug, *choice = one.where
        if len(choice) == 1 and len(choice[0]) == 4:
            year = choice[0]
            for parts in ([f"{year}-TW{q}" for q in (1, 2, 3, 4)], [f"{year}-S1", f"{year}-S2"]):
                shown = [by_where[day, slug, part] for part in parts if (day, slug, part) in by_where]
                yield one.less(shown, "less its parts")
        if len(choice) == 1:
            below = [r for r in readings if r.where[0] == day and r.where[2:] == (*choice, "row")]
            if slug.startswith("dinas"):
                yield one.less(below, "less its units")
            services = [r for r in readings if r.where[:2] == (day, slug) and choice[0] in r.where[2:]]
            own = [r for r in services if len(r.where) == 4 and r.where[3] != "row" and r.n >= K]
            if own:
                yield one.less(own, "less its services")


def read_official(visitor: Visitor, day: str, slug: str) -> list[Reading]:
    """The frozen figures that the list of periods leads to, from their tables of elements."""
    visitor.get(f"/organisations/{slug}/freezing")
    readings = []
    for address in visitor.page.xpath("//main//table//a[starts-with(@href, '/snapshots/')]/@href"):
        if visitor.open(address, "GET").status_code != 200:
            continue
        visitor.get(address)
        cells = [
            [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
            for row in visitor.page.xpath("//section[@aria-labelledby='unsur']//tbody/tr")
        ]
        if cells and all(value[:1].isdigit() for value, *_ in cells):
            totals = tuple(total_of(value.replace(",", "."), n.replace(".", "")) for value, _, n, *_ in cells)
            readings.append(Reading((day, slug, address), int(cells[0][2].replace(".", "")), totals))
    return readings
