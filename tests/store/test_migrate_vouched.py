"""Accounts and links of the version before are an admin's, and go on working."""

from skm.store import migrations, officers
from skm.store.database import connect, writing

BUDI = """INSERT INTO officers (id, email, name, password, totp_step, created)
          VALUES ('b', 'budi@example.go.id', 'Budi', 'hashed', 0, '2026-01-01T00:00:00+00:00')"""
LINK = """INSERT INTO links VALUES
          ('d', 'reset', 'b', '2026-01-01T00:00:00+00:00', '2026-01-08T00:00:00+00:00', NULL)"""


def test_accounts_and_links_from_before_are_an_admins(tmp_path):
    db = connect(tmp_path / "before.sqlite")
    migrations._registered().apply(db, stop_before="0011_vouched_accounts")
    with writing(db):
        db.execute(BUDI)
        db.execute(LINK)
    migrations.apply(db)
    with writing(db):
        officers.vouch(db, "b", "d")
    assert officers.get(db, "b").vouched == ""
    assert officers.find_link(db, "d", "2026-01-02T00:00:00+00:00") == ("reset", "b")
    db.close()
