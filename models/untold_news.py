"""News from grid operators that a case could not be told: kept, and delivered like a message, so that none is lost.

The status watch goes on with the other cases meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Text, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import MOMENT, Base, Record
from models.prepared import Line, Prepared
from rules.procedure.events import GridNews


class UntoldNewsRow(Base):
    """One piece of news for a case. Holds no personal data."""

    __tablename__ = "untold_news"
    __table_args__ = (Index("uq_untold_news_cause", "case_number", "cause", "kind", unique=True),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    case_number: Mapped[str] = mapped_column(Text, ForeignKey("cases.case_number"))
    cause: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    news: Mapped[GridNews] = mapped_column(Record(GridNews))
    noted_at_real: Mapped[datetime] = mapped_column(MOMENT, server_default=func.clock_timestamp())


@dataclass(frozen=True)
class UntoldNews:
    """News that a case has yet to be told, the first first."""

    ids: tuple[int, ...]
    news: tuple[GridNews, ...]


_NOTED = {
    name: bindparam(name, type_=UntoldNewsRow.__table__.c[name].type)
    for name in ("case_number", "cause", "kind", "news")
}
_NOTE = Prepared(insert(UntoldNewsRow).values(_NOTED).on_conflict_do_nothing())


def note_untold(line: Line, *, case_number: str, news: Sequence[GridNews]) -> None:
    """Note news for a case to be told later; what is noted already is not noted twice."""
    for piece in news:
        _NOTE.run(line, case_number=case_number, cause=piece.cause, kind=piece.kind.value, news=piece)


def untold_news(session: Session, *, case_number: str) -> UntoldNews:
    """Give the news that a case has yet to be told."""
    rows = session.execute(
        select(UntoldNewsRow.id, UntoldNewsRow.news)
        .where(UntoldNewsRow.case_number == case_number)
        .order_by(UntoldNewsRow.id)
    ).all()
    return UntoldNews(tuple(row.id for row in rows), tuple(row.news for row in rows))


def note_told(session: Session, news: UntoldNews) -> None:
    """Forget news that its case was told, or that has no use any more."""
    session.execute(delete(UntoldNewsRow).where(UntoldNewsRow.id.in_(news.ids)))
