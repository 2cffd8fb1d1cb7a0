"""A real mail server for tests: keeps what it takes in memory, and refuses what it is told to."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.database import free_port
from tests.support.processes import wait_until


@dataclass
class MailServer:
    """What it took, and how it behaves. aiosmtpd calls its handlers by these names."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    """Addresses that it does not take mail for."""
    takes: float = 0.0
    """Seconds until it has taken a mail."""
    connections: int = 0
    """How many were made."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Greet whoever has just connected."""
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or refuse it."""
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        await asyncio.sleep(self.takes)
        with self.lock:
            self.mails.append(BytesParser(policy=default).parsebytes(envelope.content))
        return "250 OK"

    @property
    def ids(self) -> list[str]:
        """Message-IDs of what it took."""
        return [str(mail["Message-ID"]) for mail in self.mails]

    def wait_for(self, count: int) -> None:
        """Wait until it has taken so many mails."""
        wait_until(lambda: len(self.mails) >= count, what=f"{count} mails")


@contextmanager
def mail_server(*, port: int | None = None, tls: ssl.SSLContext | None = None) -> Iterator[MailServer]:
    """Run a mail server for a block; with ``tls`` it speaks TLS from the first byte on."""
    server = MailServer(port or free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port, ssl_context=tls)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
