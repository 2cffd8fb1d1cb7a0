"""What the front costs, in words and ratios, and whether the goal is kept."""

from statistics import median

from tools.bench.front.measuring import Load, Measured

LEAST = 0.95
"""The goal: at least so much of the rate without a front, however connections are made."""


def report(measured: Measured) -> tuple[str, bool]:
    """Write the report, and tell whether the goal is kept by both loads."""
    lines = [
        "12210 の処理速度、フロントの有無 (中央値) / rate with and without the front, median",
        "                                         あり      なし      比   フロントCPU",
        "                                      (per s)   without   ratio   (ms, front)",
    ]
    for load in Load:
        behind, without = (
            median(getattr(pair, side) for pair in measured.rounds[load]) for side in ("behind", "without")
        )
        verdict = "達成 / kept" if _kept(measured, load) else "未達 / missed"
        lines.append(
            f"  {load.value:<34} {behind:8.0f}  {without:8.0f}  {measured.ratio(load):6.2f}"
            f"  {median(measured.front_processor[load]):8.3f}   {verdict} (目標 / goal: ≥ {LEAST})"
        )
    return "\n".join([*lines, ""]), all(_kept(measured, load) for load in Load)


def _kept(measured: Measured, load: Load) -> bool:
    return measured.ratio(load) >= LEAST
