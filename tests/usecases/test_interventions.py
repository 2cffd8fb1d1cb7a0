"""The hub operator's interventions as use cases: nobody else's, whichever face they come in by."""

from collections.abc import Callable
from datetime import date

import pytest

from models.database import Database
from rules.access.rights import NotAllowed
from rules.access.standing import EVERY_HUB_ROLE, USUAL
from rules.procedure.events import NewsKind
from schemas.codes import UserRole
from schemas.findings import Refused
from schemas.refusal_codes import RefusalCode
from tests.support.cast import CURRENT, HUB_PERSON, OTHER
from tests.support.database_contents import rows
from tests.support.referrals import open_case
from usecases import interventions, retailers
from usecases.actors import HubOperator, Person, RetailerPerson
from usecases.hub import Hub
from usecases.interventions import (
    CannotSucceed,
    InterventionRequest,
    RecordRequest,
    ResumptionRequest,
    SuccessionRequest,
)
from usecases.retailers import ClosureOfAllRequest, LeavingRequest, SuccessionOfAllRequest

REASON = "小売電気事業の廃止のため"
DECIDER = RetailerPerson(CURRENT, "", "decider", USUAL[UserRole.RETAILER_DECIDER])
OPERATOR = HubOperator(HUB_PERSON, capacity=EVERY_HUB_ROLE)
LEAVING = LeavingRequest(retailer_code=CURRENT, last_day=date(2026, 1, 31), reason=REASON)
SUCCESSION = SuccessionOfAllRequest(retailer_code=CURRENT, reason=REASON, successor=OTHER)
CLOSURE = ClosureOfAllRequest(retailer_code=CURRENT, reason=REASON)

DOINGS: dict[str, Callable[[str, Person, Hub], object]] = {
    "suspend": lambda case, actor, hub: interventions.suspend(
        InterventionRequest(case_number=case, reason=REASON), actor=actor, hub=hub
    ),
    "resume": lambda case, actor, hub: interventions.resume(
        ResumptionRequest(case_number=case, reason=REASON), actor=actor, hub=hub
    ),
    "succeed": lambda case, actor, hub: interventions.succeed(
        SuccessionRequest(case_number=case, reason=REASON, leaving=CURRENT, successor=OTHER), actor=actor, hub=hub
    ),
    "close": lambda case, actor, hub: interventions.close(
        InterventionRequest(case_number=case, reason=REASON), actor=actor, hub=hub
    ),
    "record": lambda case, actor, hub: interventions.record(
        RecordRequest(case_number=case, reason=REASON, news=NewsKind.MATCHED), actor=actor, hub=hub
    ),
    "leave": lambda case, actor, hub: retailers.end_participation(LEAVING, actor=actor, hub=hub),
    "succeed in all": lambda case, actor, hub: retailers.succeed_in_all(SUCCESSION, actor=actor, hub=hub),
    "close all": lambda case, actor, hub: retailers.close_all(CLOSURE, actor=actor, hub=hub),
    "preview leaving": lambda case, actor, hub: retailers.preview_leaving(LEAVING, actor=actor, hub=hub),
    "preview succession": lambda case, actor, hub: retailers.preview_succession(SUCCESSION, actor=actor, hub=hub),
    "preview closure": lambda case, actor, hub: retailers.preview_closure(CLOSURE, actor=actor, hub=hub),
}


@pytest.fixture
def case(retailers: Database) -> str:
    return open_case(retailers)


@pytest.fixture
def hub(retailers: Database) -> Hub:
    return Hub(database=retailers, message_key=b"for tests", hand_over=lambda case_number: None)


@pytest.mark.parametrize("doing", DOINGS)
def test_a_retailers_person_may_do_none_of_it_and_nothing_is_stored(hub: Hub, case: str, doing: str) -> None:
    before = rows(hub.database, "SELECT count(*), (SELECT max(valid_to) FROM participants) FROM messages")

    with pytest.raises(NotAllowed):
        DOINGS[doing](case, DECIDER, hub)

    assert rows(hub.database, "SELECT count(*), (SELECT max(valid_to) FROM participants) FROM messages") == before


@pytest.mark.parametrize("doing", ["suspend", "resume", "succeed", "close", "record"])
def test_one_that_no_workflow_takes_is_stored_and_its_outcome_open(hub: Hub, case: str, doing: str) -> None:
    with pytest.raises(Refused) as refused:
        DOINGS[doing](case, OPERATOR, hub)

    assert refused.value.refusal.code is RefusalCode.OUTCOME_OPEN
    assert rows(hub.database, "SELECT user_id FROM messages WHERE message_id = :m", m=refused.value.message_id) == [
        (OPERATOR.user_id,)
    ]


@pytest.mark.parametrize(("successor", "words"), [("1777", "1777 は事業者一覧にありません"), (CURRENT, "自らを")])
def test_who_cannot_succeed_is_said_before_anything_is_stored(hub: Hub, case: str, successor: str, words: str) -> None:
    request = SuccessionRequest(case_number=case, reason=REASON, leaving=CURRENT, successor=successor)

    with pytest.raises(CannotSucceed, match=words):
        interventions.succeed(request, actor=OPERATOR, hub=hub)
    with pytest.raises(CannotSucceed, match=words):
        closure = SuccessionOfAllRequest(retailer_code=CURRENT, reason=REASON, successor=successor)
        retailers.succeed_in_all(closure, actor=OPERATOR, hub=hub)

    assert rows(hub.database, "SELECT count(*) FROM messages WHERE user_id = :u", u=OPERATOR.user_id) == [(0,)]


def test_consequences_are_counted_by_side_and_state(hub: Hub, case: str) -> None:
    preview = retailers.preview_closure(CLOSURE, actor=OPERATOR, hub=hub)

    assert (preview.count, preview.by_side, preview.others) == (1, {"現小売として": {"判断待ち": 1}}, 0)
