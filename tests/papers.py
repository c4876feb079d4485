"""Batches of papers for tests: opened, keyed, finished, checked, by officers who are there."""

from datetime import date, datetime

from skm.figures import paper_batches
from skm.security.keys import new_key
from skm.store import papers
from skm.store.database import Database
from skm.survey.paper import Batch, Sheet
from skm.usecases.deed import Actor, Deed
from skm.usecases.papers import batches, checking, keying
from skm.usecases.papers.batches import Stack
from tests.builders import City
from tests.officers import an_officer

NOON = datetime.fromisoformat("2026-06-15T04:00:00+00:00")
DAY = date(2026, 6, 12)
SECRET = "a secret for tests, long enough to be one"
KEYED = "344443434"


def a_deed(db: Database, city: City, role: str = "counter_staff") -> Deed:
    """What somebody new at the city's unit does at noon."""
    officer = an_officer(db, role, city.unit)
    return Deed(Actor(officer.id, officer.name, role), NOON)


def a_stack(city: City, **other: object) -> Stack:
    """Three sheets of the city's first counter."""
    known = {"counter_id": city.counter.id, "service_id": city.services[0].id, "day": DAY}
    return Stack(**(known | {"local_hour": 8, "language": "id", "sheets": 3} | other))


def typed(scores: str, **profile: str) -> dict[str, list[str]]:
    """What a browser sends of one sheet."""
    return {f"P{n}": [score] for n, score in enumerate(scores, 1)} | {k: [v] for k, v in profile.items()}


def key(
    db: Database, deed: Deed, batch: Batch, scores: str = KEYED, sheet_id: str = "", **profile: str
) -> Sheet:
    """A sheet that was keyed."""
    return keying.save_sheet(db, deed, batch.id, sheet_id or new_key(), typed(scores, **profile))


def a_batch(db: Database, city: City, deed: Deed, *sheets: str, **other: object) -> Batch:
    """A batch with these sheets in it, still being keyed."""
    stack = a_stack(city, **({"sheets": len(sheets) or 3} | other))
    batch = batches.open_batch(db, deed, city.unit.slug, stack)
    for scores in sheets:
        key(db, deed, batch, scores)
    return batch


def a_finished_batch(db: Database, city: City, deed: Deed, *sheets: str) -> Batch:
    """A batch that waits for its second person."""
    batch = a_batch(db, city, deed, *(sheets or (KEYED,) * 3))
    return batches.finish_batch(db, deed, batch.id)


def check_all(db: Database, deed: Deed, batch: Batch) -> None:
    """Keys the drawn sheets a second time, with the same answers."""
    while left := paper_batches.show_progress(db, batch.id).todo:
        checking.check_sheet(db, deed, batch.id, left[0].id, typed(left[0].scores))


def a_counted_batch(db: Database, city: City, deed: Deed, second: Deed, *sheets: str) -> Batch:
    """A batch whose sheets are answers."""
    batch = a_finished_batch(db, city, deed, *sheets)
    check_all(db, second, batch)
    checking.count_batch(db, second, batch.id, SECRET)
    return papers.get(db, batch.id)
