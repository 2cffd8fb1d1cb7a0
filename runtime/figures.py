"""Figures of the processes of a server."""

from runtime.monitoring import Gauge

PROCESSES_LOST = Gauge("hub_processes_lost", "Processes that ended unasked since the server was started.")
"""Counted where all processes of a server see it; so each shows the same, and its successor goes on with it."""
