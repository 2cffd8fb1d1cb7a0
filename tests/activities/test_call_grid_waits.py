"""``call-grid`` in a maintenance window, and where the hub operator has stopped an area: nobody is called."""

from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationError

from models.pauses import pause_area, resume_area
from rules.calendar import day_of, end_of
from rules.procedure.events import NewsKind
from schemas.codes import Area
from tests.support.filed import Filed
from tests.support.settings import ALWAYS


def pause(filed: Filed, area: Area) -> None:
    with filed.grid.database.transaction() as session:
        pause_area(session, area=area, reason="障害調査")


def test_in_a_maintenance_window_its_end_is_told_and_nobody_called(filed: Filed) -> None:
    before, now = filed.grid.counters(Area.TOKYO), filed.grid.now()

    result = filed.result(filed.start, windows=ALWAYS)

    assert result.news == ()
    assert result.maintenance is not None
    assert result.maintenance.until == end_of(day_of(now))
    assert timedelta(0) <= result.maintenance.at - now < timedelta(seconds=10)
    assert not result.maintenance.tried
    assert filed.grid.counters(Area.TOKYO) == before


def test_in_another_areas_window_the_call_is_made(filed: Filed) -> None:
    result = filed.result(filed.start, windows=f"{ALWAYS}; 03 none")

    assert result.maintenance is None
    assert [news.kind for news in result.news] == [NewsKind.RECEIVED]


def test_a_call_that_may_have_arrived_before_the_window_asks_for_the_status_after_it(filed: Filed) -> None:
    filed.make(filed.start)
    held = filed.result(filed.start, attempt=2, windows=ALWAYS)
    assert held.maintenance is not None and held.maintenance.tried

    after = filed.make(filed.tried(filed.start))

    assert [news.kind for news in after] == [NewsKind.RECEIVED]
    assert filed.grid.counters(Area.TOKYO)["repeats"] == 0, "the application was not sent again"


def test_where_the_area_is_stopped_nobody_is_called_until_it_is_let_go_on(filed: Filed) -> None:
    before = filed.grid.counters(Area.TOKYO)
    pause(filed, Area.TOKYO)

    with pytest.raises(ApplicationError) as stopped:
        filed.make(filed.start)

    assert stopped.value.message.startswith("東京エリアの送配電システムの呼び出しは")
    assert stopped.value.type == "GridPaused"
    assert not stopped.value.non_retryable
    assert "障害調査" not in stopped.value.message, "what an operator writes stays out of Temporal"
    assert filed.grid.counters(Area.TOKYO) == before
    with filed.grid.database.transaction() as session:
        resume_area(session, area=Area.TOKYO)
    assert [news.kind for news in filed.make(filed.start, attempt=2)] == [NewsKind.RECEIVED]


def test_a_stopped_area_stops_no_other(filed: Filed) -> None:
    pause(filed, Area.KANSAI)

    assert filed.kinds(filed.start) == [NewsKind.RECEIVED]
