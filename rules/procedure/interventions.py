"""What the hub operator's interventions (広域機関の措置) have in common, on a case and on an application on its own.

They are ours: where a retailer leaves the market its procedures' deadlines stand still until a successor takes its
place or the procedure is closed; what the grid operator says otherwise than by its system is recorded by hand; a
片側完了 ends by the hub operator's decision.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol, Self, TypeVar, get_args

from rules.procedure.application import Application
from rules.procedure.calls import ApplicationCall
from rules.procedure.commands import (
    Command,
    CommandContent,
    Record,
    RecordableNews,
    Resume,
    Succeed,
    Suspend,
)
from rules.procedure.news import GridNews
from rules.procedure.outcomes import HistoryKind, HistoryLine, NothingNew, Party, Transition
from rules.procedure.refusals import EFFECTIVE, business
from rules.procedure.validity import validity_findings
from schemas.checks import REACH_WORDS, is_in_reach
from schemas.findings import Finding, Refusal, Rulebook
from schemas.refusal_codes import RefusalCode

RECORDABLE: tuple[RecordableNews, ...] = get_args(RecordableNews)
RULES = Rulebook()
RECORDED_WORD_IS_NEWS = RULES.declare(
    "recorded-word-is-news",
    ("news", "連絡の内容"),
    code=RefusalCode.WRONG_STATE,
    message="記録しても何も変わりません。すでに同じ内容が反映されているか、今の状態では起こり得ない内容です。",
    action="番号と状態を画面で確認してください。",
)
NO_APPLICATION_AT_GRID = RULES.declare(
    "no-application-at-grid",
    EFFECTIVE,
    message="一般送配電事業者に申請があるため、異動日は変えられません。",
    action="異動日を指定せずに再開するか、案件を終了してください。",
)
YEAR_OF_DAY = RULES.declare(
    "year",
    EFFECTIVE,
    message=f"異動日は{REACH_WORDS}の日を指定してください。",
    action="異動日を直してください。",
)
YEAR_OF_MOMENT = RULES.declare(
    "year",
    ("occurredAt", "発生日時"),
    message=f"発生日時は{REACH_WORDS}の日時を指定してください。",
    action="発生日時を直してください。",
)
DEADLINES_SUSPENDED = RULES.declare(
    "deadlines-suspended",
    ("caseNumber", "番号"),
    code=RefusalCode.WRONG_STATE,
    message="期限は停止していません。",
    action="画面で期限を確認してください。",
)
DEADLINES_RUNNING = RULES.declare(
    "deadlines-running",
    ("caseNumber", "番号"),
    code=RefusalCode.WRONG_STATE,
    message="期限はすでに停止しています。",
    action="画面で期限を確認してください。",
)
RETAILER_OF_THE_CASE = RULES.declare(
    "retailer-of-the-case",
    ("leaving", "退出する小売電気事業者"),
    message="小売電気事業者 {retailer} はこの案件の当事者ではありません。",
    action="番号と事業者コードを確認してください。",
)
OTHER_THAN_PARTIES = RULES.declare(
    "other-than-parties",
    ("successor", "承継する小売電気事業者"),
    message="小売電気事業者 {retailer} はこの案件の当事者のため、承継できません。",
    action="別の事業者を指定するか、案件を終了してください。",
)

State = TypeVar("State")


class Suspended(Protocol):
    """What a procedure tells of its deadlines."""

    @property
    def suspended(self) -> bool:
        """True while they stand still."""

    def with_suspension(self, at: datetime) -> Self:
        """Give it with its deadlines standing still from a moment on."""


Standing = TypeVar("Standing", bound=Suspended)


def recorded_word(
    record: Record, command: Command, application: Application, *, running: Iterable[ApplicationCall]
) -> GridNews:
    """Put what the hub operator recorded as news; it answers the call that still waits for one.

    :param running: the calls about applications that the procedure wants to have running.
    """
    call = next((call for call in running if call.application_number == application.number), None)
    return GridNews(
        kind=record.news,
        application=application.kind,
        application_number=application.number or "",
        cause=f"{'' if call is None else call.key} {command.message_key}".strip(),
        at=command.at,
        occurred_at=record.occurred_at,
        effective_date=record.effective_date,
        meter_work=record.meter_work,
    )


def by_hub_operator(outcome: Transition[State] | NothingNew) -> Transition[State] | Refusal:
    """Put the hub operator's name under what its record made; one that says nothing is refused."""
    if isinstance(outcome, Transition):
        return replace(outcome, line=replace(outcome.line, actor=Party.HUB_OPERATOR))
    return RECORDED_WORD_IS_NEWS.refusal()


def operator_line(kind: HistoryKind, **details: str) -> HistoryLine:
    """Write a line of the hub operator's; its reason is found by the message that is its cause."""
    return HistoryLine(kind, Party.HUB_OPERATOR, details)


def _suspension_line(suspension: Suspend) -> HistoryLine:
    """Write the line of a 期限の停止: the hub's own where a retailer takes part no longer, else the hub operator's."""
    if suspension.leaving is None:
        return operator_line(HistoryKind.SUSPENDED)
    return HistoryLine(HistoryKind.SUSPENDED, Party.HUB, {"leaving": suspension.leaving})


def date_is_at_grid(named: date | None, standing: date | None, applications: Iterable[Application]) -> Refusal | None:
    """Refuse another effective date where the grid operator may hold an application with the old."""
    if named in (None, standing) or not any(application.may_be_at_grid for application in applications):
        return None
    return NO_APPLICATION_AT_GRID.refusal()


def out_of_reach(content: CommandContent) -> Refusal | None:
    """Refuse a day or moment too far off to reckon deadlines from, so that no command can stop a procedure."""
    findings = []
    if isinstance(content, Resume | Succeed | Record) and not is_in_reach(content.effective_date):
        findings.append(YEAR_OF_DAY.finding())
    if isinstance(content, Record) and not is_in_reach(content.occurred_at):
        findings.append(YEAR_OF_MOMENT.finding())
    return business(*findings) if findings else None


def suspend(state: Standing, suspension: Suspend, command: Command) -> Transition[Standing] | Refusal:
    """Have deadlines stand still, unless they do already."""
    if state.suspended:
        return DEADLINES_RUNNING.refusal()
    return Transition(state.with_suspension(command.at), _suspension_line(suspension))


def resume(
    state: Standing,
    command: Command,
    *,
    with_deadlines_anew: Callable[[], Standing | Refusal],
    new_dates: Callable[[Standing], dict[str, str]],
) -> Transition[Standing] | Refusal:
    """Have deadlines that stand still run again.

    :param with_deadlines_anew: gives the procedure with its deadlines counted from the command on.
    :param new_dates: what the line tells of them.
    """
    if not state.suspended:
        return DEADLINES_SUSPENDED.refusal()
    if findings := validity_findings(day=None, at=command.at, last_day=command.last_day, where=EFFECTIVE):
        return business(*findings)  # it would stand still again at once
    resumed = with_deadlines_anew()
    if isinstance(resumed, Refusal):
        return resumed
    return Transition(resumed, operator_line(HistoryKind.RESUMED, **new_dates(resumed)))


def succession_findings(succession: Succeed, *, retailers: Iterable[str | None]) -> tuple[Finding, ...]:
    """Say what speaks against a 承継: the one that leaves takes part, the one that follows does not.

    :param retailers: the retailers of the procedure.
    """
    taking_part = [code for code in retailers if code is not None]
    if succession.leaving not in taking_part:
        return (RETAILER_OF_THE_CASE.finding(retailer=succession.leaving),)
    if succession.successor in taking_part:
        return (OTHER_THAN_PARTIES.finding(retailer=succession.successor),)
    return ()
