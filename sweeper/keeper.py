"""Keeping cases and workflows in step: each open case has its workflow, and each workflow its open case.

A workflow is terminated or deleted by hand, fails, is reset, or is lost with Temporal's store; a database is put back.
One listing of what runs, against the open rows, shows all of it, however many cases are open. What differs in two looks
one after the other is mended: a case without a workflow is started again from its row, the others look at their rows.
What cannot be mended is an alarm.
"""

import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from structlog.contextvars import bound_contextvars

from models.cases.standings import Standing, open_standings, over_and_done
from models.database import Database
from runtime.logs import logger
from runtime.monitoring import Unwell
from sweeper import figures
from temporal.gateway import CaseNotRunning, TemporalAway, TemporalGateway
from temporal.questions import ask_temporal
from temporal.repeats import Repeats
from temporal.running_workflows import Running, list_running
from temporal.runs import start_run

EVERY = 20.0
"""Seconds between two looks: what is wrong is mended at the second, and so within a minute."""
_REST = 10.0
"""How many times as long as a look took is waited until the next: looking takes a tenth of the time at most."""
_WITHIN = 60.0
"""Seconds that a listing may take."""
_SIDE_BY_SIDE = 16
_SHOWN = 20
"""How many cases are named in one line."""
_AGAIN_AFTER = timedelta(minutes=10)
"""When a workflow that did not react is told once more to look at its row. Each telling is an event in its history."""

_log = logger(__name__)


class Wrong(StrEnum):
    """What can be wrong between a case and a workflow."""

    NO_WORKFLOW = "no workflow"
    NO_OPEN_CASE = "no open case"
    OTHER_RUN = "a run that the hub did not start"
    OTHER_PHASE = "another phase"


@dataclass(frozen=True, order=True)
class Difference:
    """One case that differs; equal as long as it does so in the same way."""

    case_number: str
    wrong: Wrong
    run_id: str | None


class Keeper:
    """Looks and mends. One for each process; several do no harm to each other."""

    def __init__(self, *, database: Database, gateway: TemporalGateway) -> None:
        self._database = database
        self._gateway = gateway
        self._seen: set[Difference] = set()
        self._repeats = Repeats(again_after=_AGAIN_AFTER)
        self._not_mended: list[str] = []

    def run(self, stop: threading.Event, every: float = EVERY) -> None:
        """Look until ``stop`` is set."""
        pause = every
        while not stop.wait(pause):
            began = time.monotonic()
            try:
                self.look()
            except TemporalAway as away:
                _log.warning("workflows-unknown", reason=str(away))
            except Exception as error:
                _log.error("keeping-failed", exc_info=error)
            pause = max(every, _REST * (time.monotonic() - began))

    def look(self) -> list[Difference]:
        """Compare, mend what differed the last time already, and give that.

        :raises TemporalAway: when it does not say what runs.
        """
        running = ask_temporal(list_running, within=_WITHIN)
        with self._database.transaction() as session:
            standings = open_standings(session)
            extra = over_and_done(session, case_numbers=sorted(running.keys() - standings.keys()))
        differing = _compare(standings, running, extra)
        lasting = sorted(differing & self._seen)
        self._seen = differing
        with ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix="keep") as threads:
            mended = list(threads.map(self._mend, lasting))
        self._show([difference for difference, done in zip(lasting, mended, strict=True) if not done], lasting)
        return lasting

    def check(self) -> None:
        """Make sure that no open case was found without a workflow that it could not be given.

        :raises Unwell: when one was; it is named.
        """
        if self._not_mended:
            raise Unwell(f"ワークフローのない案件 {len(self._not_mended)} 件: {'、'.join(self._not_mended[:_SHOWN])}")

    def _show(self, failed: list[Difference], lasting: list[Difference]) -> None:
        self._not_mended = [difference.case_number for difference in failed if difference.wrong is Wrong.NO_WORKFLOW]
        figures.WITHOUT_WORKFLOW.set(len(self._not_mended))
        figures.WITHOUT_CASE.set(sum(difference.wrong is Wrong.NO_OPEN_CASE for difference in lasting))
        if self._not_mended:
            _log.error("cases-without-workflow", count=len(self._not_mended), cases=self._not_mended[:_SHOWN])

    def _mend(self, difference: Difference) -> bool:
        with bound_contextvars(case_number=difference.case_number):
            try:
                if difference.wrong in (Wrong.NO_WORKFLOW, Wrong.OTHER_RUN):
                    run = start_run(database=self._database, gateway=self._gateway, case_number=difference.case_number)
                    if difference.wrong is Wrong.NO_WORKFLOW or run.new:
                        return True
                self._have_it_look(difference)
            except Exception as error:  # of this case alone
                _log.error("case-not-kept", wrong=difference.wrong.value, exc_info=error)
                return False
            return True

    def _have_it_look(self, difference: Difference) -> None:
        if self._repeats.lately(difference.case_number, difference):
            return
        _log.warning("workflow-looks-again", wrong=difference.wrong.value)
        try:
            self._gateway.look_again(difference.case_number)
        except CaseNotRunning:
            return  # it has ended meanwhile
        self._repeats.note(difference.case_number, difference)


def _compare(standings: Mapping[str, Standing], running: Mapping[str, Running], extra: list[str]) -> set[Difference]:
    """Compare, leaving cases that were never started to the sweeper, which delivers them."""
    differences = {Difference(number, Wrong.NO_OPEN_CASE, running[number].run_id) for number in extra}
    for number, standing in standings.items():
        run = running.get(number)
        if run is None:
            if standing.started:
                differences.add(Difference(number, Wrong.NO_WORKFLOW, None))
        elif run.run_id != standing.run_id:
            differences.add(Difference(number, Wrong.OTHER_RUN, run.run_id))
        elif run.phase != standing.phase:
            differences.add(Difference(number, Wrong.OTHER_PHASE, run.run_id))
    return differences
