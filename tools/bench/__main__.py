"""``python -m tools.bench``: measures the SOAP face and says whether it keeps its goals."""

import logging
import sys
import tempfile
from pathlib import Path

from runtime.logs import set_up_logs
from tools.bench.bulk import measure_bulk
from tools.bench.rate import measure_rates
from tools.bench.report import report
from tools.bench.slots import measure_slots
from tools.bench.stage import running_stage

CASES = 5_000


def main() -> int:
    """Measure, print what came of it, and give the exit status: 1 where a goal is missed."""
    set_up_logs("bench", level=logging.ERROR)
    bulk = measure_bulk(rounds=15)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, running_stage(Path(folder), cases=CASES) as stage:
        rates = measure_rates(stage, rounds=9, seconds=2.0)
        slots = measure_slots(stage, rounds=21, requests=100)
        words, goals_kept = report(bulk, rates, slots, statements=stage.statements)
    sys.stdout.write(words)
    return 0 if goals_kept else 1


if __name__ == "__main__":
    sys.exit(main())
