"""(j) The states of a city with a million answers, folded from what happened, beside fetching the same scores."""

from datetime import datetime, timedelta
from statistics import median

from bench.city import filled
from bench.reindex import processor_seconds, read, statement
from bench.report import Line
from skm.figures import states
from skm.store import organisations
from skm.store.database import Database, connect
from skm.survey.organisation import Organisation

UNITS, MONTHS, ANSWERS = 500, 60, 1_000_000
ROUNDS = 3
MOMENT = datetime.fromisoformat("2026-01-15T12:00:00+08:00")


def measure() -> list[Line]:
    """What a process does when it is asked first, and what it does a day later; in turns with the bare read."""
    db = connect(filled(UNITS, MONTHS, ANSWERS))
    root = organisations.get_root(db)
    bare_read = statement(db, root.path)
    read(db.conn, bare_read)
    rounds = [
        (
            processor_seconds(lambda: _first(db, root)),
            processor_seconds(lambda: _find(db, root, MOMENT + timedelta(days=1))),
            processor_seconds(lambda: read(db.conn, bare_read)),
        )
        for _ in range(ROUNDS)
    ]
    unit = next(one for one in organisations.all_below(db, root.path) if one.kind == "unit")
    own = 1000 * median(processor_seconds(lambda: _first(db, unit)) for _ in range(ROUNDS))
    return [
        _line("states: the first fold of 1,000,000 answers", [(first, bare) for first, _, bare in rounds]),
        _line("states: a later day", [(later, bare) for _, later, bare in rounds]),
        Line("states: the first fold of a unit with 2,000 answers", own, "ms", None, f"{own:.0f} ms"),
    ]


def _line(name: str, rounds: list[tuple[float, float]]) -> Line:
    ours, bare = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(mine / plain for mine, plain in rounds)
    return Line(name, ratio, "×", None, f"{ours:.3f} s", f"{bare:.3f} s")


def _first(db: Database, root: Organisation) -> None:
    states._units.clear()  # what a process has when it starts
    _find(db, root, MOMENT)


def _find(db: Database, root: Organisation, moment: datetime) -> None:
    found = states.find_states(db, root, moment)
    if found.mark.response != ANSWERS or not found.waiting:
        raise RuntimeError("the states are not those of all answers")
