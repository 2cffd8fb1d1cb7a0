"""Cases that are the hub operator's to look at are counted: one side done, late, standing still."""

from datetime import timedelta

from models.cases.queries import ForOperator, cases_for_operator
from models.clock import business_now, move_clock
from models.database import Database
from rules.calendar import end_of
from rules.procedure.events import CommandKind, NewsKind
from schemas.codes import ApplicationKind
from tests.support.case_stages import send_both
from tests.support.case_steps import case_state, hear, obey_all
from tests.support.cast import SECOND_POINT
from tests.support.interventions import intervene
from tests.support.referrals import open_case


def test_they_are_counted_by_what_they_wait_for(database: Database) -> None:
    matched, standing_still = open_case(database), open_case(database, point_number=SECOND_POINT)
    with database.transaction() as session:
        send_both(session, matched)
        for kind in (ApplicationKind.START, ApplicationKind.END):
            hear(session, matched, NewsKind.RECEIVED, kind)
        hear(session, matched, NewsKind.MATCHED, ApplicationKind.START)
        intervene(session, standing_still, CommandKind.SUSPEND)
        obey_all(session, standing_still)
        assert cases_for_operator(session) == ForOperator(
            one_side_done=0, not_completed=0, suspended=1, retailer_left=0
        )

        over = end_of(case_state(session, matched).effective_date) - business_now(session)
        move_clock(session, by=over + timedelta(minutes=1))
        assert cases_for_operator(session) == ForOperator(
            one_side_done=0, not_completed=1, suspended=1, retailer_left=0
        )
