"""What was measured, in words and ratios, and whether the goals are kept."""

from tools.bench.open_cases.measuring import Decisions, Measured, Side

MOST_MEMORY = 1.1
"""The goal for the worker's memory: at most so many times that with few cases open."""
MOST_TIME = 1.2
"""The goal for a decision: at most so many times the median with few cases open."""

_UNLIKE = (
    "直前に動いた案件の多くが再構築されたか、メモリーにない案件の多くが再構築されなかったため、比べたことになりません。"
    " / missed: not the cases that are meant were played again"
)


def report(measured: Measured) -> tuple[str, bool]:
    """Write the report, and tell whether all goals are kept."""
    few, many = measured.few, measured.many
    memory = many.memory.proportional / few.memory.proportional
    touched, cold = many.touched.median / few.touched.median, many.cold.median / few.cold.median
    lines = [
        f"未完了の案件 {few.open_cases:,} 件と {many.open_cases:,} 件 / open cases",
        f"ワーカーがメモリーに置いた案件 / cases kept in memory: {measured.cached:,}",
        "",
        "ワーカーのメモリー / memory of the worker        PSS        RSS",
        _memory(few),
        _memory(many),
        _ratio(memory, MOST_MEMORY),
        "",
        "12410 の回答時間 (SOAP) / a decision answered   中央値        p95   再構築 (played again)",
        "  直前に動いた案件 / cases just touched",
        _decisions(few, few.touched),
        _decisions(many, many.touched),
        _ratio(touched, MOST_TIME),
        "  メモリーにない案件 / cases not in memory",
        _decisions(few, few.cold),
        _decisions(many, many.cold),
        _ratio(cold, MOST_TIME),
        "",
    ]
    if not measured.compares_like:
        lines.append(_UNLIKE)
    return "\n".join(lines), measured.compares_like and memory <= MOST_MEMORY and max(touched, cold) <= MOST_TIME


def _memory(side: Side) -> str:
    return f"  {side.open_cases:>7,} 件 {side.memory.proportional:>37.1f} {side.memory.resident:>10.1f} MiB"


def _decisions(side: Side, decisions: Decisions) -> str:
    counted = f"{decisions.played_again}/{len(decisions.times)}"
    return f"  {side.open_cases:>7,} 件 {decisions.median:>37.1f} {decisions.p95:>10.1f} ms   {counted:>8}"


def _ratio(ratio: float, goal: float) -> str:
    verdict = "達成 / kept" if ratio <= goal else "未達 / missed"
    return f"  比 / ratio {ratio:>36.2f} 倍   {verdict} (目標 / goal: ≤ {goal})"
