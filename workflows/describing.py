"""The current details of a procedure in the Temporal UI: how it stands, in Japanese, without personal data."""

from collections.abc import Sequence
from datetime import datetime

from rules.application.state import LoneApplication
from rules.case.state import CaseState
from rules.core import State, current_deadline, next_alarm
from rules.procedure.application import Application
from rules.procedure.refusing import point_label
from schemas.codes import ApplicationKind, ApplicationState, CasePhase
from workflows.words import alarm_words, application_words, maintenance_words

_APPLICANT = {ApplicationKind.START: "新小売", ApplicationKind.END: "現小売"}
_TO_FILE = (ApplicationState.NOT_FILED, ApplicationState.CANCELLED)
_AT_WORK = (ApplicationState.SENDING, ApplicationState.CANCELLING)


def describe(state: State, said: Sequence[str], *, held_until: datetime | None) -> str:
    """This function will describe a procedure in Markdown; ``said`` are the lines of its history this run has seen.

    :param held_until: the end of the maintenance window that its calls wait for.
    """
    deadline, alarm = current_deadline(state), next_alarm(state)
    day = "なし" if state.effective_date is None else f"{state.effective_date:%Y-%m-%d}"
    work = "" if state.meter_work is None else f"（計器工事: {state.meter_work.label}）"
    lines = [
        _standing(state),
        f"**待っているもの**: {'、'.join([*_held(state, held_until), *waited_for(state)]) or 'なし（終了）'}",
        f"**期限**: {f'{alarm_words(deadline)}（規則 {deadline.rule.value}）' if deadline else 'なし'}",
        f"**次の予定**: {alarm_words(alarm) if alarm else 'なし'}",
        f"**異動日**: {day}{work}",
        f"**エリア・託送区分**: {state.area.label}・{state.segment.label}",
        f"**{point_label(state.segment)}**: {state.point_number}",
        _retailers(state),
        "",
        "| 申請 | 申請番号 | 状態 | 不備 |",
        "|---|---|---|---|",
        *(_row(application) for application in state.applications),
        "",
        "**経過**（業務日時）",
        *(f"- {line}" for line in said),
    ]
    return "  \n".join(lines[:8]) + "\n" + "\n".join(lines[8:])


def _held(state: State, until: datetime | None) -> list[str]:
    return [] if until is None else [f"{maintenance_words(state.area, until)}（その後に送信）"]


def _standing(state: State) -> str:
    if isinstance(state, CaseState):
        return f"**案件状態**: {state.phase.label}（版{state.version}）"
    return f"**単独申請**: {state.kind.label} {state.application.state.label}（版{state.version}）"


def _retailers(state: State) -> str:
    if isinstance(state, CaseState):
        return f"**新小売・現小売**: {state.new_retailer}・{state.current_retailer}"
    return f"**申請者**: {state.applicant}（{state.kind_rules.applicant.label}）"


def waited_for(state: State) -> list[str]:
    """This function will say whose turn it is, and for what."""
    waits = _case_waits_for(state) if isinstance(state, CaseState) else _application_waits_for(state)
    return ["広域機関による期限の再開", *waits] if state.suspended else waits


def _application_waits_for(state: LoneApplication) -> list[str]:
    if state.application.state is ApplicationState.DEFECTIVE:
        return ["申請者の訂正"]
    waits = {
        ApplicationState.SENDING: f"{state.area.label}の申請への回答",
        ApplicationState.CANCELLING: f"{state.area.label}の取消結果",
        ApplicationState.RECEIVED: f"{state.area.label}の{'マッチング' if state.kind_rules.matched else '処理完了'}",
        ApplicationState.MATCHED: f"{state.area.label}の処理完了",
    }
    found = waits.get(state.application.state)
    return [] if found is None else [found]


def _case_waits_for(state: CaseState) -> list[str]:
    if state.phase is CasePhase.AWAITING_DECISION:
        return ["現小売の判断"]
    if state.phase is CasePhase.AWAITING_APPLICATIONS:
        missing = [words for application in state.applications if (words := _missing(state, application))]
        return missing or [f"{state.area.label}のマッチング"]
    if state.phase is CasePhase.CANCELLING:
        return [f"{state.area.label}の取消結果"]
    if state.phase is CasePhase.MATCHED:
        return [f"{state.area.label}の処理完了（異動日 {state.effective_date:%Y-%m-%d}）"]
    if state.phase is CasePhase.ONE_SIDE_DONE:
        return [f"{state.area.label}の残る側の処理完了"]
    return []


def _missing(state: CaseState, application: Application) -> str | None:
    name = application_words(application.kind)
    if application.state in _TO_FILE:
        return f"{_APPLICANT[application.kind]}の{name}"
    if application.state is ApplicationState.DEFECTIVE:
        return f"{_APPLICANT[application.kind]}の{name}の訂正"
    if application.state in _AT_WORK:
        return f"{state.area.label}の{name}への回答"
    return None


def _row(application: Application) -> str:
    defects = "、".join(application.defects) or "–"
    cells = (application_words(application.kind), application.number or "–", application.state.label, defects)
    return f"| {' | '.join(cells)} |"
