"""The mails on certificates: which one, until when, and nothing of the device or of people."""

import threading
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from mail.certificates import body, subject
from mail.sender import Sender
from models.certificates.operations import note_notice
from models.database import Database
from rules.certificates.notices import CertificateNotice, NoticeKind
from schemas.codes import CertificatePurpose
from tests.mail.conftest import ADDRESSES
from tests.support.cast import NEW
from tests.support.mail_server import MailServer
from tests.support.settings import Settings


def notice(kind: NoticeKind, *, successor: str | None = None) -> CertificateNotice:
    return CertificateNotice(
        kind=kind,
        serial="a1b2",
        certificate_id="JN-0001",
        purpose=CertificatePurpose.API,
        at=datetime(2027, 3, 31, 15, 0, tzinfo=UTC),
        successor=successor,
    )


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_one_names_the_certificate_and_the_moment_in_japan(kind: NoticeKind) -> None:
    text = body(notice(kind, successor="c3d4"))

    for words in ("2027-04-01 00:00", "証明書ID: JN-0001", "シリアル番号: a1b2", "c3d4", "用途: API連携"):
        assert words in text


def test_each_has_a_subject_of_its_own() -> None:
    assert len({subject(notice(kind)) for kind in NoticeKind}) == len(NoticeKind)


@pytest.mark.parametrize("kind", [NoticeKind.STOPPED, NoticeKind.ALLOWED])
def test_what_concerns_all_names_none(kind: NoticeKind) -> None:
    of_all = CertificateNotice(kind=kind, at=datetime(2027, 3, 31, 15, 0, tzinfo=UTC))

    assert "すべて" in subject(of_all)
    assert "シリアル番号" not in body(of_all) and "2027-04-01 00:00" in body(of_all)


def test_a_warning_says_what_to_do() -> None:
    assert "利用申請で登録" in body(notice(NoticeKind.ENDS_SOON))
    assert "利用申請で登録" not in body(notice(NoticeKind.ENDS_SOON, successor="c3d4"))


def test_it_is_sent_like_any_other_and_alone(
    database: Database, settings: Settings, post: MailServer, case: str
) -> None:
    with database.transaction() as session:
        note_notice(session, notice(NoticeKind.ENDS_SOON), retailer_code=NEW)

    assert Sender(database=database, settings=settings).send_due(threading.Event()) == 2

    (mail,) = [mail for mail in post.mails if mail["X-Switching-Case"] is None]
    assert isinstance(mail, EmailMessage)
    assert mail["To"] == ADDRESSES[NEW]
    assert mail["Subject"] == "【スイッチング支援システム】クライアント証明書の期限が近づいています（API連携）"
    assert mail["Auto-Submitted"] == "auto-generated"
