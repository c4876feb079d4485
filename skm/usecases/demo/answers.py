"""Invented answers with the traits of real ones: units differ, months differ, elements differ, people differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from skm.security import codes
from skm.security.keys import random_key
from skm.survey.instrument import Instrument, ProfileField
from skm.survey.profile import pack
from skm.survey.response import Response
from skm.usecases.deed import stored_quarter
from skm.usecases.demo.city import TIME_ZONE, DemoUnit

_COMMENTS = (
    "Petugas ramah dan menjelaskan dengan sabar.",
    "Antrean cukup lama pada hari Senin.",
    "Mohon tempat duduk di ruang tunggu ditambah.",
    "Pelayanan cepat, terima kasih.",
    "Informasi persyaratan sebaiknya dipasang lebih jelas.",
    "Tempat parkir sempit.",
    "Becik pisan pelayanannyane.",
    "Staff were kind and helpful.",
)
_LANGUAGES = ("id",) * 17 + ("ban",) * 2 + ("en",)
_HOURS = (8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 12, 13, 13, 14, 14, 15)
_USUAL = {
    "U3": -0.14,
    "U9": -0.08,
    "U8": -0.05,
    "U6": 0.06,
    "U7": 0.12,
}  # what people everywhere like less or more
_FREE_ELEMENT = "U4"  # services are free of charge, so most people answer "gratis"


@dataclass(frozen=True)
class Desk:
    """A counter in the generator: where an answer is given and for what."""

    unit_id: str
    counter_id: str
    services: Sequence[str]


@dataclass(frozen=True)
class Season:
    """A month of a unit: which period it belongs to, and with which instrument it is answered."""

    first: date
    days: int
    period_id: str
    instrument_id: str


def invent(
    random: Random, unit: DemoUnit, desks: Sequence[Desk], seasons: Sequence[Season], instrument: Instrument
) -> Iterator[Response]:
    """The answers of a unit over its seasons."""
    for number, season in enumerate(seasons):
        busy = unit.monthly * random.uniform(0.7, 1.3) * season.days / 30
        mood = unit.mood + unit.yearly_trend * number / 12 + random.gauss(0, 0.04)
        for _ in range(round(busy)):
            yield _answer(random, unit, random.choice(desks), season, instrument, mood)


def _answer(
    random: Random, unit: DemoUnit, desk: Desk, season: Season, instrument: Instrument, mood: float
) -> Response:
    at = _moment(random, season)
    received = at.astimezone(UTC)
    key = random_key(random.getrandbits(128))
    return Response(
        id=key,
        unit_id=desk.unit_id,
        counter_id=desk.counter_id,
        service_id=random.choice(desk.services),
        period_id=season.period_id,
        instrument_id=season.instrument_id,
        received=stored_quarter(received),
        local_date=at.date().isoformat(),
        local_month=f"{at:%Y-%m}",
        local_hour=at.hour,
        channel="qr",
        language=random.choice(_LANGUAGES),
        scores=_scores(random, unit, instrument, mood),
        profile=pack(instrument.profile, _profile(random, instrument)),
        comment=random.choice(_COMMENTS) if random.random() < 0.08 else "",
        receipt=codes.receipt_for(key, "demo"),
        flags="",
    )


def _moment(random: Random, season: Season) -> datetime:
    day = season.first + timedelta(days=random.randrange(season.days))
    if day.weekday() >= 5 and season.days > 7:  # offices are closed at the weekend
        day = max(season.first, day - timedelta(days=day.weekday() - 4))
    minute = time(random.choice(_HOURS), random.randrange(60), random.randrange(60))
    return datetime.combine(day, minute, ZoneInfo(TIME_ZONE))


def _scores(random: Random, unit: DemoUnit, instrument: Instrument, mood: float) -> str:
    person = random.gauss(0, 0.42)  # some people praise everything, some nothing: answers of one person agree
    return "".join(_score(random, unit, item.element, mood + person) for item in instrument.items)


def _score(random: Random, unit: DemoUnit, element: str, level: float) -> str:
    if element == _FREE_ELEMENT and random.random() < 0.85:
        return "4"
    level += _USUAL.get(element, 0) - (0.28 if element in unit.lowest else 0)
    return str(min(4, max(1, round(random.gauss(level, 0.45)))))


def _profile(random: Random, instrument: Instrument) -> dict[str, str | int]:
    return {field.code: _trait(random, field) for field in instrument.profile if random.random() > 0.12}


def _trait(random: Random, field: ProfileField) -> str | int:
    if field.kind == "number":
        return min(field.maximum or 99, max(17, round(random.gauss(38, 13))))
    return random.choice(field.choices).code
