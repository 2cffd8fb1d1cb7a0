"""SMTP over TLS from the first byte on (``smtp_security=tls``), against a real server with such certificates."""

import ssl
import threading
from pathlib import Path

import pytest

from deploy.authority import Authority, issue_server_certificate, make_authority
from deploy.local_certificates import Certificates
from mail.post import PostAway
from mail.sender import Sender
from models.database import Database
from models.mail.queries import mail_of_case
from tests.support.database import free_port
from tests.support.mail_server import mail_server
from tests.support.settings import Settings

RUNNING = threading.Event()
"""Never set: nobody tells these senders to stop."""


@pytest.fixture
def authority(certificates: Certificates) -> Authority:
    """Make the local authority, which the sender trusts."""
    return make_authority(certificates.folder)


@pytest.fixture
def over_tls(settings: Settings, authority: Authority) -> Settings:
    """Set a sender that connects with TLS to a server on a port of its own."""
    chosen = {"smtp_security": "tls", "smtp_authority": authority.certificate, "smtp_port": free_port()}
    return settings.model_copy(update={"smtp_host": "localhost", **chosen})


def _server_context(authority: Authority, folder: Path, *, host: str = "localhost") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(issue_server_certificate(authority, folder / f"{host}.pem", hosts=(host,)).path)
    return context


def _tries(database: Database, case: str) -> list[tuple[int, bool]]:
    with database.transaction() as session:
        return [(mail.attempts, mail.sent_at is not None) for mail in mail_of_case(session, case_number=case)]


def test_a_mail_goes_to_a_server_of_the_trusted_authority(
    database: Database, over_tls: Settings, authority: Authority, case: str, tmp_path: Path
) -> None:
    with mail_server(port=over_tls.smtp_port, tls=_server_context(authority, tmp_path)) as server:
        assert Sender(database=database, settings=over_tls).send_due(RUNNING) == 1
        (mail,) = server.mails

    assert case in mail["Subject"]
    assert _tries(database, case) == [(1, True)]


def test_a_server_of_another_authority_gets_nothing_and_the_mail_goes_out_later(
    database: Database, over_tls: Settings, authority: Authority, case: str, tmp_path: Path
) -> None:
    another = make_authority(tmp_path / "another", name="Another Authority")
    sender = Sender(database=database, settings=over_tls)

    with mail_server(port=over_tls.smtp_port, tls=_server_context(another, tmp_path / "of-another")) as foreign:
        with pytest.raises(PostAway, match="SSLCertVerificationError"):
            sender.send_due(RUNNING)
        assert foreign.mails == []
    assert (sender.away, _tries(database, case)) == ("SSLCertVerificationError", [(0, False)])

    with mail_server(port=over_tls.smtp_port, tls=_server_context(authority, tmp_path)) as trusted:
        assert sender.send_due(RUNNING) == 1
        assert len(trusted.mails) == 1
    assert (sender.away, _tries(database, case)) == (None, [(1, True)])


def test_a_certificate_for_another_host_is_refused(
    database: Database, over_tls: Settings, authority: Authority, case: str, tmp_path: Path
) -> None:
    context = _server_context(authority, tmp_path, host="mail.example")

    with mail_server(port=over_tls.smtp_port, tls=context) as elsewhere:
        with pytest.raises(PostAway, match="SSLCertVerificationError"):
            Sender(database=database, settings=over_tls).send_due(RUNNING)
        assert elsewhere.mails == []

    assert _tries(database, case) == [(0, False)]


def test_a_server_without_tls_gets_nothing(database: Database, over_tls: Settings, case: str) -> None:
    with mail_server(port=over_tls.smtp_port) as plain:
        with pytest.raises(PostAway):
            Sender(database=database, settings=over_tls).send_due(RUNNING)
        assert plain.mails == []

    assert _tries(database, case) == [(0, False)]
