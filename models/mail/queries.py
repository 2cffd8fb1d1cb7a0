"""Reads on mails that are to be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from models.cases.tables import HistoryLineRow
from models.outbox import MailIntentRow
from models.participants.tables import ParticipantRow
from rules.calendar import JST
from rules.core import Procedure
from rules.procedure.mails import MailKind


@dataclass(frozen=True)
class MailIntent:
    """A mail that is to be sent."""

    id: UUID
    kind: MailKind
    retailer_code: str
    address: str | None
    """The retailer's result address (terms §6.1 ⑤) as it stands now; None where it has none."""
    case: Procedure
    """The case as the step left it that is the mail's cause."""
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


class UnreadableMail(Exception):
    """What a mail is about cannot be read. Others can be, so the mail is to be put off."""

    def __init__(self, intent: UUID, case_number: str) -> None:
        super().__init__(str(intent))
        self.intent, self.case_number = intent, case_number


_WAITS = (MailIntentRow.sent_at.is_(None), MailIntentRow.undeliverable_at.is_(None))


def claim_intent(session: Session) -> MailIntent | None:
    """Find a mail that is due and that no other sender has in hand, and keep others off it.

    It is free again when the transaction ends. What was not committed is not found: no mail goes out for a
    step that was rolled back.

    :raises UnreadableMail: when the line that it is about cannot be read; it is claimed all the same.
    """
    row = session.execute(
        select(
            MailIntentRow.id,
            MailIntentRow.kind,
            MailIntentRow.retailer_code,
            ParticipantRow.result_mail,
            MailIntentRow.case_number,
            MailIntentRow.step,
            MailIntentRow.created_at,
        )
        .outerjoin(ParticipantRow, ParticipantRow.code == MailIntentRow.retailer_code)
        .where(*_WAITS, MailIntentRow.next_try_at <= func.clock_timestamp())
        .order_by(MailIntentRow.next_try_at, MailIntentRow.created_at)
        .limit(1)
        .with_for_update(of=MailIntentRow, skip_locked=True)
    ).one_or_none()
    if row is None:
        return None
    return MailIntent(
        id=row.id,
        kind=MailKind(row.kind),
        retailer_code=row.retailer_code,
        address=row.result_mail or None,
        case=_told_of(session, intent=row.id, case_number=row.case_number, step=row.step),
        created_at=row.created_at.astimezone(JST),
    )


def _told_of(session: Session, *, intent: UUID, case_number: str, step: int) -> Procedure:
    try:
        state: Procedure = session.scalars(
            select(HistoryLineRow.state).where(HistoryLineRow.case_number == case_number, HistoryLineRow.step == step)
        ).one()
    except (ValueError, NoResultFound):
        raise UnreadableMail(intent, case_number) from None
    return state


def waiting_mail(session: Session) -> WaitingMail:
    """Tell how much mail waits, how long the oldest does, and how much had no address."""
    row = session.execute(
        select(
            func.count().filter(*_WAITS).label("waiting"),
            func.max(func.clock_timestamp() - MailIntentRow.created_at).filter(*_WAITS).label("oldest"),
            func.count(MailIntentRow.undeliverable_at).label("undeliverable"),
        ).where(MailIntentRow.sent_at.is_(None))
    ).one()
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
