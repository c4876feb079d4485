"""A house with something behind every door: a city where each kind of thing is there once, and people of every role."""

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flask import Flask

from skm.app import create_app
from skm.settings import Settings
from skm.store.database import writing
from skm.survey.officer import ROLES
from skm.usecases.city import devices
from skm.usecases.closing import freezing
from skm.usecases.improving import improvements
from skm.usecases.improving.improvements import ImprovementDraft
from tests.builders import City, a_city, a_period, an_organisation, answered
from tests.client import Visitor
from tests.conftest import DEED, NOON
from tests.databases import a_database
from tests.officers import signed_in_as
from tests.papers import a_batch, a_deed, key


@dataclass(frozen=True)
class House:
    """A city with its doors, and a browser for everybody who may stand before them."""

    app: Flask
    city: City
    open_app: Flask
    samples: dict[str, str]
    officers: dict[tuple[str, str], Visitor]
    half: Visitor
    nobody: Visitor

    def address(self, rule: str) -> str:
        """A rule with a value in every place; a new kind of place needs its sample below."""
        return re.sub(r"<(?:[^<>:]*:)?(\w+)>", lambda name: self.samples[name[1]], rule)


def a_house(path: Path) -> House:
    """The house with its database at a path."""
    db = a_database(path)
    with writing(db):
        city = a_city(db)
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
        period = a_period(db, city.unit, city.period.instrument_id)
        last_year = {"opens": date(2025, 1, 1), "closes": date(2025, 12, 31)}
        over = a_period(db, city.government, city.period.instrument_id, **last_year)
    answered(db, city, "344434334", "2025-06-15")
    made = freezing.freeze_period(db, DEED, over.id)
    answered(db, city, "344434334")
    draft = ImprovementDraft("U3", "Kursi tunggu ditambah 20 buah.", date(2026, 5, 4))
    improvement = improvements.add_improvement(db, DEED, city.unit.slug, draft)
    keyer = a_deed(db, city)
    batch = a_batch(db, city, keyer)
    sheet = key(db, keyer, batch)
    code = devices.make_code(db, DEED, city.unit.slug, city.counter.id, "Tablet").code
    devices.register_device(db, city.token, code, "", NOON)
    settings = Settings(
        path, "https://skm.example.go.id", secret_key="a secret for tests, long enough to be one"
    )
    app = create_app(settings, lambda: NOON)
    places = {"city": city.government, "unit": city.unit, "other": other}
    return House(
        app=app,
        city=city,
        open_app=create_app(replace(settings, open_pages=True), lambda: NOON),
        samples={
            "slug": city.unit.slug,
            "counter_id": city.counter.id,
            "service_id": city.services[0].id,
            "period_id": period.id,
            "snapshot_id": next(one.id for one in made if one.organisation_id == city.unit.id),
            "improvement_id": improvement.id,
            "revision": "1",
            "batch_id": batch.id,
            "device_id": str(db.execute("SELECT id FROM devices").fetchone()[0]),
            "sheet_id": sheet.id,
            "year": "2026",
            "chart": "months",
            "extension": "svg",
            "token": city.token,
            "receipt": "ABCD",
            "secret": "nothing",
            "filename": "css/officer.css",
            "name": "form.js",
            "code": "permenpan-14-2017",
            "officer_id": "nobody",
            "membership_id": "none",
        },
        officers={
            (role, name): signed_in_as(app, db, role, place, NOON)
            for role in ROLES
            for name, place in places.items()
        },
        half=signed_in_as(app, db, "organisasi", city.government, NOON, proven=False),
        nobody=Visitor(app.test_client()),
    )
