"""The pages of closed periods and of improvements: readable by machine, and on a phone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page

from skm.app import create_app
from skm.settings import Settings
from skm.store.database import writing
from skm.usecases.closing import freezing, publishing
from skm.usecases.deed import SERVER, Deed
from skm.usecases.improving import improvements
from skm.usecases.improving.improvements import ImprovementDraft
from tests.browser.chromium import DESK
from tests.browser.looks import faults
from tests.builders import a_city, a_past_year, a_period, an_organisation, answered
from tests.databases import a_database
from tests.officers import signed_in_as
from tests.server import SECRET, serving

pytestmark = pytest.mark.browser

PAGES = [
    "list",
    "unit's list",
    "record",
    "revision",
    "city",
    "freeze",
    "too early",
    "revise",
    "publish",
    "withdraw",
]
PAGES += ["improvements", "note", "edit", "tell", "take back"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Iterator[tuple[str, str, dict[str, str]]]:
    """A server over a city with a closed, revised year; its address, Sari's cookie, and the pages by name."""
    folder, now = tmp_path_factory.mktemp("archive"), datetime.now(UTC)
    db = a_database(folder / "skm.sqlite")
    with writing(db):
        city = a_city(db, opens=date(2026, 1, 1), closes=date(2100, 1, 1))
        an_organisation(db, city.agency, "unit", "Puskesmas tanpa jawaban dengan nama yang panjang sekali")
        earlier = a_period(
            db, city.government, city.period.instrument_id, opens=date(2024, 1, 1), closes=date(2024, 12, 31)
        )
    year = a_past_year(db, city)
    for scores in ("444444444", "343434343", "333333333"):
        answered(db, city, scores, "2025-05-05")
    first = freezing.freeze_period(db, Deed(SERVER, now), year.id)
    answered(db, city, "222222222", "2025-05-05")
    second = {
        one.organisation_id: one.id
        for one in freezing.revise_period(db, Deed(SERVER, now), year.id, "Kertas menyusul")
    }
    answered(db, city, "222222222", "2025-05-05")
    publishing.publish_period(db, Deed(SERVER, now), year.id, 2)
    long = "Kursi tunggu ditambah 20 buah di ruang pendaftaran dan di depan apotek, " * 2
    for sentence in ("Kursi tunggu ditambah 20 buah.", long):
        chairs = improvements.add_improvement(
            db, Deed(SERVER, now), city.unit.slug, ImprovementDraft("U9", sentence, city.unit.today(now))
        )
    pages = {
        "list": f"/organisations/{city.government.slug}/freezing",
        "unit's list": f"/organisations/{city.unit.slug}/freezing",
        "record": f"/snapshots/{next(one.id for one in first if one.organisation_id == city.unit.id)}",
        "revision": f"/snapshots/{second[city.unit.id]}",
        "city": f"/snapshots/{second[city.government.id]}",
        "freeze": f"/periods/{earlier.id}/freeze",
        "too early": f"/periods/{city.period.id}/freeze",
        "revise": f"/periods/{year.id}/revise",
        "publish": f"/periods/{year.id}/revisions/2/publish",
        "withdraw": f"/periods/{year.id}/publication/withdraw",
        "improvements": f"/units/{city.unit.slug}/improvements",
        "note": f"/units/{city.unit.slug}/improvements/add",
        "edit": f"/improvements/{chairs.id}/edit",
        "tell": f"/improvements/{chairs.id}/publish",
        "take back": f"/improvements/{chairs.id}/withdraw",
    }
    with serving(folder / "skm.sqlite", folder / "log.txt", workers=1) as address:
        app = create_app(Settings(folder / "skm.sqlite", address, secret_key=SECRET))
        yield address, signed_in_as(app, db, "organisasi", city.government, now).cookie("skm"), pages
    db.close()


@pytest.fixture
def sari(visit, archive):
    """Opens a page of the archive, signed in: `sari("list", **DESK)`."""
    address, cookie, pages = archive

    def _sari(name: str, *by, **look) -> Page:
        page = visit(address, *by, **look)
        page.context.add_cookies([{"name": "skm", "value": cookie, "url": address}])
        assert page.goto(pages[name]).status == 200
        return page

    return _sari


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(sari, name):
    assert not faults(sari(name, **DESK))
