"""Letters by e-mail, where the settings name a mail server. Without one, links are shown to be copied."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from logging import getLogger
from urllib.parse import SplitResult, unquote, urlsplit

PATIENCE = 10  # seconds for each step; whoever waits for the page waits for the mail server too
HERE = {"localhost", "127.0.0.1", "::1"}


def write_letter(address: str, to: str, subject: str, text: str, now: datetime) -> EmailMessage:
    """A letter from the service at an address of the web."""
    host = urlsplit(address).hostname
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = f"SKM <skm@{host}>", to, subject
    letter["Date"], letter["Message-ID"] = format_datetime(now), make_msgid(domain=host)
    letter.set_content(text, cte="quoted-printable")  # not every server on the way takes more than 7 bits
    return letter


def send(smtp: str, letter: EmailMessage) -> bool:
    """Whether the mail server of the setting `smtp` took the letter; a failure is logged.

    "" stands for no mail server. Whoever sends has another way to say the same.
    """
    server = urlsplit(smtp)
    if not server.hostname:
        return False
    try:
        with _connected(server, server.hostname) as post:
            post.send_message(letter)
    except (OSError, smtplib.SMTPException) as error:
        getLogger(__name__).warning("a letter could not be sent: %s", error)
        return False
    return True


def check(smtp: str) -> None:
    """Signs in to the mail server of the setting `smtp`, and sends nothing; "" stands for none.

    Raises OSError or SMTPException where a letter could not be sent either.
    """
    server = urlsplit(smtp)
    if server.hostname:
        with _connected(server, server.hostname) as post:
            post.noop()


@contextmanager
def _connected(server: SplitResult, host: str) -> Iterator[smtplib.SMTP]:
    """The mail server, ready for a letter. Nothing that could be overheard carries a password."""
    safe = ssl.create_default_context()
    if server.scheme == "smtps":
        post: smtplib.SMTP = smtplib.SMTP_SSL(host, server.port or 0, timeout=PATIENCE, context=safe)
    else:
        post = smtplib.SMTP(host, server.port or 0, timeout=PATIENCE)
    with post:
        # A mail server on this machine seldom has a certificate that holds, and nobody listens in between.
        if server.scheme == "smtp" and host not in HERE:
            _protect(post, safe, bool(server.username))
        if server.username:
            post.login(unquote(server.username), unquote(server.password or ""))
        yield post


def _protect(post: smtplib.SMTP, safe: ssl.SSLContext, secret: bool) -> None:
    post.ehlo()
    if secret or post.has_extn("starttls"):
        post.starttls(context=safe)  # raises where it is not offered
