"""What the tests of the mail sender share: a mail server, settings that lead to it, a case to tell of."""

from collections.abc import Iterator
from datetime import date

import pytest

from deploy.local_certificates import Certificates
from models.database import Database
from models.participants.operations import register_participant
from schemas.codes import ParticipantRole
from tests.support.cast import CURRENT, NEW
from tests.support.mail_server import MailServer, mail_server
from tests.support.referrals import open_case
from tests.support.settings import Settings, settings_for

ADDRESSES = {NEW: "kekka@aozora.example", CURRENT: "kekka@minato.example"}


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    stack_certificates = Certificates(tmp_path_factory.mktemp("tls"))
    stack_certificates.make_own()
    return stack_certificates


@pytest.fixture
def post() -> Iterator[MailServer]:
    """Run a mail server that takes everything."""
    with mail_server() as server:
        yield server


@pytest.fixture
def settings(database_url: str, certificates: Certificates, post: MailServer) -> Settings:
    """Set a sender that uses that mail server."""
    return settings_for(
        database_url, certificates, smtp_port=post.port, mail_every=0.05, smtp_timeout=2.0,
        web_public_url="https://hub.example",
    )  # fmt: skip


@pytest.fixture
def case(database: Database) -> str:
    """Open a case of whose arrival the current retailer is to be told."""
    number = open_case(database)
    with database.transaction() as session:
        for code, address in ADDRESSES.items():
            register_participant(
                session, code=code, name="電気株式会社", role=ParticipantRole.RETAILER, area=None,
                valid_from=date(2016, 4, 1), result_mail=address,
            )  # fmt: skip
    return number
