"""The admin's list of people: invited, given roles, helped back in, and let go."""

from urllib.parse import urlsplit

import pytest

from skm.store import officers
from tests.officers import PASSWORD, roles_of


@pytest.fixture
def invite(admin, city):
    """Invites somebody as the head of Puskesmas I; the path of the link that is shown."""

    def _invite(status: int = 200, **typed: str) -> str:
        who = {"name": "Komang", "email": "komang@example.go.id", "role": "unit_head"}
        admin.send_form("/people/invite", status, **(who | {"organisation": city.unit.slug} | typed))
        return urlsplit(admin.page.xpath("string(//textarea[@id='link'])").strip()).path

    return _invite


def komang(db):
    return officers.find(db, "komang@example.go.id")


def test_the_link_is_shown_once_and_lets_the_person_in(admin, invite, db):
    link = invite()
    assert "komang@example.go.id" in admin.words
    guest = admin.again()
    guest.send_form(link, 303, password=PASSWORD, again=PASSWORD)
    admin.get("/people")
    assert link not in admin.response.text
    assert "diundang, belum masuk" not in admin.words


def test_an_invitation_is_in_the_list(admin, invite):
    invite()
    admin.get("/people")
    assert "diundang, belum masuk" in admin.words
    assert "UPTD Puskesmas I Denpasar Barat" in admin.words


def test_a_wrong_address_is_said_and_what_was_typed_stays(admin, invite, db):
    invite(422, email="komang")
    assert "Tulis alamat surel lengkap" in admin.words
    assert admin.page.xpath("//input[@id='name']/@value") == ["Komang"]
    assert komang(db) is None


def test_a_message_to_copy_names_the_person_and_holds_the_link(admin, invite):
    link = invite()
    message = admin.page.xpath("string(//textarea[@id='letter'])")
    assert "Yth. Komang" in message
    assert link in message


def test_who_can_come_in_already_needs_no_link(admin, invite, db, agus):
    known = next(one for one in officers.all_officers(db) if one.name == "Agus")
    assert invite(email=known.email) == ""
    assert "Peran baru langsung berlaku" in admin.words
    assert len(roles_of(db, known.id)) == 2


def test_nobody_is_given_a_role_by_default(admin, invite, db):
    invite(422, role="", organisation="")
    assert "Peran: Pilih salah satu dari daftar." in admin.words
    assert "Untuk: Pilih salah satu dari daftar." in admin.words
    assert komang(db) is None


def test_an_unknown_role_is_refused(invite, db):
    invite(422, role="king")
    assert komang(db) is None


def test_a_role_is_taken_away(admin, invite, db):
    invite()
    (held,) = roles_of(db, komang(db).id)
    admin.send_form(f"/people/{komang(db).id}/roles/{held.id}/end", 303)
    assert not roles_of(db, komang(db).id)
    admin.get(f"/people/{komang(db).id}")
    assert "Peran Kepala unit, UPTD Puskesmas I Denpasar Barat berakhir." in admin.words
    assert "belum mempunyai peran" in admin.words


def test_an_account_is_closed_by_naming_the_person(admin, invite, db):
    invite()
    here = f"/people/{komang(db).id}"
    admin.send_form(f"{here}/close", 422, named="Made")
    admin.send_form(f"{here}/close", 303, named="komang")
    admin.get("/people")
    assert "Akun yang ditutup (1)" in admin.words


def test_the_last_admin_stays(admin, db):
    me = next(one for one in officers.all_officers(db) if one.name == "Ayu")
    admin.send_form(f"/people/{me.id}/close", 422, named="Ayu")
    assert "Ini admin yang terakhir" in admin.words


def test_a_way_back_in_is_offered_once(admin, db, budi):
    him = next(one for one in officers.all_officers(db) if one.name == "Budi")
    admin.send_form(f"/people/{him.id}/reset", 200)
    link = urlsplit(admin.page.xpath("string(//textarea)").strip()).path
    guest = admin.again()
    guest.send_form(link, 303, password=PASSWORD + " baru", again=PASSWORD + " baru")
    guest.get(link, 410)


@pytest.mark.parametrize("page", ["", "/close", "/reset", "/roles/none/end"])
def test_nobody_is_not_found(admin, page):
    admin.get(f"/people/nobody{page}", 404)


def test_a_role_that_was_never_held_is_not_found(admin, db):
    me = next(one for one in officers.all_officers(db) if one.name == "Ayu")
    admin.get(f"/people/{me.id}/roles/none/end", 404)
