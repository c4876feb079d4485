"""Survey periods."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlite_utils import Database

from skm.store.placements import EVER, inside
from skm.store.remembered import remembered
from skm.survey.period import Period
from skm.survey.problem import needed

_PERIOD = "SELECT id, organisation_id, name, opens, closes, instrument_id, weights, aggregation FROM periods"
# SQL: whether a period `p` was frozen although it lasts until :day or longer.
FROZEN_SINCE = "closes >= :day AND EXISTS (SELECT 1 FROM snapshots WHERE period_id = p.id)"


def add(db: Database, periods: Iterable[Period]) -> None:
    """Adds periods."""
    for period in periods:
        values = vars(period) | {"opens": period.opens.isoformat(), "closes": period.closes.isoformat()}
        db.execute(
            """INSERT INTO periods VALUES
               (:id, :organisation_id, :name, :opens, :closes, :instrument_id, :weights, :aggregation)""",
            values,
        )


def all_for(db: Database, organisation_ids: Sequence[str]) -> Sequence[Period]:
    """The periods of any of these organisations, the earliest first."""
    marks = ", ".join(f":o{i}" for i in range(len(organisation_ids)))
    sql = f"{_PERIOD} WHERE organisation_id IN ({marks}) ORDER BY opens, id"
    values = {f"o{i}": organisation_id for i, organisation_id in enumerate(organisation_ids)}
    return [_period(*row) for row in db.execute(sql, values)]


@remembered
def all_down_to(db: Database, path: str) -> Sequence[Period]:
    """The periods of the organisations on a path, the earliest first."""
    return all_for(db, path.rstrip("/").split("/"))


def all_below(db: Database, path: str) -> Sequence[Period]:
    """The periods of the organisations that ever stood in a subtree, its top included, the earliest first."""
    sql = f"{_PERIOD} WHERE organisation_id IN ({EVER}) ORDER BY opens, id"
    return [_period(*row) for row in db.execute(sql, inside(path))]


def all_frozen_since(db: Database, day: date) -> Sequence[Period]:
    """The periods that were frozen although they last until a day or longer, the earliest first."""
    sql = f"{_PERIOD} AS p WHERE {FROZEN_SINCE} ORDER BY opens, id"
    return [_period(*row) for row in db.execute(sql, {"day": day.isoformat()})]


def find(db: Database, period_id: str) -> Period | None:
    """The period with this id."""
    row = db.execute(f"{_PERIOD} WHERE id = :id", {"id": period_id}).fetchone()
    return None if row is None else _period(*row)


def get(db: Database, period_id: str) -> Period:
    """The period with this id; raises Problem "period_unknown"."""
    return needed(find(db, period_id), "period_unknown")


def change(db: Database, period: Period) -> None:
    """Sets the name, the days and the rule of aggregation of a period."""
    sql = """UPDATE periods SET name = :name, opens = :opens, closes = :closes, aggregation = :aggregation
             WHERE id = :id"""
    days = {"opens": period.opens.isoformat(), "closes": period.closes.isoformat()}
    db.execute(sql, {"id": period.id, "name": period.name, "aggregation": period.aggregation} | days)


def remove(db: Database, period_id: str) -> None:
    """Forgets a period without answers, and the visitors entered for it."""
    db.execute("DELETE FROM targets WHERE period_id = :id", {"id": period_id})
    db.execute("DELETE FROM periods WHERE id = :id", {"id": period_id})


def _period(
    id: str,
    organisation_id: str,
    name: str,
    opens: str,
    closes: str,
    instrument_id: str,
    weights: str,
    rule: str,
) -> Period:
    return Period(
        id,
        organisation_id,
        name,
        date.fromisoformat(opens),
        date.fromisoformat(closes),
        instrument_id,
        weights,
        rule,
    )
