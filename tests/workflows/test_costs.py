"""What one case costs: events of its history, and the actions that Temporal's cloud would bill, against a figure."""

from collections import Counter

from temporalio.api.enums.v1 import EventType

from rules.procedure.events import NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, CasePhase
from tests.support import decisions
from tests.support.hub import Hub
from tools.bench.cases.histories import BILLED

EVENTS = 67
"""A bare mailbox workflow with as many messages and relays, its steps as activities, has 86."""
ACTIONS = 26


def test_a_happy_case_costs_no_more_than_it_may(hub: Hub) -> None:
    # Three commands, two relays, and three times news: accepted, filed twice, received, matched, completed.
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)
    hub.tell(case, NewsKind.MATCHED, ApplicationKind.START, occurred_at=hub.now())
    hub.wait_for(case, CasePhase.MATCHED)
    hub.tell(case, NewsKind.COMPLETED, ApplicationKind.START)
    hub.wait_for_line(case, HistoryKind.ONE_SIDE_COMPLETED)
    hub.tell(case, NewsKind.COMPLETED, ApplicationKind.END)
    hub.wait_closed(case)

    event_counts = Counter(event.event_type for event in hub.history(case).events)

    actions = sum(event_counts[kind] for kind in BILLED)
    counts = {EventType.Name(kind): count for kind, count in sorted(event_counts.items())}
    assert (event_counts.total() <= EVENTS, actions <= ACTIONS) == (True, True), (
        f"{event_counts.total()} {actions} {counts}"
    )
