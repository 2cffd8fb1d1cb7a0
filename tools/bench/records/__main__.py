"""``python -m tools.bench.records``: measures what sealing costs those who read, and judges it by the goal."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from models.database import Database
from models.records.proving import misfits, newest_seal
from tools.bench.records.measuring import SealingCost, measure_sealing
from tools.bench.stage import Stage, running_stage
from tools.console import JUDGES_NOTHING, begin, say

LEAST_KEPT = 0.97
"""The goal: at least so much of the rate is left."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print what came of it, and give the exit status: 1 where records do not fit, or the goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.records", description="封緘の費用を測る")
    parser.add_argument("--short", action="store_true", help="短く測る。目標に届かなくても失敗しない")
    chosen = parser.parse_args(arguments)
    begin("bench")
    say("案件を入れて起動する / starting …")
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        running_stage(Path(folder), cases=1_000) as stage,
    ):
        say("12210 を、封緘しながらとしないでと、交互に / with the sealer and without …\n")
        cost = measure_sealing(stage, pairs=3 if chosen.short else 15, seconds=1.0 if chosen.short else 4.0)
        whole = _sealed_and_whole(stage)
    kept = cost.kept >= LEAST_KEPT
    say(_report(cost, sealed=whole))
    if chosen.short:
        say(JUDGES_NOTHING)
    return 0 if whole and (kept or chosen.short) else 1


def _sealed_and_whole(stage: Stage) -> int:
    """Count the reads that are sealed; none where one does not fit."""
    database = Database(stage.environment["DATABASE_URL"])
    try:
        with database.transaction() as session:
            if next(misfits(session), None) is not None:
                return 0
            newest = newest_seal(session)
            return 0 if newest is None else newest.reads
    finally:
        database.dispose()


def _report(cost: SealingCost, *, sealed: int) -> str:
    lines = ["12210 の処理速度 (中央値) / rate, median      件/秒   サーバーCPU(ms)  PostgreSQL CPU(ms)"]
    for words, rounds in (("封緘しない / without", cost.unsealed), ("封緘しながら / with", cost.sealed)):
        rate, server, postgres = (
            median(each) for each in zip(*((one.rate, one.processor, one.postgres) for one in rounds), strict=True)
        )
        lines.append(f"  {words:<36} {rate:8.0f}   {server:8.3f}         {postgres:8.3f}")
    lines.append(f"  封緘そのもの / the sealer itself, for one read: {median(cost.sealer):.3f} ms (CPU)")
    verdict = "達成 / kept" if cost.kept >= LEAST_KEPT else "未達 / missed"
    lines.append(f"  残る速さ / what is left of the rate: {cost.kept:.3f}  {verdict} (目標 / goal: ≥ {LEAST_KEPT})")
    lines.append(f"  封緘され、合っている参照 / reads sealed and proved: {sealed:,}\n")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
