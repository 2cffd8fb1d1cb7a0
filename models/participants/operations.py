"""Writes on participants."""

from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.participants.tables import ParticipantRow
from schemas.checks import is_in_reach
from schemas.codes import Area, ParticipantRole


class NoSuchRetailer(Exception):
    """No retailer takes part under the code."""


class DayOutOfReach(Exception):
    """A day lies too far off to be reckoned with."""


def register_participant(
    session: Session,
    *,
    code: str,
    name: str,
    role: ParticipantRole,
    area: Area | None,
    valid_from: date,
    valid_to: date | None = None,
    result_mail: str | None = None,
) -> None:
    """Register a participant, or bring what is known of it up to date.

    :raises DayOutOfReach: when it would take part until a day that nothing can be reckoned from.
    """
    _require_reach(valid_to)
    values = {
        "name": name,
        "role": role.value,
        "area": None if area is None else area.value,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "result_mail": result_mail,
    }
    session.execute(
        insert(ParticipantRow)
        .values(code=code, **values)
        .on_conflict_do_update(index_elements=[ParticipantRow.code], set_=values)
    )


def leave_market(session: Session, *, code: str, last_day: date) -> None:
    """Set the last day on which a retailer takes part: nothing is registered on it afterwards.

    :raises NoSuchRetailer: when there is none of the code.
    :raises DayOutOfReach: when nothing can be reckoned from the day.
    """
    _require_reach(last_day)
    _change_retailer(session, code=code, valid_to=last_day)


def set_api_start(session: Session, *, code: str, day: date) -> None:
    """Set a retailer's API利用開始日 (terms §6.1 ⑪).

    :raises NoSuchRetailer: when there is none of the code; DayOutOfReach: when nothing can be reckoned from the day.
    """
    _require_reach(day)
    _change_retailer(session, code=code, api_from=day)


def stop_certificates(session: Session, *, code: str, at: datetime | None) -> None:
    """Have nobody come in with any of a retailer's certificates (terms §10.4); None lets them in again.

    :raises NoSuchRetailer: when there is none of the code.
    """
    _change_retailer(session, code=code, certificates_stopped_at=at)


def _change_retailer(session: Session, *, code: str, **values: object) -> None:
    changed = session.execute(
        update(ParticipantRow)
        .where(ParticipantRow.code == code, ParticipantRow.role == ParticipantRole.RETAILER.value)
        .values(values)
        .returning(ParticipantRow.code)
    ).one_or_none()
    if changed is None:
        raise NoSuchRetailer(code)


def _require_reach(last_day: date | None) -> None:
    if not is_in_reach(last_day):
        raise DayOutOfReach(str(last_day))
