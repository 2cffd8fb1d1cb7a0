"""Figures of the sweeper: what waits to be delivered to the cases' workflows."""

from models.deliveries import Backlog
from runtime.monitoring import Counter, Gauge

OPEN = Gauge("hub_deliveries_open", "Cases with something stored that has not reached their workflow.")
OLDEST = Gauge("hub_deliveries_oldest_seconds", "How long the oldest of it has waited.")
STUCK = Gauge("hub_deliveries_stuck", "Cases whose delivery failed several times in a row.")
DELIVERIES = Counter("hub_deliveries", "Deliveries of the sweeper by outcome.", ["outcome"])
POLLS = Counter("hub_watch_polls", "Status polls of areas by outcome.", ["area", "outcome"])


def show(backlog: Backlog) -> None:
    """This function will show what waits."""
    OPEN.set(backlog.open)
    OLDEST.set(backlog.oldest.total_seconds())
    STUCK.set(backlog.stuck)
