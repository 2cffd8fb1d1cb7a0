"""Tables of the participants."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import MOMENT, Base


class ParticipantRow(Base):
    """A company in the list of participants (事業者一覧)."""

    __tablename__ = "participants"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    area: Mapped[str | None] = mapped_column(Text)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    """The last day on which it takes part."""
    result_mail: Mapped[str | None] = mapped_column(Text)
    api_from: Mapped[date | None]
    """API利用開始日 (terms §6.1 ⑪): before it, none of its systems comes in. None where no day was set."""
    certificates_stopped_at: Mapped[datetime | None] = mapped_column(MOMENT)
    """Since when nobody comes in with any of its certificates (terms §10.4); real time."""
