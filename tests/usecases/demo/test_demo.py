"""The demo city is repeatable, marked, and never mixed with real answers."""

from datetime import date

import pytest

from skm.figures.verify import verify_snapshots
from skm.store import installation, organisations, periods, responses, snapshots
from skm.survey.problem import Problem
from skm.usecases.demo.build import build_demo
from tests.builders import answered
from tests.databases import a_database

DAY = date(2026, 3, 10)


def everything(db):
    return db.execute(
        "SELECT group_concat(id || scores || receipt || profile, '') FROM responses JOIN profiles USING (number)"
    ).fetchone()[0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo city, for tests that only read it."""
    db = a_database(tmp_path_factory.mktemp("demo") / "skm.sqlite")
    build_demo(db, DAY)
    yield db
    db.close()


def test_the_same_day_and_seed_make_the_same_city(demo, db):
    build_demo(db, DAY)
    assert everything(db) == everything(demo)
    tokens = [list(each.execute("SELECT token FROM tokens ORDER BY token")) for each in (db, demo)]
    assert tokens[0] == tokens[1]


def test_the_demo_has_denpasars_tree_three_years_and_a_mark(demo):
    names = [
        organisation.name
        for organisation in organisations.all_below(demo, organisations.find_root(demo).path)
    ]
    assert sum(name.startswith("UPTD Puskesmas") for name in names) == 11
    assert sum(name.startswith("Kelurahan") for name in names) == 16
    assert responses.find_months(demo, organisations.find_root(demo).path) == ("2024-01", "2026-03")
    assert installation.find(demo, "demo")


def test_the_past_years_of_the_demo_are_closed(demo):
    known = periods.all_for(demo, [organisations.find_root(demo).id])
    assert [snapshots.count_revisions(demo, period.id) for period in known] == [1, 1, 0]
    assert all(finding.equal for finding in verify_snapshots(demo))


def test_a_demo_is_not_built_twice(demo):
    with pytest.raises(Problem, match="demo_exists"):
        build_demo(demo, DAY)


def test_real_answers_are_not_touched(db, city):
    answered(db, city, "444444444")
    with pytest.raises(Problem, match="demo_refused"):
        build_demo(db, DAY)
    assert responses.count_all(db) == 1
    assert installation.find(db, "demo") is None
