"""Batches of papers for tests: opened, keyed, finished, checked, by officers who are there."""

from datetime import date, datetime

from skm.security.keys import new_key
from skm.store import papers
from skm.store.database import Database
from skm.survey.paper import Batch, Sheet
from skm.survey.response import check
from skm.usecases.papers import batches, checking, keying
from skm.usecases.papers.batches import Stack
from tests.builders import City
from tests.officers import an_officer

NOON = datetime.fromisoformat("2026-06-15T04:00:00+00:00")
DAY = date(2026, 6, 12)
SECRET = "a secret for tests, long enough to be one"
KEYED = "344443434"


def a_person(db: Database, city: City, role: str = "counter_staff") -> tuple[str, str, str]:
    """Somebody at the city's unit, as the log signs."""
    made = an_officer(db, role, city.unit)
    return made.id, made.name, role


def a_stack(city: City, **other: object) -> Stack:
    """Three sheets of the city's first counter."""
    known = {"counter_id": city.counter.id, "service_id": city.services[0].id, "day": DAY}
    return Stack(**(known | {"local_hour": 8, "language": "id", "sheets": 3} | other))


def typed(scores: str, **profile: str) -> dict[str, list[str]]:
    """What a browser sends of one sheet."""
    return {f"P{n}": [score] for n, score in enumerate(scores, 1)} | {k: [v] for k, v in profile.items()}


def submission(db: Database, batch: Batch, scores: str, **profile: str):
    """The same, checked."""
    instrument = batches.show_batch(db, batch.id).instrument
    return check(instrument, [batch.service_id], typed(scores, **profile), unanswered=True)


def key(db: Database, by, batch: Batch, scores: str = KEYED, sheet_id: str = "", **profile: str) -> Sheet:
    """A sheet that was keyed."""
    given = submission(db, batch, scores, **profile)
    return keying.save_sheet(db, by, batch.id, sheet_id or new_key(), given, NOON)


def a_batch(db: Database, city: City, by, *sheets: str, **other: object) -> Batch:
    """A batch with these sheets in it, still being keyed."""
    stack = a_stack(city, **({"sheets": len(sheets) or 3} | other))
    batch = batches.open_batch(db, by, city.unit.slug, stack, NOON)
    for scores in sheets:
        key(db, by, batch, scores)
    return batch


def a_finished_batch(db: Database, city: City, by, *sheets: str) -> Batch:
    """A batch that waits for its second person."""
    batch = a_batch(db, city, by, *(sheets or (KEYED,) * 3))
    return batches.finish_batch(db, by, batch.id, NOON)


def check_all(db: Database, by, batch: Batch) -> None:
    """Keys what was drawn a second time, just as it was keyed first."""
    while left := checking.show_progress(db, batch.id).todo:
        checking.check_sheet(db, by, batch.id, left[0].id, submission(db, batch, left[0].scores), NOON)


def a_counted_batch(db: Database, city: City, by, second, *sheets: str) -> Batch:
    """A batch whose sheets are answers."""
    batch = a_finished_batch(db, city, by, *sheets)
    check_all(db, second, batch)
    checking.count_batch(db, second, batch.id, SECRET, NOON)
    found = papers.find(db, batch.id)
    assert found is not None
    return found
