"""What Temporal hears where ``call-grid`` brings no answer: the real stub, the real database, a case of its own."""

from dataclasses import replace

import pytest
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DefaultFailureConverter, DefaultPayloadConverter
from temporalio.exceptions import ApplicationError

from grid_client.client import GridClient
from models.cases.grid_findings import grid_findings_of
from rules.procedure.calls import CallKind, GridCall
from rules.procedure.events import NewsKind
from schemas.codes import ApplicationKind, Area
from tests.support.database import free_port
from tests.support.filed_case import FiledCase

START, END = ApplicationKind.START, ApplicationKind.END
COUNTED = ("applications", "repeats", "duplicates")


@pytest.mark.parametrize("kind", ["register", "cancel", "inquire"])
def test_a_grid_operator_that_is_away_is_named_with_the_time_since_when(filed: FiledCase, kind: str) -> None:
    calls: dict[str, GridCall] = {
        "register": filed.start,
        "cancel": filed.of_kind(filed.start, CallKind.CANCEL),
        "inquire": filed.inquiry(),
    }
    filed.grid.tell(Area.TOKYO, down=True)

    with pytest.raises(ApplicationError) as away:
        filed.make(calls[kind], attempt=2)

    assert away.value.message.startswith("東京エリアの送配電システムから回答を得られません")
    assert "から、2回目" in away.value.message
    assert not away.value.non_retryable


def test_a_fault_that_no_retailer_can_mend_is_tried_again(filed: FiledCase) -> None:
    client = GridClient(filed.grid.server.settings(grid_url=filed.grid.server.url("/grid/99/low_voltage")))

    with pytest.raises(ApplicationError) as away:
        filed.make(filed.start, client=client)

    assert "HUB-T010" in away.value.message


@pytest.mark.parametrize("spoilt", [{"effectiveDate": "9999-12-31"}, {"processedAt": "0001-01-01T00:00:00Z"}])
def test_an_answer_that_cannot_be_read_is_asked_for_again_and_nothing_is_applied_for_twice(
    filed: FiledCase, spoilt: dict[str, str]
) -> None:
    filed.grid.tell(Area.TOKYO, spoilt=spoilt)
    with pytest.raises(ApplicationError) as away:
        filed.make(filed.start)
    assert "unreadable-answer" in away.value.message
    filed.grid.tell(Area.TOKYO, spoilt={})

    assert filed.kinds(filed.start, attempt=2) == [NewsKind.RECEIVED]

    counted = filed.grid.counters(Area.TOKYO)
    assert [counted[name] for name in COUNTED] == [1, 0, 0]


def test_a_long_field_of_a_fault_becomes_a_defect_that_can_be_shown(filed: FiledCase) -> None:
    number = filed.start.application_number
    filed.grid.tell(Area.TOKYO, spoilt={"field": "a" * 200, "message": "長" * 1_000})

    (news,) = filed.make(replace(filed.start, application_number=number[:-1] + "X", key="a-number-against-the-form"))

    with filed.grid.database.transaction() as session:
        (words, *_) = grid_findings_of(session, application_number=news.application_number)
    assert news.kind is NewsKind.DEFECTIVE
    assert (len(words.field or ""), len(words.message)) == (60, 300)


@pytest.mark.parametrize("way", ["away", "cut", "refused"])
def test_nothing_personal_reaches_temporal(filed: FiledCase, way: str) -> None:
    client = None
    if way == "refused":
        client = GridClient(filed.grid.server.settings(grid_url=f"https://localhost:{free_port()}/{{area}}"))
    filed.grid.tell(Area.TOKYO, down=way == "away", cuts_left=1 if way == "cut" else 0)

    with pytest.raises(ApplicationError) as raised:
        filed.make(filed.start, client=client)

    failure = Failure()
    DefaultFailureConverter().to_failure(raised.value, DefaultPayloadConverter(), failure)
    written = failure.SerializeToString()
    assert "東京エリア".encode() in written
    assert not any(word.encode() in written for word in ("髙橋", "豊洲", "03-1234-5678", "12345678901234"))
