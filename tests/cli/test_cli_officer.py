"""`skm officer`: the first admin and the way back in, and the set-up link that the server prints."""

import re

import pytest
from click.testing import CliRunner

from skm.cli import main
from skm.store import migrations, officers
from skm.store.database import connect
from skm.survey.officer import ROLES
from tests.officers import an_officer, roles_of

LINK = re.compile(r"https://skm\.example\.go\.id/arrive/([\w-]{43})\n")
AYU = ("ayu@example.go.id", "Ayu Lestari", "--role", "admin")


@pytest.fixture
def officer(skm):
    """Runs a verb of `skm officer`; what it prints."""
    return lambda *words, status=0: skm("officer", *words, status=status).output


def test_add_prints_a_link_by_which_a_new_officer_comes_in(officer, db, city):
    (secret,) = LINK.findall(officer("add", *AYU))
    assert secret not in str(list(db.query("SELECT * FROM links")))
    assert [one.email for one in officers.all_officers(db)] == ["ayu@example.go.id"]


def test_add_for_a_unit_gives_the_role_there(officer, db, city):
    officer("add", "budi@example.go.id", "Budi", "--role", "unit_head", "--unit", city.unit.slug)
    (budi,) = officers.all_officers(db)
    assert [held.organisation for held in roles_of(db, budi.id)] == [city.unit.name]


def test_add_in_an_empty_database_needs_the_name_of_the_city(officer, db):
    assert "nama pemerintah daerah" in officer("add", *AYU, status=1)
    assert not officers.all_officers(db)
    assert LINK.search(officer("add", *AYU, "--city", "Pemerintah Kota Denpasar", "--zone", "WITA"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "ayu", "Ayu", "--role", "admin"), "alamat surel lengkap"),
        (("add", "ayu@example.go.id", " ", "--role", "admin"), "nama lengkap"),
        (("add", *AYU, "--unit", "nowhere"), "tidak terdaftar"),
        (("link", "nobody@example.go.id"), "nobody@example.go.id"),
        (("close", "nobody@example.go.id"), "nobody@example.go.id"),
    ],
)
def test_what_cannot_be_done_says_why(officer, db, city, words, said):
    assert said in officer(*words, status=1)
    assert not officers.all_officers(db)


def test_a_further_role_needs_no_link(officer, db, city):
    sari = an_officer(db, "organisasi", city.government)
    said = officer("add", sari.email, "Sari", "--role", "admin")
    assert "Admin" in said
    assert not LINK.search(said)


def test_link_prints_a_new_way_in_and_the_older_one_ends(officer, db, city):
    budi = an_officer(db, "unit_head", city.unit)
    links = [LINK.findall(officer("link", budi.email))[0] for _ in range(2)]
    assert links[0] != links[1]
    assert db.execute("SELECT count(*) FROM links WHERE used IS NULL").fetchone() == (1,)


def test_list_names_everybody_with_their_roles(officer, db, city):
    for role in ROLES:
        an_officer(db, role, city.unit)
    officer("add", *AYU)
    lines = officer("list").splitlines()
    assert len(lines) == 6
    assert [line for line in lines if "Kepala unit, UPTD Puskesmas I" in line]
    assert [line for line in lines if "ayu@" in line and "belum pernah masuk" in line]


def test_close_ends_an_account_but_not_the_last_admin(officer, db, city):
    admin, budi = an_officer(db, "admin", city.government), an_officer(db, "unit_head", city.unit)
    assert "ditutup" in officer("close", budi.email)
    assert "akun ditutup" in officer("list")
    assert "admin yang terakhir" in officer("close", admin.email, status=1)


@pytest.mark.parametrize("admins", [0, 1])
def test_serve_prints_a_set_up_link_while_there_is_no_admin(tmp_path, monkeypatch, db, city, admins):
    for _ in range(admins):
        an_officer(db, "admin", city.government)
    monkeypatch.chdir(tmp_path)  # it goes to a folder of its own
    monkeypatch.setattr("granian.Granian.serve", lambda server: None)
    environment = {"SKM_DATABASE": str(tmp_path / "skm.sqlite"), "SKM_ADDRESS": "https://skm.example.go.id"}
    said = CliRunner().invoke(main, ["serve"], env=environment).output
    assert len(re.findall(r"https://skm.example.go.id/set-up/[\w-]{43}\n", said)) == 1 - admins


def test_a_new_database_has_no_account(tmp_path):
    db = connect(tmp_path / "new.sqlite")
    migrations.apply(db)
    assert not officers.all_officers(db)
    db.close()
