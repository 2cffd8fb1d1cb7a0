"""What was measured, in words and ratios, and whether the goals are kept."""

from statistics import median

from tools.bench.bulk import ROWS, Bulk
from tools.bench.rate import CONNECTIONS, Rates, Round
from tools.bench.slots import SlotCost

MOST_TIMES_BARE = 5.0
"""The goal for a bulk answer: at most so many times the processor time of bare lxml."""
LEAST_OF_BARE = 0.75
"""The goal for 12210: at least so much of the bare application's rate."""
MOST_PROCESSOR = 1.4
"""The other goal for 12210: at most so many times the bare application's processor time."""
MOST_FOR_SLOTS = 0.02
"""The goal for slots: at most so much of the server's processor time for one answer."""


def report(bulk: Bulk, rates: Rates, slots: SlotCost, *, statements: list[str]) -> tuple[str, bool]:
    """Write the report, and tell whether all goals are kept."""
    of_slots = slots.more / median(round_.processor for round_ in rates.hub)
    processor = rates.processor_beside_bare
    met = (
        bulk.times <= MOST_TIMES_BARE,
        rates.beside_bare >= LEAST_OF_BARE,
        processor <= MOST_PROCESSOR,
        of_slots <= MOST_FOR_SLOTS,
    )
    lines = [
        f"一括応答 {ROWS:,} 件の作成 (CPU時間、中央値) / building a bulk answer, processor time, median",
        f"  lxml だけ / bare lxml    {median(bulk.bare):8.1f} ms",
        f"  ハブ / the hub           {median(bulk.hub):8.1f} ms",
        f"  比 / ratio               {bulk.times:8.2f} 倍  {_verdict(met[0])} (目標 / goal: ≤ {MOST_TIMES_BARE})",
        "",
        f"12210 の処理速度 (TLS接続 {CONNECTIONS} 本を維持、中央値) / rate over kept TLS connections, median",
        "                              件/秒   サーバーCPU  PostgreSQL CPU",
        "                           (per s)   (ms, server)  (ms, PostgreSQL)",
        _row("Flask hello-world", rates.hello),
        _row("lxml + psycopg2", rates.bare),
        _row("ハブ / the hub", rates.hub),
        f"  ハブ ÷ lxml+psycopg2     {rates.beside_bare:8.2f}     {_verdict(met[1])} (目標 / goal: ≥ {LEAST_OF_BARE})",
        f"  ハブ ÷ Flask             {rates.beside_hello:8.2f}",
        "  サーバーCPUの比 / server's processor time, hub ÷ lxml+psycopg2:",
        f"                           {processor:8.2f} 倍  {_verdict(met[2])} (目標 / goal: ≤ {MOST_PROCESSOR})",
        f"  1件あたりのSQL文 / statements for each request: {len(statements)}",
        "",
        "枠の費用 (1プロセスの中の CPU時間、中央値) / what slots cost, processor time within one process, median",
        f"  枠なし / without slots   {median(slots.slotless):8.3f} ms",
        f"  枠あり / with slots      {median(slots.slotted):8.3f} ms",
        f"  差 ÷ サーバーCPU         {of_slots:8.3f}     {_verdict(met[3])} (目標 / goal: ≤ {MOST_FOR_SLOTS})",
        "",
    ]
    return "\n".join(lines), all(met)


def _row(name: str, rounds: list[Round]) -> str:
    rate, server, postgres = (
        median(getattr(round_, figure) for round_ in rounds) for figure in ("rate", "processor", "postgres")
    )
    return f"  {name:<24} {rate:8.0f}   {server:8.3f}     {postgres:8.3f}"


def _verdict(kept: bool) -> str:
    return "達成 / kept" if kept else "未達 / missed"
