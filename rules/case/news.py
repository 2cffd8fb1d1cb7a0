"""What news from the grid operator does to a case. Repeats and late news change nothing."""

from collections.abc import Callable
from dataclasses import replace

from rules.calendar import Calendar
from rules.case.dates import with_effective_date
from rules.case.ending import bring_to_end, gone_from_grid, settle, with_application
from rules.case.events import GridNews, NewsKind
from rules.case.outcomes import Actor, HistoryKind, HistoryLine, NothingNew, Outcome, Transition
from rules.case.state import Application, AtGrid, CaseState
from schemas.codes import ApplicationState, CasePhase, EndCause

_BEFORE_MATCHING = (CasePhase.AWAITING_APPLICATIONS, CasePhase.CANCELLING)
_AFTER_MATCHING = (CasePhase.MATCHED, CasePhase.ONE_SIDE_DONE)
_DONE = (ApplicationState.MATCHED, ApplicationState.COMPLETED)


def hear(state: CaseState, news: GridNews, calendar: Calendar) -> Outcome:
    """This function will take news of one application into the case."""
    application = state.application(news.application)
    if state.ended:
        return NothingNew()
    if news.kind is NewsKind.INQUIRED:
        return _inquired(state, news)
    if application.number != news.application_number:
        return NothingNew()
    return _HEARERS[news.kind](state, application, news, calendar)


def _received(state: CaseState, application: Application, news: GridNews, calendar: Calendar) -> Outcome:
    if application.state is ApplicationState.SENDING:
        received = replace(application, state=ApplicationState.RECEIVED, at_grid=AtGrid.YES, known_to_grid=True)
        heard = _with_grid_dates(with_application(state, received), news, calendar)
        return Transition(heard, _line(HistoryKind.RECEIVED, news))
    if application.state is ApplicationState.CANCELLING and application.at_grid is AtGrid.UNKNOWN:
        held = replace(application, at_grid=AtGrid.YES, known_to_grid=True)
        return Transition(with_application(state, held), _line(HistoryKind.RECEIVED, news))
    return NothingNew()


def _with_grid_dates(state: CaseState, news: GridNews, calendar: Calendar) -> CaseState:
    effective = news.effective_date or state.effective_date
    meter_work = news.meter_work or state.meter_work
    if (effective, meter_work) == (state.effective_date, state.meter_work):
        return state
    return with_effective_date(state, effective=effective, meter_work=meter_work, calendar=calendar)


def _defective(state: CaseState, application: Application, news: GridNews, calendar: Calendar) -> Outcome:
    if application.state is ApplicationState.CANCELLING and application.at_grid is AtGrid.UNKNOWN:
        return _cancelled(state, application, news, calendar)
    if application.state not in (ApplicationState.SENDING, ApplicationState.RECEIVED):
        return NothingNew()
    defective = replace(
        gone_from_grid(application, ApplicationState.DEFECTIVE), known_to_grid=True, defects=news.defects
    )
    heard = with_application(state, defective)
    return Transition(_after_cut_off(heard), _line(HistoryKind.DEFECTIVE, news))


def _after_cut_off(state: CaseState) -> CaseState:
    """Past the cut-off nothing can be corrected any more: what is missing now stays missing."""
    if not state.cut_off_passed or state.phase is not CasePhase.AWAITING_APPLICATIONS:
        return state
    missing = tuple(application.kind for application in state.applications if not application.may_be_at_grid)
    return bring_to_end(replace(state, missing=missing), EndCause.CUT_OFF)


def _too_late(state: CaseState, application: Application, news: GridNews, calendar: Calendar) -> Outcome:
    if state.phase not in _BEFORE_MATCHING or not application.may_be_at_grid:
        return NothingNew()
    late = with_application(state, gone_from_grid(application, ApplicationState.UNMATCHED))
    return _end_before_matching(late, news, EndCause.TOO_LATE_AT_GRID)


def _unmatched(state: CaseState, application: Application, news: GridNews, calendar: Calendar) -> Outcome:
    if state.phase not in _BEFORE_MATCHING or not application.may_be_at_grid:
        return NothingNew()
    unmatched = with_application(state, gone_from_grid(application, ApplicationState.UNMATCHED))
    return _end_before_matching(unmatched, news, EndCause.UNMATCHED_AT_GRID)


def _end_before_matching(state: CaseState, news: GridNews, cause: EndCause) -> Transition:
    ending = settle(state) if state.phase is CasePhase.CANCELLING else bring_to_end(state, cause)
    if not ending.ended:
        return Transition(ending, _line(HistoryKind.CANCELLING, news, cause=cause.value))
    return Transition(ending, _ended_line(ending, news))


def _cancelled(state: CaseState, application: Application, news: GridNews, calendar: Calendar) -> Outcome:
    if application.state in (ApplicationState.CANCELLED, ApplicationState.NOT_FILED, ApplicationState.DEFECTIVE):
        return NothingNew()
    heard = with_application(state, gone_from_grid(application, ApplicationState.CANCELLED))
    if state.phase in _AFTER_MATCHING:
        return Transition(replace(heard, phase=CasePhase.GRID_CANCELLED), _line(HistoryKind.GRID_CANCELLED, news))
    heard = _after_cut_off(settle(heard))
    if heard.ended:
        return Transition(heard, _ended_line(heard, news))
    return Transition(heard, _line(HistoryKind.APPLICATION_CANCELLED, news))


def _matched(state: CaseState, application: Application, news: GridNews, calendar: Calendar) -> Outcome:
    if state.phase in _AFTER_MATCHING:
        return _moved(state, news)
    if state.phase not in _BEFORE_MATCHING or not all(one.may_be_at_grid for one in state.applications):
        return NothingNew()
    was_cancelling = any(one.state is ApplicationState.CANCELLING for one in state.applications)
    kind = HistoryKind.CANCEL_IMPOSSIBLE if was_cancelling else HistoryKind.MATCHED
    return Transition(_as_matched(state, news), _line(kind, news))


def _as_matched(state: CaseState, news: GridNews) -> CaseState:
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
        matched_at=news.occurred_at or news.at,
        effective_date=news.effective_date or state.effective_date,
    )


def _moved(state: CaseState, news: GridNews) -> Outcome:
    if news.effective_date is None or news.effective_date == state.effective_date:
        return NothingNew()
    moved = replace(state, effective_date=news.effective_date, asked_on_effective_date=False)
    return Transition(moved, _line(HistoryKind.EFFECTIVE_DATE_MOVED, news))


def _completed(state: CaseState, application: Application, news: GridNews, calendar: Calendar) -> Outcome:
    if application.state is ApplicationState.COMPLETED:
        return NothingNew()
    if state.phase in _BEFORE_MATCHING:
        if not all(one.may_be_at_grid for one in state.applications):
            return NothingNew()
        state = _as_matched(state, replace(news, occurred_at=None))
    if state.phase not in _AFTER_MATCHING:
        return NothingNew()
    done = replace(state.application(news.application), state=ApplicationState.COMPLETED)
    heard = with_application(state, done)
    if any(one.state is not ApplicationState.COMPLETED for one in heard.applications):
        return Transition(heard, _line(HistoryKind.ONE_SIDE_COMPLETED, news))
    heard = replace(heard, phase=CasePhase.COMPLETED, completed_at=news.occurred_at or news.at)
    return Transition(heard, _line(HistoryKind.COMPLETED, news))


def _inquired(state: CaseState, news: GridNews) -> Outcome:
    if news.inquiry is None or news.inquiry <= state.inquiry_answered:
        return NothingNew()
    return Transition(replace(state, inquiry_answered=news.inquiry), HistoryLine(HistoryKind.INQUIRED, Actor.HUB))


def _line(kind: HistoryKind, news: GridNews, **more: str) -> HistoryLine:
    details = {"application": news.application.value, "number": news.application_number, **more}
    if news.defects:
        details["defects"] = " ".join(news.defects)
    if news.effective_date is not None:
        details["effective_date"] = news.effective_date.isoformat()
    if news.occurred_at is not None:
        details["occurred_at"] = news.occurred_at.isoformat()
    return HistoryLine(kind, Actor.GRID_OPERATOR, details)


def _ended_line(state: CaseState, news: GridNews) -> HistoryLine:
    kind = HistoryKind.WITHDRAWN if state.phase is CasePhase.WITHDRAWN else HistoryKind.UNMATCHED
    more = {"cause": state.end_cause.value} if state.end_cause else {}
    return _line(kind, news, **more)


_Hearer = Callable[[CaseState, Application, GridNews, Calendar], Outcome]

_HEARERS: dict[NewsKind, _Hearer] = {
    NewsKind.RECEIVED: _received,
    NewsKind.DEFECTIVE: _defective,
    NewsKind.TOO_LATE: _too_late,
    NewsKind.CANCELLED: _cancelled,
    NewsKind.MATCHED: _matched,
    NewsKind.UNMATCHED: _unmatched,
    NewsKind.COMPLETED: _completed,
}
