"""Reads on mails that are to be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Text, and_, bindparam, cast, func, literal_column, select
from sqlalchemy.orm import Session

from models.base import adapter
from models.cases.tables import HistoryLineRow
from models.outbox import MailIntentRow
from models.participants.tables import ParticipantRow
from models.prepared import Line, Prepared
from rules.calendar import JST
from rules.certificates.notices import CertificateNotice, NoticeKind
from rules.core import Procedure
from rules.procedure.mails import MailKind


@dataclass(frozen=True)
class MailIntent:
    """A mail that is to be sent."""

    id: UUID
    kind: MailKind | NoticeKind
    retailer_code: str
    address: str | None
    """The retailer's result address (terms §6.1 ⑤) as it stands now; None where it has none."""
    about: Procedure | CertificateNotice
    """The case as the step left it that is the mail's cause, or what is said of a certificate."""
    created_at: datetime


@dataclass(frozen=True)
class WaitingMail:
    """How much mail waits to be sent."""

    count: int
    oldest: timedelta
    undeliverable: int


@dataclass(frozen=True)
class NotedMail:
    """What became of a mail, as the case's page shows it."""

    kind: MailKind
    retailer_code: str
    created_at: datetime
    sent_at: datetime | None
    undeliverable_at: datetime | None
    attempts: int
    last_error: str | None


@dataclass(frozen=True)
class UnreadableMail:
    """A mail of which it cannot be read what it is about. Others can be, so it is to be put off."""

    id: UUID
    case_number: str | None
    """None where it is about no case."""


@dataclass(frozen=True)
class ClaimedMails:
    """Mails that are due and that one sender has in hand, those that wait longest first."""

    readable: tuple[MailIntent, ...]
    unreadable: tuple[UnreadableMail, ...]

    def __bool__(self) -> bool:
        return bool(self.readable or self.unreadable)


_WAITS = (MailIntentRow.sent_at.is_(None), MailIntentRow.undeliverable_at.is_(None))

_CLAIM = Prepared(
    select(
        MailIntentRow.id,
        MailIntentRow.kind,
        MailIntentRow.retailer_code,
        ParticipantRow.result_mail,
        MailIntentRow.case_number,
        MailIntentRow.created_at,
        cast(HistoryLineRow.state, Text).label("state"),
        cast(MailIntentRow.certificate, Text).label("certificate"),
    )
    .outerjoin(ParticipantRow, ParticipantRow.code == MailIntentRow.retailer_code)
    .outerjoin(
        HistoryLineRow,
        and_(HistoryLineRow.case_number == MailIntentRow.case_number, HistoryLineRow.step == MailIntentRow.step),
    )
    .where(*_WAITS, MailIntentRow.next_try_at <= func.clock_timestamp())
    .order_by(MailIntentRow.next_try_at, MailIntentRow.created_at)
    .limit(bindparam("at_most", type_=Integer))
    .with_for_update(of=MailIntentRow, skip_locked=True)
)


def claim_mails(line: Line, *, at_most: int) -> ClaimedMails:
    """Find mails that are due and that no other sender has in hand, and keep others off them.

    They are free again when the transaction ends. What was not committed is not found: no mail goes out for a
    step that was rolled back.
    """
    readable, unreadable = [], []
    for row in _CLAIM.rows(line, at_most=at_most):
        try:
            readable.append(_intent(row))
        except ValueError:
            unreadable.append(UnreadableMail(row.id, row.case_number))
    return ClaimedMails(tuple(readable), tuple(unreadable))


_HOLD_ON = Prepared(select(literal_column("1").label("one")))


def hold_on(line: Line) -> None:
    """Make sure that claimed mails are still in hand, by a word to a server that may end who is silent for long."""
    _HOLD_ON.rows(line)


def _intent(row: Any) -> MailIntent:
    kind: MailKind | NoticeKind
    about: Procedure | CertificateNotice
    if row.certificate is None:
        kind, about = MailKind(row.kind), adapter(Procedure).validate_json(row.state or "")
    else:
        kind, about = NoticeKind(row.kind), adapter(CertificateNotice).validate_json(row.certificate)
    return MailIntent(
        id=row.id,
        kind=kind,
        retailer_code=row.retailer_code,
        address=row.result_mail or None,
        about=about,
        created_at=row.created_at.astimezone(JST),
    )


_WAITING = Prepared(
    select(
        func.count().label("waiting"),
        func.max(func.clock_timestamp() - MailIntentRow.created_at).label("oldest"),
        select(func.count())
        .select_from(MailIntentRow)
        .where(MailIntentRow.undeliverable_at.is_not(None))
        .correlate(None)
        .scalar_subquery()
        .label("undeliverable"),
    ).where(*_WAITS)
)


def waiting_mail(line: Line) -> WaitingMail:
    """Tell how much mail waits, how long the oldest does, and how much had no address."""
    (row,) = _WAITING.rows(line)
    return WaitingMail(row.waiting, row.oldest or timedelta(0), row.undeliverable)


def mail_of_case(session: Session, *, case_number: str, retailer_code: str | None = None) -> list[NotedMail]:
    """List the mails of a case, to one retailer or, for None, to all, the first first."""
    query = (
        select(
            MailIntentRow.kind,
            MailIntentRow.retailer_code,
            MailIntentRow.created_at,
            MailIntentRow.sent_at,
            MailIntentRow.undeliverable_at,
            MailIntentRow.attempts,
            MailIntentRow.last_error,
        )
        .where(MailIntentRow.case_number == case_number)
        .order_by(MailIntentRow.step, MailIntentRow.retailer_code)
    )
    if retailer_code is not None:
        query = query.where(MailIntentRow.retailer_code == retailer_code)
    return [NotedMail(MailKind(row.kind), *row[1:]) for row in session.execute(query)]
