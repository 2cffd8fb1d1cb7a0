"""The current details of a procedure in the Temporal UI: how it stands, in Japanese, without personal data.

A list of one level: the UI runs the cells of tables together, and the lines of lists within lists.
"""

from collections.abc import Sequence

from rules.core import Procedure, current_deadline, next_alarm
from rules.procedure.application import Application
from rules.procedure.calls import GridCall
from rules.procedure.refusing import point_label
from rules.steps import Maintenance
from rules.switching.state import SwitchingCase
from rules.wording import plain_day
from schemas.defects import defect_words
from workflows.waiting import waits
from workflows.words import alarm_words, application_words


def describe(
    state: Procedure, said: Sequence[str], *, maintenance: Maintenance | None = None, troubled: Sequence[GridCall] = ()
) -> str:
    """Describe a procedure in Markdown.

    :param said: the lines of its history this run has seen.
    :param maintenance: the window whose end its calls wait for.
    :param troubled: its calls that go unanswered.
    """
    deadline, alarm = current_deadline(state), next_alarm(state)
    day = "なし" if state.effective_date is None else plain_day(state.effective_date)
    work = "" if state.meter_work is None else f"（計器工事: {state.meter_work.label}）"
    waiting = waits(state, maintenance=maintenance, troubled=troubled)
    lines = [
        _standing(state),
        *(line for one in waiting for line in _lines_of(one.what, one.until, one.to_do)),
        *(["- **待っているもの**: なし（終了）"] if not waiting else []),
        f"- **期限**: {f'{alarm_words(deadline)}（規則 {deadline.rule.value}）' if deadline else 'なし'}",
        f"- **次の予定**: {alarm_words(alarm) if alarm else 'なし'}",
        f"- **異動日**: {day}{work}",
        f"- **エリア・託送区分**: {state.area.label}・{state.segment.label}",
        f"- **{point_label(state.segment)}**: {state.point_number}",
        _retailers(state),
        *(_application(application) for application in state.applications),
        *(("", "**経過**（業務日時）", "", *(f"- {line}" for line in said)) if said else ()),
    ]
    return "\n".join(lines)


def _standing(state: Procedure) -> str:
    if isinstance(state, SwitchingCase):
        return f"- **案件状態**: {state.phase.label}（版{state.version}）"
    return f"- **単独申請**: {state.kind.label} {state.application.state.label}（版{state.version}）"


def _lines_of(what: str, until: str, to_do: str) -> tuple[str, str, str]:
    return f"- **待っているもの**: {what}", f"- いつまで: {until}", f"- できること: {to_do}"


def _retailers(state: Procedure) -> str:
    if isinstance(state, SwitchingCase):
        return f"- **新小売・現小売**: {state.new_retailer}・{state.current_retailer}"
    return f"- **申請者**: {state.applicant}（{state.kind_rules.applicant.label}）"


def _application(application: Application) -> str:
    number = f" {application.number}" if application.number else ""
    defects = f"。指摘: {defect_words(application.defects)}" if application.defects else ""
    return f"- **{application_words(application.kind)}**{number}: {application.state.label}{defects}"
