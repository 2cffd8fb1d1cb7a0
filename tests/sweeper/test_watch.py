"""The status watch against the real grid stub: what moved there is told to the cases concerned, once."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import text
from temporalio.api.enums.v1 import EventType

from grid_client.listing import status_pages
from grid_client.news import news_of_status
from models.absences import hold_ups
from models.cases.queries import grid_findings_of
from models.pauses import pause_area, resume_area
from models.watch import claim_cursor, polling
from rules.calendar import start_of
from rules.holdups import HoldUp, HoldUpKind, InMaintenance
from rules.maintenance import parse_windows
from rules.procedure.events import CommandKind, GridNews
from rules.procedure.outcomes import HistoryKind
from schemas.codes import (
    SWITCHING_APPLICATIONS,
    ApplicationKind,
    ApplicationState,
    Area,
    CasePhase,
    MeterWork,
    ProcessKind,
    Segment,
    SupplyKind,
)
from schemas.interfaces.processing_status import ProcessingStatus, ProcessingStatusListResponse
from sweeper.poll_tally import NewsUnclear
from sweeper.watch import FAR_BACK_EVERY, OVERLAP, UNREADABLE_FOR, Watch
from temporal.gateway import TemporalAway, TemporalGateway
from temporal.grid_news import SAY_AGAIN_AFTER
from tests.support import case_applications, decisions
from tests.support.cast import POINT, SECOND_POINT
from tests.support.grid import STEP, Grid
from tests.support.grid_requests import new_point, start_request
from tests.support.hub import Hub
from tests.support.matched_pair import PLACE, matched_pair
from tests.support.processes import wait_until
from tests.support.settings import ALWAYS


@pytest.fixture
def watch(hub: Hub, grid: Grid) -> Watch:
    """Make the watch as the sweeper's process runs it."""
    return Watch(database=hub.database, gateway=hub.gateway, grid=grid.client)


def test_a_pair_that_matched_is_told_to_its_case(hub: Hub, grid: Grid, watch: Watch) -> None:
    case = matched_pair(hub, grid)

    assert watch.listen(*PLACE) == 1

    state = hub.wait_for(case, CasePhase.MATCHED)
    assert state.matched_at == grid.status(ApplicationKind.START, state.start.number or "").matched_at


def test_what_the_hub_knows_is_not_told_again(hub: Hub, grid: Grid, watch: Watch) -> None:
    case = matched_pair(hub, grid)
    watch.listen(*PLACE)
    hub.wait_for(case, CasePhase.MATCHED)

    assert watch.listen(*PLACE) == 0


def test_a_case_that_does_not_react_is_not_told_the_same_at_every_poll(hub: Hub, grid: Grid, watch: Watch) -> None:
    case = matched_pair(hub, grid)
    hub.stop_worker(case)

    assert [watch.listen(*PLACE) for _ in range(3)] == [1, 0, 0]
    assert hub.count(case, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED) == 1

    hub.worker.start()
    hub.wait_for(case, CasePhase.MATCHED)


def test_a_case_that_does_not_react_is_told_once_more_after_a_while(hub: Hub, grid: Grid) -> None:
    case = matched_pair(hub, grid)
    hub.stop_worker(case)
    impatient = Watch(database=hub.database, gateway=hub.gateway, grid=grid.client, say_again_after=timedelta(0))

    assert [impatient.listen(*PLACE) for _ in range(2)] == [1, 1]


def test_windows_still_bring_what_a_case_is_to_be_told_once_more() -> None:
    heard_at_the_latest, asked_again_at_the_latest = FAR_BACK_EVERY, FAR_BACK_EVERY
    reach = OVERLAP + FAR_BACK_EVERY

    assert heard_at_the_latest + SAY_AGAIN_AFTER + asked_again_at_the_latest <= reach


def test_a_case_that_does_not_react_is_told_at_once_what_is_new(hub: Hub, grid: Grid, watch: Watch) -> None:
    case = matched_pair(hub, grid)
    hub.stop_worker(case)
    assert watch.listen(*PLACE) == 1

    grid.move_clock(start_of(grid.day()) + STEP * 20 - grid.now())

    assert [watch.listen(*PLACE) for _ in range(2)] == [1, 0]


def test_who_could_not_be_told_is_told_the_next_time(
    hub: Hub, grid: Grid, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = matched_pair(hub, grid)
    with monkeypatch.context() as patch:
        patch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
        alone = TemporalGateway()
        with pytest.raises(TemporalAway):
            Watch(database=hub.database, gateway=alone, grid=grid.client).listen(*PLACE)
        alone.close()

    assert watch.listen(*PLACE) == 1
    hub.wait_for(case, CasePhase.MATCHED)


def test_a_case_that_lost_its_workflow_gets_it_back_and_is_told(hub: Hub, grid: Grid, watch: Watch) -> None:
    case = matched_pair(hub, grid)
    hub.terminate(case)

    assert watch.listen(*PLACE) == 1

    hub.wait_for(case, CasePhase.MATCHED)


def test_a_case_whose_workflow_has_completed_while_its_row_is_open_holds_up_no_other(
    hub: Hub, grid: Grid, watch: Watch
) -> None:
    # As after a database was put back: a run that completed was followed by no other, and news stopped for all.
    ended, other = matched_pair(hub, grid), matched_pair(hub, grid, point_number=SECOND_POINT)
    as_open = hub.row(ended)
    hub.intervene(ended, CommandKind.CLOSE)
    hub.wait_closed(ended)
    hub.put_row_back(ended, as_open)

    assert watch.listen(*PLACE) == 2

    hub.wait_for(other, CasePhase.MATCHED)
    hub.wait_for(ended, CasePhase.MATCHED)


@pytest.mark.parametrize("broken_point", [POINT, SECOND_POINT])
def test_a_case_that_cannot_be_told_holds_up_no_other_and_its_news_is_told_later(
    hub: Hub, grid: Grid, watch: Watch, broken_point: str
) -> None:
    pairs = {point: matched_pair(hub, grid, point_number=point) for point in (POINT, SECOND_POINT)}
    broken = pairs.pop(broken_point)
    (other,) = pairs.values()
    readable = hub.row(broken)
    hub.terminate(broken)
    hub.sql("UPDATE cases SET state = '{}' WHERE case_number = :n", n=broken)

    assert watch.listen(*PLACE) == 1
    hub.wait_for(other, CasePhase.MATCHED)
    assert [watch.listen(*PLACE) for _ in range(2)] == [0, 0], "it is the sweeper's to tell from here on"
    assert cursor_moved(hub)

    hub.put_row_back(broken, readable)
    hub.hand_over(broken)
    hub.wait_for(broken, CasePhase.MATCHED)


def test_news_that_nobody_can_make_out_holds_up_no_other(
    hub: Hub, grid: Grid, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    unclear, other = matched_pair(hub, grid), matched_pair(hub, grid, point_number=SECOND_POINT)
    numbers = [application.number for application in hub.state(unclear).applications]

    def make_out(status: ProcessingStatus, **more: Any) -> tuple[GridNews, ...]:
        if status.application_number in numbers:
            raise ValueError
        return news_of_status(status, **more)

    with monkeypatch.context() as patch:
        patch.setattr("temporal.grid_news.news_of_status", make_out)
        with pytest.raises(NewsUnclear, match=unclear):
            watch.listen(*PLACE)
    hub.wait_for(other, CasePhase.MATCHED)

    assert watch.listen(*PLACE) == 1, "the same window is polled again"
    hub.wait_for(unclear, CasePhase.MATCHED)


def test_a_completion_tells_of_the_matching_as_well(hub: Hub, grid: Grid, watch: Watch) -> None:
    case = matched_pair(hub, grid)
    grid.move_clock(start_of(grid.day()) + STEP * 20 - grid.now())

    watch.listen(*PLACE)

    state = hub.wait_for(case, CasePhase.COMPLETED)
    assert state.matched_at is not None
    assert state.completed_at is not None
    assert state.matched_at < state.completed_at - timedelta(days=1)
    assert HistoryKind.MATCHED in hub.lines(case)


@pytest.mark.parametrize("side", SWITCHING_APPLICATIONS)
def test_what_the_grid_operator_cancels_after_matching_ends_its_case(
    hub: Hub, grid: Grid, watch: Watch, side: ApplicationKind
) -> None:
    case = matched_pair(hub, grid)
    watch.listen(*PLACE)
    matched = hub.wait_for(case, CasePhase.MATCHED)

    grid.intervene(matched.application(side).number or "", cancelled="設備の故障")
    assert watch.listen(*PLACE) == 1

    ended = hub.wait_for(case, CasePhase.GRID_CANCELLED)
    assert {application.state for application in ended.applications} == {ApplicationState.CANCELLED}
    assert hub.lines(case)[-1] is HistoryKind.GRID_CANCELLED
    with hub.database.transaction() as session:
        (reason,) = grid_findings_of(session, application_number=ended.application(side).number or "")
    assert reason.message == "設備の故障"


def test_a_date_that_the_grid_operator_moves_after_matching_is_told_to_its_case(
    hub: Hub, grid: Grid, watch: Watch
) -> None:
    case = matched_pair(hub, grid)
    watch.listen(*PLACE)
    matched = hub.wait_for(case, CasePhase.MATCHED)
    later = matched.effective_date + timedelta(days=3)

    grid.intervene(matched.start.number or "", effective_date=later.isoformat())
    watch.listen(*PLACE)

    wait_until(lambda: hub.state(case).effective_date == later, what="the date is moved")
    assert hub.lines(case)[-1] is HistoryKind.EFFECTIVE_DATE_MOVED


def test_a_row_that_cannot_be_read_spoils_no_other_and_is_heard_once_it_is_mended(
    hub: Hub, grid: Grid, watch: Watch
) -> None:
    wrong, right = (matched_pair(hub, grid, point_number=new_point()) for _ in range(2))
    spoilt = {
        f"{application.number}/matchedAt": "0001-01-01T00:00:00Z" for application in hub.state(wrong).applications
    }
    grid.tell(Area.TOKYO, spoilt=spoilt)

    assert watch.listen(*PLACE) == 1
    hub.wait_for(right, CasePhase.MATCHED)
    grid.move_clock(OVERLAP * 3)
    assert watch.listen(*PLACE) == 0
    assert hub.state(wrong).phase is not CasePhase.MATCHED

    grid.tell(Area.TOKYO, spoilt={})
    assert watch.listen(*PLACE) == 1
    hub.wait_for(wrong, CasePhase.MATCHED)


def test_a_row_that_cannot_be_read_keeps_the_cursor_back_for_a_day_at_most(hub: Hub, grid: Grid, watch: Watch) -> None:
    matched_pair(hub, grid)
    watch.listen(*PLACE)
    first = heard_until(hub)
    grid.tell(Area.TOKYO, spoilt={"effectiveDate": "9999-12-31"})

    grid.move_clock(UNREADABLE_FOR / 2)
    watch.listen(*PLACE)
    assert heard_until(hub) == first

    grid.move_clock(UNREADABLE_FOR)
    watch.listen(*PLACE)
    assert grid.now() - UNREADABLE_FOR - timedelta(minutes=1) < heard_until(hub) <= grid.now() - UNREADABLE_FOR


def test_what_a_grid_operator_commits_late_is_heard_within_a_minute(hub: Hub, grid: Grid, watch: Watch) -> None:
    watch.listen(*PLACE)
    case = matched_pair(hub, grid)
    late = OVERLAP - timedelta(seconds=30)
    hub.sql("UPDATE grid_stub.applications SET changed_at = changed_at - :late", late=late)

    assert watch.listen(*PLACE) == 0
    grid.move_clock(FAR_BACK_EVERY)
    assert watch.listen(*PLACE) == 1
    hub.wait_for(case, CasePhase.MATCHED)


def test_windows_reach_far_back_once_a_minute_and_as_long_as_a_row_cannot_be_read(
    hub: Hub, grid: Grid, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_since: list[datetime] = []

    def note(*args: Any, changed_since: datetime, **more: Any) -> Iterator[ProcessingStatusListResponse]:
        asked_since.append(changed_since)
        return status_pages(*args, changed_since=changed_since, **more)

    def reaches_far_back() -> bool:
        before = heard_until(hub)
        watch.listen(*PLACE)
        return before - asked_since[-1] >= OVERLAP

    matched_pair(hub, grid)
    watch.listen(*PLACE)
    monkeypatch.setattr("sweeper.watch.status_pages", note)

    assert [reaches_far_back() for _ in range(2)] == [False, False]
    grid.move_clock(FAR_BACK_EVERY)
    assert [reaches_far_back() for _ in range(2)] == [True, False]
    grid.tell(Area.TOKYO, spoilt={"matchedAt": "0001-01-01T00:00:00Z"})
    grid.move_clock(FAR_BACK_EVERY)
    assert [reaches_far_back() for _ in range(3)] == [True, True, True]
    grid.tell(Area.TOKYO, spoilt={})
    assert [reaches_far_back() for _ in range(2)] == [True, False]


def test_what_a_grid_operator_commits_late_is_heard_although_the_databases_clock_was_set_back(
    hub: Hub, grid: Grid, watch: Watch
) -> None:
    watch.listen(*PLACE)
    case = matched_pair(hub, grid)
    late = OVERLAP - timedelta(seconds=30)
    hub.sql("UPDATE grid_stub.applications SET changed_at = changed_at - :late", late=late)
    hub.sql("UPDATE watch_cursors SET caught_up_at = caught_up_at + :ahead", ahead=timedelta(hours=1))

    assert watch.listen(*PLACE) == 1
    hub.wait_for(case, CasePhase.MATCHED)


def test_a_clock_of_a_grid_operator_that_goes_ahead_loses_no_news(hub: Hub, grid: Grid, watch: Watch) -> None:
    grid.tell(Area.TOKYO, spoilt={"asOf": "2199-12-31T00:00:00+09:00"})
    matched_pair(hub, grid)
    watch.listen(*PLACE)
    assert heard_until(hub) <= grid.now()
    grid.move_clock(OVERLAP * 3)

    later = matched_pair(hub, grid, point_number=new_point())

    assert watch.listen(*PLACE) >= 1
    hub.wait_for(later, CasePhase.MATCHED)


def test_a_clock_of_a_grid_operator_that_fell_back_to_the_first_year_stops_no_news(
    hub: Hub, grid: Grid, watch: Watch
) -> None:
    grid.tell(Area.TOKYO, spoilt={"asOf": "2000-01-01T00:00:00+09:00"})
    watch.listen(*PLACE)
    assert heard_until(hub).year == 2000
    grid.tell(Area.TOKYO, spoilt={})

    case = matched_pair(hub, grid)

    assert watch.listen(*PLACE) == 1
    hub.wait_for(case, CasePhase.MATCHED)
    assert heard_until(hub).year > 2000


def heard_until(hub: Hub) -> datetime:
    with hub.database.transaction() as session:
        cursor = claim_cursor(session, area=PLACE[0], segment=PLACE[1])
    assert cursor is not None and cursor.heard_until is not None
    return cursor.heard_until


def test_a_change_of_meter_work_alone_is_told_to_its_case(hub: Hub, grid: Grid, watch: Watch) -> None:
    case = matched_pair(hub, grid)
    watch.listen(*PLACE)
    matched = hub.wait_for(case, CasePhase.MATCHED)
    assert matched.meter_work is MeterWork.NEEDED

    grid.intervene(matched.start.number or "", meter_work="not_needed")
    assert watch.listen(*PLACE) == 1

    wait_until(lambda: hub.state(case).meter_work is MeterWork.NOT_NEEDED, what="the meter work is known")
    assert hub.lines(case)[-1] is HistoryKind.METER_WORK_CHANGED
    assert hub.state(case).effective_date == matched.effective_date
    assert watch.listen(*PLACE) == 0


def test_what_is_found_wrong_otherwise_than_before_is_told_to_its_case(hub: Hub, grid: Grid, watch: Watch) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.give(case, case_applications.file_start)
    hub.wait_for_line(case, HistoryKind.RECEIVED)
    state = hub.state(case)
    dated: dict[str, Any] = {
        "number": state.start.number,
        "case_number": case,
        "point_number": state.point_number,
        "effective_date": state.effective_date,
    }
    grid.move_clock(STEP)  # what is found is found later than what the hub heard
    grid.tell(Area.TOKYO, defects_left=1)
    grid.send(ApplicationKind.START, start_request(**dated))
    watch.listen(*PLACE)
    wait_until(lambda: hub.state(case).start.defects == ("as-ordered",), what="the defect is heard")
    assert watch.listen(*PLACE) == 0

    grid.move_clock(STEP)
    wrong = start_request(
        **dated, process_kind=ProcessKind.AMEND, meter_work=MeterWork.NEEDED, supply_kind=SupplyKind.FLAT_RATE
    )
    grid.send(ApplicationKind.START, wrong)
    assert watch.listen(*PLACE) == 1

    wait_until(lambda: hub.lines(case).count(HistoryKind.DEFECTIVE) == 2, what="the other defect is heard")
    assert hub.state(case).start.defects == ("basis-of-supply-kind",)
    with hub.database.transaction() as session:
        (finding,) = grid_findings_of(session, application_number=state.start.number or "")
    assert finding.rule == "basis-of-supply-kind"
    assert watch.listen(*PLACE) == 0


def test_an_area_that_another_process_polls_is_left_to_it(hub: Hub, grid: Grid, watch: Watch) -> None:
    watch.listen(*PLACE)
    case = matched_pair(hub, grid)

    with hub.database.transaction() as session:
        assert claim_cursor(session, area=Area.TOKYO, segment=Segment.LOW_VOLTAGE) is not None
        assert watch.listen(*PLACE) == 0

    assert watch.listen(*PLACE) == 1
    hub.wait_for(case, CasePhase.MATCHED)


def test_an_area_that_another_process_asks_about_is_left_to_it(hub: Hub, grid: Grid, watch: Watch) -> None:
    matched_pair(hub, grid)

    with polling(hub.database, area=PLACE[0], segment=PLACE[1]) as theirs:
        assert theirs
        assert watch.listen(*PLACE) == 0

    assert watch.listen(*PLACE) == 1


def test_while_a_grid_operator_takes_its_time_no_transaction_is_open(hub: Hub, grid: Grid, watch: Watch) -> None:
    matched_pair(hub, grid)
    grid.tell(PLACE[0], delay_seconds=3.0)

    with ThreadPoolExecutor(1) as threads:
        poll = threads.submit(watch.listen, *PLACE)
        wait_until(lambda: rows(hub, _LOCKS_HELD), what="the poll")
        time.sleep(1.0)
        still_open = rows(hub, _OPEN_FOR_LONG)
        assert not poll.done()

        assert still_open == []
        assert poll.result() == 1


def rows(hub: Hub, question: str) -> list[Any]:
    """Read what PostgreSQL says of itself."""
    with hub.database.transaction() as session:
        return list(session.execute(text(question)))


_LOCKS_HELD = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
_OPEN_FOR_LONG = """
SELECT state, query FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND state LIKE 'idle in transaction%' AND clock_timestamp() - state_change > interval '0.5 seconds'
"""


@pytest.mark.parametrize("why", ["its maintenance window", "its calls being stopped"])
def test_a_grid_operator_is_not_polled_for_the_time_of(hub: Hub, grid: Grid, why: str) -> None:
    matched_pair(hub, grid)
    area, _ = PLACE
    windows = parse_windows(ALWAYS if "window" in why else "")
    if "stopped" in why:
        with hub.database.transaction() as session:
            pause_area(session, area=area, reason="")
    watch = Watch(database=hub.database, gateway=hub.gateway, grid=grid.client, windows=windows)
    before = polls_of(area)

    watch.poll()
    with hub.database.transaction() as session:
        resume_area(session, area=area)
    Watch(database=hub.database, gateway=hub.gateway, grid=grid.client).poll()

    wait_until(lambda: polls_of(area) > before, what="the poll after it")
    assert polls_of(area) == before + 1


def cursor_moved(hub: Hub) -> bool:
    with hub.database.transaction() as session:
        cursor = claim_cursor(session, area=PLACE[0], segment=PLACE[1])
    return cursor is not None and cursor.heard_until is not None


def polls_of(area: Area) -> float:
    """Count how often an area was polled with success."""
    return REGISTRY.get_sample_value("hub_watch_polls_total", {"area": area.value, "outcome": "ok"}) or 0.0


def test_a_poll_that_goes_unanswered_tells_cases_and_screens_until_one_is_answered(hub: Hub, grid: Grid) -> None:
    matched_pair(hub, grid)
    area, _ = PLACE
    watch = Watch(database=hub.database, gateway=hub.gateway, grid=grid.client)
    grid.tell(area, down=True)
    watch.poll()
    wait_until(lambda: hold_ups_of(hub).get(area), what="the absence to be noted")
    assert hold_ups_of(hub)[area].kind is HoldUpKind.AWAY
    grid.tell(area, down=False)

    def polled_and_heard() -> bool:
        watch.poll()
        return area not in hold_ups_of(hub)

    wait_until(polled_and_heard, what="its answer to be noted")


def test_a_maintenance_that_the_grid_operator_tells_of_is_not_polled_into(hub: Hub, grid: Grid) -> None:
    matched_pair(hub, grid)
    area, _ = PLACE
    watch = Watch(database=hub.database, gateway=hub.gateway, grid=grid.client)
    end = grid.now() + timedelta(hours=2)
    grid.tell(area, maintenance_until=end.isoformat())
    watch.poll()
    wait_until(lambda: hold_ups_of(hub).get(area), what="the maintenance to be noted")
    maintenance = hold_ups_of(hub)[area]
    assert isinstance(maintenance, InMaintenance)
    assert (maintenance.until, maintenance.announced) == (end, True)
    refused = grid.counters(area)

    watch.poll()

    assert grid.counters(area) == refused


def hold_ups_of(hub: Hub) -> dict[Area, HoldUp]:
    """Name what holds up the areas now."""
    with hub.database.transaction() as session:
        return hold_ups(session, windows=parse_windows(""))
