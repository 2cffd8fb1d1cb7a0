"""What news from the grid operator does to an application on its own. Repeats and late news change nothing."""

from collections.abc import Callable
from dataclasses import replace

from rules.calendar import Calendar, day_of, end_of
from rules.lone_application.dates import with_grid_dates
from rules.lone_application.ending import bring_to_end, cause_details, end_with_cause, line_of_ending
from rules.lone_application.outcomes import Heard
from rules.lone_application.state import LoneApplication
from rules.procedure.application import AtGrid, gone_from_grid
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
from schemas.codes import ApplicationState, CasePhase, EndCause

_BEFORE_MATCHING = (CasePhase.AWAITING_APPLICATIONS, CasePhase.CANCELLING)


def hear(state: LoneApplication, news: GridNews, calendar: Calendar) -> Heard:
    """Take news of the application in."""
    if state.ended:
        return NothingNew()
    if news.kind is NewsKind.INQUIRED:
        return hear_answer(state, news)
    if news.application_number != state.application.number:
        return NothingNew()
    if news.kind in BEFORE_MATCHING_ONLY and state.phase not in _BEFORE_MATCHING:
        return NothingNew()
    return _HEARERS[news.kind](state, news, calendar)


def _received(state: LoneApplication, news: GridNews, calendar: Calendar) -> Heard:
    application = state.application
    if not is_of_present_content(application, news):
        return NothingNew()
    application_at_grid, line = held_by_grid(application), grid_line(HistoryKind.RECEIVED, news)
    if application.state is ApplicationState.SENDING or thought_again(application, news):
        received = replace(
            state, application=replace(application_at_grid, state=ApplicationState.RECEIVED), correction_due=None
        )
        return Transition(_with_its_dates(received, news, calendar), line)
    if application.state is ApplicationState.CANCELLING and application.at_grid is AtGrid.UNKNOWN:
        return Transition(replace(state, application=application_at_grid), line)
    if application.state is ApplicationState.RECEIVED:
        return what_changed(state, _with_its_dates(state, news, calendar), news)
    return NothingNew()


def _with_its_dates(state: LoneApplication, news: GridNews, calendar: Calendar) -> LoneApplication:
    """Take over dates and meter work, of what applications of its kind declare."""
    rules = state.kind_rules
    effective = news.effective_date if rules.window is not None else None
    meter_work = news.meter_work if rules.declares_meter_work else None
    return with_grid_dates(
        state,
        effective=effective or state.effective_date,
        meter_work=meter_work or state.meter_work,
        at=news.at,
        calendar=calendar,
    )


def _defective(state: LoneApplication, news: GridNews, calendar: Calendar) -> Heard:
    application = state.application
    if not is_of_present_content(application, news):
        return NothingNew()
    if application.state is ApplicationState.CANCELLING and application.at_grid is AtGrid.UNKNOWN:
        return _gone(state, news)
    if found_otherwise(application, news):
        defective = replace(state, application=defects_again(application, news))
        return Transition(defective, grid_line(HistoryKind.DEFECTIVE, news))
    if not application.filed:
        return NothingNew()
    due = None if state.cut_off else end_of(state.rules.correction.after(day_of(news.at), calendar))
    defective = replace(state, application=found_defective(application, news), correction_due=due)
    details = {} if due is None else {"due": due.isoformat()}
    return Transition(defective, grid_line(HistoryKind.DEFECTIVE, news, **details))


def _too_late(state: LoneApplication, news: GridNews, calendar: Calendar) -> Heard:
    if not earlier_content_may_stand(state.application, news):
        return _came_to_nothing(state, news, EndCause.TOO_LATE_AT_GRID)
    if state.application.state is not ApplicationState.SENDING:
        return NothingNew()
    ending = bring_to_end(state, EndCause.TOO_LATE_AT_GRID)
    return Transition(ending, grid_line(line_of_ending(ending), news, **cause_details(ending)))


def _unmatched(state: LoneApplication, news: GridNews, calendar: Calendar) -> Heard:
    return _came_to_nothing(state, news, EndCause.UNMATCHED_AT_GRID)


def _came_to_nothing(state: LoneApplication, news: GridNews, cause: EndCause) -> Heard:
    if not state.application.may_be_at_grid:
        return NothingNew()
    return _gone(replace(state, end_cause=state.end_cause or cause), news)


def _gone(state: LoneApplication, news: GridNews) -> Heard:
    ended = end_with_cause(state)
    return Transition(ended, grid_line(line_of_ending(ended), news, **cause_details(ended)))


def _cancelled(state: LoneApplication, news: GridNews, calendar: Calendar) -> Heard:
    if state.phase is CasePhase.CANCELLING:
        return _gone(state, news)
    application = gone_from_grid(state.application, ApplicationState.CANCELLED)
    ended = replace(state, phase=CasePhase.GRID_CANCELLED, application=application)
    return Transition(ended, grid_line(HistoryKind.GRID_CANCELLED, news))


def _matched(state: LoneApplication, news: GridNews, calendar: Calendar) -> Heard:
    if not state.kind_rules.matched:
        return NothingNew()
    work = news.meter_work if state.kind_rules.declares_meter_work else None
    if state.phase is CasePhase.MATCHED:
        moved = replace(state, meter_work=work or state.meter_work)
        if news.effective_date not in (None, state.effective_date):
            moved = replace(moved, effective_date=news.effective_date, asked_on_effective_date=False)
        return what_changed(state, moved, news)
    too_late_to_cancel = state.phase is CasePhase.CANCELLING
    matched = replace(
        state,
        application=replace(held_by_grid(state.application), state=ApplicationState.MATCHED),
        phase=CasePhase.MATCHED,
        end_cause=None,
        suspended_at=None,
        matched_at=news.occurred_at or news.at,
        effective_date=news.effective_date or state.effective_date,
        meter_work=work or state.meter_work,
    )
    kind = HistoryKind.CANCEL_IMPOSSIBLE if too_late_to_cancel else HistoryKind.MATCHED
    return Transition(matched, grid_line(kind, news))


def _completed(state: LoneApplication, news: GridNews, calendar: Calendar) -> Heard:
    done = replace(
        state,
        application=replace(held_by_grid(state.application), state=ApplicationState.COMPLETED),
        phase=CasePhase.COMPLETED,
        end_cause=None,
        completed_at=news.occurred_at or news.at,
    )
    return Transition(done, grid_line(HistoryKind.COMPLETED, news))


_Hearer = Callable[[LoneApplication, GridNews, Calendar], Heard]

_HEARERS: dict[NewsKind, _Hearer] = {
    NewsKind.RECEIVED: _received,
    NewsKind.DEFECTIVE: _defective,
    NewsKind.TOO_LATE: _too_late,
    NewsKind.CANCELLED: _cancelled,
    NewsKind.MATCHED: _matched,
    NewsKind.UNMATCHED: _unmatched,
    NewsKind.COMPLETED: _completed,
}
