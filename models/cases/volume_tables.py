"""Tables of how many cases there are (集計): sums, and what has changed since they were made.

Both can be made anew from the cases.
"""

from datetime import date

from sqlalchemy import BigInteger, Identity, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class VolumeRow(Base):
    """How many cases of somebody, registered on a day, are counted by one key of a figure."""

    __tablename__ = "case_volumes"
    __table_args__ = (Index("ix_case_volumes_none", "day", postgresql_where=text("cases = 0")),)

    owner: Mapped[str] = mapped_column(Text, primary_key=True)
    """A retailer's code; empty for the market."""
    book: Mapped[str] = mapped_column(Text, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    figure: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    segment: Mapped[str] = mapped_column(Text, primary_key=True)
    area: Mapped[str] = mapped_column(Text, primary_key=True)
    cases: Mapped[int]


class VolumeChangeRow(Base):
    """What a step changed that the sums do not say yet: a case less of the one kind, or one more of another."""

    __tablename__ = "case_volume_changes"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    day: Mapped[date]
    """On which it was registered."""
    segment: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(Text)
    application_kind: Mapped[str | None] = mapped_column(Text)
    new_retailer: Mapped[str | None] = mapped_column(Text)
    current_retailer: Mapped[str | None] = mapped_column(Text)
    phase: Mapped[str] = mapped_column(Text)
    decided_in: Mapped[int | None]
    """The group of :data:`models.cases.volume_keys.DECIDED_WITHIN` in which the time to the decision lies."""
    rejection_reasons: Mapped[list[str]] = mapped_column(ARRAY(Text))
    cases: Mapped[int]
    """One more, or one less."""
