"""Whether what an installation depends on answers: its own address on the web, its mail server."""

import http.client
import smtplib
import ssl
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from skm.output import mail

PATIENCE = 5.0  # seconds
ALIVE = b"hidup"  # what /healthz says


def find_web_fault(address: str) -> str:
    """Why the service does not answer under an address; "" where it does."""
    direct = build_opener(ProxyHandler({}))  # as citizens come, not by a proxy of this terminal
    try:
        with direct.open(f"{address}/healthz", timeout=PATIENCE) as answer:
            return "" if ALIVE in answer.read(1_000) else "yang menjawab bukan SKM"
    except URLError as error:
        if isinstance(error.reason, ssl.SSLCertVerificationError):
            return f"sertifikatnya tidak berlaku ({error.reason.verify_message})"
        return str(error.reason)
    except (OSError, http.client.HTTPException) as error:
        return str(error) or error.__class__.__name__


def find_mail_fault(smtp: str) -> str:
    """Why the mail server of a setting takes no letters; "" where it would, or where there is none."""
    try:
        mail.check(smtp)
    except (OSError, smtplib.SMTPException) as error:
        return str(error) or error.__class__.__name__
    return ""
