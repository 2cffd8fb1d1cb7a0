"""Handing the password of a usage inquiry to who applied for it: once, as the contract of 10220 says."""

from datetime import datetime

from sqlalchemy import bindparam, update

from grid_stub.passwords import IssuedPassword, issue
from grid_stub.tables import ApplicationRow
from models.database import Cursor
from models.prepared import Prepared
from rules.calendar import day_of
from schemas.interfaces.processing_status import ProcessingStatus

_GIVE = Prepared(
    update(ApplicationRow)
    .where(
        ApplicationRow.number == bindparam("number_given"),
        ApplicationRow.retailer_code == bindparam("to"),
        ApplicationRow.password_given_at.is_(None),
    )
    .values(password_given_at=bindparam("now"))
)


def hand_out(cursor: Cursor, status: ProcessingStatus, *, to: str, now: datetime) -> IssuedPassword | None:
    """Hand out the password of an application that is complete; None where that was done before.

    The hub, which asks for itself to follow the application, gets none.

    :param to: code of the retailer that asks, whose application it must be.
    """
    if status.completed_at is None:
        return None
    if not _GIVE.count(cursor, number_given=status.application_number, to=to, now=now):
        return None
    return issue(status.point_number, on=day_of(status.completed_at))
