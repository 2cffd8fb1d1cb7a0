"""The database steps of a case."""

from collections.abc import Callable

from structlog.contextvars import bind_contextvars
from temporalio import activity

from activities import figures
from activities.case_identity import only_this_case
from models.cases import operations
from models.database import Cursor, Database
from rules.steps import CaseStart, Step, StepResult
from runtime.fault_points import reach
from runtime.logs import logger
from runtime.monitoring import timed
from temporal.names import LOOK_AT_CASE, RECORD_STEP
from temporal.step_names import LOOK, all_names

_log = logger(__name__)


class CaseSteps:
    """What the workflows of cases have written, one transaction a step."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def activities(self) -> list[Callable[..., StepResult]]:
        """List the steps under all names by which workflows ask for them."""
        at_once = (self._recording(name) for name in sorted(all_names()))
        return [self.look_at_case, self.record_step, self._looking(LOOK), *at_once]

    @activity.defn(name=LOOK_AT_CASE, no_thread_cancel_exception=True)
    def look_at_case(self, start: CaseStart) -> StepResult:
        """Read the case as its row stands, and the business time.

        :raises ApplicationError: where there is no row of this case.
        """

        def look(line: Cursor) -> StepResult:
            result = operations.look_at_case(line, case_number=start.case_number, origin=start.origin)
            reach("look-at-case:before-commit")
            return result

        with only_this_case():
            result = self._database.run_plain(look)
        reach("look-at-case:after-commit")
        return result

    @activity.defn(name=RECORD_STEP, no_thread_cancel_exception=True)
    def record_step(self, step: Step) -> StepResult:
        """Write a step; a repeat returns what the first try wrote.

        :raises ApplicationError: where there is no row of this case.
        """

        def record(line: Cursor) -> StepResult:
            standing = operations.standing_for_step(line, step=step)
            if standing.message_id is not None:
                bind_contextvars(message_id=standing.message_id)
            recorded = operations.write_step(line, step=step, standing=standing)
            reach("record-step:before-commit")
            return recorded

        with only_this_case(), timed(figures.SECONDS):
            recorded = self._database.run_plain(record)
        reach("record-step:after-commit")
        figures.count(step, recorded)
        _log.info(
            "step", step=step.number, kind=figures.kind_of(step), cause=step.cause, outcome=recorded.outcome.value
        )
        return recorded

    def _looking(self, name: str) -> Callable[[CaseStart], StepResult]:
        @activity.defn(name=name, no_thread_cancel_exception=True)
        def look_at_case(start: CaseStart) -> StepResult:
            return self.look_at_case(start)

        return look_at_case

    def _recording(self, name: str) -> Callable[[Step], StepResult]:
        @activity.defn(name=name, no_thread_cancel_exception=True)
        def record_step(step: Step) -> StepResult:
            return self.record_step(step)

        return record_step
