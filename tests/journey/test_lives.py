"""Nobody is determined where units move, periods cut months, papers have gaps and answers are decided on."""

import os
import sys

import pytest

from skm.settings import Settings
from skm.survey.period import MEAN_OF_UNITS, POOLED
from tests.applications import an_application
from tests.attacker.everything import read_everything
from tests.attacker.lives import Life, found
from tests.attacker.people import People
from tests.attacker.reader import Notes

SEEDS = range(1, 9) if os.environ.get("SKM_EVERY_TEST") else range(1, 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_is_determined_in_a_short_life(seed, tmp_path):
    life = Life(tmp_path / "skm.sqlite", seed)
    life.live()
    known = list(found(People(life.db), life.shown.sets))
    said = f"{len(known)} terungkap dari {len(life.shown.sets)} kelompok"
    sys.stdout.write(f"{said}\n")
    assert len(life.shown.sets) > 150
    assert {"period_divides"} <= set(life.shown.refused)
    assert not known, said
    life.db.close()


@pytest.mark.parametrize("rule", [POOLED, MEAN_OF_UNITS])
def test_every_number_on_every_page_of_such_a_city_is_of_people_who_are_known(rule, tmp_path):
    path = tmp_path / "skm.sqlite"
    life, notes = Life(path, 3, rule, long=False), Notes()
    life.live(reads=False)
    settings = Settings(path, "https://skm.example.go.id", secret_key="a secret for tests, long enough")
    app = an_application(settings, lambda: life.moment)
    people = People(life.db, mean_of_units=rule == MEAN_OF_UNITS)
    read_everything(app, people, life.moment, notes, whole=True)
    assert not notes.faults
    assert notes.numbers > 2500
    life.db.close()


def test_an_attacker_finds_the_newest_where_some_of_them_are_held_before_they_show(tmp_path):
    """What 0021 says is not protected: nobody comes any more, and the published figure counts four more."""
    life = Life(tmp_path / "skm.sqlite", 1, long=False)
    life.live(days=60, late=False)
    for receipt in life.waiting(life.city.unit)[4:]:
        life.leave_out(receipt)
    life.freeze(life.year)
    life.publish(life.year)
    assert any(who.bit_count() == 4 for _, who in found(People(life.db), life.shown.sets))
    life.db.close()
