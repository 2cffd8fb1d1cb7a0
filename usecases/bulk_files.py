"""Bulk files (一括処理) as people handle them: uploaded, confirmed, paused, resumed, stopped, and looked at.

A file of another retailer is one that does not exist. What is asked is a row that the worker reads; its workflow is
woken so that it looks at once, and looks by itself where that fails.
"""

import hashlib
from collections.abc import Mapping, Sequence

from structlog.contextvars import bound_contextvars

from models.bulk import queries, waiting
from models.bulk.files import NotInThisState, TooManyFiles, Upload, steer, store_upload
from models.bulk.queries import FileLine, FileOverview, FileRowLine
from models.database import Session
from models.paging import Page, Turn
from rules.access.rights import Denial, NotAllowed, demand
from rules.access.use_cases import UseCase
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import FileConcern, RowOutcome, Steering
from rules.bulk.reading import MOST_BYTES
from runtime.logs import logger
from schemas.codes import Segment
from temporal.gateway import TemporalAway
from usecases.access import retailer_in_segment
from usecases.actors import Actor, Person, RetailerPerson
from usecases.hub import Hub, Systems
from usecases.recorders import record_change, screen_recorder

__all__ = ["FileLine", "NotInThisState", "TooManyFiles"]

USE_CASE_OF_KIND: Mapping[BulkKind, UseCase] = {
    BulkKind.REGISTER_REFERRALS: UseCase.BULK_REGISTER_REFERRALS,
    BulkKind.FILE_START_APPLICATIONS: UseCase.BULK_FILE_START_APPLICATIONS,
    BulkKind.DECIDE_REFERRALS: UseCase.BULK_DECIDE_REFERRALS,
    BulkKind.FILE_END_APPLICATIONS: UseCase.BULK_FILE_END_APPLICATIONS,
}
_WAKE_WITHIN = 2.0
"""Seconds for which a person waits for Temporal; a file that it does not hear of is found by the sweeper."""

_log = logger(__name__)


class NoSuchFile(Exception):
    """There is no such file, or it is another retailer's."""


class FileTooLarge(Exception):
    """The file has more bytes than are taken."""


def upload(name: str, data: bytes, *, kind: BulkKind, actor: Actor, segment: Segment | None, hub: Hub) -> str:
    """Store a file, have it checked, and give its number. Nothing is read of it here.

    :raises FileTooLarge: when it has more than :data:`rules.bulk.reading.MOST_BYTES`.
    :raises TooManyFiles: when the retailer has as many on their way as it may have.
    """
    use_case = USE_CASE_OF_KIND[kind]
    retailer, segment = retailer_in_segment(use_case, actor=actor, segment=segment)
    if not isinstance(retailer, RetailerPerson):
        raise NotAllowed(use_case, Denial.RIGHT)
    if len(data) > MOST_BYTES:
        raise FileTooLarge
    uploaded = Upload(
        name=name,
        data=data,
        digest=hashlib.sha256(data).hexdigest(),
        kind=kind,
        segment=segment,
        retailer_code=retailer.retailer_code,
        user_id=retailer.user_id,
        source_address=retailer.source_address,
    )

    def store(session: Session) -> str:
        number = store_upload(session, uploaded)
        record_change(session, use_case, actor=retailer, subject=number, what=uploaded.digest)
        return number

    number = hub.database.run(store)
    _log.info("bulk-file-uploaded", bulk_file=number, kind=kind.value, size=len(data))
    wake(number, hub=hub)
    return number


def confirm(number: str, *, actor: Person, hub: Hub) -> None:
    """Have the rows of a file sent, on behalf of the person and with the rights that they have.

    :raises NoSuchFile: so of all below.
    :raises NotInThisState: when it does not wait for that. So of all below, where a file stands elsewhere.
    """
    demand(UseCase.CONFIRM_BULK_FILE, capacity=actor.capacity, segment=None)
    _steer(number, Steering.CONFIRM, actor=actor, hub=hub)


def pause(number: str, *, actor: Person, hub: Hub) -> None:
    """Have no more rows of a file sent for the time being."""
    demand(UseCase.STEER_BULK_FILE, capacity=actor.capacity, segment=None)
    _steer(number, Steering.PAUSE, actor=actor, hub=hub)


def resume(number: str, *, actor: Person, hub: Hub) -> None:
    """Have the rest of a paused file sent."""
    demand(UseCase.STEER_BULK_FILE, capacity=actor.capacity, segment=None)
    _steer(number, Steering.RESUME, actor=actor, hub=hub)


def stop(number: str, *, actor: Person, hub: Hub) -> None:
    """Have no more rows of a file sent at all; what was sent stays."""
    demand(UseCase.STEER_BULK_FILE, capacity=actor.capacity, segment=None)
    _steer(number, Steering.STOP, actor=actor, hub=hub)


def files_of(
    *,
    actor: Person,
    session: Session,
    kind: BulkKind | None = None,
    segment: Segment | None = None,
    concern: FileConcern | None = None,
    turn: Turn,
) -> Page[FileLine]:
    """List the files of the person's company, or all for the hub operator, the newest first."""
    demand(UseCase.SEE_BULK_FILES, capacity=actor.capacity, segment=None)
    return queries.files_of(
        session, retailer_code=actor.retailer_code, kind=kind, segment=segment, concern=concern, turn=turn
    )


def count_files(*, actor: Person, session: Session) -> Mapping[FileConcern, int]:
    """Count the files of the person's company that want something of people, or those of all for the hub operator."""
    demand(UseCase.SEE_BULK_FILES, capacity=actor.capacity, segment=None)
    return waiting.count_files(session, retailer_code=actor.retailer_code)


def open_files_of(*, actor: Person, session: Session) -> list[FileLine]:
    """List those that have not ended, the newest first."""
    demand(UseCase.SEE_BULK_FILES, capacity=actor.capacity, segment=None)
    return queries.open_files_of(session, retailer_code=actor.retailer_code)


def file_overview(number: str, *, actor: Person, session: Session) -> FileOverview:
    """Tell how a file stands, and nothing of its customers.

    :raises NoSuchFile: when there is none in the person's scope.
    """
    demand(UseCase.SEE_BULK_FILES, capacity=actor.capacity, segment=None)
    overview = queries.file_overview(session, number=number, retailer_code=actor.retailer_code)
    if overview is None:
        raise NoSuchFile
    return overview


def rows_of(
    number: str,
    *,
    actor: Person,
    session: Session,
    purpose: str,
    outcomes: Sequence[RowOutcome] = (),
    after: int = 0,
    limit: int = 50,
) -> list[FileRowLine]:
    """Give the rows of a file after a line, in their order, and put on record that they were read.

    :param purpose: what they are read for: the screen's name.
    :param outcomes: only rows of these; empty for all.
    :raises NoSuchFile: when there is none in the person's scope.
    """
    demand(UseCase.SEE_BULK_FILES, capacity=actor.capacity, segment=None)
    if queries.kind_of_file(session, number=number, retailer_code=actor.retailer_code) is None:
        raise NoSuchFile
    return queries.rows_of(
        session,
        number=number,
        outcomes=outcomes,
        after=after,
        limit=limit,
        recorder=screen_recorder(actor, purpose=purpose),
    )


def _steer(number: str, asked: Steering, *, actor: Person, hub: Hub) -> None:
    def write(session: Session) -> None:
        file = queries.kind_of_file(session, number=number, retailer_code=actor.retailer_code)
        if file is None:
            raise NoSuchFile
        if asked is Steering.CONFIRM:
            demand(USE_CASE_OF_KIND[file.kind], capacity=actor.capacity, segment=file.segment)
        steer(session, number=number, asked=asked, user_id=actor.user_id, source_address=actor.source_address)
        use_case = UseCase.CONFIRM_BULK_FILE if asked is Steering.CONFIRM else UseCase.STEER_BULK_FILE
        record_change(session, use_case, actor=actor, subject=number, what=asked.value)

    hub.database.run(write)
    _log.info("bulk-file-steered", bulk_file=number, asked=asked.value)
    wake(number, hub=hub)


def wake(number: str, *, hub: Systems) -> bool:
    """Have a file's workflow look at it now, started where there is none; tell whether it was reached."""
    with bound_contextvars(bulk_file=number):
        try:
            hub.gateway.wake_bulk_file(number, timeout=_WAKE_WITHIN)
        except TemporalAway as away:
            _log.warning("bulk-file-left-to-the-sweeper", reason=str(away))
            return False
        return True
