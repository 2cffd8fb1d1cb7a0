"""What a line of the history makes of the read model: a function of states, lines and times alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rules.calendar import day_of, start_of
from rules.core import ByKind, Procedure, current_deadline, next_alarm
from rules.duties import lasting_duty
from rules.lone_application.state import LoneApplication
from rules.procedure.alarms import Alarm, AlarmRule
from rules.procedure.application import Application, AtGrid
from rules.procedure.outcomes import HistoryKind, HistoryLine
from rules.switching.state import SwitchingCase
from rules.switching.visibility import Side
from schemas.codes import ApplicationState, Code

ENDED_RULE = "ended"
SUSPENDED_RULE = "suspended"
"""Stand for the rule of a deadline where the case has ended, and where its deadlines stand still."""

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
    state: Procedure


def case_columns(entry: WrittenLine) -> dict[str, Any]:
    """Give the columns of a case's row that a line changes."""
    state, at = entry.state, entry.at
    due_at, due_rule = _due(state, at)
    return _own_columns(state, entry) | {
        "step": entry.step,
        "state": state,
        "phase": state.phase.value,
        "new_retailer": state.new_retailer,
        "current_retailer": state.current_retailer,
        "version": state.version,
        "changed_at": at,
        "ended_at": at if state.ended else None,
        "due_at": due_at,
        "due_rule": due_rule,
        "new_duty": _value(lasting_duty(state, side=Side.NEW)),
        "current_duty": _value(lasting_duty(state, side=Side.CURRENT)),
        "operator_duty": _value(lasting_duty(state, side=Side.OPERATOR)),
        "content_key": UUID(state.content_key),
        "effective_date": state.effective_date,
        "cut_off": state.cut_off,
    }


def _of_case(state: SwitchingCase, entry: WrittenLine) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "decision": _value(state.decision),
        "decided_at": state.decided_at,
        "rejection_reasons": [reason.value for reason in state.rejection_reasons],
        "wished_date": state.wished_date,
        "decision_due": state.decision_due,
        "start_number": state.start.number,
        "start_state": state.start.state.value,
        "end_number": state.end.number,
        "end_state": state.end.state.value,
    }
    if entry.line.kind in _DECIDED:
        columns["decision_key"] = UUID(entry.cause)
    return columns


def _of_application(state: LoneApplication, entry: WrittenLine) -> dict[str, Any]:
    return {"rejection_reasons": []}


_own_columns = ByKind(switching=_of_case, lone_application=_of_application)


def new_case_columns(entry: WrittenLine) -> dict[str, Any]:
    """Give the columns of a new case's row, those included that never change."""
    state = entry.state
    return case_columns(entry) | {
        "case_number": state.case_number,
        "application_kind": _value(state.application_kind),
        "segment": state.segment.value,
        "area": state.area.value,
        "point_number": state.point_number,
        "registered_at": state.registered_at,
    }


def history_columns(entry: WrittenLine) -> dict[str, Any]:
    """Give the columns of a line of the history."""
    return {
        "case_number": entry.state.case_number,
        "step": entry.step,
        "kind": entry.line.kind.value,
        "actor": entry.line.actor.value,
        "details": entry.line.details,
        "cause": entry.cause,
        "at": entry.at,
        "state": entry.state,
    }


def application_columns(before: Procedure | None, entry: WrittenLine) -> list[dict[str, Any]]:
    """Give the rows of the applications that a line changes; times it says nothing of are absent."""
    return [
        _application(application, entry) | _times(application, before, entry)
        for application in entry.state.applications
        if application.number is not None and _differs(before, entry.state, application)
    ]


def _value(code: Code | None) -> str | None:
    return None if code is None else code.value


def _due(state: Procedure, at: datetime) -> tuple[datetime, str]:
    if state.ended:
        return at, ENDED_RULE
    if state.suspended:
        return _at_last(state).at, SUSPENDED_RULE
    alarm = current_deadline(state) or next_alarm(state) or _at_last(state)
    return alarm.at, alarm.rule.value


def _at_last(state: Procedure) -> Alarm:
    """Give the day on which it takes effect, where all has been asked for; without one, the day it was registered."""
    return Alarm(start_of(state.effective_date or day_of(state.registered_at)), AlarmRule.EFFECTIVE_DATE)


def _differs(before: Procedure | None, after: Procedure, application: Application) -> bool:
    if before is None or _as_it_was(before, application) != application:
        return True
    return _seen_with(before, application) != _seen_with(after, application)


def _seen_with(state: Procedure, application: Application) -> tuple[object, ...]:
    """Give what a row of an application shows of its case."""
    dates = (state.effective_date, state.meter_work, state.matched_at)
    return state.ended, state.retailer_of(application.kind), *dates


def _as_it_was(before: Procedure, application: Application) -> Application:
    return next(former for former in before.applications if former.kind is application.kind)


def _application(application: Application, entry: WrittenLine) -> dict[str, Any]:
    state = entry.state
    return {
        "number": application.number,
        "case_number": state.case_number,
        "kind": application.kind.value,
        "retailer_code": state.retailer_of(application.kind),
        "filed_under": application.filed_under,
        "area": state.area.value,
        "segment": state.segment.value,
        "point_number": state.point_number,
        "state": application.state.value,
        "in_flight": application.state in _IN_FLIGHT and not state.ended,
        "effective_date": state.effective_date,
        "meter_work": _value(state.meter_work),
        "changed_at": entry.at,
    }


def _times(application: Application, before: Procedure | None, entry: WrittenLine) -> dict[str, datetime]:
    was = Application(application.kind) if before is None else _as_it_was(before, application)
    occurred = entry.line.details.get("occurred_at")
    named = entry.line.details.get("number") == application.number
    moment = datetime.fromisoformat(occurred) if occurred and named else entry.at
    times: dict[str, datetime] = {}
    if entry.state.matched_at is not None:
        times["matched_at"] = entry.state.matched_at
    if application.state in _RECEIVED and application.at_grid is AtGrid.YES and was.at_grid is not AtGrid.YES:
        times["received_at"] = moment
    if application.state is ApplicationState.COMPLETED and was.state is not ApplicationState.COMPLETED:
        times["completed_at"] = moment
    return times
