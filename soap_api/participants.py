"""13110 事業者一覧取得."""

from models.participants.queries import all_participants
from schemas.interfaces.participants import ParticipantListRequest, ParticipantListResponse
from soap_api.callers import Caller
from soap_api.parts import Parts


def get_participants(request: ParticipantListRequest, caller: Caller, parts: Parts) -> ParticipantListResponse:
    """Give the companies that take part."""
    with parts.database.transaction() as session:
        participants = tuple(all_participants(session))
    return ParticipantListResponse(message_id=request.message_id, participants=participants)
