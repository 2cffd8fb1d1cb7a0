"""The current details of a procedure in the Temporal UI: how it stands, in Japanese, without personal data.

A function of its state, and of what keeps its calls. A list of one level: the UI runs the cells of tables together, and
the lines of lists within lists.
"""

from collections.abc import Sequence

from rules.core import ByKind, Procedure, current_deadline, next_alarm
from rules.procedure.application import Application
from rules.procedure.calls import ApplicationCall, GridCall, InquiryCall, wanted_calls
from rules.procedure.refusals import point_label
from rules.steps import Maintenance
from rules.wording import plain_day
from schemas.defects import defect_words
from workflows.details import lone_application, switching
from workflows.details.held_calls import end_of_maintenance, troubled_call
from workflows.details.waiting import ASKED_UNTIL_ANSWERED, NO_END, NOTHING_TO_DO, Waiting
from workflows.words import alarm_words, application_words

_own_waits = ByKind(switching=switching.waits, lone_application=lone_application.waits)
_standing = ByKind(switching=switching.standing, lone_application=lone_application.standing)
_retailers = ByKind(switching=switching.retailers, lone_application=lone_application.retailers)


def describe(
    state: Procedure,
    lines_seen: Sequence[str],
    *,
    maintenance: Maintenance | None = None,
    troubled: Sequence[GridCall] = (),
) -> str:
    """Describe a procedure in Markdown.

    :param lines_seen: the lines of its history this run has seen.
    :param maintenance: the window whose end its calls wait for.
    :param troubled: its calls that go unanswered.
    """
    deadline, alarm = current_deadline(state), next_alarm(state)
    day = "なし" if state.effective_date is None else plain_day(state.effective_date)
    work = "" if state.meter_work is None else f"（計器工事: {state.meter_work.label}）"
    waiting = waits(state, maintenance=maintenance, troubled=troubled)
    lines = [
        _standing(state),
        *(line for entry in waiting for line in _lines_of(entry.what, entry.until, entry.to_do)),
        *(["- **待っているもの**: なし（終了）"] if not waiting else []),
        f"- **期限**: {f'{alarm_words(deadline)}（規則 {deadline.rule.value}）' if deadline else 'なし'}",
        f"- **次の予定**: {alarm_words(alarm) if alarm else 'なし'}",
        f"- **異動日**: {day}{work}",
        f"- **エリア・託送区分**: {state.area.label}・{state.segment.label}",
        f"- **{point_label(state.segment)}**: {state.point_number}",
        _retailers(state),
        *(_application(application) for application in state.applications),
        *(("", "**経過**（業務日時）", "", *(f"- {line}" for line in lines_seen)) if lines_seen else ()),
    ]
    return "\n".join(lines)


def waits(
    state: Procedure, *, maintenance: Maintenance | None = None, troubled: Sequence[GridCall] = ()
) -> list[Waiting]:
    """List what a procedure waits for, what keeps it first; nothing once it has ended."""
    entries = [troubled_call(state, call, call.trouble) for call in troubled if call.trouble is not None]
    if maintenance is not None:
        entries.append(end_of_maintenance(state, maintenance))
    if state.ended:
        return entries
    if state.suspended:
        entries.append(_suspended(state))
    troubled_applications = {call.application_number for call in troubled if isinstance(call, ApplicationCall)}
    in_maintenance = maintenance is not None  # what it holds up is not waited for a second time
    entries += [
        entry
        for entry in _own_waits(state)
        if entry.about_call is None or not (in_maintenance or entry.about_call in troubled_applications)
    ]
    if not in_maintenance and any(isinstance(call, InquiryCall) for call in wanted_calls(state)):
        words = f"{state.area.label}への処理状況の確認の回答"
        entries.append(Waiting(words, ASKED_UNTIL_ANSWERED, f"{NOTHING_TO_DO}自動で確かめています。"))
    return entries


def _suspended(state: Procedure) -> Waiting:
    return Waiting(
        "広域機関による期限の再開",
        f"{NO_END}（再開・承継・終了まで。その間は何も期限切れになりません）",
        f"`.venv/bin/python -m upkeep case resume {state.case_number} …` で再開します。"
        "事業者が退出したなら `case succeed`、続けられないなら `case close`。",
    )


def _lines_of(what: str, until: str, to_do: str) -> tuple[str, str, str]:
    return f"- **待っているもの**: {what}", f"- いつまで: {until}", f"- できること: {to_do}"


def _application(application: Application) -> str:
    number = f" {application.number}" if application.number else ""
    defects = f"。指摘: {defect_words(application.defects)}" if application.defects else ""
    return f"- **{application_words(application.kind)}**{number}: {application.state.label}{defects}"
