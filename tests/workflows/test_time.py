"""Business time in a case: deadlines keep the order in which things were stored, whatever clock moves first."""

from datetime import timedelta

from temporalio.api.enums.v1 import EventType

from rules.procedure.events import GridNews, NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, CasePhase
from schemas.refusal_codes import RefusalCode
from tests.support import case_applications, decisions
from tests.support.hub import Hub
from tests.support.processes import wait_until
from tests.support.steps_in_histories import steps_done


def test_moving_the_business_clock_brings_a_deadline_on(hub: Hub) -> None:
    case = hub.open()

    hub.move_clock_to(hub.state(case).decision_due)

    hub.wait_for(case, CasePhase.DECISION_EXPIRED)
    assert hub.lines(case) == [HistoryKind.REGISTERED, HistoryKind.REMINDED, HistoryKind.DECISION_EXPIRED]


def test_a_timer_that_runs_ahead_of_the_business_clock_ends_nothing(hub: Hub) -> None:
    case = hub.open()
    ahead = hub.state(case).decision_due - hub.now() + timedelta(minutes=1)

    hub.move_workflow_alone(case, by=ahead)

    wait_until(lambda: hub.count(case, EventType.EVENT_TYPE_TIMER_FIRED), what="the timer")
    assert hub.give(case, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS
    assert hub.lines(case) == [HistoryKind.REGISTERED, HistoryKind.ACCEPTED]


def test_news_that_names_a_later_time_than_it_is_brings_no_deadline_on(hub: Hub) -> None:
    case = hub.open()
    later = hub.state(case).decision_due + timedelta(days=1)
    news = GridNews(NewsKind.RECEIVED, ApplicationKind.START, "AP03L20261124000000019", "watch-too-early", later)

    hub.gateway.signal_news(case, [news])

    assert hub.give(case, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS
    assert HistoryKind.DECISION_EXPIRED not in hub.lines(case)


def test_commands_leave_the_timer_alone_as_long_as_its_moment_stays(hub: Hub) -> None:
    case = hub.open()

    for _ in range(3):
        assert hub.give(case, case_applications.file_start).refusal is not None

    assert hub.count(case, EventType.EVENT_TYPE_TIMER_STARTED) == 1
    assert hub.count(case, EventType.EVENT_TYPE_TIMER_CANCELED) == 0


def test_a_command_stored_in_time_is_taken_though_it_is_delivered_late(hub: Hub) -> None:
    case = hub.open()
    in_time = hub.store(case, decisions.decide)

    hub.move_clock_to(hub.state(case).decision_due)

    hub.wait_for(case, CasePhase.AWAITING_APPLICATIONS)
    assert hub.answer(in_time).refusal is None
    assert HistoryKind.DECISION_EXPIRED not in hub.lines(case)


def test_a_command_taken_before_an_alarm_is_not_taken_again_when_it_is_delivered(hub: Hub) -> None:
    case = hub.open()
    hub.store(case, decisions.decide)
    (command,) = hub.unanswered(case)
    hub.move_clock_to(hub.state(case).remind_at)
    hub.wait_for(case, CasePhase.AWAITING_APPLICATIONS)
    hub.wait_idle(case)
    steps = steps_done(hub.history(case))

    hub.gateway.take_command(command, timeout=10)

    assert steps_done(hub.history(case)) == steps


def test_a_command_stored_after_a_deadline_meets_a_case_that_has_expired(hub: Hub) -> None:
    case = hub.open()
    hub.stop_worker(case)
    hub.move_clock(hub.state(case).decision_due)
    late = hub.store(case, decisions.decide)

    hub.worker.start()
    hub.hand_over(case)

    refusal = hub.answer(late).refusal
    assert hub.state(case).phase is CasePhase.DECISION_EXPIRED
    assert refusal is not None
    assert refusal.code is RefusalCode.WRONG_STATE, "the deadline came first, and then the command"


def test_a_reminder_that_an_acceptance_made_needless_is_not_sent(hub: Hub) -> None:
    case = hub.open()
    hub.store(case, decisions.decide)

    hub.move_clock_to(hub.state(case).remind_at)

    hub.wait_for(case, CasePhase.AWAITING_APPLICATIONS)
    assert HistoryKind.REMINDED not in hub.lines(case)
