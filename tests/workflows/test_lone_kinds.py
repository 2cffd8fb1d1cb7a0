"""Every kind of application that needs no other one runs to its completion, on the real server."""

import pytest

from rules.lone_application.kinds import KINDS
from rules.procedure.calls import ApplicationCall, CallKind
from rules.procedure.events import NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, ApplicationState, Segment
from tests.support import lone_applications
from tests.support.hub import Hub
from tests.workflows.test_lone import KeepHistory, tell, wait_for

ALONE = [kind for kind, rules in KINDS.items() if not rules.matched]
SEGMENTS = {ApplicationKind.PRODUCER_DETAILS: Segment.LOW_VOLTAGE_FIT}


@pytest.mark.parametrize("kind", ALONE)
def test_it_is_relayed_and_ends_by_the_grid_operators_completion(
    hub: Hub, keep_history: KeepHistory, kind: ApplicationKind
) -> None:
    number = lone_applications.open_of_kind(hub.database, kind, segment=SEGMENTS.get(kind, Segment.LOW_VOLTAGE))
    hub.hand_over(number)
    hub.wait_for_line(number, HistoryKind.RECEIVED)

    tell(hub, number, NewsKind.COMPLETED, occurred_at=hub.now())

    wait_for(hub, number, ApplicationState.COMPLETED)
    hub.wait_closed(number)
    assert hub.lines(number) == [HistoryKind.FILED, HistoryKind.RECEIVED, HistoryKind.COMPLETED]
    assert [(call.kind, call.application) for call in hub.grid.calls if isinstance(call, ApplicationCall)] == [
        (CallKind.REGISTER, kind)
    ]
    keep_history(number, f"lone_{kind.value}")
