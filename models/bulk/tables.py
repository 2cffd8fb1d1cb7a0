"""Tables of the bulk files. Their times are real time: they say how the work goes, and nothing of a case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import MOMENT, Base, Record
from models.encrypted import Encrypted
from rules.bulk.problems import Problem
from rules.bulk.summary import FileSummary
from schemas.findings import Refusal


class BulkFileRow(Base):
    """A file, from its upload to its end, with the counts of its rows that screens read."""

    __tablename__ = "bulk_files"
    __table_args__ = (
        Index(None, "retailer_code", "uploaded_at", "number"),
        Index(None, "uploaded_at", "number"),
        Index(None, "retailer_code", "digest"),
        Index(
            "ix_bulk_files_open",
            "retailer_code",
            "confirmed_at",
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "ix_bulk_files_rows_kept",
            "ended_at",
            postgresql_where=text("ended_at IS NOT NULL AND rows_forgotten_at IS NULL"),
        ),
        Index("ix_bulk_files_ended", "ended_at", "retailer_code", postgresql_where=text("ended_at IS NOT NULL")),
    )

    number: Mapped[str] = mapped_column(Text, primary_key=True)
    """Part of the message id of each row, so none comes twice, whatever is restored."""
    kind: Mapped[str] = mapped_column(Text)
    segment: Mapped[str] = mapped_column(Text)
    retailer_code: Mapped[str] = mapped_column(Text, ForeignKey("participants.code"))
    name: Mapped[str] = mapped_column(Encrypted("bulk_files.name", str))
    """What the file was called where it came from."""
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(Text)
    """SHA-256 of its bytes: the same file again is known by it."""
    state: Mapped[str] = mapped_column(Text)
    uploaded_by: Mapped[str] = mapped_column(Text, ForeignKey("users.user_id"))
    uploaded_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    source_address: Mapped[str] = mapped_column(Text)
    """Where it was confirmed from, and until then uploaded."""
    check_key: Mapped[UUID | None]
    """Of the check that is under way: an earlier try that was taken for lost writes nothing any more."""
    checked_at: Mapped[datetime | None] = mapped_column(MOMENT)
    problems: Mapped[list[Problem]] = mapped_column(Encrypted("bulk_files.problems", list[Problem]), default=list)
    """Why nothing of it can be sent."""
    summary: Mapped[FileSummary | None] = mapped_column(Record(FileSummary))
    confirmed_by: Mapped[str | None] = mapped_column(Text, ForeignKey("users.user_id"))
    """On whose behalf its rows are sent."""
    confirmed_at: Mapped[datetime | None] = mapped_column(MOMENT)
    running_since: Mapped[datetime | None] = mapped_column(MOMENT)
    """Since it was confirmed or resumed."""
    finished_before: Mapped[int] = mapped_column(server_default="0")
    """How many rows were done or refused by then: with both, how fast it goes."""
    ended_at: Mapped[datetime | None] = mapped_column(MOMENT)
    stopped_by: Mapped[str | None] = mapped_column(Text)
    """User id of who stopped it; None where the hub itself did."""
    stopped_why: Mapped[str | None] = mapped_column(Text)
    """Where the hub stopped it, in Japanese."""
    rows_forgotten_at: Mapped[datetime | None] = mapped_column(MOMENT)
    rows: Mapped[int] = mapped_column(server_default="0")
    faulty: Mapped[int] = mapped_column(server_default="0")
    done: Mapped[int] = mapped_column(server_default="0")
    refused: Mapped[int] = mapped_column(server_default="0")


class BulkPieceRow(Base):
    """A piece of a file's bytes, until its rows are stored."""

    __tablename__ = "bulk_pieces"

    number: Mapped[str] = mapped_column(Text, ForeignKey("bulk_files.number"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(Encrypted("bulk_pieces.data", bytes))


class BulkRowRow(Base):
    """A row of a file: what it says, personal data included, and what became of it."""

    __tablename__ = "bulk_rows"
    __table_args__ = (Index(None, "number", "outcome", "line"),)

    number: Mapped[str] = mapped_column(Text, ForeignKey("bulk_files.number"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    values: Mapped[dict[str, Any]] = mapped_column(Encrypted("bulk_rows.values", dict[str, Any]))
    """Raw, as the catalogue reads it; without the message id."""
    problems: Mapped[list[Problem]] = mapped_column(Encrypted("bulk_rows.problems", list[Problem]), default=list)
    outcome: Mapped[str] = mapped_column(Text)
    given_number: Mapped[str | None] = mapped_column(Text)
    """The 廃止取次番号 or 申請番号 that was answered."""
    refusal: Mapped[Refusal | None] = mapped_column(Record(Refusal))
    """Why it was refused, or why it is sent again."""
    tries: Mapped[int] = mapped_column(server_default="0")
    tried_at: Mapped[datetime | None] = mapped_column(MOMENT)
