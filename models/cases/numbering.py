"""The next case and application numbers."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.cases.tables import APPLICATION_SERIAL, CASE_SERIAL
from rules import numbers
from rules.calendar import day_of
from schemas.codes import Area, Segment


def next_case_number(session: Session, *, area: Area, segment: Segment, at: datetime) -> str:
    """This function will give the next 廃止取次番号; one that is not used after all leaves a gap."""
    serial = session.scalars(CASE_SERIAL.next_value().select()).one()
    return numbers.case_number(area=area, segment=segment, day=day_of(at), serial=serial)


def next_application_number(session: Session, *, area: Area, segment: Segment, at: datetime) -> str:
    """This function will give the next 申請番号; one that is not used after all leaves a gap."""
    serial = session.scalars(APPLICATION_SERIAL.next_value().select()).one()
    return numbers.application_number(area=area, segment=segment, day=day_of(at), serial=serial)
