"""Calls behind a circuit breaker for each area, against the real stub."""

from dataclasses import dataclass
from uuid import uuid4

import pytest

from grid_client.breaker import BreakerRules
from grid_client.errors import GridFault, GridUnreachable
from grid_client.grid import Grid as ToGrid
from grid_client.guarded import GuardedGrid
from schemas.codes import Area, Segment
from schemas.grid import grid_interface
from schemas.interfaces.facility_inquiry import FacilityInquiryResponse
from tests.support.cast import NEW, consent
from tests.support.grid import Grid


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guarded(grid: Grid, clock: Clock) -> GuardedGrid:
    return GuardedGrid(grid.client, rules=BreakerRules(failures=2, pause=30.0, slow=5.0), monotonic=clock)


def ask(guarded: GuardedGrid, *, area: Area = Area.TOKYO, ending: str = "0001") -> object:
    segment = Segment.LOW_VOLTAGE
    request = grid_interface("10110", segment).request(
        message_id=str(uuid4()), retailer_code=NEW, point_number=f"{area.value}{ending:0>20}", consent=consent()
    )
    return guarded.call(area=area, segment=segment, interface_number="10110", request=request)


def reason(guarded: GuardedGrid) -> str:
    with pytest.raises(GridUnreachable) as away:
        ask(guarded)
    return away.value.reason


def test_an_area_that_does_not_answer_is_soon_not_asked_any_more_and_the_others_are(
    grid: Grid, guarded: GuardedGrid, clock: Clock
) -> None:
    grid.tell(Area.TOKYO, down=True)

    reasons = [reason(guarded) for _ in range(3)]

    assert reasons[:2] == ["line-cut", "line-cut"]
    assert reasons[2] == "circuit-open"
    assert isinstance(ask(guarded, area=Area.KANSAI), FacilityInquiryResponse)


def test_once_it_answers_again_everybody_gets_through(grid: Grid, guarded: GuardedGrid, clock: Clock) -> None:
    grid.tell(Area.TOKYO, down=True)
    for _ in range(2):
        reason(guarded)
    grid.tell(Area.TOKYO, down=False)

    assert reason(guarded) == "circuit-open"
    clock.now = 30.0
    for _ in range(2):
        assert isinstance(ask(guarded), FacilityInquiryResponse)


def test_a_refusal_is_an_answer(guarded: GuardedGrid) -> None:
    for _ in range(4):
        with pytest.raises(GridFault):
            ask(guarded, ending="9999")


@dataclass
class SlowGrid:
    """Answers as another does, and takes its time by the clock of the test."""

    sound: ToGrid
    clock: Clock
    takes: float

    def call(self, *, area: Area, segment: Segment, interface_number: str, request: object) -> object:
        answer = self.sound.call(area=area, segment=segment, interface_number=interface_number, request=request)
        self.clock.now += self.takes
        return answer


def test_an_area_that_always_takes_long_is_soon_waited_for_by_one_call_alone(grid: Grid, clock: Clock) -> None:
    slow = SlowGrid(grid.client, clock, takes=9.0)
    guarded = GuardedGrid(slow, rules=BreakerRules(failures=2, pause=30.0, slow=5.0), monotonic=clock)

    for _ in range(2):
        assert isinstance(ask(guarded), FacilityInquiryResponse), "who has waited is answered"
    assert reason(guarded) == "circuit-open"
    clock.now += 30.0
    assert isinstance(ask(guarded), FacilityInquiryResponse)
    assert reason(guarded) == "circuit-open"

    slow.takes = 0.1
    clock.now += 30.0
    for _ in range(3):
        assert isinstance(ask(guarded), FacilityInquiryResponse)
