"""業務処理状況確認 of one application (10220 to 10920): the grid operator's word, or else the hub's own record.

What only the grid operator tells, as the password of a usage inquiry, is handed on and kept nowhere.
"""

from dataclasses import replace

from grid_client.errors import GridFault, GridUnreachable
from models.cases.queries import ApplicationRecord, application_of
from rules.access.rights import Denial, NotAllowed
from rules.access.use_cases import UseCase
from rules.procedure.refusals import no_such_application
from schemas.codes import AnswerSource, ApplicationKind, Segment
from schemas.contract import Interface
from schemas.findings import Refused
from schemas.interfaces.processing_status import ProcessingStatusRequest, ProcessingStatusResponse
from usecases.access import retailer_in_segment
from usecases.actors import Actor, Retailer
from usecases.grid_inquiries import ask_grid
from usecases.hub import Hub


def ask_status(
    request: ProcessingStatusRequest,
    *,
    interface: Interface,
    kind: ApplicationKind,
    actor: Actor,
    segment: Segment | None,
    hub: Hub,
) -> ProcessingStatusResponse:
    """Ask the grid operator where an application stands, or tell what the hub's record says.

    Its case hears what is new before the retailer does, so that what the retailer then does about it is taken.

    :param interface: the one that tells of applications of ``kind``.
    :raises Refused: HUB-S005 where the caller has none of that number.
    :raises NotAllowed: also where it is asked in a segment that has other questions where applications stand.
    """
    retailer, segment = retailer_in_segment(UseCase.ASK_STATUS, actor=actor, segment=segment)
    if segment not in interface.segments:
        raise NotAllowed(UseCase.ASK_STATUS, Denial.SEGMENT)
    with hub.database.transaction() as session:
        record = application_of(
            session, application_number=request.application_number, retailer=retailer.retailer_code, kind=kind
        )
    if record is None or record.segment is not segment:
        raise Refused(no_such_application(), request.message_id)
    live = _live(record, interface, retailer, hub)
    if live is not None:
        hub.tell_news([live.status])
        return replace(live, message_id=request.message_id, source=AnswerSource.GRID_OPERATOR)
    recorded: ProcessingStatusResponse = interface.response(
        message_id=request.message_id, source=AnswerSource.HUB_RECORD, as_of=record.as_of, status=record.status
    )
    return recorded


def _live(
    record: ApplicationRecord, interface: Interface, retailer: Retailer, hub: Hub
) -> ProcessingStatusResponse | None:
    """Ask the grid operator; None where it is away or does not know the application (yet): the hub's record tells."""
    try:
        response = ask_grid(
            ProcessingStatusResponse,
            interface=interface,
            area=record.area,
            content={"application_number": record.number},
            retailer=retailer,
            segment=record.segment,
            hub=hub,
            filed_under=record.filed_under,
        )
    except (GridUnreachable, GridFault):
        return None
    return response if response.status.application_number == record.number else None
