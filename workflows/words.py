"""What operations people read in the Temporal UI, in Japanese: summaries of timers and activities.

A summary stays where it stands, also of a timer that was taken away; so it names a thing and tells no hope.
"""

from rules.procedure.alarms import Alarm, AlarmRule
from rules.procedure.calls import CallKind, GridCall, InquiryCall, Trouble, TroubleKind
from rules.procedure.outcomes import HistoryLine
from rules.steps import CommandAnswer, Maintenance, Step
from rules.wording import paused_since, plain_deadline, plain_moment
from schemas.codes import ApplicationKind, Area
from schemas.findings import Refusal

_END_OF_DAY = (AlarmRule.DECISION, AlarmRule.CUT_OFF, AlarmRule.ONE_SIDE, AlarmRule.CORRECTION)
_SHORT_KIND = {ApplicationKind.START: "開始申請", ApplicationKind.END: "廃止申請"}
_SENT = {CallKind.REGISTER: "", CallKind.AMEND: "の訂正", CallKind.CANCEL: "の取消"}
_REASONS = {
    "connection-refused": "接続できない",
    "handshake": "TLSの接続を拒まれた",
    "timeout": "時間内に回答がない",
    "line-cut": "通信が切れた",
    "error-without-fault": "内容のない誤りの応答",
    "unreadable-answer": "回答を読めない",
    "unexpected-answer": "別の申請への回答",
    "cancellation-open": "取消の結果がまだない",
    "application-unknown": "受け付けたはずの申請を「該当なし」と回答",
    "HUB-R005": "メンテナンス中との応答",
}
"""By the short names of :mod:`grid_client`."""

CANCELLATION_ASKED = "Temporalで取消（Cancel）が要求されました。案件は取消では終わらず、続いています"
"""Said in the details of a case; how one is ended stands in docs/operations.md (案件に措置を行う)."""


def alarm_words(alarm: Alarm) -> str:
    """Write what a case waits for, and until when."""
    until = plain_deadline(alarm.at) if alarm.rule in _END_OF_DAY else plain_moment(alarm.at)
    return f"{alarm.rule.label} {until}"


def application_words(kind: ApplicationKind) -> str:
    """Name an application in short."""
    return _SHORT_KIND.get(kind, kind.label)


def call_words(call: GridCall) -> str:
    """Name a call to a grid operator."""
    if isinstance(call, InquiryCall):
        return f"{call.area.label}への処理状況の確認"
    sent = _SENT.get(call.kind, "")
    return f"{application_words(call.application)} {call.application_number} {sent}の{call.area.label}への送信"


def call_summary(call: GridCall) -> str:
    """Write the summary of a call to a grid operator, with what is known to keep it."""
    if isinstance(call, InquiryCall):
        words = f"申請の処理状況を{call.area.label}に確認"
    else:
        sent = _SENT.get(call.kind, "")
        words = f"{application_words(call.application)} {call.application_number} {sent}を{call.area.label}へ送信"
    return (
        words if call.trouble is None else f"{words}（{trouble_words(call.trouble)}、{until_it_answers(call.trouble)}）"
    )


def again_summary(call: GridCall) -> str:
    """Write the summary of the pause before a call is made again that changed nothing."""
    return f"次の回までの間隔: {call_summary(call)}"


def trouble_words(trouble: Trouble) -> str:
    """Write what keeps a call from its answer, since when, and why."""
    if trouble.kind is TroubleKind.PAUSED:
        return paused_since(plain_moment(trouble.since))
    return f"{plain_moment(trouble.since)}から{trouble.kind.label}: {reason_words(trouble.reason)}"


def until_it_answers(trouble: Trouble) -> str:
    """Write until when a call is made again."""
    if trouble.kind is TroubleKind.PAUSED:
        return "再開まで待機"
    return "回答があるまで最長60秒おきに繰り返し"


def reason_words(reason: str) -> str:
    """Write why no answer came; a reason without words of its own stands as it is."""
    return _REASONS.get(reason, reason)


def maintenance_words(area: Area, maintenance: Maintenance) -> str:
    """Write which maintenance window's end calls stand still for. Also the summary of its timer."""
    announced = "（先方の告知）" if maintenance.announced else ""
    return f"{area.label}の一般送配電事業者のメンテナンス終了{announced} {plain_deadline(maintenance.until)}"


def step_summary(step: Step) -> str:
    """Write the summary of a database step."""
    match step:
        case Step(line=HistoryLine() as line):
            return f"案件履歴 {step.number}: {line.kind.label}（{line.actor.label}）"
        case Step(answer=CommandAnswer(refusal=Refusal() as refusal)):
            return f"受け付けられない旨を回答（{refusal.code.value}）"
        case _:
            raise ValueError(f"step {step.number} has neither a line nor a refusal")
