"""What operations people read in the Temporal UI, in Japanese: summaries of timers and activities."""

from datetime import datetime, time, timedelta

from contracts.steps import Step
from rules.calendar import JST
from rules.procedure.alarms import Alarm, AlarmRule
from rules.procedure.calls import CallKind, GridCall
from schemas.codes import ApplicationKind, Area

_END_OF_DAY = (AlarmRule.DECISION, AlarmRule.CUT_OFF, AlarmRule.ONE_SIDE, AlarmRule.CORRECTION)
_SHORT_KIND = {ApplicationKind.START: "開始申請", ApplicationKind.END: "廃止申請"}
_SENT = {CallKind.REGISTER: "", CallKind.AMEND: "の訂正", CallKind.CANCEL: "の取消"}

CANCELLATION_ASKED = "Temporalで取消（Cancel）が要求されました。案件は取消では終わらず、続いています"
"""Said in the details of a case; how one is ended stands in docs/operations.md (案件に措置を行う)."""


def moment(at: datetime, *, ends_day: bool = False) -> str:
    """This function will write a moment in Japan; the end of a day as its 24:00."""
    local = at.astimezone(JST)
    if ends_day and local.time() == time(0):
        return f"{local - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def alarm_words(alarm: Alarm) -> str:
    """This function will write what a case waits for, and until when."""
    return f"{alarm.rule.label} {moment(alarm.at, ends_day=alarm.rule in _END_OF_DAY)}"


def timer_summary(alarm: Alarm) -> str:
    """This function will write a timer's summary."""
    return f"{alarm_words(alarm)} を待つ"


def application_words(kind: ApplicationKind) -> str:
    """This function will name an application in short."""
    return _SHORT_KIND.get(kind, kind.label)


def call_summary(call: GridCall) -> str:
    """This function will write the summary of a call to a grid operator."""
    if call.application is None:
        return f"申請の処理状況を{call.area.label}に確認"
    sent = _SENT.get(call.kind, "")
    return f"{application_words(call.application)} {call.application_number} {sent}を{call.area.label}へ送信"


def maintenance_words(area: Area, until: datetime) -> str:
    """This function will write which maintenance window is waited for."""
    return f"{area.label}の一般送配電事業者のメンテナンス終了 {moment(until, ends_day=True)}"


def maintenance_summary(area: Area, until: datetime) -> str:
    """This function will write the summary of the timer that waits for a maintenance window's end."""
    return f"{maintenance_words(area, until)} を待って送信"


def step_summary(step: Step) -> str:
    """This function will write the summary of a database step."""
    if step.line is not None:
        return f"案件履歴 {step.number}: {step.line.kind.label}（{step.line.actor.label}）"
    assert step.answer is not None and step.answer.refusal is not None, "a step without a line is a refusal"
    return f"受け付けられない旨を回答（{step.answer.refusal.code.value}）"
