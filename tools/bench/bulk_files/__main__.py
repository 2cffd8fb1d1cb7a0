"""``python -m tools.bench.bulk_files``: has a file of referrals worked off, and says whether it keeps its goals."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from temporal.connection import leave
from tools.bench.bulk_files.measuring import Plan, measure
from tools.bench.bulk_files.report import report
from tools.bench.bulk_files.stage import running_stage
from tools.console import JUDGES_NOTHING, begin, say


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print what came of it, and give the exit status: 1 where the whole form missed a goal."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.bench.bulk_files", description="廃止取次の一括登録を1ファイル処理して測る"
    )
    parser.add_argument("--short", action="store_true", help="短く測る。目標に届かなくても失敗しない")
    chosen = parser.parse_args(arguments)
    begin("bench")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, running_stage(Path(folder)) as stage:
        words, goals_kept = report(measure(stage, Plan.of(short=chosen.short), say=say))
    say(words)
    if chosen.short:
        say(JUDGES_NOTHING)
    return 0 if goals_kept or chosen.short else 1


if __name__ == "__main__":
    leave(main())
