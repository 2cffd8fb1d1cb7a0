"""The steps of a procedure as a page of its point draws them: what is done, what is waited for, what will not come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from models.cases.screens import CaseLine
from rules.lone_application.state import LoneApplication
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationState, CasePhase, Decision
from web.shared.marks import Mark, Shape, application_mark, application_word, mark_of
from web.shared.words import day_words

_DONE, _WAITING, _OFF = Mark(Shape.DONE, "well"), Mark(Shape.WAITING, "wait"), Mark(Shape.STOPPED, "quiet")
_REJECTED = mark_of(CasePhase.REJECTED)


@dataclass(frozen=True)
class Step:
    """One step of a procedure, and where it stands."""

    label: str
    words: str
    mark: Mark
    at: datetime | None = None


def steps_in_case(line: CaseLine, state: SwitchingCase) -> list[Step]:
    """List the steps of a switching case, as far as its viewer may see them."""
    return [
        Step("廃止取次の登録", "登録済み", _DONE, line.registered_at),
        _decision(line),
        *_applications(line),
        _matching(line, state.matched_at),
        _end(line, state.completed_at),
    ]


def steps_alone(line: CaseLine, state: LoneApplication) -> list[Step]:
    """List the steps of an application on its own."""
    application = state.application.state
    at_grid = Step(
        "一般送配電事業者の受付",
        application_word(application, phase=line.phase),
        application_mark(application, phase=line.phase),
    )
    matching = [] if state.cut_off is None else [_matching(line, state.matched_at)]
    return [
        Step(f"{state.kind.label}の登録", "登録済み", _DONE, line.registered_at),
        at_grid,
        *matching,
        _end(line, state.completed_at),
    ]


def _decision(line: CaseLine) -> Step:
    if line.decision is not None:
        mark = _DONE if line.decision is Decision.ACCEPT else _REJECTED
        return Step("取次判断", line.decision.label, mark, line.decided_at)
    if line.phase is CasePhase.AWAITING_DECISION:
        return Step("取次判断", line.phase.label, _WAITING)
    return Step("取次判断", "判断なし", _OFF)


def _applications(line: CaseLine) -> Iterator[Step]:
    for label, state in (("開始申請", line.start_state), ("廃止申請", line.end_state)):
        if state is not None:
            yield _application(label, state, line.phase)
    if line.end_state is None:  # 新小売 sees only whether it is in
        words = "受付済み" if line.end_is_in else "未受付"
        yield Step("廃止申請", words, _DONE if line.end_is_in else _OFF if line.ended_at else _WAITING)


def _application(label: str, state: ApplicationState, phase: CasePhase) -> Step:
    return Step(label, application_word(state, phase=phase), application_mark(state, phase=phase))


def _matching(line: CaseLine, matched_at: datetime | None) -> Step:
    if matched_at is not None:
        return Step("マッチング", "成立", _DONE, matched_at)
    return Step("マッチング", "成立せず", _OFF) if line.ended_at else Step("マッチング", "未成立", _WAITING)


def _end(line: CaseLine, completed_at: datetime | None) -> Step:
    if line.ended_at is not None:
        return Step("終わり", line.phase.label, mark_of(line.phase), completed_at or line.ended_at)
    if line.phase is CasePhase.ONE_SIDE_DONE:
        return Step("異動日と完了", line.phase.label, mark_of(line.phase))
    day = "" if line.effective_date is None else f"（異動日 {day_words(line.effective_date)}）"
    return Step("異動日と完了", f"これから{day}", _WAITING)
