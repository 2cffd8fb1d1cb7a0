"""``python -m tools.bench``: measures the SOAP face and says whether it keeps its goals."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.bench.bulk import measure_bulk
from tools.bench.rate import measure_rates
from tools.bench.report import report
from tools.bench.slots import measure_slots
from tools.bench.stage import running_stage
from tools.console import JUDGES_NOTHING, begin, say


@dataclass(frozen=True)
class _Extent:
    """How much is measured: cases in the database, and rounds of each part."""

    cases: int
    bulk: int
    rates: int
    slots: int


_WHOLE, _SHORT = _Extent(cases=5_000, bulk=15, rates=9, slots=21), _Extent(cases=1_000, bulk=5, rates=2, slots=5)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print what came of it, and give the exit status: 1 where the whole form missed a goal."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="SOAP の速さを測る")
    parser.add_argument("--short", action="store_true", help="短く測る。目標に届かなくても失敗しない")
    chosen = parser.parse_args(arguments)
    extent = _SHORT if chosen.short else _WHOLE
    begin("bench")
    say("一括応答を作る / a bulk answer …")
    bulk = measure_bulk(rounds=extent.bulk)
    say(f"{extent.cases:,} 件の案件を入れて起動する / starting …")
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        running_stage(Path(folder), cases=extent.cases) as stage,
    ):
        say("12210 の処理速度 / the rate …")
        rates = measure_rates(stage, rounds=extent.rates, seconds=2.0)
        say("枠の費用 / slots …\n")
        slots = measure_slots(stage, rounds=extent.slots, requests=100)
        words, goals_kept = report(bulk, rates, slots, statements=stage.statements)
    say(words)
    if chosen.short:
        say(JUDGES_NOTHING)
    return 0 if goals_kept or chosen.short else 1


if __name__ == "__main__":
    sys.exit(main())
