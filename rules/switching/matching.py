"""What news from the grid operator does to a case at マッチング成立 and after it."""

from dataclasses import replace

from rules.calendar import Calendar
from rules.procedure.application import Application, AtGrid, gone_from_grid
from rules.procedure.events import GridNews
from rules.procedure.grid_dates import what_changed
from rules.procedure.lines import grid_line
from rules.procedure.outcomes import HistoryKind, NothingNew, Transition
from rules.switching.ending import with_application
from rules.switching.outcomes import Heard
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationKind, ApplicationState, CasePhase

BEFORE_MATCHING = (CasePhase.AWAITING_APPLICATIONS, CasePhase.CANCELLING)
AFTER_MATCHING = (CasePhase.MATCHED, CasePhase.ONE_SIDE_DONE)


def hear_matched(state: SwitchingCase, application: Application, news: GridNews, calendar: Calendar) -> Heard:
    """Take マッチング成立 in, also where it came before a 取消; later, date and meter work."""
    if state.phase in AFTER_MATCHING:
        return _moved(state, news)
    if not _can_be_matched(state):
        return NothingNew()
    return Transition(_as_matched(state, news), grid_line(_kind_at_matching(state, HistoryKind.MATCHED), news))


def hear_completed(state: SwitchingCase, application: Application, news: GridNews, calendar: Calendar) -> Heard:
    """Take 処理完了 of one side in, also where the news of matching never came.

    Without another side at the grid operator it is a 片側完了 at once.
    """
    if application.state is ApplicationState.COMPLETED:
        return NothingNew()
    kind = HistoryKind.ONE_SIDE_COMPLETED
    if state.phase in BEFORE_MATCHING:
        if application.state not in _CAN_BE_AT_GRID:
            return NothingNew()
        kind = _kind_at_matching(state, kind)
        state = _as_matched(state, news) if _can_be_matched(state) else _as_one_side(state, news)
    done = replace(state.application(news.application), state=ApplicationState.COMPLETED, at_grid=AtGrid.YES)
    completed = with_application(state, done)
    if any(side.state is not ApplicationState.COMPLETED for side in completed.applications):
        completed = replace(completed, one_side_heard_at=news.at)
        return Transition(completed, grid_line(kind, news, state=ApplicationState.COMPLETED.value))
    completed = replace(completed, phase=CasePhase.COMPLETED, completed_at=news.occurred_at or news.at)
    return Transition(completed, grid_line(HistoryKind.COMPLETED, news))


def grid_cancels(state: SwitchingCase, application: Application, news: GridNews) -> Heard:
    """Take the grid operator's 送配電取消 in.

    A pair is cancelled as one, and the case ends. Where the other side is done already, it is a 片側完了:
    what becomes of it is for the hub operator to decide.
    """
    if state.phase not in AFTER_MATCHING or application.state is ApplicationState.CANCELLED:
        return NothingNew()
    cancelled = with_application(state, gone_from_grid(application, ApplicationState.CANCELLED))
    if any(other.state is ApplicationState.COMPLETED for other in cancelled.applications):
        cancelled = replace(cancelled, phase=CasePhase.ONE_SIDE_DONE, one_side_alarmed=True)
    else:
        for other in cancelled.applications:
            if other.may_be_at_grid:
                cancelled = with_application(cancelled, gone_from_grid(other, ApplicationState.CANCELLED))
        cancelled = replace(cancelled, phase=CasePhase.GRID_CANCELLED)
    return Transition(cancelled, grid_line(HistoryKind.GRID_CANCELLED, news))


_CAN_BE_AT_GRID = (
    ApplicationState.SENDING,
    ApplicationState.RECEIVED,
    ApplicationState.DEFECTIVE,  # the grid operator may think again
    ApplicationState.CANCELLING,
)


def _can_be_matched(state: SwitchingCase) -> bool:
    return state.phase in BEFORE_MATCHING and all(
        application.state in _CAN_BE_AT_GRID for application in state.applications
    )


def _kind_at_matching(state: SwitchingCase, otherwise: HistoryKind) -> HistoryKind:
    being_cancelled = any(application.state is ApplicationState.CANCELLING for application in state.applications)
    return HistoryKind.CANCEL_IMPOSSIBLE if being_cancelled else otherwise


def _as_matched(state: SwitchingCase, news: GridNews) -> SwitchingCase:
    for application in state.applications:
        state = with_application(
            state,
            replace(application, state=ApplicationState.MATCHED, at_grid=AtGrid.YES, known_to_grid=True, defects=()),
        )
    return replace(
        state,
        phase=CasePhase.MATCHED,
        end_cause=None,
        missing=(),
        suspended_at=None,
        matched_at=news.occurred_at or news.at,
        effective_date=news.effective_date or state.effective_date,
        meter_work=news.meter_work or state.meter_work,
    )


def _as_one_side(state: SwitchingCase, news: GridNews) -> SwitchingCase:
    return replace(
        state,
        phase=CasePhase.ONE_SIDE_DONE,
        end_cause=None,
        missing=(),
        suspended_at=None,
        matched_at=news.occurred_at or news.at,
        one_side_alarmed=True,
    )


def _moved(state: SwitchingCase, news: GridNews) -> Heard:
    work = news.meter_work if news.application is ApplicationKind.START else None
    moved = replace(state, meter_work=work or state.meter_work)
    if news.effective_date is not None and news.effective_date != state.effective_date:
        moved = replace(moved, effective_date=news.effective_date, asked_on_effective_date=False)
    return what_changed(state, moved, news)
