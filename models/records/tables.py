"""The batches that records are sealed in, and their seals. As with records, no row is ever changed or deleted."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, Text, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import MOMENT, Base


class BatchRow(Base):
    """When a batch was opened. What is recorded is of the newest."""

    __tablename__ = "record_batches"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    opened_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())


class SealRow(Base):
    """One link of the chain (:class:`rules.records.seals.Seal`), with what it was made of."""

    __tablename__ = "record_seals"
    __table_args__ = (Index(None, "kind", "number"), Index(None, "sealed_at"))

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Text)
    batch: Mapped[int] = mapped_column(BigInteger)
    ends_batch: Mapped[bool]
    row_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    leaves: Mapped[bytes] = mapped_column(LargeBinary)
    """The hashes of these rows, one after the other: by them a row that does not fit is found."""
    root: Mapped[str] = mapped_column(Text)
    reads: Mapped[int] = mapped_column(BigInteger)
    changes: Mapped[int] = mapped_column(BigInteger)
    opened_at: Mapped[datetime | None] = mapped_column(MOMENT)
    sealed_at: Mapped[datetime] = mapped_column(MOMENT)
    previous: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text)
