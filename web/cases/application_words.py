"""What the page of an application on its own says: its deadlines and its history."""

from datetime import datetime

from models.cases.screens import ApplicationPage
from rules.calendar import JapaneseCalendar, end_of
from rules.deadlines import DeadlineTopic, standard_topic
from rules.lone_application.giving_way import gives_way_from
from rules.lone_application.state import LoneApplication
from rules.procedure.alarms import AlarmRule
from rules.remaining import remaining
from schemas.codes import ApplicationState, CasePhase, MeterWork
from web.cases.case_words import Deadline, Entry, entry_of
from web.cases.listed_case import SUSPENDED
from web.shared.labels import application_label


def application_deadlines(page: ApplicationPage, *, now: datetime) -> list[Deadline]:
    """List an application's deadlines, each with what is left or why it need not be kept."""
    state = page.state
    deadlines: list[tuple[AlarmRule, datetime, str, str, str]] = []
    if state.cut_off is not None:
        basis = "異動日までに標準処理期間を残す最後の日"
        citation = _citation(state, standard_topic(state.meter_work or MeterWork.NEEDED))
        deadlines.append((AlarmRule.CUT_OFF, state.cut_off, basis, citation, _cut_off_settled(state)))
    if state.correction_due is not None:
        basis = f"不備の指摘の日の翌日から{state.rules.correction.words}"
        citation = _citation(state, DeadlineTopic.CORRECTION)
        defective = state.application.state is ApplicationState.DEFECTIVE
        settled = (SUSPENDED if state.suspended else "") if defective else "終了"
        deadlines.append((AlarmRule.CORRECTION, state.correction_due, basis, citation, settled))
    if state.effective_date is not None:
        settled = "終了" if state.ended else ""
        deadlines.append((AlarmRule.EFFECTIVE_DATE, end_of(state.effective_date), "申請が効力を持つ日", "", settled))
    return [
        Deadline(
            rule,
            at,
            basis,
            citation,
            None if settled else remaining(due=at, now=now, calendar=JapaneseCalendar()),
            settled,
        )
        for rule, at, basis, citation, settled in deadlines
    ]


def shown_giving_way(state: LoneApplication) -> datetime | None:
    """Give until when an application holds its point against a referral, while that is open."""
    open_still = state.phase is CasePhase.AWAITING_APPLICATIONS
    return gives_way_from(state, JapaneseCalendar()) if open_still else None


def _citation(state: LoneApplication, topic: DeadlineTopic) -> str:
    return state.rules.citation(topic, segment=state.segment)


def _cut_off_settled(state: LoneApplication) -> str:
    if state.suspended:
        return SUSPENDED
    if state.phase is CasePhase.AWAITING_APPLICATIONS:
        return "一般送配電事業者の回答待ち" if state.cut_off_passed else ""
    return "マッチング成立" if state.matched_at else "終了"


def application_entries(page: ApplicationPage) -> list[Entry]:
    """Write the history of an application in Japanese."""
    applicant = page.state.kind_rules.applicant
    return [
        entry_of(
            row,
            who=f"申請者 {row.company.name}" if row.company and row.actor is applicant else row.actor.label,
            kind=page.state.kind,
            segment=page.state.segment,
        )
        for row in page.history
    ]


def content_in_words(page: ApplicationPage) -> list[tuple[str, str]]:
    """List who the application is about: personal data."""
    state = page.state
    return [(application_label(name, state.kind, state.segment), value) for name, value in page.content.items()]
