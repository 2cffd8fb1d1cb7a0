"""``python -m tools.bench.front``: measures the hub behind its front and without it, and says whether that is near."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.bench.front.measuring import measure
from tools.bench.front.report import report
from tools.bench.front.stage import running_stage
from tools.console import begin, say

CASES = 1_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print what came of it, and give the exit status: 1 where the goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.front", description="フロントの費用を測る")
    parser.add_argument("--short", action="store_true", help="短く測る")
    parser.add_argument("--processes", type=int, default=2, help="SOAP のプロセスの数 (どちらも同じ)")
    chosen = parser.parse_args(arguments)
    begin("bench")
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        running_stage(Path(folder), cases=CASES, processes=chosen.processes) as stage,
    ):
        words, goal_kept = report(measure(stage, rounds=3 if chosen.short else 11, seconds=2.0))
    say(words)
    return 0 if goal_kept else 1


if __name__ == "__main__":
    sys.exit(main())
