"""A mail server that really runs, on a free port of this machine, and keeps what arrives."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.ports import reserved_port

ACCOUNT = "skm:rahasia%20sekali"  # as an address writes it


class PostOffice:
    """Knows everybody but `nobody`, and has to think long about `slow`. `port` is where it listens."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.arrived = []

    def letter(self) -> EmailMessage:
        """The one letter that has arrived."""
        ((envelope, _),) = self.arrived
        return message_from_bytes(envelope.content, policy=policy.default)

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        """Takes or refuses a recipient."""
        if address.startswith("slow"):
            await asyncio.sleep(1)
        if address.startswith("nobody"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        """Takes a letter."""
        self.arrived.append((envelope, session))
        return "250 OK"


@contextmanager
def post_office(**more: object) -> Iterator[PostOffice]:
    """An open post office; `more` is how aiosmtpd shall run it."""
    with reserved_port() as port:
        office = PostOffice(port)
        server = Controller(office, hostname="127.0.0.1", port=port, **more)
        server.start()
        try:
            yield office
        finally:
            server.stop()


def judged(server, session, envelope, mechanism, given) -> AuthResult:
    """Lets in whoever knows the password of ACCOUNT."""
    return AuthResult(success=(given.login, given.password) == (b"skm", b"rahasia sekali"), handled=False)
