"""The database steps of a case."""

from structlog.contextvars import bind_contextvars
from temporalio import activity

from activities import figures
from activities.case_identity import only_this_case
from models.cases import operations
from models.database import Database, Session
from models.messages.queries import message_id_of
from rules.steps import CaseStart, Step, StepResult
from runtime.fault_points import reach
from runtime.logs import logger
from runtime.monitoring import timed
from temporal.names import LOOK_AT_CASE, RECORD_STEP

_log = logger(__name__)


class CaseSteps:
    """What the workflows of cases have written, one transaction a step."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name=LOOK_AT_CASE, no_thread_cancel_exception=True)
    def look_at_case(self, start: CaseStart) -> StepResult:
        """Read the case as its row stands, and the business time.

        :raises ApplicationError: where there is no row of this case.
        """

        def look(session: Session) -> StepResult:
            result = operations.look_at_case(session, case_number=start.case_number, origin=start.origin)
            reach("look-at-case:before-commit")
            return result

        with only_this_case():
            result = self._database.run(look)
        reach("look-at-case:after-commit")
        return result

    @activity.defn(name=RECORD_STEP, no_thread_cancel_exception=True)
    def record_step(self, step: Step) -> StepResult:
        """Write a step; a repeat returns what the first try wrote.

        :raises ApplicationError: where there is no row of this case.
        """

        def record(session: Session) -> StepResult:
            if step.message_key is not None:
                bind_contextvars(message_id=message_id_of(session, key=step.message_key))
            recorded = operations.record_step(session, step=step)
            reach("record-step:before-commit")
            return recorded

        with only_this_case(), timed(figures.SECONDS):
            recorded = self._database.run(record)
        reach("record-step:after-commit")
        figures.count(step, recorded)
        _log.info(
            "step", step=step.number, kind=figures.kind_of(step), cause=step.cause, outcome=recorded.outcome.value
        )
        return recorded
