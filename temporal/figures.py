"""Figures of how cases reach their workflows."""

from runtime.monitoring import Counter

STARTED_AGAIN = Counter(
    "hub_workflows_started_again",
    "Workflows of open cases that were not there any more and were started again, by how they had ended.",
    ["ended_as"],
)
