"""Figures of calls to grid operators: by area, interface and outcome."""

from runtime.monitoring import Counter, Histogram

CALLS = Counter("hub_grid_calls", "Calls to grid operators' systems.", ["area", "interface", "outcome"])
SECONDS = Histogram(
    "hub_grid_call_seconds",
    "Seconds until a grid operator had answered, or was given up.",
    ["area"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40),
)
UNREADABLE = Counter(
    "hub_grid_unreadable",
    "Answers of grid operators, and rows of their lists, against the contract.",
    ["area", "interface"],
)
