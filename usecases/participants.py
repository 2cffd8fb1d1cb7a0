"""13110 事業者一覧取得."""

from models.participants.queries import all_participants
from rules.access.use_cases import UseCase
from schemas.codes import Segment
from schemas.interfaces.participants import ParticipantListRequest, ParticipantListResponse
from usecases.access import retailer_for
from usecases.actors import Actor
from usecases.hub import Hub


def list_participants(
    request: ParticipantListRequest, *, actor: Actor, segment: Segment | None, hub: Hub
) -> ParticipantListResponse:
    retailer_for(UseCase.LIST_PARTICIPANTS, actor=actor, segment=segment)
    with hub.database.transaction() as session:
        participants = tuple(all_participants(session))
    return ParticipantListResponse(message_id=request.message_id, participants=participants)
