"""The run that carries a case: started from its row, and noted; started again where there was one and is none."""

from models.cases.operations import look_at_case
from models.database import Database
from models.handovers import is_started, note_started
from runtime.logs import logger
from temporal import figures
from temporal.gateway import CALL_TIMEOUT, Run, TemporalGateway

_log = logger(__name__)


def start_run(*, database: Database, gateway: TemporalGateway, case_number: str, timeout: float = CALL_TIMEOUT) -> Run:
    """Start the workflow of an open case, or find it running; that one was lost is an alarm.

    :raises TemporalAway: when it is open whether it runs.
    """
    with database.plain_read() as line:
        state = look_at_case(line, case_number=case_number).state
        ran_before = is_started(line, case_number=case_number)
    ended_as = gateway.how_it_stands(case_number, timeout=timeout) if ran_before else None
    run = gateway.start_case(state, timeout=timeout)
    database.run_plain(lambda line: note_started(line, case_number=case_number, run_id=run.id))
    if run.new and ended_as is not None:
        figures.STARTED_AGAIN.labels(ended_as).inc()
        _log.error("workflow-started-again", case_number=case_number, ended_as=ended_as)
    return run
