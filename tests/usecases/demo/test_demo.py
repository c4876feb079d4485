"""The demo city is repeatable, marked, and never mixed with real answers."""

from datetime import date

import pytest

from skm.store import facts, organisations, periods, responses, snapshots
from skm.survey.problem import Problem
from skm.usecases.closing.verify import verify
from skm.usecases.demo import build_demo
from tests.builders import answered

DAY = date(2026, 3, 10)


def everything(db):
    return db.execute(
        "SELECT group_concat(id || scores || receipt || profile, '') FROM responses"
    ).fetchone()[0]


def test_the_same_day_and_seed_make_the_same_city(db, tmp_path):
    from skm.store import migrations
    from skm.store.database import connect

    other = connect(tmp_path / "other.sqlite")
    migrations.apply(other)
    assert build_demo(db, DAY) == build_demo(other, DAY)
    assert everything(db) == everything(other)
    tokens = [list(each.execute("SELECT token FROM tokens ORDER BY token")) for each in (db, other)]
    assert tokens[0] == tokens[1]
    other.close()


def test_the_demo_has_denpasars_tree_three_years_and_a_mark(db):
    build_demo(db, DAY)
    names = [
        organisation.name for organisation in organisations.all_below(db, organisations.find_root(db).path)
    ]
    assert sum(name.startswith("UPTD Puskesmas") for name in names) == 11
    assert sum(name.startswith("Kelurahan") for name in names) == 16
    assert responses.find_months(db, organisations.find_root(db).path) == ("2024-01", "2026-03")
    assert facts.find(db, "demo")


def test_the_past_years_of_the_demo_are_closed(db):
    build_demo(db, DAY)
    known = periods.all_for(db, [organisations.find_root(db).id])
    assert [snapshots.count_revisions(db, period.id) for period in known] == [1, 1, 0]
    assert all(finding.equal for finding in verify(db))


def test_a_demo_is_not_built_twice(db):
    build_demo(db, DAY)
    with pytest.raises(Problem, match="demo_exists"):
        build_demo(db, DAY)


def test_real_answers_are_not_touched(db, city):
    answered(db, city, "444444444")
    with pytest.raises(Problem, match="demo_refused"):
        build_demo(db, DAY)
    assert responses.count_all(db) == 1
    assert facts.find(db, "demo") is None
