"""The database steps of a case."""

from temporalio import activity

from contracts.names import LOOK_AT_CASE, RECORD_STEP
from contracts.steps import CaseStart, Step, StepResult
from models.cases import operations
from models.database import Database


class CaseSteps:
    """What the workflows of cases have written, one transaction a step."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name=LOOK_AT_CASE, no_thread_cancel_exception=True)
    def look_at_case(self, start: CaseStart) -> StepResult:
        """This function will read the case as its row stands, and the business time."""
        with self._database.transaction() as session:
            return operations.look_at_case(session, case_number=start.case_number)

    @activity.defn(name=RECORD_STEP, no_thread_cancel_exception=True)
    def record_step(self, step: Step) -> StepResult:
        """This function will write a step; a repeat returns what the first try wrote."""
        with self._database.transaction() as session:
            return operations.record_step(session, step=step)
