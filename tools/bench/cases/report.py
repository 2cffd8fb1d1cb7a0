"""What was measured, as a table, and whether the goals are kept."""

from collections.abc import Callable, Iterator
from functools import partial

from tools.bench.cases.goals import GOALS, OTHERS, Goal, processor_time
from tools.bench.cases.load import Load
from tools.bench.cases.measuring import Measured
from tools.bench.cases.rounds import Round
from tools.bench.cases.side import MESSAGES

_PARTS = (0.5, 0.95, 0.99)
_OF_HISTORIES = {
    "events": "events",
    "actions": "actions",
    "workflow tasks": "workflow_tasks",
    "activities": "activities",
    "history (bytes)": "size",
}


def report(measured: Measured) -> tuple[str, bool]:
    """Write the report, and tell whether all goals are kept."""
    parts = (*(_load(measured, load) for load in measured.pairs), _costs(measured), _goals(measured))
    return "\n".join(line for part in parts for line in part), all(goal.kept(measured) for goal in GOALS)


def _load(measured: Measured, load: Load) -> Iterator[str]:
    def row(label: str, figure: Callable[[Round], float], form: str) -> str:
        cells = (f"{measured.hub(load, figure):{form}}", f"{measured.bare(load, figure):{form}}")
        return _row(label, *cells, ratio=measured.ratio(load, figure))

    yield f"■ {load.label} (中央値 / medians)"
    yield _row("", "hub", "bare") + "    ratio"
    yield row("cases a second", lambda figures: figures.rate, ".2f")
    for message in MESSAGES:
        yield _times(measured, load, message)
    yield row("cpu of a case (ms)", lambda figures: processor_time(figures) * 1000, ".0f")
    first = measured.pairs[load][0]
    for process in first.hub.used:
        used = partial(_used, process=process)
        bare = f"{measured.bare(load, used):.1f}" if process in first.bare.used else ""
        yield _row(_name(process), f"{measured.hub(load, used):.1f}", bare)
    yield ""


def _times(measured: Measured, load: Load, message: str) -> str:
    def written(side: Callable[[Load, Callable[[Round], float]], float]) -> str:
        return " / ".join(f"{side(load, within) * 1000:.0f}" for within in times)

    times = [partial(Round.within, part=part, message=message) for part in _PARTS]
    label = f"{message} p50 / p95 / p99 (ms)"
    return _row(label, written(measured.hub), written(measured.bare), ratio=measured.ratio(load, times[1]))


def _used(figures: Round, *, process: str) -> float:
    return figures.used_a_case(process) * 1000


def _costs(measured: Measured) -> Iterator[str]:
    yield "■ 1件あたり / of one case   (* は計に含めない / not counted)"
    hub, bare = measured.histories["hub"], measured.histories["bare"]
    for label, name in _OF_HISTORIES.items():
        costs, least = getattr(hub, name), getattr(bare, name)
        yield _row(label, f"{costs:.0f}", f"{least:.0f}", ratio=costs / least)
    yield _row("statements in transactions", _turns(measured, "hub"), _turns(measured, "bare"))
    for process in sorted(measured.turns["hub"]):
        yield _row(_name(process), _turns(measured, "hub", process), _turns(measured, "bare", process))
    yield _row("messages sent again, in all", str(measured.repeats), "")
    yield ""


def _turns(measured: Measured, side: str, process_name: str | None = None) -> str:
    """Write what one process asked PostgreSQL, or all of the side's own."""
    counted = [
        turns
        for process, turns in measured.turns[side].items()
        if (process == process_name if process_name else process not in OTHERS)
    ]
    if not counted:
        return ""
    return f"{sum(turns.statements for turns in counted):.1f} in {sum(turns.transactions for turns in counted):.1f}"


def _goals(measured: Measured) -> Iterator[str]:
    yield "■ 目標 / goals"
    for goal in GOALS:
        yield _verdict(goal, goal.figure(measured), kept=goal.kept(measured))
    yield ""


def _verdict(goal: Goal, value: float, *, kept: bool) -> str:
    limit = f"{'≥' if goal.at_least else '≤'} {goal.limit:.4g}"
    return f"  {goal.label:<30}{value:>12.2f}   {'達成 / kept' if kept else '未達 / missed'} (目標 / goal: {limit})"


def _name(process: str) -> str:
    return f"  {process}{' *' if process in OTHERS else ''}"


def _row(label: str, hub: str, bare: str, *, ratio: float | None = None) -> str:
    return f"  {label:<30}{hub:>24}{bare:>24}" + ("" if ratio is None else f"{ratio:>9.2f}")
