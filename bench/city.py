"""Cities to measure with: a tree made through the store, any number of answers made by SQL, cached between runs."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from random import Random

from skm.security import codes
from skm.security.keys import key_of, new_key
from skm.store import counters, instruments, migrations, organisations, periods, responses
from skm.store.database import Database, connect, writing
from skm.survey.instrument import Instrument
from skm.survey.instrument_file import builtin_source
from skm.survey.organisation import Counter, Organisation, Service, Token
from skm.survey.period import Period
from skm.survey.profile import pack
from skm.survey.response import Response

INSTRUMENT = "permenpan-14-2017"
FIRST_YEAR = 2021
UNITS_OF_AN_AGENCY = 10
COMMENTS = (
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "Pelayanan cepat, terima kasih.",
    "Mohon kursi tunggu ditambah, pak",
)


@dataclass(frozen=True)
class Place:
    """Where an answer is given."""

    unit_id: str
    counter_id: str
    service_id: str
    token: str


@dataclass(frozen=True)
class Asked:
    """What is asked everywhere."""

    period_id: str
    instrument_id: str
    instrument: Instrument


def city(file: Path, units: int) -> list[Place]:
    """A new database with a city of so many units, each with a counter for two services; open for answers today."""
    db = connect(file)
    migrations.apply(db)
    with writing(db):
        root = _organisation(db, None, "government", "Pemerintah Kota Ukur")
        key = instruments.add(db, builtin_source(INSTRUMENT))[INSTRUMENT]
        always = date(FIRST_YEAR, 1, 1), date(2099, 12, 31)
        periods.add(db, [Period(new_key(), root.id, "Terus-menerus", *always, key, "exact", "pooled")])
        places = []
        for number in range(units):
            if number % UNITS_OF_AN_AGENCY == 0:
                agency = _organisation(db, root, "agency", f"Kecamatan {number // UNITS_OF_AN_AGENCY + 1}")
            places.append(_place(db, _organisation(db, agency, "unit", f"Kelurahan Pelayanan {number + 1}")))
    db.close()
    return places


def filled(units: int, months: int, answers: int) -> Path:
    """A database with so many answers, spread over the units and over the months from January of FIRST_YEAR.

    It is built once into the system's folder for temporary files, and again when the schema or the builder changes.
    """
    home = Path(tempfile.gettempdir()) / "skm-bench"
    current = home / _fingerprint()
    for other in home.glob("*"):
        if other != current:
            shutil.rmtree(other)
    file = current / f"{units}-units-{months}-months-{answers}-answers.sqlite"
    if not file.exists():
        draft = file.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        _fill(draft, city(draft, units), months, answers)
        draft.rename(file)
    return file


def _fingerprint() -> str:
    sources = [*sorted(migrations.FOLDER.glob("[0-9]*.py")), Path(__file__)]
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]


def _fill(file: Path, places: list[Place], months: int, answers: int) -> None:
    db = connect(file)
    key, period = db.execute("SELECT instrument_id, id FROM periods").fetchone()
    asked = Asked(period, key, instruments.get(db, key))
    db.conn.execute("PRAGMA synchronous=OFF")
    with writing(db):
        responses.add_all(db, _responses(Random(14), asked, places, months, answers))
    db.conn.execute("ANALYZE")
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def _responses(
    random: Random, asked: Asked, places: list[Place], months: int, answers: int
) -> Iterator[Response]:
    """Answers in the order of their arrival, as in life: the units of a month mixed, so its index is written mixed."""
    fields = asked.instrument.profile
    profiles = [pack(fields, _profile(random, asked.instrument)) for _ in range(20_000)]
    width = len(asked.instrument.items)
    for number in range(answers):
        year, month = divmod(number * months // answers, 12)
        at = datetime(FIRST_YEAR + year, month + 1, number % 28 + 1, number % 8, number % 60, tzinfo=UTC)
        place = places[random.randrange(len(places))]
        yield Response(
            id=key_of(int(at.timestamp() * 1000), random.getrandbits(74)),
            unit_id=place.unit_id,
            counter_id=place.counter_id,
            service_id=place.service_id,
            period_id=asked.period_id,
            instrument_id=asked.instrument_id,
            received=at.isoformat(timespec="seconds"),
            local_date=at.date().isoformat(),
            local_month=f"{at:%Y-%m}",
            local_hour=at.hour + 8,
            channel="qr",
            language="id",
            scores="".join(random.choices("1234-", (2, 8, 46, 43, 1), k=width)),
            profile=random.choice(profiles),
            comment=random.choice(COMMENTS),
            receipt=f"{number:012d}",
            flags="",
        )


def _profile(random: Random, instrument: Instrument) -> dict[str, str | int]:
    return {
        field.code: random.choice(field.choices).code if field.choices else random.randrange(17, 75)
        for field in instrument.profile
    }


def _organisation(db: Database, above: Organisation | None, kind: str, name: str) -> Organisation:
    key = new_key()
    path = f"{above.path if above else ''}{key}/"
    slug = name.lower().replace(" ", "-")
    made = Organisation(key, above.id if above else None, path, kind, slug, name, "", "", "Asia/Makassar")
    organisations.add(db, [made])
    return made


def _place(db: Database, unit: Organisation) -> Place:
    given = [
        Service(new_key(), unit.id, name, "face_to_face", True, None)
        for name in ("Surat Keterangan", "Legalisasi")
    ]
    organisations.add_services(db, given)
    counter = Counter(new_key(), unit.id, "Loket Pelayanan")
    token = codes.new_token()
    issued = f"{FIRST_YEAR}-01-01T00:00:00+00:00"
    counters.add(db, counter, [service.id for service in given], Token(token, counter.id, issued, None))
    return Place(unit.id, counter.id, given[0].id, token)
