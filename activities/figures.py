"""Figures of the worker: steps of the cases, and what no retry mends."""

from rules.steps import Step, StepResult
from runtime.monitoring import Counter, Histogram
from schemas.codes import Area

STEPS = Counter("hub_case_steps", "Steps of cases, by what they wrote and what became of them.", ["kind", "outcome"])
SECONDS = Histogram("hub_case_step_seconds", "Seconds of a step's transaction.")
UNKNOWN_AT_GRID = Counter(
    "hub_grid_application_unknown",
    "Answers of a grid operator that it knows no such application, about one that it had received.",
    ["area"],
)
for _area in Area:
    UNKNOWN_AT_GRID.labels(_area.value)  # an increase from nothing is none to Prometheus


def kind_of(step: Step) -> str:
    """Name what a step writes: the kind of its line, or a refusal."""
    return "refusal" if step.line is None else step.line.kind.value


def count(step: Step, result: StepResult) -> None:
    STEPS.labels(kind_of(step), result.outcome.value).inc()
