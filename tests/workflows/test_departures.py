"""A case whose retailer takes part no longer stands still by itself, also where its deadline rings first."""

from datetime import timedelta

from models.participants.operations import leave_market
from rules.calendar import day_of
from rules.procedure.outcomes import HistoryKind
from schemas.codes import CasePhase
from sweeper.departures import stand_still
from tests.support.cast import CURRENT
from tests.support.hub import Hub


def _leave_today(hub: Hub) -> None:
    with hub.database.transaction() as session:
        leave_market(session, code=CURRENT, last_day=day_of(hub.now()))


def test_a_deadline_that_rings_first_makes_the_case_stand_still(hub: Hub) -> None:
    case = hub.open()
    _leave_today(hub)

    hub.move_clock_to(hub.state(case).decision_due + timedelta(hours=1))

    hub.wait_for_line(case, HistoryKind.SUSPENDED)
    state = hub.state(case)
    assert (state.phase, state.suspended) == (CasePhase.AWAITING_DECISION, True)
    assert hub.lines(case) == [HistoryKind.REGISTERED, HistoryKind.SUSPENDED]
    assert "広域機関による期限の再開" in hub.current_details(case)


def test_looking_on_the_day_after_makes_it_stand_still_before_any_deadline(hub: Hub) -> None:
    case = hub.open()
    _leave_today(hub)
    assert stand_still(hub.database) == []

    hub.move_clock_to(hub.now() + timedelta(days=1))
    assert stand_still(hub.database) in ([case], [])  # a reminder that has rung meanwhile was first
    hub.hand_over(case)

    hub.wait_for_line(case, HistoryKind.SUSPENDED)
    assert hub.state(case).suspended
    assert hub.lines(case).count(HistoryKind.SUSPENDED) == 1
