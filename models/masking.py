"""Masking what names customers of cases that ended long ago: the case stays with its history, the person goes."""

from datetime import datetime

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session

from models.cases.tables import ApplicationRow, CaseRow, GridFindingRow
from models.clock import business_now
from models.messages.content import masked_values
from models.messages.tables import MessageContentRow, MessageRow

AT_ONCE = 200


def mask_portion(session: Session, *, ended_before: datetime) -> int:
    """Mask some messages of cases that ended before a moment, or of none and stored before it; tell how many.

    What grid operators found wrong with the applications of such cases is forgotten: it may hold anything.
    """
    long_ago = or_(
        CaseRow.ended_at < ended_before,
        and_(MessageRow.case_number.is_(None), MessageRow.stored_at < ended_before),
    )
    found = session.execute(
        select(MessageContentRow, MessageRow.interface_number, MessageRow.case_number)
        .join(MessageRow, MessageRow.key == MessageContentRow.key)
        .outerjoin(CaseRow, CaseRow.case_number == MessageRow.case_number)
        .where(MessageContentRow.masked_at.is_(None), long_ago)
        .order_by(MessageContentRow.key)
        .limit(AT_ONCE)
        .with_for_update(of=MessageContentRow)
    ).all()
    now = business_now(session)
    for content, interface_number, _ in found:
        values = masked_values(content.values, interface_number=interface_number)
        session.execute(
            update(MessageContentRow)
            .where(MessageContentRow.key == content.key)
            .values(values=values, masked_at=now)
            .execution_options(synchronize_session=False)
        )
    numbers = select(ApplicationRow.number).where(ApplicationRow.case_number.in_({row.case_number for row in found}))
    session.execute(delete(GridFindingRow).where(GridFindingRow.application_number.in_(numbers)))
    return len(found)
