"""What a line of the history makes of the read model: a function of states, lines and times alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rules.calendar import start_of
from rules.case.alarms import Alarm, AlarmRule, current_deadline, next_alarm
from rules.case.outcomes import HistoryKind, HistoryLine
from rules.case.state import Application, AtGrid, CaseState
from schemas.codes import ApplicationKind, ApplicationState

ENDED_RULE = "ended"
"""Stands for the rule of a deadline where the case has ended."""

_DECIDED = (HistoryKind.ACCEPTED, HistoryKind.REJECTED)
_RECEIVED = (ApplicationState.RECEIVED, ApplicationState.CANCELLING)
_IN_FLIGHT = (
    ApplicationState.SENDING,
    ApplicationState.RECEIVED,
    ApplicationState.DEFECTIVE,  # the grid operator may think again
    ApplicationState.CANCELLING,
    ApplicationState.MATCHED,
)


@dataclass(frozen=True)
class WrittenLine:
    """A line of the history as it is written."""

    step: int
    line: HistoryLine
    cause: str
    at: datetime
    state: CaseState


def case_columns(written: WrittenLine) -> dict[str, Any]:
    """This function will give the columns of a case's row that a line changes."""
    state, at = written.state, written.at
    due_at, due_rule = _due(state, at)
    columns: dict[str, Any] = {
        "step": written.step,
        "state": state,
        "phase": state.phase.value,
        "version": state.version,
        "changed_at": at,
        "ended_at": at if state.ended else None,
        "due_at": due_at,
        "due_rule": due_rule,
        "content_key": UUID(state.content_key),
        "decision": None if state.decision is None else state.decision.value,
        "decided_at": state.decided_at,
        "rejection_reasons": [reason.value for reason in state.rejection_reasons],
        "wished_date": state.wished_date,
        "effective_date": state.effective_date,
        "decision_due": state.decision_due,
        "cut_off": state.cut_off,
        "start_number": state.start.number,
        "start_state": state.start.state.value,
        "end_number": state.end.number,
        "end_state": state.end.state.value,
    }
    if written.line.kind in _DECIDED:
        columns["decision_key"] = UUID(written.cause)
    return columns


def new_case_columns(written: WrittenLine) -> dict[str, Any]:
    """This function will give the columns of a new case's row, those included that never change."""
    state = written.state
    return case_columns(written) | {
        "case_number": state.case_number,
        "segment": state.segment.value,
        "area": state.area.value,
        "point_number": state.point_number,
        "new_retailer": state.new_retailer,
        "current_retailer": state.current_retailer,
        "registered_at": state.registered_at,
    }


def application_columns(before: CaseState | None, written: WrittenLine) -> list[dict[str, Any]]:
    """This function will give the rows of the applications that a line changes; times it says nothing of are absent."""
    return [
        _application(application, written) | _times(application, before, written)
        for application in written.state.applications
        if application.number is not None and _differs(before, written.state, application)
    ]


def _due(state: CaseState, at: datetime) -> tuple[datetime, str]:
    if state.ended:
        return at, ENDED_RULE
    the_day = Alarm(start_of(state.effective_date), AlarmRule.EFFECTIVE_DATE)  # where all has been asked for
    alarm = current_deadline(state) or next_alarm(state) or the_day
    return alarm.at, alarm.rule.value


def _differs(before: CaseState | None, after: CaseState, application: Application) -> bool:
    if before is None or before.application(application.kind) != application or before.ended != after.ended:
        return True
    seen_before = (before.effective_date, before.meter_work, before.matched_at)
    return seen_before != (after.effective_date, after.meter_work, after.matched_at)


def _application(application: Application, written: WrittenLine) -> dict[str, Any]:
    state = written.state
    start = application.kind is ApplicationKind.START
    return {
        "number": application.number,
        "case_number": state.case_number,
        "kind": application.kind.value,
        "retailer_code": state.new_retailer if start else state.current_retailer,
        "area": state.area.value,
        "segment": state.segment.value,
        "point_number": state.point_number,
        "state": application.state.value,
        "in_flight": application.state in _IN_FLIGHT and not state.ended,
        "effective_date": state.effective_date,
        "meter_work": state.meter_work.value,
        "changed_at": written.at,
    }


def _times(application: Application, before: CaseState | None, written: WrittenLine) -> dict[str, datetime]:
    was = Application(application.kind) if before is None else before.application(application.kind)
    occurred = written.line.details.get("occurred_at")
    named = written.line.details.get("number") == application.number
    moment = datetime.fromisoformat(occurred) if occurred and named else written.at
    times: dict[str, datetime] = {}
    if written.state.matched_at is not None:
        times["matched_at"] = written.state.matched_at
    if application.state in _RECEIVED and application.at_grid is AtGrid.YES and was.at_grid is not AtGrid.YES:
        times["received_at"] = moment
    if application.state is ApplicationState.COMPLETED and was.state is not ApplicationState.COMPLETED:
        times["completed_at"] = moment
    return times
