"""An invitation on its way through a real mail server, and what becomes of it when the server does not want it."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from skm.output import mail
from skm.settings import Settings
from skm.store import officers
from tests.officers import PASSWORD
from tests.post_office import PostOffice, post_office


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
def settings(settings, office) -> Settings:
    """Those of a city whose letters go through `office`."""
    return replace(settings, smtp=f"smtp://127.0.0.1:{office.port}", open_pages=False)


@pytest.fixture
def invite(admin, city):
    """Invites Komang as the head of Puskesmas I; the link that the page shows."""

    def _invite(status: int = 200, **typed: str) -> str:
        who = {"name": "Komang Déwi", "email": "komang@example.go.id", "role": "unit_head"}
        admin.send_form("/people/invite", status, **(who | {"organisation": city.unit.slug} | typed))
        return admin.page.xpath("string(//textarea)").strip()

    return _invite


def test_an_invitation_arrives_and_lets_the_person_in(office, admin, invite, city):
    link = invite()
    assert link.startswith("https://skm.example.go.id/arrive/")
    assert link in office.letter().get_content().splitlines()
    guest = admin.again()
    guest.send_form(urlsplit(link).path, 303, password=PASSWORD, again=PASSWORD)
    guest.get(f"/units/{city.unit.slug}")
    assert "Komang Déwi · Kepala unit" in guest.words


def test_the_letter_is_addressed_dated_and_in_indonesian(office, invite, clock):
    invite()
    letter = office.letter()
    assert (letter["To"], letter["Subject"]) == ("komang@example.go.id", "Undangan SKM")
    assert letter["From"] == "SKM <skm@skm.example.go.id>"
    assert letter["Date"].datetime == clock()
    assert letter["Message-ID"].endswith("@skm.example.go.id>")
    assert letter.get_content_charset() == "utf-8"
    greeting, _, words, *_ = letter.get_content().splitlines()
    assert greeting == "Yth. Komang Déwi,"
    assert words == "tautan untuk masuk ke aplikasi SKM, berlaku 7 hari dan sekali pakai:"


def test_the_envelope_names_nobody_else_and_every_server_can_carry_it(office, invite):
    invite()
    ((envelope, _),) = office.arrived
    assert (envelope.mail_from, envelope.rcpt_tos) == ("skm@skm.example.go.id", ["komang@example.go.id"])
    assert envelope.content.isascii()


def test_the_page_says_that_the_letter_has_gone(admin, invite):
    invite()
    assert "Tautan sudah dikirim ke komang@example.go.id." in admin.words


def test_the_way_back_in_arrives_too(office, admin, budi, db):
    (him,) = [one for one in officers.all_officers(db) if one.name == "Budi"]
    admin.send_form(f"/people/{him.id}/reset", 200)
    assert office.letter()["To"] == him.email
    assert admin.page.xpath("string(//textarea)").strip() in office.letter().get_content()


@pytest.mark.parametrize("email", ["nobody@example.go.id", "slow@example.go.id"])
def test_the_link_is_shown_to_be_copied_where_the_server_refuses_or_hangs(
    office, admin, invite, monkeypatch, email
):
    monkeypatch.setattr(mail, "PATIENCE", 0.2)
    link = invite(email=email)
    assert office.arrived == []
    assert link.startswith("https://skm.example.go.id/arrive/")
    assert f"Salin dan sampaikan kepada Komang Déwi ({email})" in admin.words
