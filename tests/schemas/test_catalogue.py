"""The catalogue: complete, without contradiction, and the one place from which the rest follows."""

import re
from collections import Counter

import pytest

from schemas import catalogue, codes
from schemas.catalogue import INTERFACES, interfaces_of
from schemas.codes import Area, Code, Segment
from schemas.contract import Interface, Member, holds_personal_data, members
from schemas.fields import Form
from schemas.grid import GridAnswer, grid_interfaces_of
from schemas.interfaces.referral_inbox import IncomingReferral
from schemas.messages import MESSAGES, MessageCode
from schemas.reading import check

_WITHOUT_CUSTOMERS_CONSENT = {"10710", "12410"}
"""The current retailer speaks of its own customer; consent (terms §9.1) is the new retailer's to declare."""


def all_members(message: type) -> list[Member]:
    found = list(members(message))
    for member in members(message):
        if member.item is not None:
            found += all_members(member.item)
    return found


ALL = [(i.number, member) for i in INTERFACES for message in (i.request, i.response) for member in all_members(message)]


def test_numbers_and_operations_are_given_once() -> None:
    assert not [number for number, times in Counter(i.number for i in INTERFACES).items() if times > 1]
    for segment in (*Segment, None):
        operations = Counter(interface.operation for interface in interfaces_of(segment))
        assert not [name for name, times in operations.items() if times > 1]


@pytest.mark.parametrize("interface", INTERFACES, ids=lambda interface: interface.number)
def test_each_interface_is_described_and_begins_with_the_message_id(interface: Interface) -> None:
    assert re.fullmatch(r"1[0-9]{4}", interface.number)
    assert interface.label
    assert interface.meaning
    assert [members(message)[0].name for message in (interface.request, interface.response)] == ["message_id"] * 2


@pytest.mark.parametrize("interface", INTERFACES, ids=lambda interface: interface.number)
def test_a_request_with_personal_data_declares_the_customers_consent(interface: Interface) -> None:
    sends = holds_personal_data(interface.request)
    declares = "consent" in {member.name for member in members(interface.request)}

    if interface.number in _WITHOUT_CUSTOMERS_CONSENT:
        assert sends
        assert not declares
    else:
        assert declares or not sends


def test_reading_facility_data_declares_consent() -> None:
    (inquiry,) = [interface for interface in INTERFACES if interface.number == "10110"]

    assert holds_personal_data(inquiry.response)
    assert "consent" in {member.name for member in members(inquiry.request)}


@pytest.mark.parametrize(("number", "member"), ALL, ids=[f"{number}-{member.name}" for number, member in ALL])
def test_each_field_has_a_name_a_meaning_and_an_example_that_passes_its_own_check(number: str, member: Member) -> None:
    field = member.field
    assert field.label
    assert field.meaning
    if field.form is Form.GROUP:
        assert member.item is not None
        return
    value, fault = check(field, field.example)
    assert fault is None, fault
    assert value is not None
    if field.form is Form.TEXT:
        assert field.max_length is not None
        assert field.characters or field.pattern or field.max_length <= 300


def test_the_current_retailer_does_not_see_who_asks() -> None:
    names = {member.name for member in members(IncomingReferral)}

    assert not {name for name in names if "retailer" in name or "telephone" in name}


def test_each_message_code_says_what_is_wrong_and_what_to_do() -> None:
    assert set(MESSAGES) == set(MessageCode)
    for code in MessageCode:
        assert re.fullmatch(r"HUB-[TAFBSIR][0-9]{3}", code.value)
        assert MESSAGES[code].text.endswith("。")
        assert MESSAGES[code].action.endswith("。")


def test_what_may_be_repeated_says_to_keep_the_message_id() -> None:
    for code, message in MESSAGES.items():
        assert not message.retryable or "同じメッセージID" in message.action, code


@pytest.mark.parametrize("code", Code.__subclasses__(), ids=lambda code: code.__name__)
def test_each_value_of_a_code_has_words_of_its_own(code: type[Code]) -> None:
    assert all(value.label for value in code)
    assert len({value.label for value in code}) == len(list(code))


def test_areas_are_the_ten_of_the_terms() -> None:
    assert [area.value for area in Area] == [f"{number:02d}" for number in range(1, 11)]


def test_the_grid_operators_contract_follows_from_the_hubs() -> None:
    relayed = [interface for interface in interfaces_of(Segment.LOW_VOLTAGE) if interface.relayed]

    at_grid = grid_interfaces_of(Segment.LOW_VOLTAGE)

    assert [one.number for one in at_grid] == [one.number for one in relayed]
    for hub, grid in zip(relayed, at_grid, strict=True):
        names = [member.name for member in members(grid.request)]
        assert names[:2] == ["message_id", "retailer_code"]
        assert {member.name for member in members(hub.request)} <= set(names)
        if grid.response is GridAnswer:
            assert {member.name: member.required for member in members(grid.request)}["application_number"]


def test_the_common_wsdl_serves_what_all_segments_share() -> None:
    assert [interface.number for interface in interfaces_of(None)] == ["13110"]
    assert catalogue.wsdl_name(None) == "common"
    assert codes.Segment.LOW_VOLTAGE.value == catalogue.wsdl_name(Segment.LOW_VOLTAGE)
