"""Nobody can be singled out by what a screen shows from month to month and the official figure beside it."""

import tempfile
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.figures.states import find_states
from skm.store.database import writing
from skm.survey.problem import Problem
from skm.survey.small_cells import K
from skm.survey.states import cover
from skm.usecases.city.screen import show_screen
from skm.usecases.closing import freezing, publishing
from skm.usecases.deed import SERVER, Deed
from tests.builders import a_city, a_period, answered, stored_answers
from tests.databases import a_database

BASE = "https://skm.example.go.id"
MONTHS = ["2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]
BOTH_YEARS = {"opens": date(2025, 1, 1), "closes": date(2026, 12, 31)}
FROZEN = datetime(2026, 4, 10, tzinfo=UTC)
VISITS = [datetime(2025, 12, 15, tzinfo=UTC), *(datetime(2026, m, 15, tzinfo=UTC) for m in (1, 2, 3, 4, 5))]
QUARTERS, YEAR, MONTH, ODD = ("2025-10", "2025-12"), ("2025-01", "2025-12"), ("2026-02", "2026-02"), (
    "2025-11", "2026-01",
)  # fmt: skip


@pytest.fixture
def shown(db, city):
    """The screen of January 2026 when so many answered in 2025, of which these months are published."""

    def _shown(months, **numbers):
        for month, n in numbers.items():
            answer(db, city, month.replace("m", "2025-"), n)
        publish(db, announced(db, city, *months), datetime(2026, 1, 10, tzinfo=UTC))
        return show_screen(db, city.token, BASE, VISITS[1])

    return _shown


def answer(db, city, month, n):
    for _ in range(n):
        answered(db, city, "343434343", day=f"{month}-14")


def announced(db, city, first, last):
    """A period of whole months."""
    opens = date.fromisoformat(f"{first}-01")
    closes = (date.fromisoformat(f"{last}-28") + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    with writing(db):
        return a_period(db, city.unit, city.period.instrument_id, opens=opens, closes=closes)


def publish(db, period, at):
    """Freezes and publishes a period; one that nobody answered is refused."""
    within = "local_date BETWEEN :opens AND :closes"
    if not stored_answers(db, within, opens=period.opens.isoformat(), closes=period.closes.isoformat()):
        with pytest.raises(Problem, match="freezing_empty"):
            freezing.freeze_period(db, Deed(SERVER, at), period.id)
        return
    freezing.freeze_period(db, Deed(SERVER, at), period.id)
    publishing.publish_period(db, Deed(SERVER, at), period.id, 1)


def test_a_published_year_shows_whole_beside_its_figure(shown):
    screen = shown(("2025-01", "2025-12"), m06=7, m12=3)
    assert (screen.official.n, screen.summary.result.n) == (10, 10)


def test_a_figure_that_is_no_span_of_the_calendar_stands_alone(shown):
    screen = shown(("2025-05", "2025-11"), m01=12, m06=17, m12=15)
    assert (screen.official.n, screen.summary.result) == (17, None)
    assert [at.code for at, _ in screen.summary.months] == ["2025-01", "2025-12"]


class Visible:
    """The answers that a screen shows figures of, as sets of their numbers."""

    def __init__(self, db, city) -> None:
        self.db, self.city, self.sets = db, city, []

    def look(self, now) -> None:
        screen, states = (
            show_screen(self.db, self.city.token, BASE, now),
            find_states(self.db, self.city.unit, now),
        )
        spans = [span for span, _ in screen.summary.months]
        spans += [screen.summary.span] if screen.summary.result else []
        self.sets += [self.of(span.months, states) for span in spans]
        if official := screen.official:
            self.sets.append(
                frozenset(
                    n
                    for n, day in self.days()
                    if official.opens <= date.fromisoformat(day) <= official.closes
                )
            )
            assert len(self.sets[-1]) == official.n
        assert [one.n for _, one in screen.summary.months] == [
            len(self.of(span.months, states)) for span, _ in screen.summary.months
        ]

    def of(self, months, states):
        """The answers that a span shows: all that have come but those that do not show at its level."""
        levels = cover(months)
        hidden = {n: mask for mask, some in states.hidden.items() for n in some}
        return frozenset(
            n
            for n, day in self.days()
            if (level := levels.get(day[:7])) is not None and hidden.get(n, -1) >> level & 1
        )

    def days(self):
        return self.db.conn.execute("SELECT number, local_date FROM responses").fetchall()

    @property
    def small_groups(self):
        """Whom no set tells apart, where they are one to four and in some set."""
        alike = defaultdict(set)
        sets = list(dict.fromkeys(self.sets))
        for number, _ in self.days():
            alike[tuple(number in members for members in sets)].add(number)
        return [group for where, group in alike.items() if any(where) and len(group) < K]


def life(numbers, months, *, together):
    """The screens of half a year; `months` are published in its middle or never. Whom they give away."""
    with tempfile.TemporaryDirectory() as folder:
        db = a_database(Path(folder) / "skm.sqlite")
        with writing(db):
            city = a_city(db, **BOTH_YEARS)
        period, found = announced(db, city, *months) if months else None, []
        seen, left = Visible(db, city), dict(zip(MONTHS, numbers, strict=True))
        for visit in VISITS:
            for month in [month for month in left if f"{month}-14" < f"{visit:%Y-%m-%d}"]:
                answer(db, city, month, left.pop(month))
            if period and visit > FROZEN and period.closes < visit.date():
                publish(db, period, visit - timedelta(days=3))
                period = None
            if not together:
                seen.sets = []
            seen.look(visit)
            found += seen.small_groups
        db.close()
    return found


numbers = st.lists(st.integers(0, 14), min_size=len(MONTHS), max_size=len(MONTHS))


@given(numbers, st.sampled_from([None, QUARTERS, YEAR, MONTH]))
@settings(max_examples=20)
def test_nothing_that_screens_of_half_a_year_show_together_leaves_fewer_than_five(numbers, months):
    assert not life(numbers, months, together=True)


@given(numbers, st.sampled_from([ODD, ("2025-10", "2025-11"), ("2025-09", "2026-02")]))
@settings(max_examples=20)
def test_nor_does_a_screen_beside_the_figure_of_any_other_period(numbers, months):
    assert not life(numbers, months, together=False)
