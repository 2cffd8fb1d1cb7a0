"""The sweeper: what no face delivered is delivered, and one case that cannot be does not hold up the others."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from models.handovers import HandoverRow, is_started, note_handover_failed
from models.messages.queries import message_id_of
from rules.procedure.outcomes import HistoryKind
from schemas.codes import CasePhase
from sweeper.sweeping import ALARM_AFTER, Sweeper
from tests.support import case_applications, decisions, referrals
from tests.support.hub import Hub
from tests.support.processes import wait_until


@pytest.fixture
def sweeper(hub: Hub) -> Iterator[Sweeper]:
    """Make a sweeper that takes what was stored a moment ago, and gives a workflow half a second."""
    sweeping = Sweeper(database=hub.database, gateway=hub.gateway, timeout=0.5, sweep_after=0.0)
    yield sweeping
    sweeping.close()


def test_a_registration_that_was_not_delivered_is_started(hub: Hub, sweeper: Sweeper) -> None:
    case = referrals.open_case(hub.database)

    # Again where half a second was not enough, as a running one would.
    wait_until(lambda: sweeper.sweep() == 0 and started(hub, case), what="the workflow")


def test_what_a_face_is_still_delivering_is_left_to_it(hub: Hub) -> None:
    referrals.open_case(hub.database)
    patient = Sweeper(database=hub.database, gateway=hub.gateway, timeout=1.0, sweep_after=60.0)

    assert patient.sweep() == 0
    patient.close()


def test_commands_are_delivered_in_the_order_they_were_stored(hub: Hub, sweeper: Sweeper) -> None:
    case = referrals.open_case(hub.database)
    hub.store(case, decisions.decide)
    hub.store(case, case_applications.file_start)
    hub.store(case, case_applications.file_end)

    wait_until(lambda: sweeper.sweep() == 0 and not hub.unanswered(case), what="the answers")

    assert [kind for kind in hub.lines(case) if kind is not HistoryKind.RECEIVED] == [
        HistoryKind.REGISTERED,
        HistoryKind.ACCEPTED,
        HistoryKind.FILED,
        HistoryKind.FILED,
    ]


def test_a_wedged_case_holds_up_no_other(hub: Hub, sweeper: Sweeper) -> None:
    wedged = hub.open()
    other_cases = [hub.open(point_number=f"03100000000000000001{number:02d}") for number in range(4)]
    hub.store(wedged, decisions.decide)
    for other in other_cases:
        hub.store(other, decisions.decide)

    def swept(case_numbers: list[str]) -> bool:
        sweeper.sweep()
        return all(hub.state(case).phase is CasePhase.AWAITING_APPLICATIONS for case in case_numbers)

    with hub.row_locked(wedged):
        wait_until(lambda: swept(other_cases), what="the others")
        wait_until(lambda: failures(hub, wedged), what="a failure of the wedged one")
        assert hub.state(wedged).phase is CasePhase.AWAITING_DECISION
    wait_until(lambda: swept([wedged]), what="the wedged one")


def test_a_case_that_fails_again_and_again_is_reported_as_stuck(hub: Hub, sweeper: Sweeper) -> None:
    case = hub.open()
    hub.stop_worker(case)
    stored = hub.store(case, decisions.decide)
    with hub.database.transaction() as session:
        message_id = message_id_of(session, key=stored.key)
        for _ in range(ALARM_AFTER - 1):
            note_handover_failed(session, case_number=case, error="away", longest=timedelta(0))

    with capture_logs() as logs:
        sweeper.sweep()
        wait_until(lambda: any(line["event"] == "case-stuck" for line in logs), what="the alarm")

    (alarm,) = [line for line in logs if line["event"] == "case-stuck"]
    assert (alarm["log_level"], alarm["case_number"], alarm["failures"]) == ("error", case, ALARM_AFTER)
    assert (alarm["message_key"], alarm["message_id"]) == (stored.key, message_id)


def started(hub: Hub, case_number: str) -> bool:
    with hub.database.transaction() as session:
        return is_started(session, case_number=case_number)


def failures(hub: Hub, case_number: str) -> int:
    with hub.database.transaction() as session:
        return session.scalars(select(HandoverRow.failures).where(HandoverRow.case_number == case_number)).one()
