"""The mail sender, on a real mail server: each mail once, none lost, and none before its step is committed."""

import ssl
import threading
from email.message import EmailMessage
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from pydantic import SecretStr
from structlog.testing import capture_logs

from mail.letters import letter
from mail.post import Post, PostAway
from mail.sender import Sender
from models.database import Database
from models.mail.queries import MailIntent, mail_of_case, waiting_mail
from rules.procedure.mails import MailKind
from tests.mail.conftest import ADDRESSES
from tests.support.case_stages import accept
from tests.support.cast import CURRENT, NEW, register_retailers
from tests.support.database import free_port
from tests.support.database_contents import rows
from tests.support.mail_server import MailServer, mail_server
from tests.support.referrals import register
from tests.support.settings import Settings

RUNNING = threading.Event()
"""Never set: nobody tells these senders to stop."""


def _accept(database: Database, number: str) -> None:
    with database.transaction() as session:
        accept(session, number)


def _make_due(database: Database) -> None:
    rows(database, "UPDATE mail_intents SET next_try_at = clock_timestamp() RETURNING id")


def test_what_was_noted_goes_to_each_retailers_result_address_once(
    database: Database, settings: Settings, post: MailServer, case: str
) -> None:
    _accept(database, case)
    sender = Sender(database=database, settings=settings)

    assert (sender.send_due(RUNNING), sender.send_due(RUNNING)) == (2, 0)

    assert [(str(mail["To"]), case in str(mail["Subject"])) for mail in post.mails] == [
        (ADDRESSES[CURRENT], True),
        (ADDRESSES[NEW], True),
    ]
    assert len(set(post.ids)) == 2


def test_a_mail_is_readable_japanese_with_the_headers_of_an_automatic_one(
    database: Database, settings: Settings, post: MailServer, case: str
) -> None:
    Sender(database=database, settings=settings).send_due(RUNNING)

    (mail,) = post.mails
    assert isinstance(mail, EmailMessage)
    assert mail["Subject"] == f"【スイッチング支援システム】廃止取次が届きました（{case}）"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Switching-Case"] == case
    assert f"https://hub.example/cases/{case}" in mail.get_content()
    assert (mail.get_content_type(), mail.get_content_charset()) == ("text/plain", "utf-8")


@pytest.mark.parametrize("what", ["its line cannot be read", "it cannot be written"])
def test_a_mail_that_cannot_be_made_holds_up_no_other(
    database: Database, settings: Settings, post: MailServer, case: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _accept(database, case)
    broken = "UPDATE mail_intents SET next_try_at = next_try_at - interval '1 day' WHERE step = 1 RETURNING id"
    assert len(rows(database, broken)) == 1
    if what == "its line cannot be read":
        spoiled = "SELECT case_number, 99, kind, actor, details, cause, at, '{}' FROM case_history WHERE step = 1"
        rows(database, f"INSERT INTO case_history {spoiled} RETURNING step")
        rows(database, "UPDATE mail_intents SET step = 99 WHERE step = 1 RETURNING id")
    else:

        def of_the_first_line(intent: MailIntent, **more: Any) -> EmailMessage:
            if intent.kind is MailKind.ARRIVED:
                raise KeyError
            return letter(intent, **more)

        monkeypatch.setattr("mail.sender.letter", of_the_first_line)

    with capture_logs() as log_lines:
        assert Sender(database=database, settings=settings).send_due(RUNNING) == 1

    assert [str(mail["To"]) for mail in post.mails] == [ADDRESSES[NEW]]
    assert {line["case_number"] for line in log_lines if line["event"] == "mail-broken"} == {case}


def test_no_mail_tells_of_the_customer(database: Database, settings: Settings, post: MailServer, case: str) -> None:
    _accept(database, case)
    Sender(database=database, settings=settings).send_due(RUNNING)

    for mail in post.mails:
        text = mail.as_string() + mail.get_content()
        for secret in ("髙橋", "タカハシ", "豊洲", "12345678901234", "0310000000000000000001"):
            assert secret not in text


def test_a_step_that_is_not_committed_is_told_to_nobody(
    database: Database, settings: Settings, post: MailServer, case: str
) -> None:
    sender = Sender(database=database, settings=settings)
    sender.send_due(RUNNING)

    with database.transaction() as session:
        accept(session, case)
        assert sender.send_due(RUNNING) == 0

    assert sender.send_due(RUNNING) == 1


def test_without_a_mail_server_nothing_is_lost_and_no_mail_is_blamed(
    database: Database, settings: Settings, case: str
) -> None:
    port = free_port()
    sender = Sender(database=database, settings=settings.model_copy(update={"smtp_port": port}))

    with pytest.raises(PostAway, match="ConnectionRefusedError"):
        sender.send_due(RUNNING)
    assert sender.away == "ConnectionRefusedError"
    with database.transaction() as session:
        assert [mail.attempts for mail in mail_of_case(session, case_number=case)] == [0]

    with mail_server(port=port) as late:
        assert sender.send_due(RUNNING) == 1
        assert len(late.mails) == 1
    assert sender.away is None


def test_what_went_out_before_the_mail_server_went_away_is_not_sent_again(
    database: Database, settings: Settings, post: MailServer, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _accept(database, case)
    send = Post.send

    def once(self: Post, mail: EmailMessage) -> None:
        if post.mails:
            raise PostAway("ConnectionRefusedError")
        send(self, mail)

    sender = Sender(database=database, settings=settings)
    with monkeypatch.context() as patch:
        patch.setattr(Post, "send", once)
        with pytest.raises(PostAway):
            sender.send_due(RUNNING)

    assert sender.send_due(RUNNING) == 1
    assert len(post.ids) == len(set(post.ids)) == 2


def test_a_refused_mail_is_tried_again_later_and_holds_up_no_other(
    database: Database, settings: Settings, post: MailServer, case: str
) -> None:
    _accept(database, case)
    post.refuses = {ADDRESSES[CURRENT]}
    sender = Sender(database=database, settings=settings)

    assert sender.send_due(RUNNING) == 1
    assert [str(mail["To"]) for mail in post.mails] == [ADDRESSES[NEW]]
    assert rows(database, "SELECT last_error FROM mail_intents WHERE sent_at IS NULL") == [
        ("SMTPRecipientsRefused 550",)
    ]

    post.refuses = set()
    _make_due(database)
    assert sender.send_due(RUNNING) == 1
    assert str(post.mails[-1]["To"]) == ADDRESSES[CURRENT]


def test_a_mail_that_is_refused_again_and_again_is_reported_as_stuck(
    database: Database, settings: Settings, post: MailServer, case: str
) -> None:
    post.refuses = {ADDRESSES[CURRENT]}
    sender = Sender(database=database, settings=settings)

    with capture_logs() as lines:
        for _ in range(5):
            _make_due(database)
            sender.send_due(RUNNING)

    assert [line["event"] for line in lines] == ["mail-refused"] * 4 + ["mail-stuck"]


@pytest.mark.parametrize("address", ["kekka", "a@b@c", "kekka@minato.example\r\nBcc: x@y.example", "@", "<>", " "])
def test_what_is_no_address_blocks_nothing_and_adds_no_header(
    database: Database, settings: Settings, post: MailServer, case: str, address: str
) -> None:
    rows(
        database, "UPDATE participants SET result_mail = :address WHERE code = :code RETURNING code",
        address=address, code=CURRENT,
    )  # fmt: skip
    _accept(database, case)

    assert Sender(database=database, settings=settings).send_due(RUNNING) == 1
    assert [str(mail["To"]) for mail in post.mails] == [ADDRESSES[NEW]]


def test_a_retailer_without_an_address_is_logged_and_the_mail_marked(
    database: Database, settings: Settings, post: MailServer, case: str
) -> None:
    with database.transaction() as session:
        register_retailers(session)

    with capture_logs() as lines:
        assert Sender(database=database, settings=settings).send_due(RUNNING) == 0

    assert [(line["event"], line["log_level"], line["retailer"]) for line in lines] == [
        ("mail-undeliverable", "error", CURRENT)
    ]
    with database.transaction() as session:
        mails = waiting_mail(session)
    assert (mails.count, mails.undeliverable, post.mails) == (0, 1, [])


def test_two_senders_send_each_mail_once(database: Database, settings: Settings, post: MailServer, case: str) -> None:
    _accept(database, case)
    senders = [Sender(database=database, settings=settings) for _ in range(2)]

    threads = [threading.Thread(target=sender.send_due, args=(RUNNING,)) for sender in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(post.ids) == len(set(post.ids)) == 2


def test_more_mails_than_are_taken_at_once_all_go_out_over_one_connection(
    database: Database, settings: Settings, post: MailServer, case: str
) -> None:
    with database.transaction() as session:
        for number in range(20):
            register(session, point_number=f"03100000000000000002{number:02d}")

    assert Sender(database=database, settings=settings).send_due(RUNNING) == 21

    assert len(post.ids) == len(set(post.ids)) == 21
    assert post.connections == 1


def test_a_slow_mail_server_and_a_database_that_bears_no_silence_have_no_mail_sent_twice(
    database: Database, database_url: str, settings: Settings, post: MailServer, case: str
) -> None:
    with database.transaction() as session:
        for number in range(9):
            register(session, point_number=f"03100000000000000002{number:02d}")
    strict = Database(f"{database_url}?options=-c%20idle_in_transaction_session_timeout%3D1200ms")
    post.takes = 0.2

    assert Sender(database=strict, settings=settings).send_due(RUNNING) == 10

    strict.dispose()
    assert len(post.ids) == len(set(post.ids)) == 10


def test_over_starttls_it_checks_the_servers_certificate_and_logs_in(
    database: Database, settings: Settings, case: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("smtp-tls")
    authority, server = trustme.CA(), MailServer(free_port())
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    logins: list[LoginPassword] = []

    def log_in(server: object, session: object, envelope: object, mechanism: str, data: LoginPassword) -> AuthResult:
        logins.append(data)
        return AuthResult(success=True)

    controller = Controller(
        server, hostname="127.0.0.1", port=server.port, tls_context=context, require_starttls=True,
        authenticator=log_in, auth_required=True,
    )  # fmt: skip
    controller.start()
    try:
        chosen = settings.model_copy(
            update={
                "smtp_host": "localhost", "smtp_port": server.port, "smtp_security": "starttls",
                "smtp_user": "hub", "smtp_password": SecretStr("a password"),
            }
        )  # fmt: skip
        with pytest.raises(PostAway, match="SSLCertVerificationError"):
            Sender(database=database, settings=chosen).send_due(RUNNING)
        trusting = chosen.model_copy(update={"smtp_authority": folder / "authority.pem"})
        assert Sender(database=database, settings=trusting).send_due(RUNNING) == 1
    finally:
        controller.stop()
    assert [(login.login, login.password) for login in logins] == [(b"hub", b"a password")]
