"""13110 事業者一覧取得."""

from schemas.interfaces.participants import ParticipantListRequest
from tests.support.callers import ask, caller_of
from tests.support.cast import OTHER
from usecases.hub import Hub as Parts
from usecases.participants import list_participants


def test_every_retailer_may_read_the_list(parts: Parts) -> None:
    response = ask(list_participants, ParticipantListRequest(message_id="R-1"), caller_of(OTHER, segment=None), parts)

    assert [participant.code for participant in response.participants] == ["1001", "1002", "1003"]
    assert response.message_id == "R-1"
