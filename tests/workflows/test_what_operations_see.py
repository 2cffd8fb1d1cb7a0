"""What an operations person reads of a case in the Temporal UI, without the code."""

import json

from temporalio.api.enums.v1 import EventType

from rules.calendar import start_of
from rules.core import next_alarm
from rules.procedure.outcomes import HistoryKind
from schemas.codes import CasePhase
from schemas.refusal_codes import RefusalCode
from temporal import names
from tests.support import case_applications, decisions
from tests.support.cast import CURRENT, NEW, POINT
from tests.support.hub import Hub
from tests.support.steps_in_histories import is_step
from workflows.words import alarm_words


def test_a_case_tells_its_state_in_japanese(hub: Hub) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)

    details = hub.current_details(case)

    state = hub.state(case)
    for words in (
        "**案件状態**: 申請待ち・申請中（版1）",
        "**待っているもの**: 東京のマッチング",
        "24:00（規則 application-cut-off）",
        f"- **開始申請** {state.start.number}: 受付\n",
        f"- **廃止申請** {state.end.number}: 受付\n",
        "承諾（現小売）",
    ):
        assert words in details


def test_a_case_is_introduced_by_area_segment_and_number(hub: Hub) -> None:
    case = hub.open()

    assert hub.summary(case) == f"東京 低圧託送 スイッチング案件 {case}"


def test_timers_and_activities_say_what_they_are_for(hub: Hub) -> None:
    case = hub.open()
    first_alarm = next_alarm(hub.state(case))
    assert first_alarm is not None
    hub.give(case, case_applications.file_start)
    hub.give(case, decisions.decide)
    hub.give(case, case_applications.file_start)
    hub.wait_for_line(case, HistoryKind.RECEIVED)

    summaries = [
        json.loads(event.user_metadata.summary.data)
        for event in hub.history(case).events
        if is_step(event)
        or event.event_type in (EventType.EVENT_TYPE_TIMER_STARTED, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
    ]

    number = hub.state(case).start.number
    assert summaries[0] == "案件と業務日時を読む"
    assert f"受け付けられない旨を回答（{RefusalCode.WRONG_STATE}）" in summaries
    assert "案件履歴 2: 承諾（現小売）" in summaries
    assert f"開始申請 {number} を東京へ送信" in summaries
    assert alarm_words(first_alarm) in summaries
    assert not [summary for summary in summaries if "待" in summary], "a timer that was taken away keeps its summary"


def test_search_attributes_follow_the_case(hub: Hub) -> None:
    case = hub.open()
    first = hub.description(case).typed_search_attributes
    hub.give(case, decisions.decide)
    then = hub.description(case).typed_search_attributes

    assert first[names.CASE_PHASE] == CasePhase.AWAITING_DECISION.value
    assert first[names.POINT_NUMBER] == POINT
    assert (first[names.NEW_RETAILER], first[names.CURRENT_RETAILER]) == (NEW, CURRENT)
    assert (first[names.AREA], first[names.SEGMENT]) == ("03", "low_voltage")
    assert first[names.PROCEDURE_KIND] == "switching"
    assert first[names.EFFECTIVE_DATE] == start_of(hub.state(case).effective_date)
    assert then[names.CASE_PHASE] == CasePhase.AWAITING_APPLICATIONS.value
    assert then[names.NEXT_DEADLINE] == hub.state(case).cut_off


def test_search_attributes_are_written_only_when_they_change(hub: Hub) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    for _ in range(2):
        assert hub.give(case, decisions.decide).refusal is not None

    assert hub.count(case, EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES) == 1
