"""What has to reach the workflows, and how often it failed: one row for each case, in real time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ForeignKey,
    Index,
    Integer,
    Text,
    and_,
    bindparam,
    cast,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.backoff import LONGEST_ERROR, pause_after
from models.base import MOMENT, Base, adapter
from models.messages.tables import MessageRow
from models.prepared import Line, Prepared
from models.untold_news import UntoldNewsRow
from rules.procedure.events import Command

LONGEST_BACKOFF = timedelta(seconds=60)


class HandoverRow(Base):
    """How the delivery to a case's workflow stands. Not part of the read model: it says nothing of the case."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_not_started", "registered_at_real", postgresql_where=text("started_at_real IS NULL")),
    )

    case_number: Mapped[str] = mapped_column(Text, ForeignKey("cases.case_number"), primary_key=True)
    registered_at_real: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())
    started_at_real: Mapped[datetime | None] = mapped_column(MOMENT)
    """None until the case's workflow was started."""
    run_id: Mapped[str | None] = mapped_column(Text)
    """Temporal's id of the run that the hub started or knows; another one was made by somebody else (Reset)."""
    failures: Mapped[int] = mapped_column(server_default="0")
    """How often in a row delivery failed."""
    next_try_at_real: Mapped[datetime | None] = mapped_column(MOMENT)
    last_error: Mapped[str | None] = mapped_column(Text)


_WAITING = select(MessageRow.case_number, MessageRow.stored_at_real.label("since")).where(
    MessageRow.answered_at.is_(None), MessageRow.case_number.is_not(None)
)
_NOT_STARTED = select(HandoverRow.case_number, HandoverRow.registered_at_real.label("since")).where(
    HandoverRow.started_at_real.is_(None)
)
_UNTOLD = select(UntoldNewsRow.case_number, UntoldNewsRow.noted_at_real.label("since"))


def _not_handed_over() -> Prepared:
    before = bindparam("stored_before", type_=MOMENT)
    open_handovers = (
        _WAITING.where(MessageRow.stored_at_real < before)
        .union_all(_NOT_STARTED.where(HandoverRow.registered_at_real < before), _UNTOLD)
        .subquery()
    )
    backed_off = exists().where(
        and_(
            HandoverRow.case_number == open_handovers.c.case_number,
            HandoverRow.next_try_at_real > func.clock_timestamp(),
        )
    )
    return Prepared(
        select(open_handovers.c.case_number)
        .where(~backed_off)
        .group_by(open_handovers.c.case_number)
        .order_by(func.min(open_handovers.c.since))
        .limit(bindparam("at_most", type_=Integer))
    )


_NOT_HANDED_OVER = _not_handed_over()


def not_handed_over(line: Line, *, stored_before: datetime, limit: int) -> list[str]:
    """List the cases with something to hand_over, those that wait longest first.

    ``stored_before`` is real time; a case whose delivery failed comes back after its backoff.
    """
    rows = _NOT_HANDED_OVER.rows(line, stored_before=stored_before, at_most=limit)
    return [row.case_number for row in rows]


@dataclass(frozen=True)
class Backlog:
    """What waits to be delivered."""

    open: int
    oldest: timedelta
    stuck: int
    """Of the open ones, those whose delivery failed again and again."""


def _backlog() -> Prepared:
    open_handovers = _WAITING.union_all(_NOT_STARTED, _UNTOLD).subquery()
    one_each = open_handovers.c.case_number.distinct()
    return Prepared(
        select(
            func.count(one_each).label("open"),
            func.max(func.clock_timestamp() - open_handovers.c.since).label("oldest"),
            func.count(one_each).filter(HandoverRow.failures >= bindparam("stuck_after")).label("stuck"),
        ).join(HandoverRow, HandoverRow.case_number == open_handovers.c.case_number)
    )


_BACKLOG = _backlog()


def backlog(line: Line, *, stuck_after: int) -> Backlog:
    """Tell how many cases have something to hand_over, and how long the oldest of it waits."""
    (row,) = _BACKLOG.rows(line, stuck_after=stuck_after)
    return Backlog(row.open, row.oldest or timedelta(0), row.stuck)


_REGISTERED = Prepared(insert(HandoverRow).values(case_number=bindparam("case_number")))


def note_registered(line: Line, *, case_number: str) -> None:
    """Note that a new case's workflow is to be started."""
    _REGISTERED.run(line, case_number=case_number)


_OF_CASE = HandoverRow.case_number == bindparam("wanted")
_STARTED = HandoverRow.started_at_real.is_not(None).label("started")
_IS_STARTED = Prepared(select(_STARTED).where(_OF_CASE))


def is_started(line: Line, *, case_number: str) -> bool:
    """Tell whether the case's workflow was started at some time."""
    (row,) = _IS_STARTED.rows(line, wanted=case_number)
    started: bool = row.started
    return started


@dataclass(frozen=True)
class WaitingForCase:
    """What a case's workflow has yet to be handed over."""

    started: bool
    """Whether it was started at some time."""
    commands: tuple[Command, ...]
    """The unanswered ones, in the order they were stored."""
    news: bool
    """Whether there is news that the case could not be told."""


_WAITING_FOR_CASE = Prepared(
    select(
        _STARTED,
        select(cast(func.jsonb_agg(aggregate_order_by(MessageRow.command, MessageRow.seq)), Text))
        .where(
            MessageRow.case_number == HandoverRow.case_number,
            MessageRow.answered_at.is_(None),
            MessageRow.command.is_not(None),
        )
        .scalar_subquery()
        .label("commands"),
        exists().where(UntoldNewsRow.case_number == HandoverRow.case_number).label("news"),
    ).where(_OF_CASE)
)


def waiting_for_case(line: Line, *, case_number: str) -> WaitingForCase:
    """Tell what a case's workflow has yet to be handed over."""
    (row,) = _WAITING_FOR_CASE.rows(line, wanted=case_number)
    commands = () if row.commands is None else adapter(tuple[Command, ...]).validate_json(row.commands)
    return WaitingForCase(row.started, commands, row.news)


_NOTE_STARTED = Prepared(
    update(HandoverRow)
    .where(_OF_CASE)
    .values(
        started_at_real=func.coalesce(HandoverRow.started_at_real, func.clock_timestamp()),
        run_id=func.coalesce(bindparam("new_run", type_=Text), HandoverRow.run_id),
    )
)


def note_started(line: Line, *, case_number: str, run_id: str | None = None) -> None:
    """Note that the case's workflow runs; the first time stays, and the newest run."""
    _NOTE_STARTED.run(line, wanted=case_number, new_run=run_id)


def note_handed_over(session: Session, *, case_number: str) -> None:
    """Note that all there was to deliver was delivered: the backoff is over."""
    session.execute(
        update(HandoverRow)
        .where(
            HandoverRow.case_number == case_number,
            or_(HandoverRow.failures > 0, HandoverRow.next_try_at_real.is_not(None)),
        )
        .values(failures=0, next_try_at_real=None, last_error=None)
    )


def note_handover_failed(
    session: Session, *, case_number: str, error: str, longest: timedelta = LONGEST_BACKOFF
) -> int:
    """Put the case's next delivery off, each time twice as long, and give the failures in a row.

    ``error`` names what went wrong without saying what was in the message.
    """
    return session.execute(
        update(HandoverRow)
        .where(HandoverRow.case_number == case_number)
        .values(
            failures=HandoverRow.failures + 1,
            next_try_at_real=func.clock_timestamp() + pause_after(HandoverRow.failures, longest=longest),
            last_error=error[:LONGEST_ERROR],
        )
        .returning(HandoverRow.failures)
    ).scalar_one()
