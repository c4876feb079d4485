"""Follow-ups of the version before are improvements afterwards, row for row, with the same safeguards."""

import pytest

from skm.store import improvements, migrations
from skm.store.database import connect, writing
from skm.survey.improvement import PUBLISHED, WITHDRAWN

UNIT = """INSERT INTO organisations (id, path, kind, slug, name, time_zone)
          VALUES ('u', 'u/', 'unit', 'pkm', 'Puskesmas I', 'Asia/Makassar')"""
PUBLISHED_ONE = (
    "1",
    "u",
    "U9",
    "Kursi ditambah.",
    "2026-05-04",
    "2026-05-05T01:00:00+00:00",
    "2026-05-06",
    None,
)
WITHDRAWN_ONE = ("2", "u", "", "Cat diganti.", "2026-05-04", "2026-05-05T01:00:00+00:00", None, "2026-05-06")


@pytest.fixture
def before(tmp_path):
    """A database of the version before, with a published and a withdrawn follow-up."""
    db = connect(tmp_path / "before.sqlite")
    migrations._registered().apply(db, stop_before="0008_improvements")
    with writing(db):
        db.execute(UNIT)
        for row in (PUBLISHED_ONE, WITHDRAWN_ONE):
            db.execute(f"INSERT INTO follow_ups VALUES ({', '.join('?' * len(row))})", row)
    yield db
    db.close()


def test_every_row_is_as_it_was(before):
    migrations.apply(before)
    assert list(before.execute("SELECT * FROM improvements ORDER BY id")) == [PUBLISHED_ONE, WITHDRAWN_ONE]
    assert not before["follow_ups"].exists()
    assert not list(before.execute("PRAGMA foreign_key_check"))


def test_they_are_read_and_changed_under_their_new_name(before):
    migrations.apply(before)
    assert [one.state for one in improvements.all_for(before, "u")] == [WITHDRAWN, PUBLISHED]
    assert [one.sentence for one in improvements.all_published(before, "u", 3)] == ["Kursi ditambah."]


def test_they_are_still_never_deleted(before):
    migrations.apply(before)
    with pytest.raises(Exception, match="an improvement is withdrawn, never deleted"), writing(before):
        before.execute("DELETE FROM improvements")


def test_nothing_in_the_schema_has_the_former_name(before):
    migrations.apply(before)
    assert not list(before.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%follow_up%'"))


def test_the_published_ones_are_found_by_their_index(before):
    migrations.apply(before)
    sql = improvements.published_ids("'u'", 3)
    plan = " ".join(str(row) for row in before.execute(f"EXPLAIN QUERY PLAN {sql}"))
    assert "improvements_published" in plan
