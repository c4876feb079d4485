"""The attacker in a city of the demo's size, without open pages: two days, two revisions, all periods, every role.

Everything with SKM_EVERY_TEST; else in four units of the demo.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from skm.security import codes
from skm.security.keys import new_key
from skm.settings import Settings
from skm.store import organisations, periods, responses
from skm.store.database import writing
from skm.survey.organisation import Organisation
from skm.survey.response import Response
from skm.usecases.answering import decisions
from skm.usecases.closing import freezing, publishing
from skm.usecases.deed import SERVER, Deed
from skm.usecases.demo import build
from tests.applications import an_application
from tests.attacker.doors import READ, opened
from tests.attacker.everything import read_everything
from tests.attacker.people import People
from tests.attacker.reader import Notes
from tests.attacker.solver import pairs, puzzles
from tests.databases import a_database

WHOLE = bool(os.environ.get("SKM_EVERY_TEST"))
UNTIL = date(2026, 6, 12)
FIRST = datetime(2026, 6, 15, 4, tzinfo=UTC)
SECOND = FIRST + timedelta(days=1)
HELD = (6, 1)  # answers that are held, of the first units


class Attack:
    """A demo city on two days, and what was read on both."""

    def __init__(self, path) -> None:
        self.db, self.random, self.moment, self.notes = a_database(path), Random(7), FIRST, Notes()
        build.build_demo(self.db, UNTIL)
        self.root = organisations.get_root(self.db)
        settings = Settings(path, "https://skm.example.go.id", secret_key="a secret for tests, long enough")
        self.app = an_application(settings, lambda: self.moment)
        for moment, happens in ((FIRST, self.a_day), (SECOND, lambda: None)):
            self.moment = moment
            read_everything(self.app, People(self.db), moment, self.notes, whole=False)
            happens()
        self.people = People(self.db)

    def a_day(self) -> None:
        """Answers come and are held, papers of the year before are keyed, and that year is revised."""
        units = [one for one in organisations.all_below(self.db, self.root.path) if one.kind == "unit"]
        for number, unit in enumerate(units):
            for _ in range(self.random.randrange(12)):
                self.answer(unit, "2026-06-15")
            for _ in range(7 if number % 3 == 0 else 0):
                self.answer(unit, "2025-11-12")
        for unit, n in zip(units, HELD, strict=False):
            self.hold(unit, n)
        (year,) = [one for one in periods.all_for(self.db, [self.root.id]) if one.opens.year == 2025]
        deed = Deed(SERVER, self.moment)
        freezing.revise_period(self.db, deed, year.id, "Kertas menyusul")
        publishing.publish_period(self.db, deed, year.id, 2)

    def answer(self, unit: Organisation, day: str) -> None:
        """One more answer, given like another of its unit in that month, with scores of its own."""
        sql = "SELECT * FROM responses WHERE unit_id = :unit AND local_month = :month LIMIT 1"
        (row,) = self.db.query(sql, {"unit": unit.id, "month": day[:7]})
        key, scores = new_key(), "".join(self.random.choices("234", k=len(row["scores"])))
        own = {"id": key, "receipt": codes.receipt_for(key, "test"), "local_date": day, "scores": scores}
        own |= {"received": self.moment.isoformat(timespec="seconds"), "profile": "", "comment": ""}
        values = {field.name: row.get(field.name) for field in fields(Response)} | own
        with writing(self.db):
            responses.add(self.db, Response(**values))

    def hold(self, unit: Organisation, n: int) -> None:
        """Some answers of this year are held."""
        sql = "SELECT receipt FROM responses WHERE unit_id = :unit AND local_month = '2026-03' LIMIT :n"
        for (receipt,) in self.db.execute(sql, {"unit": unit.id, "n": n}).fetchall():
            decisions.decide_answer(self.db, Deed(SERVER, self.moment), receipt, "held", "Uji")


@pytest.fixture(scope="module")
def attack(tmp_path_factory) -> Iterator[Attack]:
    with pytest.MonkeyPatch.context() as patch:
        if not WHOLE:
            patch.setattr(build, "AGENCIES", build.AGENCIES[-2:])
            patch.setattr(build, "IMPROVEMENTS", {})
            patch.setattr(build, "YEARS", 2)
        attack = Attack(tmp_path_factory.mktemp("attack") / "skm.sqlite")
    yield attack
    attack.db.close()


def test_every_number_in_the_demo_is_of_people_who_are_known(attack):
    assert not attack.notes.faults


def test_nobody_in_the_demo_is_determined(attack):
    sets = {group.who for group in attack.notes.groups}
    asked = list(puzzles(attack.people, sets))
    found = [some for puzzle in asked for some in puzzle.determined()] + pairs(sets)
    said = f"{len(found)} terungkap dari {attack.notes.numbers} angka"
    cells, small = (
        sum(len(each) for each in kind) for kind in zip(*((p.cells, p.small) for p in asked), strict=True)
    )
    sys.stdout.write(f"{said}: {len(sets)} kelompok, {cells} sel, {small} di antaranya 1 sampai 4 orang\n")
    assert attack.notes.numbers > (50_000 if WHOLE else 5_000)
    assert not found, said


def test_every_door_that_shows_scores_was_opened(attack):
    assert opened(attack.app, attack.notes.addresses) >= READ


def test_revisions_and_both_days_were_read(attack):
    where = {group.where for group in attack.notes.groups}
    assert (
        len({one for day, one, *_ in where if one.startswith("/snapshots/") and day == f"{SECOND:%Y-%m-%d}"})
        > 10
    )
    assert {day for day, *_ in where} == {f"{FIRST:%Y-%m-%d}", f"{SECOND:%Y-%m-%d}"}


def test_two_figures_of_now_around_a_visitor_determine_that_visitor(attack):
    """Planted among all that was read: a whole agency as of now, before and after the last answer."""
    agency = next(one for one in organisations.all_below(attack.db, attack.root.path) if one.kind == "agency")
    now = attack.people.now(agency.id)
    last = 1 << (now.bit_length() - 1)
    sets = {now, now ^ last, *(group.who for group in attack.notes.groups)}
    puzzle = next(one for one in puzzles(attack.people, sets) if last in one.cells)
    assert last in puzzle.determined()
