"""Reads on participants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Text, bindparam, func, select
from sqlalchemy.orm import Session

from models.participants.tables import ParticipantRow
from models.prepared import Line, Prepared
from schemas.codes import Area, ParticipantRole
from schemas.interfaces.participants import Participant

_IS_RETAILER = ParticipantRow.role == ParticipantRole.RETAILER.value
_VALIDITY = Prepared(
    select(ParticipantRow.valid_from, ParticipantRow.valid_to).where(
        ParticipantRow.code == bindparam("wanted"), _IS_RETAILER
    )
)


def is_active_retailer(line: Line, *, code: str, on: date) -> bool:
    """Tell whether a retailer takes part on a day."""
    return any(takes_part(row, on=on) for row in _VALIDITY.rows(line, wanted=code))


_GONE = Prepared(select(ParticipantRow.code).where(_IS_RETAILER, ParticipantRow.valid_to < bindparam("today")))


def retailers_gone(line: Line, *, today: date) -> set[str]:
    """Give the codes of the retailers whose last day is past."""
    return {row.code for row in _GONE.rows(line, today=today)}


@dataclass(frozen=True)
class LastDay:
    """The end of a retailer's validity (事業者一覧)."""

    retailer_code: str
    day: date


_FIRST_LAST_DAY = Prepared(
    select(ParticipantRow.code, ParticipantRow.valid_to)
    .where(
        ParticipantRow.code == func.any(bindparam("codes", type_=ARRAY(Text))),
        _IS_RETAILER,
        ParticipantRow.valid_to.is_not(None),
    )
    .order_by(ParticipantRow.valid_to, ParticipantRow.code)
    .limit(1)
)


def first_last_day(line: Line, *, codes: Iterable[str | None]) -> LastDay | None:
    """Find which of some retailers is the first to take part no longer; None where all take part without end."""
    rows = _FIRST_LAST_DAY.rows(line, codes=[code for code in codes if code is not None])
    return next((LastDay(row.code, row.valid_to) for row in rows), None)


def takes_part(row: Any, *, on: date) -> bool:
    """Tell whether a day lies within ``valid_from`` and ``valid_to`` of a participant, or of its row."""
    return bool(row.valid_from <= on and (row.valid_to is None or on <= row.valid_to))


def participant_name(session: Session, *, code: str) -> str | None:
    """Give the name of a participant; None where there is none of that code."""
    return session.scalar(select(ParticipantRow.name).where(ParticipantRow.code == code))


def all_participants(session: Session) -> list[Participant]:
    """List the participants by code."""
    rows = session.execute(
        select(
            ParticipantRow.code,
            ParticipantRow.name,
            ParticipantRow.role,
            ParticipantRow.area,
            ParticipantRow.valid_from,
            ParticipantRow.valid_to,
        ).order_by(ParticipantRow.code)
    )
    return [
        Participant(
            code=row.code,
            name=row.name,
            role=ParticipantRole(row.role),
            area=None if row.area is None else Area(row.area),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    ]
