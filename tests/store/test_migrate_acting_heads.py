"""Roles of the version before go on without an end, and roles with a last day can stand beside them."""

from datetime import date

from skm.store import migrations, officers
from skm.store.database import connect, writing

CITY = """INSERT INTO organisations (id, path, kind, slug, name, time_zone)
          VALUES ('u', 'u/', 'unit', 'pkm', 'Puskesmas I', 'Asia/Makassar')"""
BUDI = """INSERT INTO officers (id, email, name, totp_step, created)
          VALUES ('b', 'budi@example.go.id', 'Budi', 0, '2026-01-01T00:00:00+00:00')"""
ROLE = "INSERT INTO memberships VALUES ('m', 'b', 'unit_head', 'u', '2026-01-01T00:00:00+00:00', NULL)"


def test_a_role_from_before_has_no_end_and_a_new_one_may(tmp_path):
    db = connect(tmp_path / "before.sqlite")
    migrations._registered().apply(db, stop_before="0009_acting_heads")
    with writing(db):
        for statement in (CITY, BUDI, ROLE):
            db.execute(statement)
    migrations.apply(db)
    with writing(db):
        officers.add_membership(
            db, "n", "b", "counter_staff", "u", "2026-01-01T00:00:00+00:00", date(2026, 6, 1)
        )
    held = [[each.id for each in officers.memberships_of(db, "b", date(2026, 6, day))] for day in (1, 2)]
    assert held == [["m", "n"], ["m"]]
    db.close()
