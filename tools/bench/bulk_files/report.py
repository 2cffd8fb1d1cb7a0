"""What was measured, as a table, and whether the goals are kept."""

from collections.abc import Iterator, Sequence
from statistics import median, quantiles

from tools.bench.bulk_files.goals import GOALS, Goal
from tools.bench.bulk_files.measuring import Measured


def report(measured: Measured) -> tuple[str, bool]:
    """Write the report, and tell whether all goals are kept."""
    lines = [
        f"■ 廃止取次 {measured.rows:,} 行のファイル / a file of referrals",
        _row("checked (s)", f"{measured.checked_within:.1f}"),
        _row("worked off (s)", f"{measured.worked_off_within:.1f}"),
        _row("rows a second", f"{measured.rate:.1f}"),
        _row("bare starts a second", f"{measured.bare_rate:.1f}"),
        "",
        "■ ほかの小売の要求 / another retailer's requests   前 / before      間 / beside  (p50 / p95, ms)",
        _times("12110", measured.before.registered, measured.beside.registered),
        _times("12410", measured.before.decided, measured.beside.decided),
        "",
        "■ 1行あたりのCPU / processor time of a row (ms)",
        *(_row(f"  {name}", f"{used:.1f}") for name, used in measured.processor.items()),
        _row("  計 / all", f"{sum(measured.processor.values()):.1f}"),
        "",
        "■ 目標 / goals",
        *_goals(measured),
        "",
    ]
    return "\n".join(lines), all(goal.kept(measured) for goal in GOALS)


def _times(label: str, before: Sequence[float], beside: Sequence[float]) -> str:
    def written(times: Sequence[float]) -> str:
        return f"{median(times) * 1000:.0f} / {quantiles(times, n=20, method='inclusive')[18] * 1000:.0f}"

    return f"  {label:<44}{written(before):>16}{written(beside):>16}"


def _goals(measured: Measured) -> Iterator[str]:
    for goal in GOALS:
        yield _verdict(goal, goal.figure(measured), kept=goal.kept(measured))


def _verdict(goal: Goal, value: float, *, kept: bool) -> str:
    limit = f"{'≥' if goal.at_least else '≤'} {goal.limit:.4g}"
    return f"  {goal.label:<32}{value:>10.2f}   {'達成 / kept' if kept else '未達 / missed'} (目標 / goal: {limit})"


def _row(label: str, value: str) -> str:
    return f"  {label:<32}{value:>10}"
