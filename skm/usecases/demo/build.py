"""`skm demo`: the tree, the periods, three years of invented answers in one transaction; the past years published."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from skm.security import codes
from skm.security.keys import key_of
from skm.store import counters, installation, instruments, organisations, periods, responses
from skm.store.database import Database, writing
from skm.survey.instrument import Instrument
from skm.survey.instrument_file import builtin_source
from skm.survey.organisation import Counter, Organisation, Service, Token
from skm.survey.period import POOLED, Period
from skm.survey.problem import Problem
from skm.usecases.closing.freezing import freeze_period
from skm.usecases.closing.publishing import publish_period
from skm.usecases.deed import SERVER, Deed
from skm.usecases.demo.answers import Desk, Season, invent
from skm.usecases.demo.city import AGENCIES, CITY, IMPROVEMENTS, TIME_ZONE, DemoUnit
from skm.usecases.improving import improvements
from skm.usecases.improving.improvements import ImprovementDraft

INSTRUMENT = "permenpan-14-2017"
YEARS = 3


@dataclass
class _Builder:
    """The growing city. Every key comes from the seed, so the same seed and day make the same database."""

    db: Database
    random: Random
    born: int  # milliseconds; keys count up from here
    issued: str
    period_of: dict[int, str]
    instrument_id: str
    instrument: Instrument
    seasons: Sequence[Season]
    answers: int = 0

    def key(self) -> str:
        self.born += 1
        return key_of(self.born, self.random.getrandbits(74))


def build_demo(db: Database, today: date, seed: int = 14_2017) -> int:
    """Fills an empty database with the demo city up to a day; the number of answers.

    Raises Problem when the database holds anything but a demo, and when it holds a demo already.
    """
    with writing(db):
        refuse_unless_empty(db)
        installation.change(db, "demo", f"seed {seed}, until {today.isoformat()}")
        answers = _build(db, today, Random(seed))
    _publish_past_years(db, today)
    _improve(db, today)
    return answers


def refuse_unless_empty(db: Database) -> None:
    """Raises Problem for a database with a city or with answers in it."""
    if installation.find(db, "demo"):
        raise Problem("demo_exists")
    if organisations.find_root(db) or responses.count_all(db):
        raise Problem("demo_refused", answers=responses.count_all(db))


def _build(db: Database, today: date, random: Random) -> int:
    ids = instruments.add(db, builtin_source(INSTRUMENT))
    start = date(today.year - YEARS + 1, 1, 1)
    midnight = datetime.combine(start, time(), UTC)
    builder = _Builder(
        db=db,
        random=random,
        born=int(midnight.timestamp() * 1000),
        issued=midnight.isoformat(timespec="seconds"),
        period_of={},
        instrument_id=ids[INSTRUMENT],
        instrument=instruments.get(db, ids[INSTRUMENT]),
        seasons=(),
    )
    root = _organisation(builder, None, "government", CITY)
    _periods(builder, root, start.year, today.year)
    builder.seasons = _seasons(builder, start, today)
    for agency in AGENCIES:
        above = _organisation(builder, root, "agency", agency.name, agency.field)
        for model in agency.units:
            _unit(builder, above, model)
    return builder.answers


def _organisation(
    builder: _Builder, above: Organisation | None, kind: str, name: str, field: str = ""
) -> Organisation:
    key = builder.key()
    organisation = Organisation(
        id=key,
        parent_id=above.id if above else None,
        path=f"{above.path if above else ''}{key}/",
        kind=kind,
        slug=re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-"),
        name=name,
        address="Denpasar, Bali",
        phone="",
        time_zone=TIME_ZONE,
        field=field,
    )
    organisations.add(builder.db, [organisation])
    return organisation


def _periods(builder: _Builder, root: Organisation, first: int, last: int) -> None:
    for number in range(first, last + 1):
        builder.period_of[number] = key = builder.key()
        opens, closes = date(number, 1, 1), date(number, 12, 31)
        period = Period(
            key, root.id, f"Tahun {number}", opens, closes, builder.instrument_id, "exact", POOLED
        )
        periods.add(builder.db, [period])


def _seasons(builder: _Builder, start: date, today: date) -> list[Season]:
    seasons, first = [], start
    while first <= today:
        following = (first + timedelta(days=32)).replace(day=1)
        days = (min(following, today + timedelta(days=1)) - first).days
        seasons.append(Season(first, days, builder.period_of[first.year], builder.instrument_id))
        first = following
    return seasons


def _publish_past_years(db: Database, today: date) -> None:
    """Freezes their figures in the January that follows, and publishes them two weeks later."""
    root, latest = organisations.get_root(db), _noon(today)
    for period in periods.all_for(db, [root.id]):
        if period.closes < today:
            january = _noon(date(period.closes.year + 1, 1, 15))
            later = min(january + timedelta(days=14), latest)
            (snapshot, *_) = freeze_period(db, Deed(SERVER, min(january, latest)), period.id)
            publish_period(db, Deed(SERVER, later), period.id, snapshot.revision)


def _improve(db: Database, today: date) -> None:
    """Improvements that are published, and one that is not yet; done so many days ago."""
    for slug, improved in IMPROVEMENTS.items():
        for days, element, sentence in improved:
            done = today - timedelta(days=days)
            draft, deed = ImprovementDraft(element, sentence, done), Deed(SERVER, _noon(done))
            made = improvements.add_improvement(db, deed, slug, draft)
            if days:
                improvements.publish_improvement(db, deed, made.id)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(4), UTC)


def _unit(builder: _Builder, above: Organisation, model: DemoUnit) -> None:
    unit = _organisation(builder, above, "unit", model.name)
    desks = []
    for name, given in model.counters.items():
        services = [
            Service(builder.key(), unit.id, service, "face_to_face", True, model.monthly * 160)
            for service in given
        ]
        organisations.add_services(builder.db, services)
        counter = Counter(builder.key(), unit.id, name)
        token = Token(codes.new_token(builder.random.getrandbits(64)), counter.id, builder.issued, None)
        counters.add(builder.db, counter, [service.id for service in services], token)
        desks.append(Desk(unit.id, counter.id, [service.id for service in services]))
    answers = invent(builder.random, model, desks, builder.seasons, builder.instrument)
    builder.answers += responses.add_all(builder.db, answers)
