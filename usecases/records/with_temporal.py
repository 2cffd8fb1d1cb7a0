"""Compares the open cases with the workflows that run."""

from collections.abc import Iterator, Mapping

from models.cases.queries import open_phases
from models.database import Database
from schemas.codes import CasePhase
from temporal.gateway import TemporalAway
from temporal.questions import ask_temporal
from temporal.running_workflows import Running, list_running
from usecases.records.differences import Difference, Records, Uncompared


def differences_with_temporal(database: Database, *, within: float = 60.0) -> Iterator[Difference | Uncompared]:
    """Find open cases without a workflow, workflows without an open case, and phases that differ.

    :param within: seconds that Temporal may take.
    """
    try:
        running = ask_temporal(list_running, within=within)
    except TemporalAway as away:
        yield Uncompared(Records.TEMPORAL, f"すべて（Temporalが応答しません、{away}）")
        return
    with database.transaction() as session:
        recorded = open_phases(session)
    yield from _compare(recorded, running)


def _compare(recorded: Mapping[str, CasePhase], running: Mapping[str, Running]) -> Iterator[Difference]:
    for number in sorted(recorded.keys() - running.keys()):
        yield Difference(number, Records.TEMPORAL, "案件は終わっていないのに、動いているワークフローがない")
    for number in sorted(running.keys() - recorded.keys()):
        yield Difference(number, Records.TEMPORAL, "ワークフローは動いているのに、終わっていない案件がない")
    for number in sorted(recorded.keys() & running.keys()):
        phase = running[number].phase
        if phase is not None and phase != recorded[number].value:
            words = f"記録は「{recorded[number].label}」、Temporalは「{CasePhase(phase).label}」"
            yield Difference(number, Records.TEMPORAL, words)
