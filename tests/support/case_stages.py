"""Stored cases brought to a stage by the steps of a workflow."""

from datetime import datetime

from models.clock import business_now
from models.database import Session
from rules.procedure.events import NewsKind
from rules.steps import StepResult
from schemas.codes import ApplicationKind
from tests.support.case_applications import file_end, file_start
from tests.support.case_steps import hear, obey_all
from tests.support.decisions import decide


def accept(session: Session, case_number: str) -> StepResult:
    """Have the current retailer accept."""
    decide(session, case_number)
    return obey_all(session, case_number)


def send_both(session: Session, case_number: str) -> StepResult:
    """Have a case accepted and both applications filed, so that both are being sent."""
    accept(session, case_number)
    file_start(session, case_number)
    file_end(session, case_number)
    return obey_all(session, case_number)


def complete_switch(session: Session, case_number: str) -> StepResult:
    """Bring a new case through acceptance, both applications and matching to 完了."""
    send_both(session, case_number)
    matched_at: datetime = business_now(session)
    hear(session, case_number, NewsKind.RECEIVED, ApplicationKind.START)
    hear(session, case_number, NewsKind.RECEIVED, ApplicationKind.END)
    hear(session, case_number, NewsKind.MATCHED, ApplicationKind.START, occurred_at=matched_at)
    hear(session, case_number, NewsKind.COMPLETED, ApplicationKind.START)
    return hear(session, case_number, NewsKind.COMPLETED, ApplicationKind.END)
