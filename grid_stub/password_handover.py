"""Handing the password of a usage inquiry to who applied for it: once, as the contract of 10220 says."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from grid_stub.passwords import IssuedPassword, issue
from grid_stub.tables import ApplicationRow
from rules.calendar import day_of
from schemas.interfaces.processing_status import ProcessingStatus


def hand_out(session: Session, status: ProcessingStatus, *, to: str, now: datetime) -> IssuedPassword | None:
    """Hand out the password of an application that is complete; None where that was done before.

    The hub, which asks for itself to follow the application, gets none.

    :param to: code of the retailer that asks, whose application it must be.
    """
    if status.completed_at is None:
        return None
    password = session.execute(
        update(ApplicationRow)
        .where(
            ApplicationRow.number == status.application_number,
            ApplicationRow.retailer_code == to,
            ApplicationRow.password_given_at.is_(None),
        )
        .values(password_given_at=now)
        .returning(ApplicationRow.number)
    )
    if password.first() is None:
        return None
    return issue(status.point_number, on=day_of(status.completed_at))
