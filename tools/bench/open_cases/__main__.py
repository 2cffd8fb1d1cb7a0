"""``python -m tools.bench.open_cases``: opens cases by the thousand, and says whether they cost what waits nothing."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from temporal.connection import leave
from tools.bench.open_cases.measuring import FEWEST, Plan, measure
from tools.bench.open_cases.report import report
from tools.console import JUDGES_NOTHING, begin, say

WHOLE = 20_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print what came of it, and give the exit status: 1 where the whole form missed a goal.

    With fewer cases it fails only where cases were not of the kind they were measured as.
    """
    parser = argparse.ArgumentParser(
        prog="python -m tools.bench.open_cases", description="未完了の案件を多数開いて測る"
    )
    parser.add_argument("--cases", type=int, default=WHOLE, metavar="件", help="同時に開く案件の数")
    chosen = parser.parse_args(arguments)
    if chosen.cases < 2 * FEWEST:
        parser.error(f"--cases は {2 * FEWEST} 以上 / must be at least {2 * FEWEST}")
    begin("bench")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        measured = measure(Path(folder), Plan.of(chosen.cases), say=say)
    words, goals_kept = report(measured)
    say(words)
    if chosen.cases >= WHOLE:
        return 0 if goals_kept else 1
    say(JUDGES_NOTHING)
    return 0 if measured.compares_like else 1


if __name__ == "__main__":
    leave(main())
