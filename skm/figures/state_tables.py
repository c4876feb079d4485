"""The tables of a unit for readers of states: what answers by service, at each counter and in each part of the day say.

`survey.part_tables` decides which rows may be seen; every number here is a sum of its parts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from skm import ikm
from skm.figures.breakdown import HEADINGS, Breakdown, BreakdownTable, breakdown_labels, ordered_table
from skm.figures.choice import Choice
from skm.figures.figure import Figure
from skm.figures.results import result_of
from skm.figures.tallies import Tallies
from skm.store import instruments
from skm.store.database import Database
from skm.store.scores import Placed, all_placed
from skm.survey.part_tables import Step, merged_rows, parts
from skm.survey.period import year
from skm.survey.respondent import part_of_day
from skm.survey.small_cells import MERGED, K

Blocks = dict[str, dict[str, bytearray]]  # by row, then by questionnaire
_merged_rows = lru_cache(4096)(merged_rows)  # a part is made once


def show_state_tables(db: Database, choice: Choice, figure: Figure) -> Breakdown | None:
    """The tables of a unit beside the figure of a year; None for readers of rows, other spans and other places."""
    unit, span = choice.organisation, choice.span
    if choice.states is None or unit.kind != "unit" or span is None or span != year(int(span.first[:4])):
        return None
    counted: dict[str, Blocks] = defaultdict(dict)
    gone: dict[str, Blocks] = defaultdict(dict)
    for name in figure.result.instruments:
        steps = choice.states.steps.get(unit.id, {}).get(name, ())
        placed = all_placed(db, unit.id, name, span)
        for part in parts([step for step in steps if step.year == int(span.code)], choice.states.day):
            _add_part(part, name, placed, counted, gone)
    labels = breakdown_labels(db, unit.id)
    found = [
        _table(db, figure, heading, labels[heading], counted[heading], gone[heading]) for heading in HEADINGS
    ]
    tables = [table for table in found if table is not None]
    n = sum(row.result.n for row in tables[0].rows) if tables else 0
    return Breakdown([table for table in tables if len(table.rows) > 1], n, figure.n - n)


def _add_part(
    part: Sequence[Step],
    instrument: str,
    placed: Mapping[int, Placed],
    counted: dict[str, Blocks],
    gone: dict[str, Blocks],
) -> None:
    """Adds the answers that came or went in a part to the rows under which it shows them."""
    numbers = [(place, number) for place, step in enumerate(part) for number in step.numbers]
    steps = tuple(str(place) for place, _ in numbers)
    columns = tuple(
        tuple(_row(placed[abs(number)], heading) for _, number in numbers) for heading in HEADINGS
    )
    for heading, rows, small in zip(HEADINGS, columns, _merged_rows(steps, columns), strict=True):
        for (_, number), row in zip(numbers, rows, strict=True):
            side = counted if number > 0 else gone
            blocks = side[heading].setdefault(MERGED if row in small else row, {})
            blocks.setdefault(instrument, bytearray()).extend(placed[abs(number)].scores.encode())


def _row(placed: Placed, heading: str) -> str:
    if heading == "hour":
        return part_of_day(placed.local_hour)
    return placed.service_id if heading == "service" else placed.counter_id


def _table(
    db: Database, figure: Figure, heading: str, labels: Mapping[str, str], counted: Blocks, gone: Blocks
) -> BreakdownTable | None:
    """The rows in order; no table where what went leaves one to four in a row."""
    try:
        tallies = {row: _tallies(db, blocks, gone.get(row, {})) for row, blocks in counted.items()}
    except ValueError:
        return None
    known = {name: one.instrument for name, one in figure.questionnaires.items()}
    weights = figure.measure.weights if figure.measure else figure.terms.weights
    results = {row: result_of(tallies, known, weights) for row, tallies in tallies.items()}
    if gone.keys() - counted.keys() or any(0 < result.n < K for result in results.values()):
        return None
    return ordered_table(heading, labels, results)


def _tallies(db: Database, counted: Mapping[str, bytearray], gone: Mapping[str, bytearray]) -> Tallies:
    tallies = {}
    for name, block in counted.items():
        known = instruments.get(db, name)
        tallies[name] = ikm.tally(bytes(block), len(known.items), known.scale)
        if name in gone:
            tallies[name] -= ikm.tally(bytes(gone[name]), len(known.items), known.scale)
    return tallies
