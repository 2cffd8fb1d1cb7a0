"""What a run under faults came to, in figures a person can read."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from statistics import quantiles


@dataclass
class Figures:
    """Counted by several threads."""

    refused: Counter[str] = field(default_factory=Counter)
    """Tries that brought no answer yet, by the fault's code or by what became of the connection."""
    answer_times: list[float] = field(default_factory=list)
    """Seconds of the tries that brought the answer."""
    refusal_times: list[float] = field(default_factory=list)
    """Seconds of the tries that did not."""
    settled_times: list[float] = field(default_factory=list)
    """Seconds from a message's first try to its answer."""
    killed: Counter[str] = field(default_factory=Counter)
    started_at: float = field(default_factory=time.monotonic)
    stopped_at: float = 0.0
    """When the last case was started."""
    drained_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answered(self, *, after: float, settled_after: float) -> None:
        with self._lock:
            self.answer_times.append(after)
            self.settled_times.append(settled_after)

    def refused_with(self, code: str, *, after: float) -> None:
        with self._lock:
            self.refused[code] += 1
            self.refusal_times.append(after)

    def words(self, title: str, ends: Counter[str]) -> str:
        """Write the figures down, a line each."""
        drained = self.drained_at - self.stopped_at
        return "\n".join(
            (
                f"■ {title}",
                f"  受け付けた案件 {ends.total()} 件が終わるべき状態で終了: {_counted(ends)}（{drained:.1f} 秒で）",
                f"  回答した電文 {len(self.answer_times)} 通　回答時間 {_spread(self.answer_times)}",
                f"  最初の送信から確定した回答まで {_spread(self.settled_times)}",
                f"  再送を求めた回数: {_counted(self.refused)}　その時間 {_spread(self.refusal_times)}",
                f"  強制終了: {_counted(self.killed)}",
            )
        )


def _counted(counter: Counter[str]) -> str:
    return "、".join(f"{name} {times}" for name, times in sorted(counter.items())) or "なし"


def _spread(seconds: list[float]) -> str:
    if len(seconds) < 2:
        return "p50 – p95 –"
    cuts = quantiles(seconds, n=20, method="inclusive")
    return f"p50 {cuts[9] * 1000:.0f} ms, p95 {cuts[18] * 1000:.0f} ms, 最長 {max(seconds) * 1000:.0f} ms"
