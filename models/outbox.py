"""The mails that are to be sent. What each says follows from the line of the history it belongs to, or of a certificate
from what was noted of it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.dml import ReturningInsert

from models.base import MOMENT, Base, Record
from models.notifications import MAIL_NOTED, telling
from rules.certificates.notices import CertificateNotice
from rules.core import Procedure, mails_for
from rules.procedure.outcomes import HistoryLine


class MailIntentRow(Base):
    """One mail to one retailer. Times are real time: they are about sending, not about the case."""

    __tablename__ = "mail_intents"
    __table_args__ = (
        UniqueConstraint("case_number", "step", "kind", "retailer_code"),
        CheckConstraint("(case_number IS NULL) = (step IS NULL)", name="line_as_a_whole"),
        CheckConstraint("(case_number IS NULL) <> (certificate IS NULL)", name="about_one_thing"),
        Index(
            "ix_mail_intents_waiting",
            "next_try_at",
            "created_at",
            postgresql_where=text("sent_at IS NULL AND undeliverable_at IS NULL"),
        ),
        Index(
            "ix_mail_intents_undeliverable",
            "undeliverable_at",
            postgresql_where=text("undeliverable_at IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Its Message-ID follows from this, so that a mail sent twice can be known as one."""
    case_number: Mapped[str | None] = mapped_column(Text, ForeignKey("cases.case_number"))
    step: Mapped[int | None]
    """The line of the 案件履歴 that is its cause."""
    certificate: Mapped[CertificateNotice | None] = mapped_column(Record(CertificateNotice))
    """What it says of a certificate, where it is about none of the cases."""
    kind: Mapped[str] = mapped_column(Text)
    retailer_code: Mapped[str] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    """Where it was sent; the retailer's result address at that time."""
    created_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    sent_at: Mapped[datetime | None] = mapped_column(MOMENT)
    undeliverable_at: Mapped[datetime | None] = mapped_column(MOMENT)
    """Set where the retailer had no result address when it was to be sent."""
    attempts: Mapped[int] = mapped_column(server_default="0")
    next_try_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    last_error: Mapped[str | None] = mapped_column(Text)


def intents(*, step: int, before: Procedure | None, line: HistoryLine, after: Procedure) -> list[dict[str, object]]:
    """Give the rows that note who is to be told by mail of a line."""
    return [
        {
            "id": uuid4(),
            "case_number": after.case_number,
            "step": step,
            "kind": mail.kind.value,
            "retailer_code": mail.to_retailer,
        }
        for mail in mails_for(before, line, after)
    ]


def writing(rows: Sequence[Mapping[str, Any]]) -> ReturningInsert[tuple[None]]:
    """Give the statement that writes rows and tells the sender; what was noted before is not noted twice."""
    return insert(MailIntentRow).values(rows).on_conflict_do_nothing().returning(telling(MAIL_NOTED).label("told"))


def note_certificate(notice: CertificateNotice, *, retailer_code: str) -> ReturningInsert[tuple[None]]:
    """Give the statement that notes a mail on a certificate and tells the sender."""
    row = {"id": uuid4(), "kind": notice.kind.value, "retailer_code": retailer_code, "certificate": notice}
    return insert(MailIntentRow).values(row).returning(telling(MAIL_NOTED).label("told"))
