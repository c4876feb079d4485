"""Letters: without a mail server, or with one that is not there, the page still has its link."""

import smtplib
import socket
import ssl

import pytest
import trustme

from skm.output import mail
from tests.conftest import NOON
from tests.post_office import ACCOUNT, judged, post_office

NAME = "mail.example.go.id"


@pytest.fixture
def sent(settings):
    """Sends a letter with a value of the setting `smtp`; whether it went."""

    def _sent(smtp: str) -> bool:
        words = "Undangan", "https://skm.example.go.id/arrive/x"
        return mail.send(smtp, mail.write_letter(settings.address, "budi@example.go.id", *words, NOON))

    return _sent


@pytest.fixture
def authority(monkeypatch, tmp_path) -> trustme.CA:
    """Whom this machine trusts to say which mail server is which; NAME is the address of a server here."""
    made, known, found = trustme.CA(), tmp_path / "authority.pem", socket.getaddrinfo
    made.cert_pem.write_to_path(str(known))
    monkeypatch.setenv("SSL_CERT_FILE", str(known))
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: found("127.0.0.1", *rest, **more))
    return made


def certified(authority: trustme.CA, name: str = NAME) -> ssl.SSLContext:
    """What a mail server shows of itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.mark.parametrize("smtp", ["", "smtp://127.0.0.1:1", "smtps://127.0.0.1:1"])
def test_a_letter_that_cannot_be_sent_stops_nothing(sent, smtp):
    assert sent(smtp) is False


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_that_says_nothing_is_not_waited_for_long(sent, monkeypatch, scheme):
    monkeypatch.setattr(mail, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert sent(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}") is False


def test_a_server_elsewhere_gets_the_password_and_the_letter_over_tls(authority, sent):
    with post_office(tls_context=certified(authority), authenticator=judged, auth_required=True) as office:
        assert sent(f"smtp://{ACCOUNT}@{NAME}:{office.port}")
    ((_, session),) = office.arrived
    assert session.ssl is not None
    assert session.authenticated


def test_tls_from_the_first_byte_works_too(authority, sent):
    with post_office(
        ssl_context=certified(authority), authenticator=judged, auth_require_tls=False
    ) as office:
        assert sent(f"smtps://{ACCOUNT}@{NAME}:{office.port}")
    ((_, session),) = office.arrived
    assert session.authenticated


def test_a_wrong_password_sends_nothing(authority, sent):
    with post_office(tls_context=certified(authority), authenticator=judged, auth_required=True) as office:
        assert not sent(f"smtp://skm:salah@{NAME}:{office.port}")
    assert office.arrived == []


@pytest.mark.parametrize("account", ["", f"{ACCOUNT}@"])
def test_a_server_with_the_name_of_another_gets_nothing(authority, sent, account):
    with post_office(tls_context=certified(authority, "mail.elsewhere.test")) as office:
        assert not sent(f"smtp://{account}{NAME}:{office.port}")
    assert office.arrived == []


def test_no_password_leaves_this_machine_in_clear(authority, sent, monkeypatch):
    monkeypatch.setattr(smtplib.SMTP, "login", lambda *_: pytest.fail("the password went out in clear"))
    with post_office(authenticator=judged, auth_require_tls=False) as office:
        assert not sent(f"smtp://{ACCOUNT}@{NAME}:{office.port}")
    assert office.arrived == []


def test_a_server_on_this_machine_needs_no_certificate(authority, sent):
    with post_office(tls_context=certified(authority, "elsewhere.test")) as office:
        assert sent(f"smtp://127.0.0.1:{office.port}")


def test_a_letter_comes_from_the_host_of_the_settings(settings):
    letter = mail.write_letter(settings.address, "budi@example.go.id", "Undangan", "Selamat datang", NOON)
    assert letter["From"] == "SKM <skm@skm.example.go.id>"
    assert letter["To"] == "budi@example.go.id"


def test_a_second_line_in_a_head_is_refused(settings):
    with pytest.raises(ValueError, match="linefeed"):
        mail.write_letter(
            settings.address, "budi@example.go.id\nBcc: all@example.go.id", "Undangan", "", NOON
        )
