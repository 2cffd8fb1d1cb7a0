"""What the front costs, in words and ratios, and whether the goal is kept."""

from statistics import median

from tools.bench.front.measuring import Load, Measured, Turn

LEAST = 0.95
"""The goal: at least so much of the rate without a front, however connections are made."""


class _Medians:
    def __init__(self, turns: list[Turn]) -> None:
        self.rate = median(turn.rate for turn in turns)
        self.processor = median(turn.processor for turn in turns)
        self.front = median(turn.front for turn in turns)


def report(measured: Measured) -> tuple[str, bool]:
    """Write the report, and tell whether the goal is kept by both loads."""
    lines = [
        "12210 の処理速度、フロントの有無 (中央値) / rate with and without the front, median",
        "                                         毎秒 / per s             1件のCPU / processor, ms",
        "                                         あり     なし    比       あり   うちフロント   なし",
        "                                       behind  without  ratio     behind   the front  without",
    ]
    for load in Load:
        behind = _Medians([pair.behind for pair in measured.rounds[load]])
        without = _Medians([pair.without for pair in measured.rounds[load]])
        verdict = "達成 / kept" if _kept(measured, load) else "未達 / missed"
        lines.append(
            f"  {load.value:<34} {behind.rate:8.0f} {without.rate:8.0f}  {measured.ratio(load):5.2f}"
            f"   {behind.processor:8.2f}    {behind.front:8.2f} {without.processor:8.2f}"
            f"   {verdict} (目標 / goal: ≥ {LEAST})"
        )
    return "\n".join([*lines, ""]), all(_kept(measured, load) for load in Load)


def _kept(measured: Measured, load: Load) -> bool:
    return measured.ratio(load) >= LEAST
