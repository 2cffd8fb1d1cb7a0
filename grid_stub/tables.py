"""The stub's own tables, in a PostgreSQL schema of their own: a kill loses nothing."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Enum, Identity, Index, MetaData, Text, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.schema import CreateSchema

from schemas.codes import ApplicationKind, ApplicationState, Area, Code, MeterWork, ProcessKind, Segment

SCHEMA = "grid_stub"

_MOMENT = DateTime(timezone=True)
_MAKING = 0x67726964
"""Advisory lock that one process holds while it makes the tables."""


def _code(values: type[Code]) -> Enum:
    return Enum(values, native_enum=False, length=40, values_callable=lambda codes: [code.value for code in codes])


class StubBase(DeclarativeBase):
    """Base of the stub's tables."""

    metadata = MetaData(schema=SCHEMA)


class ApplicationRow(StubBase):
    """An application as the grid operator holds it."""

    __tablename__ = "applications"
    __table_args__ = (
        Index("ix_applications_point", "point_number", "kind"),
        Index("ix_applications_area", "area", "segment", "changed_at"),
    )

    number: Mapped[str] = mapped_column(Text, primary_key=True)
    area: Mapped[Area] = mapped_column(_code(Area))
    segment: Mapped[Segment] = mapped_column(_code(Segment))
    kind: Mapped[ApplicationKind] = mapped_column(_code(ApplicationKind))
    retailer_code: Mapped[str] = mapped_column(Text)
    case_number: Mapped[str | None] = mapped_column(Text)
    """None for an application on its own."""
    point_number: Mapped[str] = mapped_column(Text)
    effective_date: Mapped[date | None]
    """None for an application that names no day."""
    meter_work: Mapped[MeterWork | None] = mapped_column(_code(MeterWork))
    """None for a kind that does not say."""
    state: Mapped[ApplicationState] = mapped_column(_code(ApplicationState))
    """As written last; 完了 follows from ``completes_at`` and the clock, and is never written."""
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    received_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    matched_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    completes_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    changed_at: Mapped[datetime] = mapped_column(_MOMENT)
    password_given_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    """When the password of a usage inquiry was handed out, which is done once."""


class AnswerRow(StubBase):
    """What was answered to a message: a repeat hears the same."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_content", "application_number", "digest"),)

    area: Mapped[Area] = mapped_column(_code(Area), primary_key=True)
    retailer_code: Mapped[str] = mapped_column(Text, primary_key=True)
    message_id: Mapped[str] = mapped_column(Text, primary_key=True)
    application_number: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, Any]] = mapped_column(JSONB)
    at: Mapped[datetime] = mapped_column(_MOMENT)


class CallRow(StubBase):
    """One call, for the counters; append-only, so that calls side by side never wait for each other."""

    __tablename__ = "calls"
    __table_args__ = (Index("ix_calls_area", "area"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    area: Mapped[Area] = mapped_column(_code(Area))
    interface_number: Mapped[str] = mapped_column(Text)
    process_kind: Mapped[ProcessKind | None] = mapped_column(_code(ProcessKind))
    outcome: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(_MOMENT)


class ControlRow(StubBase):
    """How an area has been told to behave."""

    __tablename__ = "controls"

    area: Mapped[Area] = mapped_column(_code(Area), primary_key=True)
    delay_seconds: Mapped[float] = mapped_column(server_default=text("0"))
    down: Mapped[bool] = mapped_column(server_default=text("false"))
    defects_left: Mapped[int] = mapped_column(server_default=text("0"))
    cuts_left: Mapped[int] = mapped_column(server_default=text("0"))
    deadline_profile: Mapped[str | None] = mapped_column(Text)
    step_seconds: Mapped[float | None]
    page_size: Mapped[int | None]
    meter_work: Mapped[MeterWork | None] = mapped_column(_code(MeterWork))
    postponed_days: Mapped[int] = mapped_column(server_default=text("0"))
    maintenance_until: Mapped[datetime | None] = mapped_column(_MOMENT)
    spoilt: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))


def make_tables(session: Session) -> None:
    """Make the stub's schema and tables where they are missing; several processes may call it."""
    session.execute(select(func.pg_advisory_xact_lock(_MAKING)))
    session.execute(CreateSchema(SCHEMA, if_not_exists=True))
    StubBase.metadata.create_all(session.connection())
    # tables of an earlier version knew no application on its own
    session.execute(text(f"ALTER TABLE {SCHEMA}.applications ALTER COLUMN case_number DROP NOT NULL"))
    # nor one that names no day
    session.execute(text(f"ALTER TABLE {SCHEMA}.applications ALTER COLUMN effective_date DROP NOT NULL"))
    # nor passwords
    session.execute(text(f"ALTER TABLE {SCHEMA}.applications ADD COLUMN IF NOT EXISTS password_given_at timestamptz"))
    # tables of an earlier version knew no maintenance
    session.execute(text(f"ALTER TABLE {SCHEMA}.controls ADD COLUMN IF NOT EXISTS maintenance_until timestamptz"))
    # nor answers against the contract
    session.execute(
        text(f"ALTER TABLE {SCHEMA}.controls ADD COLUMN IF NOT EXISTS spoilt jsonb NOT NULL DEFAULT '{{}}'")
    )
