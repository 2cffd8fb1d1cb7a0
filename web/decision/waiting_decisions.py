"""What else waits for a person's decision, so that one decision leads on to the next."""

from dataclasses import dataclass

from models.cases.screens import CaseStanding, count_inbox, inbox
from models.clock import business_now
from models.database import Session
from models.users.queries import Viewer
from web.cases.case_words import awaits_decision
from web.cases.listed_case import ListedCase, listed
from web.shared.access import Permission, may


@dataclass(frozen=True)
class WaitingDecisions:
    """The most urgent of what waits, and how much it is."""

    first: ListedCase | None
    count: int


def waiting_decisions(session: Session, viewer: Viewer, *, besides: CaseStanding) -> WaitingDecisions | None:
    """Tell what waits besides one case; None for who may not decide."""
    if viewer.retailer_code is None or not may(viewer, Permission.DECIDE):
        return None
    lines = inbox(session, retailer_code=viewer.retailer_code, limit=2).items
    lines_besides = [line for line in lines if line.case_number != besides.case_number]
    count = count_inbox(session, retailer_code=viewer.retailer_code) - awaits_decision(besides)
    cases = (listed(line, now=business_now(session)) for line in lines_besides)
    return WaitingDecisions(next((case for case in cases if isinstance(case, ListedCase)), None), count)
