"""The columns of answers beside the answers themselves, row by row."""

from datetime import date
from random import Random

import pytest

from skm.figures import described
from skm.figures.dated import date_of
from skm.figures.described import read_described
from skm.store import instruments
from skm.survey.instrument_file import builtin_source
from skm.survey.period import year
from skm.survey.profile import BLANK, width
from skm.survey.response import WAYS
from tests.builders import answered, decided

YEAR = year(2026)
STORED = """SELECT r.number, r.scores, r.local_date, r.unit_id, r.service_id, r.local_hour, substr(r.channel, 1, 1),
                   p.profile FROM responses AS r LEFT JOIN profiles AS p ON p.number = r.number
            WHERE r.instrument_id = ? AND r.local_month BETWEEN '2026-01' AND '2026-12'
                  AND r.id NOT IN (SELECT response_id FROM response_events) ORDER BY r.number"""


def fill(db, city, random):
    """Answers of two questionnaires with profiles of two widths, some of them left out, some of another year."""
    other = instruments.add(db, builtin_source("skm-online-16"))["skm-online-16-daring"]
    for _ in range(random.randrange(60)):
        name = random.choice((city.period.instrument_id, other))
        items = len(instruments.get(db, name).items)
        answer = answered(
            db,
            city,
            "".join(random.choices("1234-", k=items)),
            f"{random.choice((2025, 2026, 2026, 2026))}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
            random.choice(
                ({}, {"sex": "L"}, {"sex": "P", "age": "gt65" if name == other else random.randrange(10, 90)})
            ),
            instrument_id=name,
            service_id=random.choice(city.services).id,
            local_hour=random.randrange(24),
            channel=random.choice(list(WAYS)),
        )
        if random.random() < 0.1:
            decided(db, answer, random.choice(("held", "excluded")))


def rows_of(part, *, by_service):
    """The answers of a part as they are stored, in no order."""
    for place in range(part.n):
        unit, quarter = part.quarters[part.quarter[place]]
        profile = bytes(part.profiles[:, part.profile[place]]).decode()
        service = part.services[part.service[place]] if by_service else ""
        scores, channel = bytes(part.scores[:, place]).decode(), chr(part.channels[place])
        day = date.fromordinal(int(date_of(part.days.each[place]))).isoformat()
        yield scores, day, unit, quarter, service, part.hours[place], channel, profile


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("by_service", [False, True])
def test_columns_have_what_is_stored_of_each_answer(db, city, monkeypatch, seed, by_service):
    random = Random(seed)
    monkeypatch.setattr(described, "AT_ONCE", random.choice((1, 7, 1000)))
    monkeypatch.setattr(described, "SPREAD", random.choice((0, 4)))
    fill(db, city, random)
    parts = {p.name: p for p in read_described(db, city.government.path, YEAR, by_service=by_service).parts}
    for name, instrument in instruments.all_stored(db).items():
        stored = db.execute(STORED, [name]).fetchall()
        found = sorted(rows_of(parts[name], by_service=by_service)) if name in parts else []
        blank = BLANK * width(instrument.profile)
        assert found == sorted(
            (scores, day, unit, quarter(day), service if by_service else "", hour, channel, profile or blank)
            for _, scores, day, unit, service, hour, channel, profile in stored
        )


def quarter(day):
    return f"{day[:4]}-TW{(int(day[5:7]) + 2) // 3}"
