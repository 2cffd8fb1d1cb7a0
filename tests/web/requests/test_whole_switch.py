"""A switch from its beginning to the matching, by people at screens alone."""

from schemas.codes import ApplicationState, CasePhase, ProcessKind
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.referral import REFERRAL
from tests.support.cast import CURRENT, DECIDER, NEW_SIDE, register_cast
from tests.support.hub import Hub
from tests.web.conftest import Browsers
from tests.web.decision.test_decide import ACCEPT, SEND_OK, checked, form_of
from tests.web.pages import get, send, words
from tests.web.requests.walking import SEND, address, confirmed, facts_of, result_of, typed, value

REGISTER = SEND[ProcessKind.REGISTER]
TERMS = {"telephone": "03-1234-5678", "supplyKind": "lighting", "contractBasis": "ampere_breaker"}


def test_both_sides_carry_it_to_the_grid_operator(working_browsers: Browsers, hub: Hub) -> None:
    with hub.database.transaction() as session:
        register_cast(session)
    new, current = working_browsers.of(NEW_SIDE), working_browsers.of(DECIDER)

    form = get(new, address(REFERRAL))
    page = confirmed(new, form, typed(REFERRAL, hub.database, currentRetailerCode=CURRENT, meterWork="not_needed"))
    number = words(result_of(new, send(new, page, button=REGISTER)), "//*[@class='copied']")[0]

    decided = get(current, send(current, checked(current, form_of(current, number), ACCEPT), button=SEND_OK).location)
    (leads,) = decided.xpath("//main//a[normalize-space()='廃止申請を登録する']/@href")
    assert leads == address(END_APPLICATION, subject=number)
    ended = result_of(current, send(current, confirmed(current, get(current, leads)), button=REGISTER))

    start = get(new, address(START_APPLICATION, subject=number))
    assert value(start, "holderName") == "髙橋　太郎"
    page = confirmed(new, start, {**TERMS, "contractCapacity": "40", "meterWork": "not_needed"})
    started = result_of(new, send(new, page, button=REGISTER))

    state = hub.state(number)
    assert state.phase is CasePhase.AWAITING_APPLICATIONS
    assert facts_of(started)["申請番号"] == state.start.number
    assert facts_of(ended)["申請番号"] == state.end.number
    assert {each.state for each in state.applications} <= {ApplicationState.SENDING, ApplicationState.RECEIVED}
