"""13110 事業者一覧取得."""

from schemas.interfaces.participants import ParticipantListRequest
from soap_api.participants import get_participants
from soap_api.parts import Parts
from tests.support.callers import OTHER_RETAILER


def test_every_retailer_may_read_the_list(parts: Parts) -> None:
    response = get_participants(ParticipantListRequest(message_id="R-1"), OTHER_RETAILER, parts)

    assert [participant.code for participant in response.participants] == ["1001", "1002", "1003"]
    assert response.message_id == "R-1"
