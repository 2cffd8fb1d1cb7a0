"""The catalogue's own rules: what every interface, field and code must have."""

from collections.abc import Iterator
from dataclasses import fields as dataclass_fields
from typing import get_args, get_type_hints

import pytest

from schemas.catalogue import BY_NUMBER as BY_NUMBER_WITH_LETTER
from schemas.catalogue import INTERFACES, SEGMENTS, interfaces_of, namespace, wsdl_name
from schemas.checks import check
from schemas.codes import ApplicationKind, Flag, InterfaceCategory, ProcessKind, Segment
from schemas.contract import Interface, Member, holds_personal_data, members
from schemas.fault import HubFault
from schemas.fields import Form
from schemas.grid import GridAnswer, grid_interface
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.common import Consent
from schemas.interfaces.processing_status import STATUS_LIST, USAGE_INQUIRY_STATUS
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import shown_to_current_retailer
from schemas.interfaces.usage import USAGE_INQUIRY
from tests.schemas.raw import example, well_read

WSDLS = [None, *Segment]
LOW, HIGH, FIT = Segment

NO_CONSENT_NEEDED = {
    "10710": "the current retailer writes of its own customer",
    "12410": "the current retailer writes of its own customer",
    "12310": "the current retailer reads of its own customer",
    "12210": "the new retailer declared the consent when it registered the referral",
}
"""Interfaces with personal data whose request declares no consent, and why (terms §9.1 binds the new retailer)."""


def all_members(message: type, segment: Segment | None = None, path: str = "") -> Iterator[tuple[str, Member]]:
    for member in members(message, segment):
        yield path + member.xml_name, member
        if member.item is not None:
            yield from all_members(member.item, segment, f"{path}{member.xml_name}/")


def messages() -> list[type]:
    of_interfaces = [message for interface in INTERFACES for message in (interface.request, interface.response)]
    return list(dict.fromkeys([*of_interfaces, GridAnswer, HubFault]))


def all_declared() -> list[tuple[type, Segment | None]]:
    """List each message in each segment that has it."""
    of_interfaces = [
        (message, segment)
        for segment in SEGMENTS
        for interface in interfaces_of(segment)
        for message in (interface.request, interface.response)
    ]
    of_all = [(message, segment) for message in (GridAnswer, HubFault) for segment in SEGMENTS]
    return list(dict.fromkeys([*of_interfaces, *of_all]))


BY_MESSAGE = pytest.mark.parametrize(
    ("message", "segment"),
    all_declared(),
    ids=[f"{message.__name__}-{wsdl_name(segment)}" for message, segment in all_declared()],
)
BY_NUMBER = pytest.mark.parametrize("interface", INTERFACES, ids=lambda interface: interface.operation)


def test_these_are_the_interfaces_of_the_segments() -> None:
    # Terms §2.2 (1) and §11.1; the numbers after 11110 are ours.
    numbers = {segment: [interface.number for interface in interfaces_of(segment)] for segment in SEGMENTS}
    in_the_hub = ["12110", "12210", "12310", "12410"]
    assert numbers == {
        LOW: [
            "10110", "10210", "10220", "10310", "10410", "10420", "10510", "10520", "10610", "10620",
            "10710", "10720", "10810", "10820", "10910", "10920", "11110", *in_the_hub,
        ],
        HIGH: [
            "10210", "10220", "10310", "10510", "10520", "10610", "10620", "10710", "10720", "10810", "10820",
            "11110", *in_the_hub,
        ],
        FIT: [
            "10110", "10410", "10420", "10510", "10520", "10610", "10620", "10710", "10720", "10810", "10820",
            "11110", *in_the_hub,
        ],
        None: ["13110"],
    }  # fmt: skip
    assert sum(len(served) for served in numbers.values()) == len(BY_NUMBER_WITH_LETTER) == 54


def test_an_interface_is_found_by_its_number_with_the_letter() -> None:
    labels = [BY_NUMBER_WITH_LETTER[number].label for number in ("10810", "K10810", "F10810")]
    assert labels == ["需要者情報変更", "需要者情報変更", "発電者情報変更"]
    assert "K10110" not in BY_NUMBER_WITH_LETTER


def test_the_category_is_that_of_the_terms() -> None:
    # Terms §11.1.
    searched = {each.number for each in INTERFACES if each.category is InterfaceCategory.INFORMATION_SEARCH}
    changed = {each.number for each in INTERFACES if each.category is InterfaceCategory.SUPPLY_CHANGE}
    assert searched == {"10110", "10210", "10220", "10310"}
    assert searched | changed == {interface.number for interface in INTERFACES if interface.relayed}


def test_each_kind_of_application_is_filed_by_one_interface_and_asked_about_by_the_next() -> None:
    by_application = {interface.applies_for: interface for interface in INTERFACES if interface.applies_for is not None}
    by_status = {
        interface.tells_status_of: interface for interface in INTERFACES if interface.tells_status_of is not None
    }
    assert set(by_application) == set(by_status) == set(ApplicationKind)
    assert len(by_application) == sum(interface.applies_for is not None for interface in INTERFACES)
    for kind in ApplicationKind:
        assert int(by_status[kind].number) == int(by_application[kind].number) + 10
        assert by_status[kind].segments == by_application[kind].segments
        assert by_application[kind].label == kind.label


def test_an_application_has_a_process_kind_and_its_number_for_what_comes_later() -> None:
    for interface in INTERFACES:
        if interface.applies_for is not None:
            by_name = {member.name: member for member in members(interface.request)}
            assert by_name["process_kind"].required
            needed = by_name["application_number"].needed
            assert needed is not None and needed.kinds == {ProcessKind.AMEND, ProcessKind.WITHDRAW}


def test_an_application_without_a_referral_is_valid() -> None:
    # A 廃止取次 is optional (the field's practice): customers may end their contract themselves.
    for interface in (START_APPLICATION, END_APPLICATION):
        for segment in Segment:
            raw = example(interface.request, segment=segment, caseNumber=None)
            assert well_read(interface.request, raw, segment).case_number is None


@pytest.mark.parametrize("segment", list(Segment))
def test_a_member_that_not_every_segment_has_can_be_left_out_when_a_message_is_made(segment: Segment) -> None:
    for interface in interfaces_of(segment):
        for message in (interface.request, interface.response):
            own = {member.name for member in members(message, segment)}
            for attribute in dataclass_fields(message):
                assert attribute.name in own or attribute.default in (None, ()), attribute.name


def test_every_member_is_in_a_segment_that_has_its_message() -> None:
    for message in messages():
        seen = {name for declared, segment in all_declared() if declared is message for name in names(message, segment)}
        assert seen == names(message, None), message.__name__


def names(message: type, segment: Segment | None) -> set[str]:
    return {path for path, _ in all_members(message, segment)}


def test_the_segments_differ_where_the_trade_does() -> None:
    def own(interface: Interface, segment: Segment) -> set[str]:
        in_all = set.intersection(*(names(interface.request, each) for each in Segment))
        return {path for path in names(interface.request, segment) - in_all if "/" not in path}

    assert own(START_APPLICATION, LOW) == {"supplyKind", "contractBasis", "contractCapacity"}
    assert own(START_APPLICATION, HIGH) == {"highVoltageTerms"}
    assert own(START_APPLICATION, FIT) == {"generatingFacility", "purchaseContract"}
    assert own(END_APPLICATION, LOW) == own(END_APPLICATION, FIT) == set()


def test_low_voltage_fit_speaks_of_points_of_generation_and_of_producers() -> None:
    customers_words = ("供給地点", "需要者", "需要場所", "契約名義")
    for message, segment in all_declared():
        for path, member in all_members(message, segment):
            words = member.field.label + member.field.meaning
            if segment is FIT:
                assert not any(word in words for word in customers_words), path
            if segment in (LOW, HIGH):
                assert "受電地点" not in words and "発電者" not in words, path


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
    assert personal - set(NO_CONSENT_NEEDED) == {
        "10110", "10210", "10310", "10410", "10510", "10610", "10810", "10910", "12110",
    }  # fmt: skip


def test_what_only_lists_states_holds_no_personal_data() -> None:
    for interface in INTERFACES:
        if interface.tells_status_of or interface.number in ("11110", "13110"):
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
def test_every_field_has_label_and_meaning_and_an_example_that_passes_its_own_check(
    message: type, segment: Segment | None
) -> None:
    for path, member in all_members(message, segment):
        field = member.field
        assert field.label and field.meaning.endswith("。"), path
        if field.form is Form.GROUP:
            assert member.item is not None, path
        else:
            assert check(field, field.example)[1] is None, path


@BY_MESSAGE
def test_every_field_is_bounded(message: type, segment: Segment | None) -> None:
    for path, member in all_members(message, segment):
        field = member.field
        assert (field.form is Form.TEXT) <= (field.max_length is not None), path
        assert (field.form is Form.INTEGER) <= (field.minimum is not None and field.maximum is not None), path
        assert (field.form is Form.CODE) == (field.code is not None), path
        assert member.repeated <= (field.max_items is not None), path


def test_every_text_of_a_request_says_what_it_is_made_of() -> None:
    for interface, segment in ((each, kind) for kind in SEGMENTS for each in interfaces_of(kind)):
        for path, member in all_members(interface.request, segment):
            if member.field.form is Form.TEXT:
                assert member.field.pattern or member.field.characters, path


@BY_MESSAGE
def test_what_a_field_is_made_of_is_said_in_words(message: type, segment: Segment | None) -> None:
    for path, member in all_members(message, segment):
        assert bool(member.field.pattern) == bool(member.field.pattern_label), path
        assert bool(member.field.characters) == bool(member.field.characters_label), path


@BY_MESSAGE
def test_the_value_read_is_of_the_type_that_is_declared(message: type, segment: Segment | None) -> None:
    hints = get_type_hints(message)
    for member in members(message, segment):
        if member.field.form is not Form.GROUP:
            value, _ = check(member.field, member.field.example)
            declared = hints[member.name]
            assert type(value) in (get_args(declared) or (declared,)), member.name


@BY_MESSAGE
def test_what_depends_on_the_process_kind_can_be_absent(message: type, segment: Segment | None) -> None:
    for path, member in all_members(message, segment):
        if member.needed or member.allowed:
            assert not member.required, path
            assert not (member.needed and member.allowed), path


def test_one_name_has_one_form_in_all_messages() -> None:
    forms: dict[str, set[object]] = {}
    for message in messages():
        for _, member in all_members(message):
            forms.setdefault(member.xml_name, set()).add((member.field.form, member.repeated))
    ambiguous = {name for name, name_forms in forms.items() if len(name_forms) > 1}
    assert ambiguous <= {"findings"}, "grid operators list theirs, faults wrap them"


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
        "facilityId",
        "usage",
        "maximumDemand",
        "values",
    }


def test_the_usage_password_is_secret_and_shows_in_no_representation() -> None:
    # Ours: the password is the grid operator's, and the hub keeps it nowhere.
    secret = {
        (message.__name__, path)
        for message in messages()
        for path, member in all_members(message)
        if member.field.secret
    }
    assert secret == {("UsageInquiryRequest", "usagePassword"), ("UsageInquiryStatusResponse", "usagePassword")}
    for interface in (USAGE_INQUIRY, grid_interface("10310", LOW)):
        hidden = {attribute.name for attribute in dataclass_fields(interface.request) if not attribute.repr}
        assert hidden == {"usage_password"}
    password = example(USAGE_INQUIRY.request)["usagePassword"]
    assert str(password) not in repr(well_read(USAGE_INQUIRY.request, example(USAGE_INQUIRY.request)))
    status = well_read(USAGE_INQUIRY_STATUS.response, example(USAGE_INQUIRY_STATUS.response))
    assert status.usage_password == password and str(password) not in repr(status)


def test_what_the_hub_stores_holds_no_secret() -> None:
    # Messages that file something are stored; inquiries are not.
    for interface in INTERFACES:
        if "process_kind" in {member.name for member in members(interface.request)}:
            assert not any(member.field.secret for _, member in all_members(interface.request))


def test_of_a_referral_the_current_retailer_sees_what_it_compares_and_nothing_of_who_asks() -> None:
    # Ours: the terms say only that the current retailer looks the referral up (§2.2).
    shown = {member.name for member in members(REFERRAL.request) if shown_to_current_retailer(member.name)}
    assert shown == {
        "case_number",
        "point_number",
        "contract_number",
        "holder_name",
        "holder_name_kana",
        "address",
        "wished_date",
    }


def test_the_list_of_statuses_asks_one_area_by_page_and_filters_by_period_kind_and_state() -> None:
    for segment in Segment:
        by_name = {member.name: member for member in members(STATUS_LIST.request, segment)}
        assert by_name["area"].required
        filters = {name for name, member in by_name.items() if not member.required}
        assert filters == {"changed_since", "changed_before", "application_kind", "application_state", "cursor"}


def test_groups_with_personal_fields_are_personal() -> None:
    assert holds_personal_data(Consent)
