"""Every kind of application that needs no other one (10210 to 10910), exchanged with the server."""

import pytest

from models.database import Database
from rules.numbers import segment_of
from schemas.codes import AnswerSource, ApplicationState, ProcessKind, Segment
from schemas.interfaces.filing import ApplicationReceipt
from tests.soap_api.filing import Filing
from tests.support.cast import NEW, OTHER
from tests.support.database_contents import rows
from tests.support.lone_kinds import LONE_KINDS, LoneKind
from tests.support.raw_requests import application, withdrawal

EACH = pytest.mark.parametrize("kind", LONE_KINDS, ids=[kind.number for kind in LONE_KINDS])


def file(filing: Filing, kind: LoneKind) -> ApplicationReceipt:
    days = (kind.first_day(filing.today()) - filing.today()).days
    return filing.receipt(kind.files, days=days, segment=kind.segment)


@EACH
def test_it_is_answered_with_its_number_when_it_is_stored(filing: Filing, retailers: Database, kind: LoneKind) -> None:
    answer = file(filing, kind)

    assert (answer.application_state, answer.application_state_name) == (ApplicationState.SENDING, "送信中")
    assert segment_of(answer.application_number) is kind.segment
    assert kind.files.applies_for is not None
    case_rows = rows(retailers, "SELECT case_number, application_kind FROM cases")
    assert case_rows == [(answer.application_number, kind.files.applies_for.value)]


@EACH
def test_the_same_message_again_gets_the_same_answer(filing: Filing, kind: LoneKind) -> None:
    values = application(kind.files, segment=kind.segment, effective=kind.first_day(filing.today()))

    first, again = (filing.connect(NEW).call(kind.files, values, segment=kind.segment) for _ in range(2))

    assert first.fault is None
    assert again.body == first.body


@EACH
def test_its_state_is_told_from_the_hubs_record_while_the_grid_operator_is_away(filing: Filing, kind: LoneKind) -> None:
    number = file(filing, kind).application_number

    answer = filing.connect(NEW).call(
        kind.tells, {"messageId": "R-1", "applicationNumber": number}, segment=kind.segment
    )

    status = answer.read(kind.tells.response)
    assert isinstance(status, kind.tells.response)
    assert (status.source, status.status.application_kind) == (AnswerSource.HUB_RECORD, kind.files.applies_for)  # type: ignore[attr-defined]
    assert "usagePassword" not in answer.body.decode(), "that the grid operator alone can tell"


@EACH
def test_to_another_retailer_its_number_is_one_that_does_not_exist(filing: Filing, kind: LoneKind) -> None:
    number = file(filing, kind).application_number
    amended = application(
        kind.files,
        {"applicationNumber": number},
        segment=kind.segment,
        effective=kind.first_day(filing.today()),
        kind=ProcessKind.AMEND,
    )
    taken_back = withdrawal(kind.files, messageId="W-1", applicationNumber=number)
    question = {"messageId": "R-1", "applicationNumber": number}

    answers = [
        filing.connect(OTHER).call(interface, values, segment=kind.segment)
        for interface, values in ((kind.files, amended), (kind.files, taken_back), (kind.tells, question))
    ]

    assert [answer.code for answer in answers] == ["HUB-S005"] * 3


@EACH
def test_content_that_is_missing_is_named(filing: Filing, kind: LoneKind) -> None:
    values = {"messageId": "M-1", "processKind": "register"}

    answer = filing.connect(NEW).call(kind.files, values, segment=kind.segment)

    assert answer.code == "HUB-F001"
    assert {("pointNumber", "required"), ("consent", "required")} <= answer.broken_rules


@EACH
def test_a_consent_of_tomorrow_is_refused(filing: Filing, kind: LoneKind) -> None:
    days = (kind.first_day(filing.today()) - filing.today()).days
    consent = {"obtainedOn": "2199-01-01", "method": "paper", "obtainedBy": "豊洲支店"}

    answer = filing.send(kind.files, days=days, segment=kind.segment, consent=consent)

    assert answer.code == "HUB-B001"
    assert ("consent/obtainedOn", "consent-not-in-future") in answer.broken_rules


def test_a_number_of_another_kind_is_one_that_does_not_exist(filing: Filing) -> None:
    low = [kind for kind in LONE_KINDS if kind.segment is Segment.LOW_VOLTAGE]
    number = file(filing, low[0]).application_number

    for other in low[1:]:
        answer = filing.connect(NEW).call(other.tells, {"messageId": "R-1", "applicationNumber": number})
        assert answer.code == "HUB-S005", other.number
