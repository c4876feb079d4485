"""The pictures of `make pictures` that show papers: the batches of a unit, the keying, and the report of a batch."""

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any

from playwright.sync_api import Browser, Page

from skm.figures import paper_batches
from skm.security.keys import new_key
from skm.store import organisations
from skm.store.database import Database, connect
from skm.survey.paper import Batch
from skm.usecases.deed import Actor, Deed
from skm.usecases.papers import batches, checking, keying
from skm.usecases.papers.batches import Stack
from tests.browser.chromium import DESK, PHONE
from tests.browser.places import UNIT, Demo, cookie_of
from tests.officers import an_officer
from tests.papers import SECRET, typed

LUCK = Random("kertas")
LOOKS: list[tuple[str, dict[str, Any]]] = [("", DESK), ("-phone", PHONE | {"device_scale_factor": 2})]


def papers_pictures(browser: Browser, demo: Demo) -> Iterator[tuple[str, bytes]]:
    """Name and PNG of each page, on a desk and on a phone."""
    counted, keyed = _fill(demo)
    cookie = cookie_of(demo.database, demo.address, "unit_head")
    for screen, look in LOOKS:
        page = browser.new_page(**look, base_url=demo.address, locale="id-ID")
        page.context.add_cookies([cookie])
        page.goto(f"/units/{UNIT}/papers")
        yield f"papers{screen}", page.screenshot()
        _type_a_little(page, keyed)
        yield f"papers-entry{screen}", page.screenshot()
        page.goto(f"/papers/{counted}")
        yield f"papers-report{screen}", page.screenshot()


def _type_a_little(page: Page, batch_id: str) -> None:
    page.goto(f"/papers/{batch_id}/sheets/add")
    page.wait_for_selector("#keys:focus")
    page.keyboard.type("34443")


def _fill(demo: Demo) -> tuple[str, str]:
    """One batch that counts, one that waits for its second person, one that is being keyed: the first and the last."""
    db = connect(demo.database)
    unit = organisations.find(db, UNIT)
    assert unit is not None
    people = [an_officer(db, role, unit) for role in ("counter_staff", "unit_head")]
    wati, budi = (Deed(Actor(one.id, one.name, "counter_staff"), _now()) for one in people)
    counted, waiting, keyed = (
        _batch(db, demo, wati, size, keyed) for size, keyed in ((24, 24), (12, 12), (30, 11))
    )
    for done in (counted, waiting):
        batches.finish_batch(db, wati, done.id)
    while left := paper_batches.show_progress(db, counted.id).todo:
        checking.check_sheet(db, budi, counted.id, left[0].id, typed(left[0].scores))
    checking.count_batch(db, budi, counted.id, SECRET)
    db.close()
    return counted.id, keyed.id


def _batch(db: Database, demo: Demo, deed: Deed, size: int, keyed: int) -> Batch:
    service = organisations.services_at(db, demo.counter_id)[0]
    stack = Stack(demo.counter_id, service.id, _now().date(), 8, "id", size)
    made = batches.open_batch(db, deed, UNIT, stack)
    for _ in range(keyed):
        scores = "".join(LUCK.choice("2333344444-") for _ in range(9))
        keying.save_sheet(db, deed, made.id, new_key(), typed(scores))
    return made


def _now() -> datetime:
    return datetime.now(UTC)
