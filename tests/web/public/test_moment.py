"""Of which day is an answer? Of that on which its form was opened: period, date, month and hour follow one moment."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from skm.store import snapshots
from skm.store.database import writing
from skm.usecases.closing import freezing
from skm.usecases.deed import SERVER, Deed
from tests.builders import THREES, a_period, stored_answers

PERSON = "0" * 31 + "1"
NEW_YEAR = datetime(2026, 12, 31, 15, 55, tzinfo=UTC)  # 23.55 WITA


MIDNIGHTS = [  # the clock of the unit when the form was opened, in UTC; the day, month and hour that its answer is of
    ("Asia/Makassar", datetime(2026, 3, 31, 15, 59, tzinfo=UTC), ("2026-03-31", "2026-03", 23)),
    ("Asia/Makassar", datetime(2026, 3, 31, 16, 0, tzinfo=UTC), ("2026-04-01", "2026-04", 0)),
    ("Asia/Jakarta", datetime(2026, 6, 30, 16, 59, tzinfo=UTC), ("2026-06-30", "2026-06", 23)),
    ("Asia/Jayapura", datetime(2026, 6, 30, 15, 0, tzinfo=UTC), ("2026-07-01", "2026-07", 0)),
]


@pytest.mark.parametrize("passed", [timedelta(minutes=6), timedelta(hours=25), timedelta(days=31)])
@pytest.mark.parametrize(("zone", "opened", "dated"), MIDNIGHTS)
def test_an_answer_is_of_the_day_on_which_its_form_was_opened(
    tamu, city, db, clock, zone, opened, dated, passed
):
    with writing(db):
        db.execute("UPDATE organisations SET time_zone = :zone", {"zone": zone})
    clock.moment = opened
    hidden = tamu.open_form(city.token)
    clock.moment += passed
    tamu.post(f"/s/{city.token}", THREES | hidden, 303)
    (row,) = stored_answers(db)
    assert (row["local_date"], row["local_month"], row["local_hour"]) == dated
    assert row["flags"] == ("late" if passed > timedelta(days=1) else "")


def test_an_answer_to_a_form_opened_longer_ago_than_a_month_is_of_today(tamu, city, db, clock):
    hidden = tamu.open_form(city.token)
    clock.moment += timedelta(days=31, minutes=1)
    tamu.post(f"/s/{city.token}", THREES | hidden, 303)
    assert stored_answers(db)[0]["local_date"] == f"{clock.moment:%Y-%m-%d}"


def test_every_answer_lies_within_its_period(tamu, city, db, clock):
    """By quarters: a form opened before midnight belongs to the old one, by its period as by its day."""
    with writing(db):
        second = a_period(
            db,
            city.unit,
            city.period.instrument_id,
            name="TW 2",
            opens=date(2026, 4, 1),
            closes=date(2026, 6, 30),
        )
        third = a_period(
            db,
            city.unit,
            city.period.instrument_id,
            name="TW 3",
            opens=date(2026, 7, 1),
            closes=date(2026, 9, 30),
        )
    clock.moment = datetime(2026, 6, 30, 15, 55, tzinfo=UTC)  # 23.55 WITA
    old = tamu.open_form(city.token)
    clock.moment += timedelta(minutes=10)
    new = tamu.open_form(city.token)
    for hidden in (old, new):
        tamu.post(f"/s/{city.token}", THREES | hidden, 303)
    assert [(row["period_id"], row["local_date"]) for row in stored_answers(db)] == [
        (second.id, "2026-06-30"),
        (third.id, "2026-07-01"),
    ]


@pytest.fixture
def kiosk(tamu, city):
    """Sends an answer with the stamp of a kiosk's page, opened so many seconds ago."""

    def send(stamp: str, ago: str) -> None:
        tamu.post(f"/s/{city.token}?kirim=1", THREES | {"stamp": f"{stamp}~{PERSON}", "ago": ago}, 303)

    return send


@pytest.fixture
def stamp(tamu, city) -> str:
    """The stamp that a kiosk has fetched last, on 15 June."""
    tamu.get(f"/kios/{city.token}")
    return tamu.page.xpath("//input[@name='stamp']/@value")[0]


def counted(db, city) -> int:
    """How many answers the latest frozen figure of the city counts."""
    (latest,) = [
        one for one in snapshots.all_latest(db, city.period.id) if one.organisation_id == city.government.id
    ]
    return json.loads(snapshots.content_of(db, latest.id))["figures"]["n"]


DAY = 24 * 3600


@pytest.mark.parametrize(
    ("ago", "day", "flags"),
    [
        (str(2 * DAY), "2026-06-16", "late"),
        ("60", "2026-06-18", ""),
        ("0", "2026-06-18", ""),
        ("", "2026-06-15", "late"),
        (str(2000 * DAY), "2026-06-15", "late"),  # its clock has jumped
        ("-60", "2026-06-15", "late"),
        ("9" * 400, "2026-06-15", "late"),
        ("1e3", "2026-06-15", "late"),
    ],
)
def test_an_answer_that_a_kiosk_kept_is_of_the_day_on_which_its_person_began(
    kiosk, stamp, db, clock, ago, day, flags
):
    clock.moment += timedelta(days=3)
    kiosk(stamp, ago)
    assert [(row["local_date"], row["flags"]) for row in stored_answers(db)] == [(day, flags)]


def test_a_kiosk_without_a_connection_for_two_months_dates_its_last_answers(kiosk, stamp, db, clock):
    clock.moment += timedelta(days=60)
    kiosk(stamp, str(DAY))
    assert stored_answers(db)[0]["local_date"] == f"{clock.moment - timedelta(days=1):%Y-%m-%d}"


def test_what_is_sent_after_midnight_counts_where_its_period_is_frozen(tamu, city, db, clock):
    clock.moment = NEW_YEAR
    hidden = tamu.open_form(city.token)
    clock.moment += timedelta(minutes=10)
    tamu.post(f"/s/{city.token}", THREES | hidden, 303)
    clock.moment += timedelta(days=1)
    freezing.freeze_period(db, Deed(SERVER, clock.moment), city.period.id)
    assert counted(db, city) == 1


def test_what_comes_after_the_freezing_is_taken_is_late_and_counts_in_a_revision(tamu, sari, city, db, clock):
    clock.moment = NEW_YEAR
    first, second = tamu.open_form(city.token), tamu.open_form(city.token)
    tamu.post(f"/s/{city.token}", THREES | first, 303)
    clock.moment += timedelta(days=2)
    freezing.freeze_period(db, Deed(SERVER, clock.moment), city.period.id)
    tamu.post(f"/s/{city.token}", THREES | second, 303)
    assert counted(db, city) == 1
    sari.get(f"/organisations/{city.government.slug}/freezing")
    assert "1 jawaban datang sesudahnya" in sari.words
    freezing.revise_period(db, Deed(SERVER, clock.moment), city.period.id, "Jawaban terlambat")
    assert counted(db, city) == 2
