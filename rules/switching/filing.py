"""Filing, correcting and cancelling one of the two applications (申請) of a case."""

from dataclasses import replace

from rules.calendar import Calendar
from rules.procedure.application import AMENDABLE, CANCELLABLE, FILEABLE, Application, sent
from rules.procedure.commands import AmendFiling, CancelFiling, Command, File
from rules.procedure.lines import details_of
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party, Transition
from rules.procedure.refusals import (
    CASE,
    EFFECTIVE,
    business,
    not_in,
    point_label,
    standard_period_rule,
    state_rule,
    unlike_number,
)
from rules.switching.dates import with_effective_date
from rules.switching.ending import with_application
from rules.switching.outcomes import Outcome
from rules.switching.refusals import APPLICATION_CUT_OFF
from rules.switching.state import SwitchingCase
from rules.wording import plain_day
from schemas.codes import ApplicationKind, ApplicationState, MeterWork
from schemas.findings import Finding, Rulebook
from schemas.refusal_codes import RefusalCode

RULES = Rulebook()
_FILED = "{kind}は登録済みです（申請番号{number}、「{state}」）。"
FILE_AFTER_CANCELLATION = RULES.declare(
    "file-once",
    CASE,
    code=RefusalCode.WRONG_STATE,
    message=_FILED,
    action="取消の結果が出てから、改めて登録してください。",
)
FILE_ONCE = RULES.declare(
    "file-once",
    CASE,
    code=RefusalCode.WRONG_STATE,
    message=_FILED,
    action="内容を直すときは、処理区分「訂正」で申請番号を指定してください。",
)
AMEND_AFTER_ANSWER = state_rule(RULES, "amend-after-answer")
CANCEL_BEFORE_MATCHING = state_rule(RULES, "cancel-before-matching")
POINT_OF_THE_CASE = RULES.declare(
    "point-of-the-case",
    ("pointNumber", "{label}"),
    message="案件の{label}と異なります。",
    action="案件の{label}を指定してください。",
)
DATE_OF_THE_CASE = RULES.declare(
    "date-of-the-case",
    EFFECTIVE,
    message="異動日は案件の異動日{day}と同じ日でなければなりません。",
    action="異動日に{day}を指定してください。",
)
STANDARD_PERIOD = standard_period_rule(
    RULES,
    action="工事が不要なら「不要」を指定してください。必要なら取次を取り消し、異動希望日を選び直して、新しく登録してください。",
)

_ACTOR = {ApplicationKind.START: Party.NEW_RETAILER, ApplicationKind.END: Party.CURRENT_RETAILER}


def file_application(state: SwitchingCase, filing: File, command: Command, calendar: Calendar) -> Outcome:
    """File an application under the number the command brings."""
    application = state.application(filing.application)
    if application.state not in FILEABLE:
        cancelling = application.state is ApplicationState.CANCELLING
        return (FILE_AFTER_CANCELLATION if cancelling else FILE_ONCE).refusal(
            kind=application.kind.label, number=application.number or "", state=application.state.label
        )
    new = Application(filing.application, number=filing.application_number)
    return _send(state, filing, new, HistoryKind.FILED, command, calendar)


def amend_application(state: SwitchingCase, amendment: AmendFiling, command: Command, calendar: Calendar) -> Outcome:
    """Send an application again with corrected content, under its number."""
    application = state.application(amendment.application)
    refusal = unlike_number(application, amendment.application_number) or not_in(
        application, AMENDABLE, rule=AMEND_AFTER_ANSWER
    )
    if refusal:
        return refusal
    return _send(state, amendment, application, HistoryKind.CORRECTED, command, calendar)


def cancel_application(state: SwitchingCase, cancellation: CancelFiling) -> Outcome:
    """Cancel one application; the case stays, and another may be filed until the cut-off."""
    application = state.application(cancellation.application)
    refusal = unlike_number(application, cancellation.application_number) or not_in(
        application, CANCELLABLE, rule=CANCEL_BEFORE_MATCHING
    )
    if refusal:
        return refusal
    actor, details = _ACTOR[application.kind], details_of(application)
    if not application.may_be_at_grid:
        cancelled = replace(application, state=ApplicationState.CANCELLED)
        line = HistoryLine(HistoryKind.APPLICATION_CANCELLED, actor, details)
        return Transition(with_application(state, cancelled), line)
    cancelling = replace(application, state=ApplicationState.CANCELLING)
    line = HistoryLine(HistoryKind.APPLICATION_CANCEL_ASKED, actor, details)
    return Transition(with_application(state, cancelling), line)


def _send(
    state: SwitchingCase,
    content: File | AmendFiling,
    application: Application,
    line: HistoryKind,
    command: Command,
    calendar: Calendar,
) -> Outcome:
    if command.at >= state.cut_off and not state.suspended:
        return APPLICATION_CUT_OFF.refusal()
    declared = _with_declared_work(state, content, calendar)
    findings = _content_findings(state, content)
    if command.at >= declared.cut_off and not state.suspended:
        findings.append(STANDARD_PERIOD.finding())
    if findings:
        return business(*findings)
    state = declared
    applicant = state.retailer_of(application.kind)
    on_its_way = sent(application, message_key=command.message_key, at=command.at, by=applicant)
    return Transition(
        with_application(state, on_its_way),
        HistoryLine(line, _ACTOR[application.kind], details_of(on_its_way) | {"revision": str(on_its_way.revision)}),
    )


def _with_declared_work(state: SwitchingCase, content: File | AmendFiling, calendar: Calendar) -> SwitchingCase:
    """Take the 計器工事の要否 from a start application, undeclared as needed; an end application does not say."""
    starts = content.application is ApplicationKind.START
    declared = (content.meter_work or MeterWork.NEEDED) if starts else state.meter_work
    if declared is state.meter_work:
        return state
    return with_effective_date(state, effective=state.effective_date, meter_work=declared, calendar=calendar)


def _content_findings(state: SwitchingCase, content: File | AmendFiling) -> list[Finding]:
    findings = []
    if content.point_number != state.point_number:
        findings.append(POINT_OF_THE_CASE.finding(label=point_label(state.segment)))
    if content.effective_date != state.effective_date:
        findings.append(DATE_OF_THE_CASE.finding(day=plain_day(state.effective_date)))
    return findings
