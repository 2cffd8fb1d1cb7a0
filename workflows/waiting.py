"""What a procedure waits for, until when, and what the people who run the hub can do about it.

A function of its state, and of what keeps its calls. Nothing here knows the time, and the words stay as they are
until something happens: so they also hold once a day has come.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.core import Procedure, current_deadline, next_alarm
from rules.lone_application.state import LoneApplication
from rules.procedure.alarms import AlarmRule
from rules.procedure.application import Application
from rules.procedure.calls import CallKind, GridCall, TroubleKind, wanted_calls
from rules.steps import Maintenance
from rules.switching.state import SwitchingCase
from rules.wording import plain_day
from schemas.codes import ApplicationKind, ApplicationState, CasePhase
from schemas.defects import defect_words
from workflows.words import (
    alarm_words,
    application_words,
    call_words,
    maintenance_words,
    reason_words,
    trouble_words,
    until_it_answers,
)

_APPLICANT = {ApplicationKind.START: "新小売", ApplicationKind.END: "現小売"}
_TO_FILE = (ApplicationState.NOT_FILED, ApplicationState.CANCELLED)
_AT_WORK = (ApplicationState.SENDING, ApplicationState.CANCELLING)
_NOTHING = "対処は要りません。"
_ENDS_AS = {
    AlarmRule.DECISION: "過ぎると「判断期限切れ」で終わります",
    AlarmRule.CUT_OFF: "過ぎると「マッチング不成立」で終わります",
    AlarmRule.CORRECTION: "過ぎると終わります",
    AlarmRule.EFFECTIVE_DATE: "その日になると、一般送配電事業者に自動で確かめます",
    AlarmRule.ONE_SIDE: "過ぎると「片側完了」として警報を出します",
}
_NO_END = "期限なし"
_ASKED_UNTIL_ANSWERED = "期限なし（回答があるまで、打ち切らずに繰り返します）"


@dataclass(frozen=True)
class Waiting:
    """One thing that is waited for."""

    what: str
    until: str
    to_do: str
    """For who runs the hub: a command, a place to look, or that nothing is to be done."""
    about_call: str | None = None
    """Number of the application, where it is the answer to a call about it that is waited for."""


def waits(
    state: Procedure, *, maintenance: Maintenance | None = None, troubled: Sequence[GridCall] = ()
) -> list[Waiting]:
    """List what a procedure waits for, what keeps it first; nothing once it has ended."""
    found = [*(_trouble(state, call) for call in troubled)]
    if maintenance is not None:
        found.append(_maintenance(state, maintenance))
    if state.ended:
        return found
    if state.suspended:
        found.append(_suspended(state))
    told = {call.application_number for call in troubled}
    own = _of_case(state) if isinstance(state, SwitchingCase) else _of_application(state)
    held = maintenance is not None  # what it holds up is not waited for a second time
    found += [one for one in own if one.about_call is None or not (held or one.about_call in told)]
    if not held and any(call.kind is CallKind.INQUIRE for call in wanted_calls(state)):
        words = f"{state.area.label}への処理状況の確認の回答"
        found.append(Waiting(words, _ASKED_UNTIL_ANSWERED, f"{_NOTHING}自動で確かめています。"))
    return found


def _trouble(state: Procedure, call: GridCall) -> Waiting:
    assert call.trouble is not None, "a call is troubled by something"
    operator, area = f"{state.area.label}エリアの一般送配電事業者", state.area.value
    kept = f"{trouble_words(call.trouble)}。{until_it_answers(call.trouble)}"
    if call.trouble.kind is TroubleKind.PAUSED:
        return Waiting(
            f"広域機関による{state.area.label}エリアの呼び出しの再開（{call_words(call)}）",
            f"{_NO_END}（{kept}）",
            f"再開してよくなったら `.venv/bin/python -m upkeep areas set {area} --resumed`。10秒ほどで自動で続きます。",
        )
    if call.trouble.kind is TroubleKind.PENDING:
        return Waiting(
            f"{operator}が受け付けるか答えること（{call_words(call)}）",
            f"{_NO_END}（{kept}）",
            f"{_NOTHING}先方が、後なら受け付ける・後で答えるとしています。長引くときは先方に確かめ、分かった結果は "
            f"{_record(state, call.application_number, '…')} で記録します。",
        )
    if call.trouble.kind is TroubleKind.AWAY:
        return Waiting(
            f"{operator}の応答（{call_words(call)}）",
            f"{_NO_END}（{kept}）",
            f"{_NOTHING}つながれば自動で続きます。長引くときは先方に確かめてください。止めておくなら "
            f"`.venv/bin/python -m upkeep areas set {area} --paused --reason …`。",
        )
    return Waiting(
        f"{operator}の、結果の分かる回答（{call_words(call)}）",
        f"{_NO_END}（{kept}）",
        f"**人の確認が要ります**（{reason_words(call.trouble.reason)}）。ワーカーのログの grid-open をこの番号で探し、"
        f"先方に確かめてください。分かった結果は {_record(state, call.application_number, '…')} で記録します。",
    )


def _maintenance(state: Procedure, maintenance: Maintenance) -> Waiting:
    answering = f"`.venv/bin/python -m upkeep areas set {state.area.value} --answering`"
    earlier = f"{answering} のあと `.venv/bin/python -m sweeper.waking`。"
    return Waiting(
        maintenance_words(state.area, maintenance),
        "その時刻まで（その後に自動で送信）",
        f"{_NOTHING}自動で続きます。" + (f"早く終わったなら {earlier}" if maintenance.announced else ""),
    )


def _suspended(state: Procedure) -> Waiting:
    return Waiting(
        "広域機関による期限の再開",
        f"{_NO_END}（再開・承継・終了まで。その間は何も期限切れになりません）",
        f"`.venv/bin/python -m upkeep case resume {state.case_number} …` で再開します。"
        "事業者が退出したなら `case succeed`、続けられないなら `case close`。",
    )


def _of_case(state: SwitchingCase) -> Iterator[Waiting]:
    if state.phase is CasePhase.AWAITING_DECISION:
        yield Waiting(
            "現小売の判断",
            _deadline(state),
            f"{_NOTHING}判断も取消も小売電気事業者が行います。現小売が判断できない事情があれば "
            f"`.venv/bin/python -m upkeep case suspend {state.case_number} …`。",
        )
    elif state.phase is CasePhase.AWAITING_APPLICATIONS:
        yield from _of_pair(state)
    elif state.phase is CasePhase.CANCELLING:
        for application in state.applications:
            if application.may_be_at_grid:
                yield _cancellation(state, application)
    elif state.phase is CasePhase.MATCHED:
        yield _completion(state)
    elif state.phase is CasePhase.ONE_SIDE_DONE:
        yield _other_side(state)


def _of_pair(state: SwitchingCase) -> Iterator[Waiting]:
    missing = [one for application in state.applications if (one := _missing(state, application)) is not None]
    yield from missing
    if not missing:
        yield Waiting(f"{state.area.label}のマッチング", _deadline(state), f"{_NOTHING}知らせが届けば自動で進みます。")


def _missing(state: Procedure, application: Application) -> Waiting | None:
    name, area = application_words(application.kind), state.area.label
    who = _APPLICANT[application.kind] if isinstance(state, SwitchingCase) else "申請者"
    if application.state in _TO_FILE:
        return Waiting(f"{who}の{name}", _deadline(state), f"{_NOTHING}申請は小売電気事業者が行います。")
    if application.state is ApplicationState.DEFECTIVE:
        found = defect_words(application.defects) or "内容は画面の案件詳細"
        return Waiting(
            f"{who}の{_named(application)}の訂正",
            f"{_deadline(state)}。一般送配電事業者の指摘: {found}",
            f"{_NOTHING}訂正は小売電気事業者が行います。指摘の文章は、画面の案件詳細の「申請」で読めます。",
        )
    if application.state is ApplicationState.SENDING:
        return Waiting(
            f"{area}の{_named(application)}への回答",
            f"{_ASKED_UNTIL_ANSWERED}。期限までに保存された申請は、届くのが後でも期限内です",
            f"{_NOTHING}応答がないときは、そのことがここに出ます。",
            about_call=application.number,
        )
    if application.state is ApplicationState.CANCELLING:
        return _cancellation(state, application)
    return None


def _cancellation(state: Procedure, application: Application) -> Waiting:
    return Waiting(
        f"{state.area.label}の{_named(application)}の取消結果",
        _ASKED_UNTIL_ANSWERED,
        f"{_NOTHING}長引くときは先方に確かめ、取り消されていれば {_record(state, application.number, 'cancelled')}。",
        about_call=application.number,
    )


def _completion(state: Procedure) -> Waiting:
    open_ones = [one for one in state.applications if one.state is not ApplicationState.COMPLETED]
    names = "・".join(map(_named, open_ones))
    day = "" if state.effective_date is None else f"異動日 {plain_day(state.effective_date)}"
    record = _record(state, open_ones[0].number if open_ones else None, "completed")
    if day and not state.asked_on_effective_date:
        until, overdue = f"{day}", ""
    else:
        until = f"{_NO_END}（{day or '異動日なし'}。知らせが届くまで）"
        overdue = "**異動日の翌日になっても残っているなら遅れています。**" if day else ""
    return Waiting(
        f"{state.area.label}の処理完了: {names}",
        until,
        f"{overdue or _NOTHING}遅れているときは先方に確かめ、完了していれば {record}。",
    )


def _other_side(state: SwitchingCase) -> Waiting:
    (other,) = [one for one in state.applications if one.state is not ApplicationState.COMPLETED] or [state.end]
    return Waiting(
        f"{state.area.label}の残る側の処理完了か取消: {_named(other)}",
        f"{_NO_END}（広域機関が決めるまで。異動日 {plain_day(state.effective_date)}）",
        f"**人の判断が要ります。**先方に確かめ、完了していれば {_record(state, other.number, 'completed')}。"
        "取り消されていれば `--news cancelled` で記録してから "
        f"`.venv/bin/python -m upkeep case close {state.case_number} …`。",
    )


def _of_application(state: LoneApplication) -> Iterator[Waiting]:
    application = state.application
    missing = _missing(state, application)
    if missing is not None:
        yield missing
    elif application.state is ApplicationState.RECEIVED and state.kind_rules.matched:
        yield Waiting(
            f"{state.area.label}のマッチング（相手側の申請と）",
            _deadline(state),
            f"{_NOTHING}相手側の小売電気事業者の申請が届けば自動で進みます。",
        )
    else:
        yield _completion(state)


def _named(application: Application) -> str:
    return application_words(application.kind) + (f"（{application.number}）" if application.number else "")


def _deadline(state: Procedure) -> str:
    """Until when, and what then."""
    if state.suspended:
        return "期限は停止中"
    alarm = current_deadline(state) or next_alarm(state)
    if alarm is None:
        return _NO_END
    then = _ENDS_AS.get(alarm.rule, "")
    return f"{alarm_words(alarm)}（規則 {alarm.rule.value}）{'。' + then if then else ''}"


def _record(state: Procedure, number: str | None, news: str) -> str:
    application = f" --application {number}" if isinstance(state, SwitchingCase) and number else ""
    return f"`.venv/bin/python -m upkeep case record {state.case_number}{application} --news {news} --by … --reason …`"
