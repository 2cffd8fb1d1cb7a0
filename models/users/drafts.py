"""What people typed into forms and have not sent: kept for a short time, for themselves alone.

A check page shows it, a form that one comes back to has it, and so has the form after a session that ended in its
middle. It may name customers, so it stands here and in no address.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, Text, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import MOMENT, Base
from models.encrypted import Encrypted

KEPT_FOR = timedelta(minutes=30)


class FormDraftRow(Base):
    """What a person typed into a form. Its time is real time."""

    __tablename__ = "form_drafts"
    __table_args__ = (Index(None, "kept_at"),)

    user_id: Mapped[str] = mapped_column(Text, ForeignKey("users.user_id"), primary_key=True)
    form: Mapped[str] = mapped_column(Text, primary_key=True)
    """Which form, and of which case."""
    values: Mapped[dict[str, Any]] = mapped_column(Encrypted("form_drafts.values", dict[str, Any]))
    file: Mapped[bytes | None] = mapped_column(Encrypted("form_drafts.file", bytes), deferred=True)
    """What was chosen to be sent with it; of each person one at most is kept."""
    kept_at: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())


def keep_draft(session: Session, *, user_id: str, form: str, values: dict[str, Any], file: bytes | None = None) -> None:
    """Keep what a person typed, in place of what they typed before; everybody's that is too old is cleared away.

    A file takes the place of any other that the person has here, so that nobody fills the database with them.
    """
    session.execute(delete(FormDraftRow).where(FormDraftRow.kept_at <= func.clock_timestamp() - KEPT_FOR))
    if file is not None:
        session.execute(delete(FormDraftRow).where(FormDraftRow.user_id == user_id, FormDraftRow.file.is_not(None)))
    session.execute(
        insert(FormDraftRow)
        .values(user_id=user_id, form=form, values=values, file=file)
        .on_conflict_do_update(
            index_elements=[FormDraftRow.user_id, FormDraftRow.form],
            set_={"values": values, "file": file, "kept_at": func.clock_timestamp()},
        )
    )


def draft_of(session: Session, *, user_id: str, form: str) -> dict[str, Any] | None:
    """Give what a person typed into a form not long ago and has not sent."""
    return session.scalar(select(FormDraftRow.values).where(*_of_now(user_id, form)))


def drafted_file(session: Session, *, user_id: str, form: str) -> bytes | None:
    """Give the file that was to be sent with such a form."""
    return session.scalar(select(FormDraftRow.file).where(*_of_now(user_id, form)))


def _of_now(user_id: str, form: str) -> tuple[ColumnElement[bool], ...]:
    return (
        FormDraftRow.user_id == user_id,
        FormDraftRow.form == form,
        FormDraftRow.kept_at > func.clock_timestamp() - KEPT_FOR,
    )


def drop_draft(session: Session, *, user_id: str, form: str) -> None:
    """Forget what a person typed into a form."""
    session.execute(delete(FormDraftRow).where(FormDraftRow.user_id == user_id, FormDraftRow.form == form))


def drop_drafts(session: Session, *, user_id: str) -> None:
    """Forget all that a person typed."""
    session.execute(delete(FormDraftRow).where(FormDraftRow.user_id == user_id))
