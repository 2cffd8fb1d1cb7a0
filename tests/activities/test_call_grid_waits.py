"""``call-grid`` in a maintenance window, and where the hub operator has stopped an area: nobody is called."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from temporalio.exceptions import ApplicationError

from activities.call_grid import PointNotFree
from grid_client.client import GridClient
from grid_client.errors import GridFault
from models.pauses import pause_area, resume_area
from rules.calendar import day_of, end_of
from rules.holdups import HoldUpKind, InMaintenance
from rules.procedure.calls import TroubleKind
from rules.procedure.events import NewsKind
from schemas.codes import Area
from tests.support.cast import OTHER
from tests.support.filed_case import FiledCase
from tests.support.grid_requests import new_point
from tests.support.lone_applications import open_start
from tests.support.settings import ALWAYS


def pause(filed: FiledCase, area: Area) -> None:
    with filed.grid.database.transaction() as session:
        pause_area(session, area=area, reason="障害調査")


def test_in_a_maintenance_window_its_end_is_told_and_nobody_called(filed: FiledCase) -> None:
    before, now = filed.grid.counters(Area.TOKYO), filed.grid.now()

    result = filed.result(filed.start, windows=ALWAYS)

    assert result.news == ()
    assert result.maintenance is not None
    assert result.maintenance.until == end_of(day_of(now))
    assert timedelta(0) <= result.maintenance.at - now < timedelta(seconds=10)
    assert not result.maintenance.tried
    assert filed.grid.counters(Area.TOKYO) == before


def test_what_a_case_files_waits_until_what_gave_way_to_it_is_taken_back(filed: FiledCase) -> None:
    number = open_start(filed.grid.database, retailer=OTHER, point_number=new_point())
    as_one_that_gave_way = """UPDATE cases SET gives_way = true,
        point_number = (SELECT point_number FROM cases WHERE case_number = :case) WHERE case_number = :number"""
    with filed.grid.database.transaction() as session:
        session.execute(text(as_one_that_gave_way), {"number": number, "case": filed.case_number})
    before = filed.grid.counters(Area.TOKYO)

    with pytest.raises(ApplicationError) as waits:
        filed.make(filed.end)
    assert (waits.value.type, waits.value.non_retryable) == (PointNotFree.__name__, False)
    assert filed.grid.counters(Area.TOKYO) == before

    with filed.grid.database.transaction() as session:
        session.execute(text("UPDATE cases SET phase = 'unmatched' WHERE case_number = :number"), {"number": number})
    assert filed.kinds(filed.end) == [NewsKind.RECEIVED]


def test_in_another_areas_window_the_call_is_made(filed: FiledCase) -> None:
    result = filed.result(filed.start, windows=f"{ALWAYS}; 03 none")

    assert result.maintenance is None
    assert [news.kind for news in result.news] == [NewsKind.RECEIVED]


def test_a_call_that_may_have_arrived_before_the_window_asks_for_the_status_after_it(filed: FiledCase) -> None:
    filed.make(filed.start)
    result = filed.result(filed.start, attempt=2, windows=ALWAYS)
    assert result.maintenance is not None and result.maintenance.tried

    after = filed.make(filed.tried(filed.start))

    assert [news.kind for news in after] == [NewsKind.RECEIVED]
    assert filed.grid.counters(Area.TOKYO)["repeats"] == 0, "the application was not sent again"


def test_where_the_area_is_stopped_nobody_is_called_until_it_is_let_go_on(filed: FiledCase) -> None:
    before = filed.grid.counters(Area.TOKYO)
    pause(filed, Area.TOKYO)

    trouble = filed.result(filed.start).trouble
    assert trouble is not None
    assert (trouble.kind, trouble.tried) == (TroubleKind.PAUSED, False)
    with pytest.raises(ApplicationError) as stopped:
        filed.make(replace(filed.start, told=(trouble.kind,)))

    assert stopped.value.message.startswith("東京エリアの送配電システムの呼び出しは")
    assert stopped.value.type == "GridPaused"
    assert not stopped.value.non_retryable
    assert "障害調査" not in repr(trouble)
    assert "障害調査" not in stopped.value.message, "what an operator writes stays out of Temporal"
    assert filed.grid.counters(Area.TOKYO) == before
    with filed.grid.database.transaction() as session:
        resume_area(session, area=Area.TOKYO)
    assert [news.kind for news in filed.make(filed.start, attempt=2)] == [NewsKind.RECEIVED]


def test_a_stopped_area_stops_no_other(filed: FiledCase) -> None:
    pause(filed, Area.KANSAI)

    assert filed.kinds(filed.start) == [NewsKind.RECEIVED]


class TestWhatTheGridOperatorAnnounces:
    """…for its maintenance is kept by area, and waited for like a configured window."""

    def test_its_end_is_told_and_kept_so_that_nobody_calls_the_area_again(self, filed: FiledCase) -> None:
        end = filed.grid.now() + timedelta(hours=3)
        filed.grid.tell(Area.TOKYO, maintenance_until=end.isoformat())

        first = filed.result(filed.start).maintenance
        filed.grid.tell(Area.TOKYO, down=True)  # nobody may ask it
        second = filed.result(filed.end).maintenance

        for maintenance in (first, second):
            assert maintenance is not None
            assert (maintenance.until, maintenance.announced, maintenance.tried) == (end, True, False)
        assert filed.held() == InMaintenance(end, since=filed.absence().since, announced=True, reason="HUB-R005")

    def test_once_it_is_over_and_the_grid_operator_answers_nothing_is_kept(self, filed: FiledCase) -> None:
        end = filed.grid.now() + timedelta(hours=3)
        filed.grid.tell(Area.TOKYO, maintenance_until=end.isoformat())
        assert filed.result(filed.start).maintenance is not None

        filed.grid.move_clock(timedelta(hours=3, minutes=1))

        assert filed.kinds(filed.start) == [NewsKind.RECEIVED]
        assert filed.held() is None

    @pytest.mark.parametrize("after", [timedelta(days=8), timedelta(days=365 * 150)], ids=["8 days", "for ever"])
    def test_an_end_that_nobody_would_wait_for_is_an_absence_like_any_other(
        self, filed: FiledCase, after: timedelta
    ) -> None:
        filed.grid.tell(Area.TOKYO, maintenance_until=(filed.grid.now() + after).isoformat())

        with pytest.raises(ApplicationError):
            filed.make(filed.start)

        hold_up = filed.held()
        assert hold_up is not None and (hold_up.kind, hold_up.until) == (HoldUpKind.AWAY, None)

    def test_one_that_announces_another_end_each_time_costs_a_case_no_timer_after_a_while(
        self, filed: FiledCase
    ) -> None:
        filed.grid.tell(Area.TOKYO, maintenance_until=(filed.grid.now() + timedelta(hours=3)).isoformat())

        with pytest.raises(ApplicationError):
            filed.make(replace(filed.start, windows=20))


class TestWhoIsAway:
    def test_the_case_is_told_with_the_third_try_and_only_once(self, filed: FiledCase) -> None:
        filed.grid.tell(Area.TOKYO, down=True)
        for attempt in (1, 2):
            with filed.as_new(), pytest.raises(ApplicationError):
                filed.make(filed.start, attempt=attempt)

        with filed.as_new():
            trouble = filed.result(filed.start, attempt=3).trouble

        assert trouble is not None
        assert (trouble.kind, trouble.tried) == (TroubleKind.AWAY, True)
        assert trouble.since == filed.absence().since
        for attempt in (3, 300):
            with pytest.raises(ApplicationError):
                filed.make(replace(filed.start, told=(TroubleKind.AWAY,)), attempt=attempt)

    def test_where_the_area_is_known_to_be_away_the_next_case_is_told_at_once_since_when(
        self, filed: FiledCase
    ) -> None:
        filed.grid.tell(Area.TOKYO, down=True)
        with pytest.raises(ApplicationError):
            filed.make(filed.start)
        since = filed.absence().since
        filed.grid.move_clock(timedelta(minutes=5))

        trouble = filed.result(filed.end).trouble

        assert trouble is not None and (trouble.kind, trouble.since) == (TroubleKind.AWAY, since)

    def test_what_was_noted_long_ago_is_another_absence(self, filed: FiledCase) -> None:
        filed.grid.tell(Area.TOKYO, down=True)
        with pytest.raises(ApplicationError):
            filed.make(filed.start)
        since = filed.absence().since
        filed.grid.move_clock(timedelta(hours=1))
        assert filed.held() is None, "nobody has called it since"

        with pytest.raises(ApplicationError):
            filed.make(filed.end)

        assert filed.absence().since - since >= timedelta(hours=1)

    def test_once_it_answers_it_is_away_no_longer(self, filed: FiledCase) -> None:
        filed.grid.tell(Area.TOKYO, down=True)
        with pytest.raises(ApplicationError):
            filed.make(filed.start)
        assert filed.held() is not None
        filed.grid.tell(Area.TOKYO, down=False)

        assert filed.kinds(filed.start, attempt=2) == [NewsKind.RECEIVED]
        assert filed.held() is None

    def test_an_answer_that_does_not_tell_is_none_of_the_areas(self, filed: FiledCase) -> None:
        client = GridClient(filed.grid.server.settings(grid_url=filed.grid.server.url("/grid/99/low_voltage")))

        trouble = filed.result(filed.start, client=client, attempt=3).trouble

        assert trouble is not None and (trouble.kind, trouble.reason) == (TroubleKind.UNCLEAR, "HUB-T010")
        assert filed.held() is None

    def test_one_that_says_it_will_take_it_later_needs_no_person(self, filed: FiledCase) -> None:
        trouble = filed.result(filed.start, client=Busy(), attempt=3).trouble  # type: ignore[arg-type]

        assert trouble is not None and (trouble.kind, trouble.reason) == (TroubleKind.PENDING, "HUB-R003")
        assert filed.held() is None


class Busy:
    """A grid operator that takes nothing for a while, of one point or at all."""

    def call(self, **arguments: object) -> object:
        """Refuse, as one that a repeat may help."""
        raise GridFault("HUB-R003", "一時的に受け付けられません。", retryable=True)
