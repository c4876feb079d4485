"""Nobody can be singled out by taking what a screen shows from the official figure beside it."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.figures.summary import ENOUGH
from skm.store.database import writing
from skm.usecases.city.screen import show_screen
from skm.usecases.closing import freezing, publishing
from skm.usecases.deed import SERVER, Deed
from tests.builders import a_city, a_period, answered
from tests.databases import a_database

BASE = "https://skm.example.go.id"
MONTHS = ["2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]
BOTH_YEARS = {"opens": date(2025, 1, 1), "closes": date(2026, 12, 31)}
PUBLISHED = datetime(2026, 6, 1, tzinfo=UTC)
# As if it had been published at once: a screen is looked at in each of these months.
VISITS = [datetime(2025, 12, 15, tzinfo=UTC), *(datetime(2026, m, 15, tzinfo=UTC) for m in (1, 2, 3, 4, 5))]


@pytest.fixture
def shown(db, city):
    """Who is shown on a screen in January 2026 when so many answered in these months of 2025, which is published."""

    def _shown(**numbers):
        answer(db, city, {month.replace("m", "2025-"): n for month, n in numbers.items()})
        publish(db, city, "2025-01", "2025-12")
        return show_screen(db, city.token, BASE, VISITS[1])

    return _shown


def answer(db, city, numbers):
    for month, n in numbers.items():
        for _ in range(n):
            answered(db, city, "343434343", day=f"{month}-14")


def publish(db, city, first, last):
    """Closes and publishes a period of whole months."""
    opens = date.fromisoformat(f"{first}-01")
    closes = (date.fromisoformat(f"{last}-28") + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    with writing(db):
        period = a_period(db, city.unit, city.period.instrument_id, opens=opens, closes=closes)
    freezing.freeze_period(db, Deed(SERVER, PUBLISHED), period.id)
    publishing.publish_period(db, Deed(SERVER, PUBLISHED), period.id, 1)


def test_the_last_three_people_of_a_published_year_are_not_given_away(shown):
    screen = shown(m06=7, m12=3)
    assert (screen.official.n, screen.summary.result, screen.summary.steps) == (10, None, [])


def test_a_summary_that_gives_nobody_away_stands_beside_the_figure(shown):
    screen = shown(m06=7, m12=5)
    assert (screen.official.n, screen.summary.result.n) == (12, 12)


def visible(screen):
    """Every set of respondents that a screen shows figures of, as a row over MONTHS."""
    spans = [span for span, _ in screen.summary.steps]
    ends = [
        (span.first, span.last)
        for span in [*spans, *([screen.summary.span] if screen.summary.result else [])]
    ]
    if screen.official:
        ends.append((f"{screen.official.opens:%Y-%m}", f"{screen.official.closes:%Y-%m}"))
    return [[int(first <= month <= last) for month in MONTHS] for first, last in ends]


def sizes_left(rows, numbers):
    """How many people each sum and difference of the sets leaves, where it is a set."""
    if not rows:
        return set()
    signs = numpy.indices((3,) * len(rows)).reshape(len(rows), -1).T - 1
    sets = (signs @ numpy.array(rows))[:, [n > 0 for n in numbers]]
    found = sets[((sets == 0) | (sets == 1)).all(axis=1)]
    return set((found @ numpy.array([n for n in numbers if n])).tolist())


@given(
    st.lists(st.integers(0, 9), min_size=len(MONTHS), max_size=len(MONTHS)),
    st.sampled_from([None, (0, 2), (3, 5), (0, 1), (2, 3), (1, 4), (4, 4)]),
)
@settings(max_examples=40)
def test_no_sum_or_difference_of_what_a_screen_shows_leaves_fewer_than_five(numbers, period):
    with tempfile.TemporaryDirectory() as folder:
        db = a_database(Path(folder) / "skm.sqlite")
        with writing(db):
            city = a_city(db, **BOTH_YEARS)
        answer(db, city, dict(zip(MONTHS, numbers, strict=True)))
        if period is not None:
            publish(db, city, MONTHS[period[0]], MONTHS[period[1]])
        screens = [show_screen(db, city.token, BASE, visit) for visit in VISITS]
        db.close()
    for screen in screens:
        assert not [n for n in sizes_left(visible(screen), numbers) if 0 < n < ENOUGH]
