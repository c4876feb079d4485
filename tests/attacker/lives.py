"""Short lives of small cities in which all happens that makes figures hard to guard, and what readers are shown.

Here the attacker opens no page: other tests say that each number on a page is of the people whom `people` says it is
of. He is given who is in every state of every organisation on every day, and in every figure that was published.

Only answers that show are decided on: of the newest, which wait, 0021 says why they are not guarded.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from skm.figures.states import find_states
from skm.store import instruments, snapshots
from skm.store.database import writing
from skm.survey.instrument_file import builtin_source
from skm.survey.organisation import Organisation
from skm.survey.period import POOLED, Period, Span, month, spans_of_year
from skm.survey.problem import Problem
from skm.survey.small_cells import K
from skm.survey.states import YEAR
from skm.usecases.answering import decisions
from skm.usecases.city.organisations import move_organisation
from skm.usecases.city.periods import add_period
from skm.usecases.closing import freezing, publishing
from skm.usecases.deed import SERVER, Deed
from tests.attacker.people import People, Set
from tests.attacker.solver import Puzzle, cells, pairs
from tests.builders import a_city, a_past_year, a_period, an_organisation, answered
from tests.databases import a_database
from tests.officers import exclude

FIRST = date(2025, 2, 3)
MARKS = {
    "MOVED": date(2025, 4, 16),  # a unit moves in the middle of a month
    "CUT": (date(2025, 3, 12), date(2025, 6, 8)),  # a period of one agency that is no span of the calendar
    "LATER": (date(2025, 5, 1), date(2025, 6, 30)),  # a shorter period of a unit, which somebody sets up late
}


@dataclass
class Shown:
    """What readers were shown: who is in each figure, by where it stood first."""

    sets: dict[Set, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def add(self, who: Set, where: str) -> None:
        """Notes a figure."""
        if who:
            self.sets.setdefault(who, where)


class Life:
    """A city day by day. `rate` is how many answers come to a unit on a day at most."""

    def __init__(self, path: Path, seed: int, rule: str = POOLED, *, long: bool = True) -> None:
        self.db, self.random, self.shown, self.today = a_database(path), Random(seed), Shown(), FIRST
        self.is_long = long  # whether one unit asks another questionnaire at times
        self.rate = self.random.choice((1, 2, 3, 4))
        with writing(self.db):
            self.city = a_city(self.db, aggregation=rule)
            self.other = an_organisation(self.db, self.city.government, "agency", "Dinas Sosial")
            second = an_organisation(self.db, self.city.agency, "unit", "Unit B")
            self.moving = an_organisation(self.db, self.city.agency, "unit", "Unit Pindah")
            own = [an_organisation(self.db, self.other, "unit", f"Panti {name}") for name in "AB"]
            self.long = instruments.add(self.db, builtin_source("skm-online-16"))["skm-online-16"]
            days = {"opens": MARKS["CUT"][0], "closes": MARKS["CUT"][1], "aggregation": rule}
            self.cut = a_period(self.db, self.other, self.city.period.instrument_id, name="Sendiri", **days)
        self.year = a_past_year(self.db, self.city, aggregation=rule)
        self.units = [self.city.unit, second, self.moving, *own]
        self.places = [self.city.government, self.city.agency, self.other, *self.units]
        self.later: Period | None = None

    @property
    def deed(self) -> Deed:
        """Somebody acts at noon."""
        return Deed(SERVER, self.moment)

    @property
    def moment(self) -> datetime:
        """Noon of the day."""
        return datetime(self.today.year, self.today.month, self.today.day, 4, tzinfo=UTC)

    def live(self, days: int = 160, *, late: bool = True, reads: bool = True) -> None:
        """Days go by, and where `late` some of January: what is read on a day is of the days before it."""
        for _ in range(days):
            self.a_day()
            self.next_day(reads=reads)
        self.today = date(2026, 1, 12)
        for _ in range(12 if late else 0):
            self.a_late_day()
            self.next_day(reads=reads)

    def next_day(self, *, reads: bool) -> None:
        """The next morning."""
        self.today += timedelta(days=1)
        if reads:
            self.read()

    def a_day(self) -> None:
        """Answers come, some are decided on; a unit moves, a period is set up, another is over."""
        if self.today == MARKS["MOVED"]:
            move_organisation(self.db, self.deed, self.moving.slug, self.other.id)
        for unit in self.units:
            for _ in range(self.random.randint(0, self.rate)):
                self.answer(unit, self.today)
        self.decide(0.05)
        if self.today == date(2025, 6, 1):
            self.try_to(self.set_up)
        if self.today == date(2025, 6, 12):
            self.freeze(self.cut)
        if self.today == date(2025, 6, 14):
            self.publish(self.cut)

    def a_late_day(self) -> None:
        """Papers are keyed, answers decided on, periods frozen, revised and published."""
        for unit in self.units:
            for _ in range(self.random.choice((0, 0, 0, 1, 2, 4))):
                self.answer(unit, FIRST + timedelta(days=self.random.randrange(150)))
        self.decide(0.3)
        period = self.random.choice([self.year, self.year, self.cut, *([self.later] if self.later else [])])
        deed = self.random.choice((self.freeze, self.publish))
        deed(period)

    def answer(self, unit: Organisation, day: date) -> None:
        """An answer; in one unit to another questionnaire at times, and on paper with gaps."""
        long = self.is_long and unit is self.units[-1] and self.random.random() < 0.4
        scores = [self.random.choice("1234") for _ in range(16 if long else 9)]
        if self.random.random() < 0.3:
            scores[2] = "-"
        other = {"instrument_id": self.long} if long else {}
        received = self.moment.isoformat(timespec="seconds")
        answered(self.db, self.city, "".join(scores), f"{day}", unit_id=unit.id, received=received, **other)

    def decide(self, chance: float) -> None:
        """Some of the newest answers that show are held, released or excluded, now and then many of one unit."""
        if self.random.random() < chance:
            unit, n = self.random.choice(self.units), self.random.choice((1, 1, 2, 5, 8))
            waiting = self.waiting(unit)
            sql = "SELECT receipt FROM responses WHERE unit_id = :unit ORDER BY number DESC LIMIT 40"
            newest = [receipt for (receipt,) in self.db.execute(sql, {"unit": unit.id})]
            for receipt in [receipt for receipt in newest if receipt not in waiting][:n]:
                self.leave_out(receipt, self.random.choice(("held", "held", "excluded", "released")))

    def waiting(self, unit: Organisation) -> list[str]:
        """The receipts of the answers that do not show yet, the earliest first."""
        hidden = find_states(self.db, unit, self.moment).hidden.items()
        numbers = sorted(number for levels, some in hidden if not levels >> YEAR & 1 for number in some)
        sql = "SELECT receipt FROM responses WHERE number = :number"
        return [self.db.execute(sql, {"number": number}).fetchone()[0] for number in numbers]

    def leave_out(self, receipt: str, state: str = "held") -> None:
        """Decides on an answer."""
        if state == "excluded":
            self.try_to(lambda: exclude(self.db, self.deed, receipt))
        else:
            self.try_to(lambda: decisions.decide_answer(self.db, self.deed, receipt, state, "Uji"))

    def set_up(self) -> None:
        """A unit gets a period of its own that has begun long ago."""
        opens, closes = MARKS["LATER"]
        self.later = add_period(
            self.db, self.deed, self.units[1].slug, "Sendiri", opens, closes, "permenpan-14-2017", "exact"
        )

    def freeze(self, period: Period) -> None:
        """Freezes a period, or revises it."""
        if snapshots.count_revisions(self.db, period.id):
            self.try_to(lambda: freezing.revise_period(self.db, self.deed, period.id, "Uji", undecided="Uji"))
        else:
            self.try_to(lambda: freezing.freeze_period(self.db, self.deed, period.id, undecided="Uji"))

    def publish(self, period: Period) -> None:
        """Publishes what was frozen last, where that is not refused."""
        revision = snapshots.count_revisions(self.db, period.id)
        if revision and self.try_to(
            lambda: publishing.publish_period(self.db, self.deed, period.id, revision)
        ):
            people = People(self.db)
            for one in snapshots.all_latest(self.db, period.id, revision):
                who = people.frozen(one.organisation_id, period, one.mark)
                if who.bit_count() >= K:
                    self.shown.add(who, f"{self.today} {period.name} {revision} {one.organisation_id}")

    def try_to(self, deed) -> bool:
        """Does something; whether it was not refused."""
        try:
            deed()
        except Problem as problem:
            self.shown.refused.append(problem.key)
            return False
        return True

    def read(self) -> None:
        """Every state of every organisation in every span of the calendar."""
        people = People(self.db) if self.db.execute("SELECT 1 FROM responses LIMIT 1").fetchone() else None
        if people is None:
            return
        for place in self.places:
            for span in self.spans():
                who = people.shown(place, self.moment, span.months if span else None)
                self.shown.add(who, f"{self.today} {place.slug} {span.code if span else 'semua'}")

    def spans(self) -> Iterator[Span | None]:
        """All time, the year, its semesters, quarters and months."""
        yield None
        yield from spans_of_year(2025)
        yield from (month(f"2025-{at:02}") for at in range(1, 8))


def found(people: People, shown: Iterable[Set]) -> Iterator[tuple[str, Set]]:
    """Groups of one to four of a unit, of one questionnaire and element, whose scores are determined; and of which.

    He is given every unit's part of each figure, and that of each questionnaire by itself: more than was said.
    """
    known = list(shown)
    for unit in sorted(set(people.unit)):
        for asked in sorted(set(people.instrument[people.unit == unit])):
            own = people.set_of((people.unit == unit) & (people.instrument == asked))
            yield from _found_in(people, {some & own for some in known}, unit)


def _found_in(people: People, own: set[Set], unit: str) -> Iterator[tuple[str, Set]]:
    everyone = 0
    for some in own:
        everyone |= some
    elements = [at for at in range(people.scores.shape[1]) if everyone & people.answered(at)]
    seen: set[frozenset[Set]] = set()
    for element in elements:
        sets = frozenset(some & people.answered(element) for some in own)
        if sets not in seen:
            seen.add(sets)
            for pair in pairs(sets):
                yield f"{unit} U{element + 1} pair", pair[0] ^ pair[1]
            if any(cell.bit_count() < K for cell in cells(people, sorted(sets))):
                puzzle = Puzzle(people, sets)
                yield from ((f"{unit} U{element + 1}", some) for some in puzzle.determined_by_sums())
