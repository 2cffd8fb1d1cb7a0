"""The catalogue's own rules: what every interface, field and code must have."""

from collections.abc import Iterator
from typing import get_args, get_type_hints

import pytest

from schemas.catalogue import INTERFACES, interfaces_of, namespace, wsdl_name
from schemas.checks import check
from schemas.codes import Flag, ProcessKind, Segment
from schemas.contract import Interface, Member, holds_personal_data, members
from schemas.fault import HubFault
from schemas.fields import Form
from schemas.grid import GridAnswer
from schemas.interfaces.common import Consent
from tests.schemas.raw import example, well_read

WSDLS = [None, *Segment]

NO_CONSENT_NEEDED = {
    "10710": "the current retailer writes of its own customer",
    "12410": "the current retailer writes of its own customer",
    "12310": "the current retailer reads of its own customer",
    "12210": "the new retailer declared the consent when it registered the referral",
}
"""Interfaces with personal data whose request declares no consent, and why (terms §9.1 binds the new retailer)."""


def all_members(message: type, path: str = "") -> Iterator[tuple[str, Member]]:
    for member in members(message):
        yield path + member.xml_name, member
        if member.item is not None:
            yield from all_members(member.item, f"{path}{member.xml_name}/")


def messages() -> list[type]:
    of_interfaces = [message for interface in INTERFACES for message in (interface.request, interface.response)]
    return list(dict.fromkeys([*of_interfaces, GridAnswer, HubFault]))


BY_MESSAGE = pytest.mark.parametrize("message", messages(), ids=lambda message: message.__name__)
BY_NUMBER = pytest.mark.parametrize("interface", INTERFACES, ids=lambda interface: interface.number)


def test_these_interfaces_are_served() -> None:
    assert [interface.number for interface in INTERFACES] == [
        "10110",
        "10610",
        "10620",
        "10710",
        "10720",
        "11110",
        "12110",
        "12210",
        "12310",
        "12410",
        "13110",
    ]


def test_those_of_101_to_111_are_relayed_and_the_others_stay_in_the_hub() -> None:
    assert all(interface.relayed == (interface.number < "12000") for interface in INTERFACES)


@pytest.mark.parametrize("segment", WSDLS)
def test_in_one_wsdl_numbers_operations_and_messages_are_unique(segment: Segment | None) -> None:
    served = interfaces_of(segment)
    for names in (
        [interface.number_in(segment) for interface in served],
        [interface.operation for interface in served],
    ):
        assert len(set(names)) == len(names)


def test_wsdls_have_names_and_namespaces_of_their_own() -> None:
    names = [wsdl_name(segment) for segment in WSDLS]
    assert names == ["common", "low_voltage", "high_voltage", "low_voltage_fit"]
    assert len({namespace(name) for name in names}) == len(names)


def test_a_number_carries_the_letter_of_its_segment() -> None:
    (start,) = (interface for interface in INTERFACES if interface.number == "10610")
    assert [start.number_in(segment) for segment in Segment] == ["10610", "K10610", "F10610"]


def test_what_all_segments_share_is_the_list_of_participants() -> None:
    assert [interface.number for interface in interfaces_of(None)] == ["13110"]


@BY_NUMBER
def test_an_interface_is_described_in_japanese(interface: Interface) -> None:
    assert interface.label and interface.meaning.endswith("。")
    assert interface.operation[0].islower() and interface.operation.isalnum()


@BY_NUMBER
def test_every_message_begins_with_the_message_id(interface: Interface) -> None:
    assert members(interface.request)[0].xml_name == "messageId"
    assert members(interface.response)[0].xml_name == "messageId"


@BY_NUMBER
def test_the_examples_of_a_request_make_a_request(interface: Interface) -> None:
    for kind in ProcessKind:
        well_read(interface.request, example(interface.request, kind))


@BY_NUMBER
def test_who_is_not_on_the_list_declares_consent_with_personal_data(interface: Interface) -> None:
    consents = [member for member in members(interface.request) if member.item is Consent]
    if interface.personal and interface.number not in NO_CONSENT_NEEDED:
        (consent,) = consents
        assert consent.required or consent.needed
    else:
        assert consents == []


def test_every_exception_from_consent_has_personal_data() -> None:
    personal = {interface.number for interface in INTERFACES if interface.personal}
    assert set(NO_CONSENT_NEEDED) <= personal
    assert personal - set(NO_CONSENT_NEEDED) == {"10110", "10610", "12110"}


def test_what_only_lists_states_holds_no_personal_data() -> None:
    for interface in INTERFACES:
        if interface.number in ("10620", "10720", "11110", "13110"):
            assert not interface.personal


def test_the_current_retailer_does_not_see_who_asks_nor_the_new_contract() -> None:
    (inbox,) = (interface for interface in INTERFACES if interface.number == "12310")
    seen = {member.xml_name for _, member in all_members(inbox.response)}
    assert not {name for name in seen if "retailer" in name.lower() or name.startswith("startApplication")}
    assert not seen & {"telephone", "supplyKind", "contractBasis", "contractCapacity"}


def test_of_the_end_application_the_new_retailer_sees_only_whether_it_is_in() -> None:
    (result,) = (interface for interface in INTERFACES if interface.number == "12210")
    seen = {member.xml_name: member for _, member in all_members(result.response) if "end" in member.xml_name.lower()}
    assert set(seen) == {"endApplicationReceived"}
    assert seen["endApplicationReceived"].field.code is Flag


@BY_MESSAGE
def test_every_field_has_label_and_meaning_and_an_example_that_passes_its_own_check(message: type) -> None:
    for path, member in all_members(message):
        field = member.field
        assert field.label and field.meaning.endswith("。"), path
        if field.form is Form.GROUP:
            assert member.item is not None, path
        else:
            assert check(field, field.example)[1] is None, path


@BY_MESSAGE
def test_every_field_is_bounded(message: type) -> None:
    for path, member in all_members(message):
        field = member.field
        assert (field.form is Form.TEXT) <= (field.max_length is not None), path
        assert (field.form is Form.INTEGER) <= (field.minimum is not None and field.maximum is not None), path
        assert (field.form is Form.CODE) == (field.code is not None), path
        assert member.repeated <= (field.max_items is not None), path


@BY_MESSAGE
def test_what_a_field_is_made_of_is_said_in_words(message: type) -> None:
    for path, member in all_members(message):
        assert bool(member.field.pattern) == bool(member.field.pattern_label), path
        assert bool(member.field.characters) == bool(member.field.characters_label), path


@BY_MESSAGE
def test_the_value_read_is_of_the_type_that_is_declared(message: type) -> None:
    hints = get_type_hints(message)
    for member in members(message):
        if member.field.form is not Form.GROUP:
            value, _ = check(member.field, member.field.example)
            declared = hints[member.name]
            assert type(value) in (get_args(declared) or (declared,)), member.name


@BY_MESSAGE
def test_what_depends_on_the_process_kind_can_be_absent(message: type) -> None:
    for path, member in all_members(message):
        if member.needed or member.allowed:
            assert not member.required, path
            assert not (member.needed and member.allowed), path


def test_one_name_has_one_form_in_all_messages() -> None:
    forms: dict[str, set[object]] = {}
    for message in messages():
        for _, member in all_members(message):
            forms.setdefault(member.xml_name, set()).add((member.field.form, member.repeated))
    several = {name for name, found in forms.items() if len(found) > 1}
    assert several <= {"findings"}, "grid operators list theirs, faults wrap them"


def test_names_addresses_and_what_leads_to_a_customer_are_personal() -> None:
    personal = {
        member.xml_name for message in messages() for _, member in all_members(message) if member.field.personal
    }
    assert personal == {
        "contractNumber",
        "holderName",
        "holderNameKana",
        "address",
        "telephone",
        "obtainedBy",
        "rejectionText",
    }


def test_groups_with_personal_fields_are_personal() -> None:
    assert holds_personal_data(Consent)
