"""``python -m tools.bench.open_cases``: opens cases by the thousand, and says whether they cost what waits nothing."""

import argparse
import logging
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from runtime.logs import set_up_logs
from temporal.connection import leave
from tools.bench.open_cases.measuring import FEWEST, Plan, measure
from tools.bench.open_cases.report import report


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print what came of it, and give the exit status: 1 where a goal is missed."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.bench.open_cases", description="未完了の案件を多数開いて測る"
    )
    parser.add_argument("--cases", type=int, default=20_000, metavar="件", help="同時に開く案件の数")
    chosen = parser.parse_args(arguments)
    if chosen.cases < 2 * FEWEST:
        parser.error(f"--cases は {2 * FEWEST} 以上 / must be at least {2 * FEWEST}")
    set_up_logs("bench", level=logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        words, goals_kept = report(measure(Path(folder), Plan.of(chosen.cases), say=_say))
    _say(words)
    return 0 if goals_kept else 1


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    leave(main())
