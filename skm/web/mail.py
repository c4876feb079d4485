"""Letters by e-mail, where the settings name a mail server. Without one, links are shown to be copied."""

import smtplib
import ssl
from email.message import EmailMessage
from logging import getLogger
from urllib.parse import unquote, urlsplit

from skm.web.connection import settings

PATIENCE = 10  # seconds


def send(to: str, subject: str, text: str) -> bool:
    """Whether the mail server took the letter; a failure is logged, for there is still the link on the page."""
    server = urlsplit(settings().smtp)
    if not server.hostname:
        return False
    try:
        with _connected(server.scheme, server.hostname, server.port or 0) as post:
            if server.username:
                post.login(unquote(server.username), unquote(server.password or ""))
            post.send_message(_letter(to, subject, text))
    except (OSError, smtplib.SMTPException) as error:
        getLogger(__name__).warning("a letter could not be sent: %s", error)
        return False
    return True


def _letter(to: str, subject: str, text: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = f"SKM <skm@{urlsplit(settings().address).hostname}>"
    letter["To"], letter["Subject"] = to, subject
    letter.set_content(text)
    return letter


def _connected(scheme: str, host: str, port: int) -> smtplib.SMTP:
    safe = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=safe)
    post = smtplib.SMTP(host, port, timeout=PATIENCE)
    post.ehlo()
    if post.has_extn("starttls"):
        post.starttls(context=safe)
    return post
