"""Some weeks of switching hold on the real parts; the year is ``make simulate``."""

from pathlib import Path

import pytest

from schemas.codes import CasePhase
from simulation.running import simulate


@pytest.mark.timeout(400)
def test_some_weeks_of_all_kinds_end_and_leave_nothing_behind(tmp_path: Path) -> None:
    verdict = simulate(tmp_path, seed=11, cases=12, say=lambda words: None)

    assert not verdict.problems, verdict.words
    assert CasePhase.COMPLETED.label in verdict.words
