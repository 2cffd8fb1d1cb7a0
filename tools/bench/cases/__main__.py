"""``python -m tools.bench.cases``: plays whole cases, the hub beside the bare case, and says what one costs."""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from temporal.connection import leave
from tools.bench.cases.measuring import Plan, measure
from tools.bench.cases.report import report
from tools.bench.cases.stage import running_stage
from tools.console import JUDGES_NOTHING, begin, say


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print what came of it, and give the exit status: 1 where the whole form missed a goal."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.bench.cases", description="案件1件の費用を最小の案件と並べて測る"
    )
    parser.add_argument("--short", action="store_true", help="短く測る。目標に届かなくても失敗しない")
    parser.add_argument("--watch", type=float, default=1.0, metavar="秒", help="処理状況の確認の間隔。実演では1秒")
    chosen = parser.parse_args(arguments)
    begin("bench")
    plan = Plan.of(short=chosen.short, watch_every=chosen.watch)
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        running_stage(Path(folder), watch_every=chosen.watch) as stage,
    ):
        words, goals_kept = report(asyncio.run(measure(stage, plan, say=say)))
    say(words)
    if chosen.short:
        say(JUDGES_NOTHING)
    return 0 if goals_kept or chosen.short else 1


if __name__ == "__main__":
    leave(main())
