"""Builders fill in everything except what a test is about."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from itertools import count
from types import MappingProxyType
from typing import Any

from PIL import Image

from skm.security import codes
from skm.security.keys import new_key
from skm.store import counters, events, instruments, organisations, periods, responses
from skm.store.database import Database, writing
from skm.store.events import Event
from skm.survey.instrument_file import builtin_source
from skm.survey.organisation import Counter, Organisation, Service, Token
from skm.survey.period import Period
from skm.survey.profile import pack, unpack
from skm.survey.response import Response

ISSUED = "2026-01-01T00:00:00+00:00"
OPEN = {"opens": date(2000, 1, 1), "closes": date(2100, 1, 1)}  # a period that every clock lies in
THREES = {f"P{number}": "3" for number in range(1, 10)}  # what a form of nine items sends
_numbers = count(1)


@dataclass(frozen=True)
class City:
    """The parts of the test city that tests name."""

    government: Organisation
    agency: Organisation
    unit: Organisation
    services: tuple[Service, ...]
    counter: Counter
    token: str
    wide_counter: Counter
    wide_token: str
    period: Period


def a_city(db: Database, source: str = "permenpan-14-2017", instrument: str = "", **period: object) -> City:
    """A tree with one unit; one counter gives one service, the other all three; open in 2026 or as `period` says."""
    government = an_organisation(db, None, "government", "Pemerintah Kota Denpasar")
    agency = an_organisation(db, government, "agency", "Dinas Kesehatan")
    unit = an_organisation(db, agency, "unit", "UPTD Puskesmas I Denpasar Barat")
    services = tuple(a_service(db, unit, name) for name in ("Pendaftaran", "Poli Umum", "Farmasi"))
    counter, token = a_counter(db, unit, "Loket 1", services[:1])
    wide_counter, wide_token = a_counter(db, unit, "Loket 2", services)
    ids = instruments.add(db, builtin_source(source))
    open_period = a_period(db, government, ids[instrument or source], **period)
    return City(government, agency, unit, services, counter, token, wide_counter, wide_token, open_period)


def an_organisation(db: Database, above: Organisation | None, kind: str, name: str) -> Organisation:
    """An organisation in WITA below another."""
    key = new_key()
    path = f"{above.path if above else ''}{key}/"
    slug = name.lower().replace(" ", "-").replace("/", "-")
    made = Organisation(
        key, above.id if above else None, path, kind, slug, name, "Jalan Gunung Agung 1", "", "Asia/Makassar"
    )
    organisations.add(db, [made])
    return made


def a_service(db: Database, unit: Organisation, name: str, channel: str = "face_to_face") -> Service:
    """A free service of a unit."""
    service = Service(new_key(), unit.id, name, channel, True, None)
    organisations.add_services(db, [service])
    return service


def a_counter(
    db: Database, unit: Organisation, name: str, services: tuple[Service, ...]
) -> tuple[Counter, str]:
    """A counter and its live token."""
    counter, token = Counter(new_key(), unit.id, name), codes.new_token()
    counters.add(db, counter, [service.id for service in services], Token(token, counter.id, ISSUED, None))
    return counter, token


def a_period(db: Database, organisation: Organisation, instrument_id: str, **other: object) -> Period:
    """The year 2026, pooled, exact weights."""
    period = Period(
        new_key(),
        organisation.id,
        "Tahun 2026",
        date(2026, 1, 1),
        date(2026, 12, 31),
        instrument_id,
        "exact",
        "pooled",
    )
    period = replace(period, **other)
    periods.add(db, [period])
    return period


def a_png(width: int = 64, height: int = 80, colour: str = "teal") -> bytes:
    """A picture of one colour."""
    stream = BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, "PNG")
    return stream.getvalue()


def a_past_year(db: Database, city: City, **other: object) -> Period:
    """The city's year 2025, which is over."""
    days = {"opens": date(2025, 1, 1), "closes": date(2025, 12, 31)}
    with writing(db):
        return a_period(
            db, city.government, city.period.instrument_id, **({"name": "Tahun 2025"} | days | other)
        )


def answered(
    db: Database,
    city: City,
    scores: str,
    day: str = "2026-06-15",
    about: Mapping[str, str | int] = MappingProxyType({}),
    **other: object,
) -> Response:
    """An answer that has arrived at the city's first counter; `about` is the profile."""
    key = new_key()
    response = Response(
        id=key,
        unit_id=city.unit.id,
        counter_id=city.counter.id,
        service_id=city.services[0].id,
        period_id=city.period.id,
        instrument_id=city.period.instrument_id,
        received=f"{day}T04:00:00+00:00",
        local_date=day,
        local_month=day[:7],
        local_hour=12,
        channel="qr",
        language="id",
        scores=scores,
        profile="",
        comment="",
        receipt=codes.receipt_for(key, f"test {next(_numbers)}"),
        flags="",
    )
    response = replace(response, **other)
    fields = instruments.get(db, response.instrument_id).profile if about else ()
    response = replace(response, profile=pack(fields, about))
    with writing(db):
        responses.add(db, response)
    return response


def decided(db: Database, response: Response, state: str, why: str = "uji") -> None:
    """A decision on an answer, such as "held" or "excluded"."""
    with writing(db):
        events.add(db, Event(response.id, state, "2026-07-01T00:00:00+00:00", None, "server", why))


def stored_answers(db: Database, where: str = "1", **values: str) -> list[dict[str, Any]]:
    """The answers as they are stored, the earliest first, each with its comment and profile."""
    sql = f"""SELECT r.*, coalesce(comment, '') AS comment, coalesce(profile, '') AS profile FROM responses AS r
              LEFT JOIN comments USING (number) LEFT JOIN profiles USING (number) WHERE {where} ORDER BY number"""
    found = list(db.query(sql, values))
    for row in found:
        row["profile"] = unpack(instruments.get(db, row["instrument_id"]).profile, row["profile"])
    return found
