"""Reading a message: typed, or every fault on it at once."""

from datetime import date

import pytest

from schemas.codes import ConsentMethod, MeterWork, ProcessKind, RejectionReason
from schemas.interfaces.applications import EndApplicationRequest, StartApplicationRequest
from schemas.interfaces.decision import DecisionRequest
from schemas.interfaces.facility_inquiry import FacilityInquiryRequest
from schemas.interfaces.referral import ReferralRequest
from schemas.reading import Faulty, read
from tests.schemas.raw import broken, example, well_read

REGISTER, AMEND, WITHDRAW = ProcessKind.REGISTER, ProcessKind.AMEND, ProcessKind.WITHDRAW
WITH_KINDS = [ReferralRequest, StartApplicationRequest, EndApplicationRequest]


def test_a_message_is_read_into_its_types() -> None:
    request = well_read(ReferralRequest, example(ReferralRequest))
    assert request.process_kind is REGISTER
    assert request.wished_date == date(2026, 8, 20)
    assert request.meter_work is MeterWork.NEEDED
    assert request.consent.method is ConsentMethod.PAPER
    assert request.case_number is None


def test_every_fault_is_told_at_once_in_the_order_of_the_message() -> None:
    raw = example(
        ReferralRequest,
        messageId="",
        pointNumber="99",
        holderName="東京ﾄ",
        wishedDate="2026-02-30",
        consent={"obtainedOn": "yesterday", "method": "telepathy", "obtainedBy": ""},
        mood="good",
    )
    assert broken(ReferralRequest, raw) == [
        ("mood", "unknown-field"),
        ("messageId", "required"),
        ("pointNumber", "length"),
        ("holderName", "characters"),
        ("wishedDate", "date"),
        ("consent/obtainedOn", "date"),
        ("consent/method", "code"),
        ("consent/obtainedBy", "required"),
    ]


def test_a_finding_says_what_is_wrong_and_what_to_do_in_japanese() -> None:
    result = read(ReferralRequest, example(ReferralRequest, pointNumber=None))
    assert isinstance(result, Faulty)
    (finding,) = result.findings
    assert (finding.label, finding.message, finding.action) == (
        "供給地点特定番号",
        "供給地点特定番号は必須です。",
        "供給地点特定番号を設定してください。",
    )


@pytest.mark.parametrize("message", WITH_KINDS)
@pytest.mark.parametrize("kind", ProcessKind)
def test_each_process_kind_takes_its_own_elements(message: type, kind: ProcessKind) -> None:
    assert well_read(message, example(message, kind)).process_kind is kind


@pytest.mark.parametrize("message", WITH_KINDS)
def test_a_withdrawal_takes_no_content(message: type) -> None:
    raw = {**example(message, REGISTER), **example(message, WITHDRAW)}
    rules = broken(message, raw)
    assert ("pointNumber", "not-for-this-process-kind") in rules
    assert {rule for _, rule in rules} == {"not-for-this-process-kind"}


@pytest.mark.parametrize("message", WITH_KINDS)
def test_a_registration_needs_all_its_content(message: type) -> None:
    missing = dict(broken(message, example(message, WITHDRAW, processKind="register")))
    assert missing["pointNumber"] == "required"


def test_a_registration_has_no_case_number_yet_and_an_amendment_needs_it() -> None:
    number = "SW03L20260812000000019"
    assert broken(ReferralRequest, example(ReferralRequest, REGISTER, caseNumber=number)) == [
        ("caseNumber", "not-for-this-process-kind")
    ]
    assert broken(ReferralRequest, example(ReferralRequest, AMEND, caseNumber=None)) == [("caseNumber", "required")]


@pytest.mark.parametrize("kind", [REGISTER, AMEND])
def test_what_is_only_allowed_may_be_left_out(kind: ProcessKind) -> None:
    request = well_read(StartApplicationRequest, example(StartApplicationRequest, kind, meterWork=None))
    assert request.meter_work is None


def test_white_space_around_the_process_kind_changes_nothing_in_what_is_needed() -> None:
    raw = example(ReferralRequest, processKind="\n  register  ", pointNumber=None)
    assert broken(ReferralRequest, raw) == [("pointNumber", "required")]


def test_an_unknown_process_kind_is_told_and_the_values_are_checked_all_the_same() -> None:
    raw = example(ReferralRequest, processKind="delete", pointNumber="99")
    assert broken(ReferralRequest, raw) == [("processKind", "code"), ("pointNumber", "length")]


@pytest.mark.parametrize(
    ("message", "kinds"),
    [
        (ReferralRequest, (REGISTER, AMEND)),
        (StartApplicationRequest, (REGISTER, AMEND)),
        (FacilityInquiryRequest, (REGISTER,)),
    ],
)
def test_consent_is_required_with_all_that_belongs_to_it(message: type, kinds: tuple[ProcessKind, ...]) -> None:
    for kind in kinds:
        assert broken(message, example(message, kind, consent=None)) == [("consent", "required")]
        assert broken(message, example(message, kind, consent={})) == [
            ("consent/obtainedOn", "required"),
            ("consent/method", "required"),
            ("consent/obtainedBy", "required"),
        ]


def test_several_reasons_are_read_in_their_order() -> None:
    raw = example(DecisionRequest, decision="reject", rejectionReasons=["03", "01"], rejectionText=None)
    reasons = well_read(DecisionRequest, raw).rejection_reasons
    assert reasons == (RejectionReason.ADDRESS_DIFFERS, RejectionReason.CONTRACT_NUMBER_DIFFERS)


@pytest.mark.parametrize("none", [None, "", []])
def test_no_reason_is_an_empty_list(none: str | list[str] | None) -> None:
    raw = example(DecisionRequest, rejectionReasons=none, rejectionText=None)
    assert well_read(DecisionRequest, raw).rejection_reasons == ()


def test_a_wrong_reason_is_told_with_its_place() -> None:
    raw = example(DecisionRequest, rejectionReasons=["01", "10", "02", "x"])
    assert broken(DecisionRequest, raw) == [("rejectionReasons[2]", "code"), ("rejectionReasons[4]", "code")]


def test_too_many_items_are_refused_without_reading_them() -> None:
    raw = example(DecisionRequest, rejectionReasons=["x"] * 10)
    assert broken(DecisionRequest, raw) == [("rejectionReasons", "max-items")]


@pytest.mark.parametrize(
    ("value", "field", "rule"),
    [
        pytest.param("yes", "consent", "group", id="text where a group belongs"),
        pytest.param([{}, {}], "consent", "once", id="two groups where one belongs"),
    ],
)
def test_a_group_is_one_group(value: str | list[object], field: str, rule: str) -> None:
    raw = {**example(FacilityInquiryRequest), "consent": value}
    assert broken(FacilityInquiryRequest, raw) == [(field, rule)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        pytest.param({"a": "b"}, "plain-value", id="a group where a value belongs"),
        pytest.param(["0310000000000000000001"] * 2, "once", id="two values where one belongs"),
    ],
)
def test_a_value_is_one_value(value: object, rule: str) -> None:
    raw = {**example(FacilityInquiryRequest), "pointNumber": value}
    assert broken(FacilityInquiryRequest, raw) == [("pointNumber", rule)]  # type: ignore[arg-type]
