"""New case and application numbers."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.cases.tables import APPLICATION_TURN, CASE_TURN
from rules import numbers
from rules.calendar import day_of
from schemas.codes import Area, Segment


def next_case_number(session: Session, *, area: Area, segment: Segment, at: datetime) -> str:
    """Give a new 廃止取次番号; ``at`` is the business time of this very moment."""
    turn = session.scalars(CASE_TURN.next_value().select()).one()
    return numbers.case_number(area=area, segment=segment, day=day_of(at), serial=numbers.serial_at(at, turn=turn))


def next_application_number(session: Session, *, area: Area, segment: Segment, at: datetime) -> str:
    """Give a new 申請番号; ``at`` is the business time of this very moment."""
    turn = session.scalars(APPLICATION_TURN.next_value().select()).one()
    serial = numbers.serial_at(at, turn=turn)
    return numbers.application_number(area=area, segment=segment, day=day_of(at), serial=serial)
