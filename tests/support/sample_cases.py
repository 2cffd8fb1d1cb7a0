"""Cases as an office sees them on a Thursday morning: one in each state, with people and places that look real."""

from datetime import timedelta

from models.database import Database, Session
from rules.procedure.events import CommandKind, NewsKind
from schemas.codes import Decision, RejectionReason
from tests.support.case_steps import case_state
from tests.support.decisions import decide
from tests.support.households import HOUSEHOLDS
from tests.support.interventions import intervene
from tests.support.referrals import amend, withdraw
from tests.support.sample_files import sample_files
from tests.support.sample_office import END, START, SampleOffice


def sample_office(database: Database) -> SampleOffice:
    """Make the cases; it is then the second Thursday, 10:00."""
    office = SampleOffice(database)
    _first_week(office)
    _second_week(office)
    office.bulk_files = sample_files(database)
    return office


def _first_week(office: SampleOffice) -> None:
    """Play what has ended by now, and what has matched."""
    office.at(0, 9, 30)
    office.registered("completed", "completed_too", "rejected", "rejected_other", "withdrawn", "expired", "unmatched")
    office.does(decide, "completed", "completed_too")
    office.both_received("completed", "completed_too")
    office.matched("completed", "completed_too")
    office.at(1, 10, 12)
    office.does(decide, "unmatched")
    office.does(_reject_for_number_and_name, "rejected")
    office.does(_reject_for_another_reason, "rejected_other")
    office.files(START, "unmatched")
    office.hears(NewsKind.RECEIVED, START, "unmatched")
    office.at(1, 14, 3)
    office.does(withdraw, "withdrawn")
    office.at(2, 0, 5)
    office.hears(NewsKind.CANCELLED, START, "unmatched")
    office.at(3, 9, 40)
    for kind in (START, END):
        office.hears(NewsKind.COMPLETED, kind, "completed", "completed_too")
    office.registered("matched", "matched_work", "one_side_done", "grid_cancelled")
    office.does(decide, "matched", "matched_work", "one_side_done", "grid_cancelled")
    office.at(4, 11, 20)
    office.both_received("matched", "matched_work", "one_side_done", "grid_cancelled")
    office.matched("matched", "matched_work", "one_side_done", "grid_cancelled")


def _second_week(office: SampleOffice) -> None:
    """Play what is open now."""
    office.at(7, 13, 15)
    office.registered("accepted", "start_received", "sending", "defective", "cancelling")
    office.hears(NewsKind.CANCELLED, START, "grid_cancelled")
    office.at(8, 9, 50)
    office.does(decide, "accepted", "start_received", "sending", "defective", "cancelling")
    office.files(START, "start_received", "defective", "cancelling")
    office.hears(NewsKind.RECEIVED, START, "start_received", "defective", "cancelling")
    office.registered("due_today", "amended", "closed", "suspended")
    office.does(_close, "closed")
    office.does(_suspend, "suspended")
    office.at(9, 10, 20)
    office.hears(NewsKind.COMPLETED, START, "one_side_done")
    office.does(_amend, "amended")
    office.at(9, 15, 20)
    office.files(END, "defective")
    office.found_defective(END, "defective")
    office.registered("due_tomorrow", "to_aozora", "of_yamabiko")
    office.does(withdraw, "cancelling")
    office.at(10, 9, 25)
    office.registered("due_later", "due_by_cut_off")
    for kind in (START, END):
        office.files(kind, "sending")
    office.at(10, 10)


def _reject_for_number_and_name(session: Session, number: str) -> None:
    reasons = (RejectionReason.CONTRACT_NUMBER_DIFFERS, RejectionReason.HOLDER_NAME_DIFFERS)
    decide(session, number, decision=Decision.REJECT, rejection_reasons=reasons)


def _reject_for_another_reason(session: Session, number: str) -> None:
    text = "契約者ご本人が亡くなられており、ご家族に確認中です。"
    decide(session, number, decision=Decision.REJECT, rejection_reasons=(RejectionReason.OTHER,), rejection_text=text)


def _close(session: Session, number: str) -> None:
    intervene(session, number, CommandKind.CLOSE, reason="同じ需要者の取次が別に登録されていたため")


def _suspend(session: Session, number: str) -> None:
    intervene(session, number, CommandKind.SUSPEND, reason="現小売のシステムが停止しているため")


def _amend(session: Session, number: str) -> None:
    wished = case_state(session, number).wished_date + timedelta(days=2)
    amend(session, number, wished_date=wished, **HOUSEHOLDS["amended"].fields())
