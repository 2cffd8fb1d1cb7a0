"""Requests to grid operators, made from what a retailer filed."""

from datetime import date

from grid_client.filing import application_interface, filing, status_inquiry, status_interface, withdrawal
from schemas.codes import ApplicationKind, ProcessKind, Segment
from schemas.contract import members
from schemas.grid import HUB_ITSELF
from tests.support.application_requests import start_request
from tests.support.cast import NEW

SEGMENT = Segment.LOW_VOLTAGE
NUMBER, CASE = "AP03L20260812000000015", "SW03L20260812000000013"
CONTENT = start_request(
    message_id="the retailer's own", case_number=CASE, effective_date=date(2026, 8, 20), meter_work=None
)


def test_a_filing_carries_the_retailers_content_under_the_hubs_own_message_id_and_number() -> None:
    interface = application_interface(ApplicationKind.START, SEGMENT)

    request = filing(
        CONTENT,
        interface=interface,
        process_kind=ProcessKind.AMEND,
        message_id="the-hubs-own",
        retailer_code=NEW,
        application_number=NUMBER,
        filed_on=date(2026, 8, 13),
    )

    sent = {member.name: getattr(request, member.name) for member in members(interface.request)}
    own = ("message_id", "retailer_code", "application_number", "filed_on", "process_kind")
    assert [sent.pop(name) for name in own] == ["the-hubs-own", NEW, NUMBER, date(2026, 8, 13), ProcessKind.AMEND]
    assert sent == {name: getattr(CONTENT, name) for name in sent}


def test_a_withdrawal_carries_the_numbers_alone() -> None:
    interface = application_interface(ApplicationKind.END, SEGMENT)

    request = withdrawal(
        interface=interface, message_id="M-1", retailer_code=NEW, application_number=NUMBER, case_number=CASE
    )

    values = {name: value for name, value in vars(request).items() if value is not None}
    assert values == {
        "message_id": "M-1",
        "retailer_code": NEW,
        "application_number": NUMBER,
        "process_kind": ProcessKind.WITHDRAW,
        "case_number": CASE,
    }


def test_the_hub_asks_for_itself_under_a_new_message_id_each_time() -> None:
    interface = status_interface(ApplicationKind.END, SEGMENT)

    inquiries = [vars(status_inquiry(interface=interface, application_number=NUMBER)) for _ in range(2)]

    assert interface.number == "10720"
    assert [inquiry["retailer_code"] for inquiry in inquiries] == [HUB_ITSELF] * 2
    assert inquiries[0]["message_id"] != inquiries[1]["message_id"]
