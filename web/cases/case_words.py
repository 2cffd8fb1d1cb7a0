"""What the page of a case says: its deadlines, its history line by line, and what may be done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from models.cases.screens import CasePage, CaseStanding, SeenLine
from rules.calendar import JapaneseCalendar, end_of
from rules.deadlines import DeadlineTopic, standard_topic
from rules.procedure.alarms import AlarmRule
from rules.procedure.events import CommandKind
from rules.procedure.outcomes import HistoryKind
from rules.remaining import Remaining, remaining
from rules.switching.possible_commands import possible_commands
from rules.switching.state import SwitchingCase
from rules.switching.visibility import Side
from schemas.codes import (
    SWITCHING_APPLICATIONS,
    ApplicationKind,
    ApplicationState,
    CasePhase,
    EndCause,
    MeterWork,
    RejectionReason,
    Segment,
)
from schemas.defects import defect_words
from web.cases.amendments import changes_in_words
from web.cases.listed_case import FOR_OTHERS_TO_SETTLE, SUSPENDED
from web.shared.labels import effective_date_meaning, reason_label
from web.shared.marks import PHASE_MARKS, Mark, Shape
from web.shared.words import day_words, deadline_words, moment_words


@dataclass(frozen=True)
class Deadline:
    """A deadline of a case: until when, by which rule, and how much is left of it."""

    rule: AlarmRule
    at: datetime
    basis: str
    """How the rule counts, in Japanese."""
    citation: str
    """Where the rule stands, in Japanese; empty where the day is not counted but chosen."""
    left: Remaining | None
    """None where it need not be kept any more."""
    settled: str = ""
    """Why not, in Japanese."""


@dataclass(frozen=True)
class Entry:
    """One line of the history, as a timeline shows it."""

    at: datetime
    title: str
    who: str
    mark: Mark
    details: list[tuple[str, str]]


def deadlines(page: CasePage, *, now: datetime) -> list[Deadline]:
    """List a case's deadlines, each with what is left or why it need not be kept any more."""
    state = page.state
    settled = {
        AlarmRule.DECISION: _decision_settled(state),
        AlarmRule.CUT_OFF: _cut_off_settled(state),
        AlarmRule.EFFECTIVE_DATE: _effective_date_settled(state),
    }
    moments = {
        AlarmRule.DECISION: state.decision_due,
        AlarmRule.CUT_OFF: state.cut_off,
        AlarmRule.EFFECTIVE_DATE: end_of(state.effective_date),
    }
    return [
        Deadline(
            rule,
            at,
            _basis(page, rule),
            _citation(page, rule),
            None if settled[rule] else remaining(due=at, now=now, calendar=JapaneseCalendar()),
            settled[rule],
        )
        for rule, at in moments.items()
    ]


def next_deadline(deadlines: Iterable[Deadline]) -> Deadline | None:
    """Give the deadline that has to be kept first; none while the hub operator has stopped them."""
    rows = list(deadlines)
    if any(row.settled == SUSPENDED for row in rows):
        return None
    return min((row for row in rows if row.left is not None), key=lambda row: row.at, default=None)


def entries(page: CasePage) -> list[Entry]:
    """Write the history of a case in Japanese, as far as its viewer may read it."""
    return [entry_of(row, who=_who(row), kind=_amended(row), segment=page.state.segment) for row in page.history]


def _amended(row: SeenLine) -> ApplicationKind | None:
    application = row.details.get("application")
    return None if application is None else ApplicationKind(application)


def entry_of(row: SeenLine, *, who: str, kind: ApplicationKind | None, segment: Segment) -> Entry:
    """Write one line of a history in Japanese.

    :param kind: of the application that the line is about; None where it is about the referral.
    """
    changed = {change.name for change in row.changes or ()}
    details = details_in_words({name: value for name, value in row.details.items() if name not in changed}, segment)
    if row.changes is not None:
        details.extend(changes_in_words(row.changes, kind, segment))
        details.extend([] if row.changes else [("訂正", "内容の変更はありません")])
    if row.reason is not None:
        details.append(("広域機関の理由", row.reason.text))
    return Entry(row.at, row.kind.label, f"{who}{_by(row)}", _MARKS.get(row.kind, _PLAIN), details)


def _by(row: SeenLine) -> str:
    """Name the person, for their own company and the hub operator."""
    if row.sender is None:
        return ""
    return f" {row.sender.person}" if row.sender.person else "（システムから送信）"


def details_in_words(details: dict[str, str], segment: Segment) -> list[tuple[str, str]]:
    """Write what belongs to a line of the history in Japanese, each in its place."""
    order = list(_NAMES)
    return [
        (_NAMES.get(name, name), _words(name, value, segment))
        for name, value in sorted(
            details.items(), key=lambda one: order.index(one[0]) if one[0] in order else len(order)
        )
        if value
    ]


def awaits_decision(page: CaseStanding) -> bool:
    """Tell whether the viewer's company has to decide on the case now."""
    return CommandKind.DECIDE in possible_commands(page.state, side=page.side)


def _decision_settled(state: SwitchingCase) -> str:
    if state.phase is CasePhase.AWAITING_DECISION:
        return SUSPENDED if state.suspended else ""
    return f"判断済み（{state.decision.label}）" if state.decision else "判断なし"


def _cut_off_settled(state: SwitchingCase) -> str:
    if state.suspended:
        return SUSPENDED
    if state.phase is CasePhase.AWAITING_DECISION:
        return ""
    if state.phase is CasePhase.AWAITING_APPLICATIONS:
        return "一般送配電事業者の回答待ち" if state.cut_off_passed else ""
    if state.phase is CasePhase.CANCELLING:
        return state.phase.label
    return "マッチング成立" if state.matched_at else "終了"


def _effective_date_settled(state: SwitchingCase) -> str:
    if state.ended:
        return "終了"
    return state.phase.label if state.phase in FOR_OTHERS_TO_SETTLE else ""


def _basis(page: CasePage, rule: AlarmRule) -> str:
    rules = page.state.rules
    if rule is AlarmRule.DECISION:
        return f"登録（訂正）の日の翌日から{rules.decision.words}"
    if rule is AlarmRule.EFFECTIVE_DATE:
        return effective_date_meaning(page.state.segment)
    if page.side is Side.CURRENT:  # how long the period is would tell of the new contract's meter work
        return "異動日までに標準処理期間を残す最後の日"
    return f"異動日までに標準処理期間（{rules.standard(page.state.meter_work).words}）を残す最後の日"


def _citation(page: CasePage, rule: AlarmRule) -> str:
    state = page.state
    if rule is AlarmRule.DECISION:
        return state.rules.citation(DeadlineTopic.DECISION, segment=state.segment)
    if rule is AlarmRule.EFFECTIVE_DATE:
        return ""
    if page.side is Side.CURRENT:  # the two periods may stand in different places
        return "標準処理期間"
    return state.rules.citation(standard_topic(state.meter_work), segment=state.segment)


def _who(row: SeenLine) -> str:
    return row.actor.label if row.company is None else f"{row.actor.label} {row.company.name}"


_PLAIN, _WARNING = Mark(Shape.GOING, "quiet"), Mark(Shape.ALARM, "warn")
_MARKS = {
    HistoryKind.REGISTERED: Mark(Shape.WAITING, "go"),
    HistoryKind.REMINDED: _WARNING,
    HistoryKind.ACCEPTED: Mark(Shape.DONE, "well"),
    HistoryKind.REJECTED: PHASE_MARKS[CasePhase.REJECTED],
    HistoryKind.DECISION_EXPIRED: PHASE_MARKS[CasePhase.DECISION_EXPIRED],
    HistoryKind.DEFECTIVE: _WARNING,
    HistoryKind.CANCEL_IMPOSSIBLE: _WARNING,
    HistoryKind.APPLICATION_CANCELLED: PHASE_MARKS[CasePhase.WITHDRAWN],
    HistoryKind.APPLICATION_UNMATCHED: PHASE_MARKS[CasePhase.UNMATCHED],
    HistoryKind.CUT_OFF_PASSED: _WARNING,
    HistoryKind.WITHDRAWN: PHASE_MARKS[CasePhase.WITHDRAWN],
    HistoryKind.UNMATCHED: PHASE_MARKS[CasePhase.UNMATCHED],
    HistoryKind.MATCHED: PHASE_MARKS[CasePhase.MATCHED],
    HistoryKind.ONE_SIDE_COMPLETED: Mark(Shape.DONE, "go"),
    HistoryKind.ONE_SIDE_DONE: PHASE_MARKS[CasePhase.ONE_SIDE_DONE],
    HistoryKind.COMPLETED: PHASE_MARKS[CasePhase.COMPLETED],
    HistoryKind.GRID_CANCELLED: PHASE_MARKS[CasePhase.GRID_CANCELLED],
    HistoryKind.SUSPENDED: _WARNING,
    HistoryKind.CLOSED: PHASE_MARKS[CasePhase.CLOSED],
    HistoryKind.CUT_OFF_REMINDED: _WARNING,
    HistoryKind.GAVE_WAY: _WARNING,
}

_NAMES = {
    "version": "版",
    "wished_date": "異動希望日",
    "effective_date": "異動日",
    "meter_work": "計器工事の要否",
    "reasons": "NG理由",
    "application": "申請",
    "number": "申請番号",
    "revision": "申請の版",
    "state": "申請状態",
    "defects": "不備の規則",
    "occurred_at": "発生日時",
    "cause": "理由",
    "missing": "揃わなかったもの",
    "due": "期限",
    "cut_off": "申請期限",
    "rule": "規則",
    "inquiry": "確認の番号",
    "leaving": "退出した事業者",
    "successor": "承継した事業者",
    "point_freed": "先行する申請",
}
_MISSING = {"decision": "取次判断", **{kind.value: kind.label for kind in SWITCHING_APPLICATIONS}}


def _words(name: str, value: str, segment: Segment) -> str:
    if name == "reasons":
        return "、".join(f"{code} {reason_label(RejectionReason(code), segment)}" for code in value.split())
    return _WORDS[name](value) if name in _WORDS else value


_WORDS: dict[str, Callable[[str], str]] = {
    "wished_date": lambda value: day_words(date.fromisoformat(value)),
    "effective_date": lambda value: day_words(date.fromisoformat(value)),
    "meter_work": lambda value: MeterWork(value).label,
    "application": lambda value: ApplicationKind(value).label,
    "state": lambda value: ApplicationState(value).label,
    "occurred_at": lambda value: moment_words(datetime.fromisoformat(value)),
    "cause": lambda value: EndCause(value).label,
    "missing": lambda value: "、".join(_MISSING[side] for side in value.split()),
    "due": lambda value: deadline_words(datetime.fromisoformat(value)),
    "cut_off": lambda value: deadline_words(datetime.fromisoformat(value)),
    "rule": lambda value: AlarmRule(value).label,
    "defects": lambda value: defect_words(value.split()),
    "point_freed": lambda value: "期間内に相手方の申請がなく、この廃止取次を優先して取消手続に入りました",
}
