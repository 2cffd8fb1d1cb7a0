"""What the mailbox of a case promises: each command once, in order, and a final answer, whatever its end."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from temporalio.api.enums.v1 import EventType

from rules.procedure.events import NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, ApplicationState, CasePhase
from schemas.refusal_codes import RefusalCode
from tests.support import case_applications, decisions, referrals
from tests.support.cast import SECOND_POINT
from tests.support.hub import Hub
from tests.support.processes import wait_until


def test_a_command_delivered_by_many_at_once_is_taken_once(hub: Hub) -> None:
    case = hub.open()
    hub.store(case, decisions.decide)
    together = Barrier(5)

    def hand_over() -> None:
        together.wait()
        hub.hand_over(case)

    with ThreadPoolExecutor(5) as pool:
        for delivered in [pool.submit(hand_over) for _ in range(5)]:
            delivered.result()

    assert hub.lines(case) == [HistoryKind.REGISTERED, HistoryKind.ACCEPTED]


def test_a_command_that_was_answered_is_not_taken_again(hub: Hub) -> None:
    case = hub.open()
    stored = hub.store(case, decisions.decide)
    (command,) = hub.unanswered(case)
    hub.hand_over(case)
    answer = hub.answer(stored)

    hub.gateway.take_command(command, timeout=10)

    assert hub.answer(stored) == answer
    assert hub.lines(case) == [HistoryKind.REGISTERED, HistoryKind.ACCEPTED]


def test_an_application_stored_right_behind_its_acceptance_follows_it(hub: Hub) -> None:
    case = hub.open()
    hub.store(case, decisions.decide)
    application = hub.store(case, case_applications.file_start)

    hub.hand_over(case)

    answer = hub.answer(application)
    assert (answer.refusal, answer.application_state) == (None, ApplicationState.SENDING)
    hub.wait_for_line(case, HistoryKind.RECEIVED)
    assert hub.lines(case)[:3] == [HistoryKind.REGISTERED, HistoryKind.ACCEPTED, HistoryKind.FILED]


def test_a_refused_command_writes_no_line(hub: Hub) -> None:
    case = hub.open()

    answer = hub.give(case, case_applications.file_start)

    assert answer.refusal is not None
    assert answer.refusal.code is RefusalCode.WRONG_STATE
    assert hub.lines(case) == [HistoryKind.REGISTERED]


def test_commands_that_wait_while_the_case_ends_are_refused(hub: Hub) -> None:
    case = hub.open()
    hub.stop_worker(case)
    rejection, late = hub.store(case, decisions.reject), hub.store(case, referrals.withdraw)
    with ThreadPoolExecutor(2) as pool:
        commands = hub.unanswered(case)
        futures = [pool.submit(hub.gateway.take_command, command, timeout=20) for command in commands]
        hub.worker.start()
        for future in futures:
            future.result()

    first, second = hub.answer(rejection), hub.answer(late)
    assert {first.refusal is None, second.refusal is None} == {True, False}
    assert hub.state(case).ended
    hub.wait_closed(case)


def test_news_heard_twice_changes_nothing(hub: Hub) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)

    for _ in range(2):
        hub.tell(case, NewsKind.MATCHED, ApplicationKind.START)
    hub.wait_for(case, CasePhase.MATCHED)
    hub.tell(case, NewsKind.COMPLETED, ApplicationKind.END)

    hub.wait_for_line(case, HistoryKind.ONE_SIDE_COMPLETED)
    assert hub.lines(case).count(HistoryKind.MATCHED) == 1


def test_a_call_that_is_no_longer_wanted_is_stopped(hub: Hub) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.grid.down = True
    hub.give(case, case_applications.file_start)
    wait_until(lambda: hub.grid.tries, what="a first try")

    hub.tell(case, NewsKind.RECEIVED, ApplicationKind.START)  # it had arrived, though its answer had not

    hub.wait_for_line(case, HistoryKind.RECEIVED)
    wait_until(lambda: hub.count(case, EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED), what="the end of the call")


def test_cases_do_not_wait_for_each_other(hub: Hub) -> None:
    waiting_case = hub.open()
    other_case = hub.open(point_number=SECOND_POINT)
    hub.give(waiting_case, decisions.decide)
    hub.grid.at_work.clear()
    hub.give(waiting_case, case_applications.file_start)
    wait_until(lambda: hub.grid.tries, what="the call of the first case")

    assert hub.give(other_case, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS
    assert hub.give(other_case, referrals.withdraw).phase is CasePhase.WITHDRAWN
    assert hub.state(waiting_case).start.state is ApplicationState.SENDING


def test_a_worker_that_dies_in_the_middle_is_followed_by_another(hub: Hub) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.stop_worker(case)
    hub.worker.start()

    answer = hub.give(case, case_applications.file_start)

    assert answer.application_state is ApplicationState.SENDING
    hub.wait_for_line(case, HistoryKind.RECEIVED)
