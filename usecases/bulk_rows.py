"""Sending the rows of a bulk file: each is a use case, called on behalf of the person who confirmed the file.

Its message id follows from file and line. So whoever sends a row again, after whatever went wrong, sends the same
message, and hears the answer that was given.
"""

from dataclasses import dataclass, replace
from itertools import count

from structlog.contextvars import bound_contextvars

from models.bulk.files import NotInThisState, steer
from models.bulk.numbering import row_message_id
from models.bulk.rows import RowResult, RowToSend
from models.bulk.standing import confirmed_file
from models.database import DatabaseAway, Session
from models.users.queries import find_viewer
from rules.access.rights import NotAllowed, denial
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import RowOutcome, Steering
from runtime.logs import logger
from schemas.codes import Segment
from schemas.contract import values_of
from schemas.findings import Refusal, Refused
from schemas.reading import Faulty, read
from schemas.refusal_codes import RefusalCode
from temporal.gateway import CaseNotRunning, TemporalAway
from temporal.handover import OutcomeOpen
from usecases.actors import FileRow
from usecases.bulk_files import USE_CASE_OF_KIND
from usecases.hub import Hub
from usecases.registry import ANSWERING

MOST_TRIES = 5
"""How often a row is sent that fails by a fault of the hub's own; then it is refused, for people to look at."""
STARTED_TOGETHER = 2
"""Cases that a batch starts until it waits for the last of them to be taken up."""
_NO_RIGHT = "実行を指示した人に、この操作の権限がなくなったため、中止しました。"

_log = logger(__name__)


@dataclass(frozen=True)
class Sending:
    """A file that runs, and on whose behalf."""

    number: str
    kind: BulkKind
    segment: Segment
    actor: FileRow


def sending_of(number: str, *, hub: Hub) -> Sending | None:
    """Give what the rows of a file are sent with; None while it does not run.

    A file is stopped whose person has no right to it any more.
    """

    def look(session: Session) -> Sending | None:
        file = confirmed_file(session, number=number)
        if file is None:
            return None
        viewer = find_viewer(session, user_id=file.confirmed_by)
        use_case = USE_CASE_OF_KIND[file.kind]
        if (
            viewer is None
            or viewer.retailer_code != file.retailer_code
            or denial(use_case, capacity=viewer.standing, segment=file.segment) is not None
        ):
            steer(session, number=number, asked=Steering.STOP, user_id=None, why=_NO_RIGHT)
            return None
        actor = FileRow(file.retailer_code, file.source_address, viewer.user_id, viewer.standing)
        return Sending(number, file.kind, file.segment, actor)

    try:
        return hub.database.run(look)
    except NotInThisState:
        return None


def send_row(row: RowToSend, sending: Sending, *, hub: Hub) -> RowResult:
    """Send a row, and tell what became of it.

    :raises DatabaseAway: when the database is; whether the row was stored is open.
    """
    message_id = row_message_id(sending.number, line=row.line)
    interface = sending.kind.interface
    request = read(interface.request, {**row.values, "messageId": message_id}, segment=sending.segment)
    if isinstance(request, Faulty):
        return RowResult(row.line, RowOutcome.REFUSED, refusal=Refusal(RefusalCode.FORM, request.findings))
    with bound_contextvars(bulk_file=sending.number, line=row.line):
        try:
            answer = ANSWERING[interface.operation](request, actor=sending.actor, segment=sending.segment, hub=hub)
        except Refused as refused:
            return RowResult(row.line, _outcome(refused.refusal), refusal=refused.refusal)
        except (*DatabaseAway, NotAllowed):
            raise
        except Exception as error:
            _log.error("bulk-row-broken", exc_info=error)
            outcome = RowOutcome.WAITING if row.tries + 1 < MOST_TRIES else RowOutcome.REFUSED
            return RowResult(row.line, outcome, refusal=Refusal(RefusalCode.INTERNAL))
    values = values_of(answer)
    number = values.get("application_number") or values.get("case_number")
    return RowResult(row.line, RowOutcome.DONE, given_number=None if number is None else str(number))


def near_workers(hub: Hub) -> Hub:
    """Give a hub for one batch, in which cases are started hardly faster than workers take them up.

    Otherwise whatever else is told a case would wait behind all those of a file.
    """
    started = count(1)

    def start(case_number: str) -> None:
        try:
            hub.hand_over(case_number)
        except OutcomeOpen as away:
            _log.warning("case left to the sweeper", case_number=case_number, reason=str(away))
            return
        if next(started) % STARTED_TOGETHER == 0:
            _await_taken_up(case_number)

    def _await_taken_up(case_number: str) -> None:
        try:
            hub.gateway.await_taken_up(case_number)
        except (CaseNotRunning, TemporalAway) as away:
            _log.warning("case not seen taken up", case_number=case_number, reason=str(away))

    return replace(hub, start=start)


def _outcome(refusal: Refusal) -> RowOutcome:
    if refusal.code is RefusalCode.OUTCOME_OPEN:
        return RowOutcome.OPEN
    return RowOutcome.WAITING if refusal.retryable else RowOutcome.REFUSED
