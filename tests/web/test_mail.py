"""Letters: without a mail server, or with one that is not there, the page still has its link."""

from dataclasses import replace

import pytest

from skm.app import create_app
from skm.web import mail


@pytest.mark.parametrize("smtp", ["", "smtp://127.0.0.1:1", "smtps://127.0.0.1:1"])
def test_a_letter_that_cannot_be_sent_stops_nothing(settings, city, smtp):
    with create_app(replace(settings, smtp=smtp)).app_context():
        assert mail.send("budi@example.go.id", "Undangan", "https://skm.example.go.id/arrive/x") is False


def test_a_letter_comes_from_the_host_of_the_settings(settings, city):
    with create_app(settings).app_context():
        letter = mail._letter("budi@example.go.id", "Undangan", "Selamat datang")
    assert letter["From"] == "SKM <skm@skm.example.go.id>"
    assert letter["To"] == "budi@example.go.id"


def test_a_second_line_in_a_head_is_refused(settings, city):
    with create_app(settings).app_context(), pytest.raises(ValueError, match="linefeed"):
        mail._letter("budi@example.go.id\nBcc: all@example.go.id", "Undangan", "")
