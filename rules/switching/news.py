"""What news from the grid operator does to a case before matching. Repeats and late news change nothing."""

from collections.abc import Callable
from dataclasses import replace

from rules.calendar import Calendar
from rules.procedure.application import Application, AtGrid, gone_from_grid
from rules.procedure.application_news import (
    defects_again,
    earlier_content_may_stand,
    found_defective,
    found_otherwise,
    held_by_grid,
    is_of_present_content,
    thought_again,
)
from rules.procedure.grid_dates import what_changed
from rules.procedure.inquiries import hear_answer
from rules.procedure.lines import grid_line
from rules.procedure.news import BEFORE_MATCHING_ONLY, GridNews, NewsKind
from rules.procedure.outcomes import HistoryKind, NothingNew, Transition
from rules.switching.dates import with_grid_dates
from rules.switching.ending import bring_to_end, settle, with_application
from rules.switching.grid_lines import ended_line, ending_details
from rules.switching.matching import BEFORE_MATCHING, grid_cancels, hear_completed, hear_matched
from rules.switching.outcomes import Heard
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, EndCause


def hear(state: SwitchingCase, news: GridNews, calendar: Calendar) -> Heard:
    """Take news of one application into the case."""
    application = state.application(news.application)
    if state.ended:
        return NothingNew()
    if news.kind is NewsKind.INQUIRED:
        return hear_answer(state, news)
    if application.number != news.application_number:
        return NothingNew()
    if news.kind in BEFORE_MATCHING_ONLY and state.phase not in BEFORE_MATCHING:
        return NothingNew()
    return _HEARERS[news.kind](state, application, news, calendar)


def _received(state: SwitchingCase, application: Application, news: GridNews, calendar: Calendar) -> Heard:
    if not is_of_present_content(application, news):
        return NothingNew()
    application_at_grid = held_by_grid(application)
    line = grid_line(HistoryKind.RECEIVED, news)
    if application.state is ApplicationState.SENDING or thought_again(application, news):
        if state.phase is CasePhase.CANCELLING:
            return Transition(
                with_application(state, replace(application_at_grid, state=ApplicationState.CANCELLING)), line
            )
        received = with_application(state, replace(application_at_grid, state=ApplicationState.RECEIVED))
        return Transition(_with_its_dates(received, news, calendar) if _sets_dates(received, news) else received, line)
    if application.state is ApplicationState.CANCELLING and application.at_grid is AtGrid.UNKNOWN:
        return Transition(with_application(state, application_at_grid), line)
    if application.state is ApplicationState.RECEIVED and application.kind is ApplicationKind.START:
        return what_changed(state, _with_its_dates(state, news, calendar), news)
    return NothingNew()


def _sets_dates(state: SwitchingCase, news: GridNews) -> bool:
    """Tell whether news sets the dates of a pair not matched yet: that on the start application does.

    That on the end application does as long as no start application is filed, which then has to name its date.
    """
    return news.application is ApplicationKind.START or not state.start.filed


def _with_its_dates(state: SwitchingCase, news: GridNews, calendar: Calendar) -> SwitchingCase:
    effective = news.effective_date or state.effective_date
    meter_work = news.meter_work or state.meter_work
    if (effective, meter_work) == (state.effective_date, state.meter_work):
        return state
    return with_grid_dates(state, effective=effective, meter_work=meter_work, at=news.at, calendar=calendar)


def _defective(state: SwitchingCase, application: Application, news: GridNews, calendar: Calendar) -> Heard:
    if not is_of_present_content(application, news):
        return NothingNew()
    if application.state is ApplicationState.CANCELLING and application.at_grid is AtGrid.UNKNOWN:
        return _cancelled(state, application, news, calendar)
    if found_otherwise(application, news):
        defective = with_application(state, defects_again(application, news))
        return Transition(defective, grid_line(HistoryKind.DEFECTIVE, news))
    if not application.filed:
        return NothingNew()
    defective = _after_cut_off(with_application(state, found_defective(application, news)))
    return Transition(defective, grid_line(HistoryKind.DEFECTIVE, news, **ending_details(defective)))


def _after_cut_off(state: SwitchingCase) -> SwitchingCase:
    """End it where something is lacking past the cut-off, when nothing can be corrected any more."""
    if not state.cut_off_passed or state.suspended:
        return state
    if state.phase is not CasePhase.AWAITING_APPLICATIONS or not state.lacking:
        return state
    return bring_to_end(replace(state, missing=state.lacking), EndCause.CUT_OFF)


def _too_late(state: SwitchingCase, application: Application, news: GridNews, calendar: Calendar) -> Heard:
    if earlier_content_may_stand(application, news):
        if application.state is not ApplicationState.SENDING:
            return NothingNew()
        ending = bring_to_end(state, EndCause.TOO_LATE_AT_GRID)
        return Transition(ending, grid_line(HistoryKind.CANCELLING, news, **ending_details(ending)))
    return _gone_without_matching(state, application, news, EndCause.TOO_LATE_AT_GRID)


def _unmatched(state: SwitchingCase, application: Application, news: GridNews, calendar: Calendar) -> Heard:
    return _gone_without_matching(state, application, news, EndCause.UNMATCHED_AT_GRID)


def _gone_without_matching(state: SwitchingCase, application: Application, news: GridNews, cause: EndCause) -> Heard:
    if not application.may_be_at_grid:
        return NothingNew()
    if state.phase is CasePhase.AWAITING_APPLICATIONS and application.state is ApplicationState.CANCELLING:
        return _taken_back(state, application, news)
    unmatched = with_application(state, gone_from_grid(application, ApplicationState.UNMATCHED))
    if state.phase is CasePhase.CANCELLING:
        ending, otherwise = settle(unmatched), HistoryKind.APPLICATION_UNMATCHED
    else:
        ending, otherwise = bring_to_end(unmatched, cause), HistoryKind.CANCELLING
    if ending.ended:
        return Transition(ending, ended_line(ending, news))
    return Transition(ending, grid_line(otherwise, news, **ending_details(ending)))


def _cancelled(state: SwitchingCase, application: Application, news: GridNews, calendar: Calendar) -> Heard:
    if state.phase not in BEFORE_MATCHING:
        return grid_cancels(state, application, news)
    corrigible = application.state is ApplicationState.DEFECTIVE and state.phase is CasePhase.AWAITING_APPLICATIONS
    if not application.may_be_at_grid and not corrigible:
        return NothingNew()
    return _taken_back(state, application, news)


def _taken_back(state: SwitchingCase, application: Application, news: GridNews) -> Heard:
    cancelled = with_application(state, gone_from_grid(application, ApplicationState.CANCELLED))
    cancelled = _after_cut_off(settle(cancelled))
    if cancelled.ended:
        return Transition(cancelled, ended_line(cancelled, news))
    return Transition(cancelled, grid_line(HistoryKind.APPLICATION_CANCELLED, news, **ending_details(cancelled)))


_Hearer = Callable[[SwitchingCase, Application, GridNews, Calendar], Heard]

_HEARERS: dict[NewsKind, _Hearer] = {
    NewsKind.RECEIVED: _received,
    NewsKind.DEFECTIVE: _defective,
    NewsKind.TOO_LATE: _too_late,
    NewsKind.CANCELLED: _cancelled,
    NewsKind.MATCHED: hear_matched,
    NewsKind.UNMATCHED: _unmatched,
    NewsKind.COMPLETED: hear_completed,
}
