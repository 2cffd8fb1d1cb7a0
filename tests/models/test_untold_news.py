"""News that a case could not be told is kept, found by whoever delivers, and forgotten once it was told."""

from datetime import UTC, datetime, timedelta

from models.clock import business_now
from models.database import Database, Session
from models.handovers import backlog, not_handed_over, note_started
from models.untold_news import note_told, note_untold, untold_news
from rules.procedure.events import GridNews, NewsKind
from schemas.codes import ApplicationKind
from tests.support.referrals import open_case


def _news(session: Session, kind: NewsKind) -> GridNews:
    return GridNews(kind, ApplicationKind.START, "AP03L20260812000000019", "watch-1", business_now(session))


def test_it_waits_to_be_delivered_like_a_message(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        note_started(session, case_number=number)
        news = [_news(session, NewsKind.MATCHED), _news(session, NewsKind.COMPLETED)]
        note_untold(session, case_number=number, news=news)
        note_untold(session, case_number=number, news=news)  # the same window, polled again

    soon = datetime.now(UTC) + timedelta(minutes=1)
    with database.transaction() as session:
        untold = untold_news(session, case_number=number)
        assert untold.news == tuple(news)
        assert not_handed_over(session, stored_before=soon, limit=10) == [number]
        assert backlog(session, stuck_after=5).open == 1
        note_told(session, untold)
        assert untold_news(session, case_number=number).news == ()
        assert not_handed_over(session, stored_before=soon, limit=10) == []
