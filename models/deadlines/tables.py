"""Table of the rules on deadlines."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import MOMENT, Base


class DeadlineRuleRow(Base):
    """One rule, added and never changed: a trigger refuses it. Where there is none, the code's own value holds."""

    __tablename__ = "deadline_rules"
    __table_args__ = (
        CheckConstraint("business_days >= 0 AND calendar_days >= 0 AND amount >= 0", name="not_negative"),
        CheckConstraint(
            "(amount IS NULL) = (business_days IS NOT NULL) AND (amount IS NULL) = (calendar_days IS NOT NULL)",
            name="period_or_amount",
        ),
        Index("ix_deadline_rules_segment_valid_from", "segment", "valid_from"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    segment: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    """A :class:`rules.deadlines.DeadlineTopic`."""
    business_days: Mapped[int | None]
    calendar_days: Mapped[int | None]
    """Both, or ``amount`` where the rule is no period."""
    amount: Mapped[int | None]
    citation: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date]
    """Day of business time from which cases are registered under it."""
    noted_at: Mapped[datetime] = mapped_column(MOMENT)
    reason: Mapped[str] = mapped_column(Text)
