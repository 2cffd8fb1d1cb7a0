"""``python -m tools.simulation``: play cases drawn from a seed over a year, and judge what became of them."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from temporal.connection import leave
from tools.console import begin, say
from tools.simulation.run import days_for, simulate

HELD, BROKEN = 0, 1
"""Exit statuses; 2 is argparse's."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the command line, and give its exit status: 1 where something does not hold."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.simulation", description="スイッチングの一年を実演して確かめる"
    )
    parser.add_argument("--seed", type=int, default=7, metavar="数", help="同じ数なら同じ台本になる")
    parser.add_argument("--cases", type=int, default=500, metavar="件", help="台本の数。少なければ数週間だけ")
    chosen = parser.parse_args(arguments)
    begin("simulation")
    say(f"■ スイッチングの一年 SEED={chosen.seed} CASES={chosen.cases}（業務日時で {days_for(chosen.cases)} 日）")
    with tempfile.TemporaryDirectory(prefix="simulation-") as folder:
        verdict = simulate(Path(folder), seed=chosen.seed, cases=chosen.cases, say=say)
    say(verdict.words)
    say(f"✗ 成り立たないこと {len(verdict.problems)} 件" if verdict.problems else "✓ すべて成り立っています")
    return BROKEN if verdict.problems else HELD


if __name__ == "__main__":
    leave(main())
