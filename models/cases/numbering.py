"""New case and application numbers."""

from datetime import datetime

from sqlalchemy import Sequence, select

from models.cases.tables import APPLICATION_TURN, CASE_TURN
from models.prepared import Line, Prepared
from rules import numbers
from rules.calendar import day_of
from schemas.codes import Area, Segment


def _next(turns: Sequence) -> Prepared:
    return Prepared(select(turns.next_value().label("turn")))


_NEXT_CASE, _NEXT_APPLICATION = _next(CASE_TURN), _next(APPLICATION_TURN)


def next_case_number(line: Line, *, area: Area, segment: Segment, at: datetime) -> str:
    """Give a new 廃止取次番号; ``at`` is the business time of this very moment."""
    (row,) = _NEXT_CASE.rows(line)
    serial = numbers.serial_at(at, turn=row.turn)
    return numbers.case_number(area=area, segment=segment, day=day_of(at), serial=serial)


def next_application_number(line: Line, *, area: Area, segment: Segment, at: datetime) -> str:
    """Give a new 申請番号; ``at`` is the business time of this very moment."""
    (row,) = _NEXT_APPLICATION.rows(line)
    serial = numbers.serial_at(at, turn=row.turn)
    return numbers.application_number(area=area, segment=segment, day=day_of(at), serial=serial)
