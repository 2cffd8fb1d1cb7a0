"""Tables of the cases. All but the history can be rebuilt from the history."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Sequence, Text, false, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import MOMENT, Base, Record
from models.encrypted import Encrypted
from rules.core import Procedure
from rules.numbers import SERIALS_A_SECOND

CASE_TURN = Sequence("case_turn", maxvalue=SERIALS_A_SECOND, cycle=True, metadata=Base.metadata)
APPLICATION_TURN = Sequence("application_turn", maxvalue=SERIALS_A_SECOND, cycle=True, metadata=Base.metadata)
"""Tell numbers apart that are given within one second (:func:`rules.numbers.serial_at`)."""

_OPEN = "ended_at IS NULL AND NOT gives_way AND COALESCE(application_kind, '')"
_WITHOUT_HOLD = "'usage_inquiry', 'customer_details', 'producer_details', 'ampere_change'"
_HOLDS_BEGINNING = f"{_OPEN} NOT IN ('end', {_WITHOUT_HOLD})"
_HOLDS_ENDING = f"{_OPEN} NOT IN ('start', {_WITHOUT_HOLD})"
"""What :func:`rules.point_order.sides_held` says, as the last line of defence behind the lock on the point."""
_LOOKED_AT = ["phase", "segment", "area", "application_kind", "decision", "changed_at"]
"""What the list is filtered by with no index of its own: read along the order, without the rows themselves."""

_LOOKED_AT_OPEN = ["segment", "area", "application_kind", "decision", "registered_at", "due_rule"]
"""The same of open cases, along their deadlines."""
_LOOKED_AT_MOVING = [*_LOOKED_AT, "registered_at", "ended_at"]
MOVES_ON = text("COALESCE(effective_date, '9999-12-31'::date)")
"""The 異動日 by which the list is sorted: what has none comes behind all days (:class:`models.paging.DayOrder`)."""


class CaseRow(Base):
    """The read model of a case: its state, and columns for what is searched and shown.

    An application on its own (単独申請) is one of these as well, under its application number.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("uq_cases_open_beginning", "point_number", unique=True, postgresql_where=text(_HOLDS_BEGINNING)),
        Index("uq_cases_open_ending", "point_number", unique=True, postgresql_where=text(_HOLDS_ENDING)),
        Index(None, "new_retailer", "changed_at", "case_number"),
        Index("ix_cases_inbox", "current_retailer", "phase", "due_at", "registered_at", "case_number"),
        Index(None, "new_retailer", "registered_at", "case_number", postgresql_include=_LOOKED_AT),
        Index(None, "current_retailer", "registered_at", "case_number", postgresql_include=_LOOKED_AT),
        Index(None, "registered_at", "case_number", postgresql_include=_LOOKED_AT),
        Index(None, "point_number", "registered_at", "case_number"),
        Index("ix_cases_open", "phase", "registered_at", "case_number", postgresql_where=text("ended_at IS NULL")),
        Index(
            "ix_cases_new_duty",
            "new_retailer",
            "registered_at",
            "case_number",
            postgresql_where=text("new_duty IS NOT NULL"),
        ),
        Index(
            "ix_cases_current_duty",
            "current_retailer",
            "registered_at",
            "case_number",
            postgresql_where=text("current_duty IS NOT NULL"),
        ),
        Index(
            "ix_cases_operator_duty",
            "registered_at",
            "case_number",
            postgresql_where=text("operator_duty IS NOT NULL"),
        ),
        Index(
            "ix_cases_new_waiting",
            "new_retailer",
            "new_duty",
            "due_at",
            "due_rule",
            postgresql_where=text("new_duty IS NOT NULL"),
        ),
        Index(
            "ix_cases_current_waiting",
            "current_retailer",
            "current_duty",
            "due_at",
            "due_rule",
            postgresql_where=text("current_duty IS NOT NULL"),
        ),
        Index(
            "ix_cases_new_open",
            "new_retailer",
            "phase",
            "due_at",
            "case_number",
            postgresql_include=[*_LOOKED_AT_OPEN, "new_duty"],
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "ix_cases_current_open",
            "current_retailer",
            "phase",
            "due_at",
            "case_number",
            postgresql_include=[*_LOOKED_AT_OPEN, "current_duty"],
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "ix_cases_open_due",
            "phase",
            "due_at",
            "case_number",
            postgresql_include=[*_LOOKED_AT_OPEN, "operator_duty"],
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_cases_new_moving", "new_retailer", MOVES_ON, "case_number", postgresql_include=_LOOKED_AT_MOVING),
        Index(
            "ix_cases_current_moving", "current_retailer", MOVES_ON, "case_number", postgresql_include=_LOOKED_AT_MOVING
        ),
        Index("ix_cases_moving", MOVES_ON, "case_number", postgresql_include=_LOOKED_AT_MOVING),
        Index("ix_cases_new_ended", "new_retailer", "ended_at", "phase", postgresql_where=text("ended_at IS NOT NULL")),
        Index(
            "ix_cases_current_ended",
            "current_retailer",
            "ended_at",
            "phase",
            postgresql_where=text("ended_at IS NOT NULL"),
        ),
        Index(None, "current_retailer", "changed_at", "case_number"),
        Index(None, "changed_at", "case_number"),
        Index("ix_cases_matched", "effective_date", postgresql_where=text("phase = 'matched'")),
        Index("ix_cases_ended", "ended_at", "phase", postgresql_where=text("ended_at IS NOT NULL")),
    )

    case_number: Mapped[str] = mapped_column(Text, primary_key=True)
    application_kind: Mapped[str | None] = mapped_column(Text)
    """What an application on its own is for; None for a switching case."""
    step: Mapped[int]
    """Number of the last line in the history."""
    state: Mapped[Procedure] = mapped_column(Record(Procedure))
    segment: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(Text)
    point_number: Mapped[str] = mapped_column(Text)
    new_retailer: Mapped[str | None] = mapped_column(Text)
    current_retailer: Mapped[str | None] = mapped_column(Text)
    """Of an application on its own, the side on which the applicant stands; the other is None."""
    phase: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    registered_at: Mapped[datetime] = mapped_column(MOMENT)
    changed_at: Mapped[datetime] = mapped_column(MOMENT)
    """Business time of the last step."""
    ended_at: Mapped[datetime | None] = mapped_column(MOMENT)
    due_at: Mapped[datetime] = mapped_column(MOMENT)
    """What people must keep next; where nothing is left, the end of the case."""
    due_rule: Mapped[str] = mapped_column(Text)
    new_duty: Mapped[str | None] = mapped_column(Text)
    current_duty: Mapped[str | None] = mapped_column(Text)
    operator_duty: Mapped[str | None] = mapped_column(Text)
    """What each side has to do (要対応) until it has done it; what follows from the day alone is asked for by day."""
    content_key: Mapped[UUID]
    """The message with the referral's content as it stands."""
    decision_key: Mapped[UUID | None]
    """The message with the current retailer's decision."""
    decision: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(MOMENT)
    rejection_reasons: Mapped[list[str]] = mapped_column(ARRAY(Text))
    wished_date: Mapped[date | None]
    effective_date: Mapped[date | None]
    decision_due: Mapped[datetime | None] = mapped_column(MOMENT)
    cut_off: Mapped[datetime | None] = mapped_column(MOMENT)
    start_number: Mapped[str | None] = mapped_column(Text)
    start_state: Mapped[str | None] = mapped_column(Text)
    end_number: Mapped[str | None] = mapped_column(Text)
    end_state: Mapped[str | None] = mapped_column(Text)
    """What only a switching case has is None for an application on its own, whose row in ``applications`` tells."""
    gives_way: Mapped[bool] = mapped_column(server_default=false())
    """True once an application was asked to give way to a referral: it holds its point no longer."""


class HistoryLineRow(Base):
    """A line of the 案件履歴. A trigger refuses to change or delete one."""

    __tablename__ = "case_history"

    case_number: Mapped[str] = mapped_column(Text, primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    cause: Mapped[str] = mapped_column(Text)
    """What made it: a message key, the cause of news, or the rule of an alarm."""
    at: Mapped[datetime] = mapped_column(MOMENT)
    """Business time at which it was written."""
    state: Mapped[Procedure] = mapped_column(Record(Procedure))
    """The case after the step."""


class ApplicationRow(Base):
    """The read model of one application (申請), by its number."""

    __tablename__ = "applications"
    __table_args__ = (
        Index(None, "case_number"),
        Index(None, "retailer_code", "area", "changed_at", "number"),
        Index(
            "ix_applications_succeeded",
            "retailer_code",
            "area",
            "segment",
            "filed_under",
            postgresql_where=text("filed_under <> retailer_code"),
        ),
        Index("ix_applications_in_flight", "area", "segment", postgresql_where=text("in_flight")),
    )

    number: Mapped[str] = mapped_column(Text, primary_key=True)
    case_number: Mapped[str] = mapped_column(Text, ForeignKey("cases.case_number"))
    kind: Mapped[str] = mapped_column(Text)
    retailer_code: Mapped[str] = mapped_column(Text)
    """Whose it is: who may see it and act on it."""
    filed_under: Mapped[str | None] = mapped_column(Text)
    """Code of the retailer that filed it, which its grid operator knows it under; None where that was not noted yet,
    which is before it could be another than the one it belongs to."""
    area: Mapped[str] = mapped_column(Text)
    segment: Mapped[str] = mapped_column(Text)
    point_number: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    in_flight: Mapped[bool]
    """True while the grid operator may still have news of it."""
    effective_date: Mapped[date | None]
    meter_work: Mapped[str | None] = mapped_column(Text)
    """Both are None where the kind of application does not say."""
    received_at: Mapped[datetime | None] = mapped_column(MOMENT)
    matched_at: Mapped[datetime | None] = mapped_column(MOMENT)
    completed_at: Mapped[datetime | None] = mapped_column(MOMENT)
    changed_at: Mapped[datetime] = mapped_column(MOMENT)


class GridFindingRow(Base):
    """What a grid operator found wrong with an application, in its words."""

    __tablename__ = "grid_findings"
    __table_args__ = (Index("uq_grid_findings_cause", "application_number", "cause", unique=True),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    application_number: Mapped[str] = mapped_column(Text)
    revision: Mapped[int | None]
    cause: Mapped[str] = mapped_column(Text)
    """Name of the call or watch that brought it."""
    findings: Mapped[list[dict[str, Any]]] = mapped_column(Encrypted("grid_findings.findings", list[dict[str, Any]]))
    noted_at: Mapped[datetime] = mapped_column(MOMENT)
