"""Reading a message: every fault at once, each under the name of its rule."""

from datetime import date
from typing import Any

import pytest

from schemas.codes import ConsentMethod, MeterWork, ProcessKind
from schemas.interfaces.decision import DecisionRequest
from schemas.interfaces.processing_status import ProcessingStatusListRequest
from schemas.interfaces.referral import ReferralRequest
from schemas.reading import Faulty, read

_REGISTRATION: dict[str, Any] = {
    "messageId": "M-1",
    "processKind": "register",
    "pointNumber": "0310000000000000000001",
    "currentRetailerCode": "1002",
    "contractNumber": "A-123",
    "holderName": "髙﨑　花子",
    "holderNameKana": "タカサキ　ハナコ",
    "address": "東京都千代田区①－㈱ビル",
    "wishedDate": "2026-08-20",
    "consent": {"obtainedOn": "2026-08-01", "method": "paper", "obtainedBy": "本店"},
}


def rules(message: type, raw: dict[str, Any]) -> set[tuple[str, str]]:
    result = read(message, raw)
    assert isinstance(result, Faulty)
    assert all(finding.message and finding.action for finding in result.findings)
    return {(finding.field, finding.rule) for finding in result.findings}


def test_a_sound_message_becomes_typed_values() -> None:
    request = read(ReferralRequest, _REGISTRATION)

    assert isinstance(request, ReferralRequest)
    assert request.process_kind is ProcessKind.REGISTER
    assert request.wished_date == date(2026, 8, 20)
    assert request.meter_work is None
    assert request.consent is not None
    assert request.consent.method is ConsentMethod.PAPER


def test_all_faults_of_a_message_are_told_at_once() -> None:
    raw = {
        "processKind": "register",
        "pointNumber": "1110000000000000000001",
        "currentRetailerCode": "１００２",
        "contractNumber": "",
        "holderName": "x" * 41,
        "holderNameKana": "たかさき",
        "address": "東京都😀",
        "wishedDate": "2026-02-30",
        "meterWork": "maybe",
        "consent": {"obtainedOn": "yesterday", "method": "fax"},
        "nickname": "?",
    }

    assert rules(ReferralRequest, raw) == {
        ("messageId", "required"),
        ("pointNumber", "pattern"),
        ("currentRetailerCode", "pattern"),
        ("contractNumber", "required"),
        ("holderName", "length"),
        ("holderNameKana", "characters"),
        ("address", "characters"),
        ("wishedDate", "date"),
        ("meterWork", "code"),
        ("consent/obtainedOn", "date"),
        ("consent/method", "code"),
        ("consent/obtainedBy", "required"),
        ("nickname", "unknown-field"),
    }


def test_a_bad_character_is_told_with_its_place_and_number() -> None:
    result = read(ReferralRequest, _REGISTRATION | {"address": "東京都ｱ"})

    assert isinstance(result, Faulty)
    assert "4文字目（U+FF71）" in result.findings[0].message


@pytest.mark.parametrize("absent", [name for name in _REGISTRATION if name != "processKind"])
def test_each_field_that_a_registration_needs_is_asked_for(absent: str) -> None:
    raw = {name: value for name, value in _REGISTRATION.items() if name != absent}

    assert rules(ReferralRequest, raw) == {(absent, "required")}


def test_a_withdrawal_needs_the_case_number_alone_and_takes_no_content() -> None:
    withdrawal = {"messageId": "M-1", "processKind": "withdraw", "caseNumber": "SW03L20260812000000013"}

    assert isinstance(read(ReferralRequest, withdrawal), ReferralRequest)
    assert rules(ReferralRequest, withdrawal | {"holderName": "髙﨑", "meterWork": "needed"}) == {
        ("holderName", "not-for-this-process-kind"),
        ("meterWork", "not-for-this-process-kind"),
    }


def test_a_registration_takes_no_case_number() -> None:
    assert rules(ReferralRequest, _REGISTRATION | {"caseNumber": "SW03L20260812000000013"}) == {
        ("caseNumber", "not-for-this-process-kind")
    }


def test_what_may_be_given_may_be_left_out_or_empty() -> None:
    for raw in (_REGISTRATION, _REGISTRATION | {"meterWork": ""}):
        request = read(ReferralRequest, raw)
        assert isinstance(request, ReferralRequest)
        assert request.meter_work is None
    request = read(ReferralRequest, _REGISTRATION | {"meterWork": "not_needed"})
    assert isinstance(request, ReferralRequest)
    assert request.meter_work is MeterWork.NOT_NEEDED


def test_repeated_values_are_counted_and_each_is_checked() -> None:
    decision: dict[str, Any] = {
        "messageId": "M-1",
        "caseNumber": "SW03L20260812000000013",
        "version": "1",
        "decision": "reject",
    }

    accepted = read(DecisionRequest, decision | {"rejectionReasons": ["02", "09"]})
    assert isinstance(accepted, DecisionRequest)
    assert [reason.value for reason in accepted.rejection_reasons] == ["02", "09"]
    assert rules(DecisionRequest, decision | {"rejectionReasons": ["02", "10"]}) == {("rejectionReasons[2]", "code")}
    assert rules(DecisionRequest, decision | {"rejectionReasons": ["02"] * 10}) == {("rejectionReasons", "max-items")}
    assert rules(DecisionRequest, decision | {"version": ["1", "2"]}) == {("version", "once")}


@pytest.mark.parametrize("version", ["0", "1000", "-1", "1.0", "一", "99999999999999999999"])
def test_a_number_outside_its_bounds_is_refused(version: str) -> None:
    raw = {"messageId": "M", "caseNumber": "SW03L20260812000000013", "version": version, "decision": "accept"}

    assert rules(DecisionRequest, raw) == {("version", "integer")}


@pytest.mark.parametrize(
    "moment", ["2026-08-12T10:00:00", "2026-08-12", "2026-08-12T24:00:00+09:00", "2026-13-01T00:00:00Z", "now"]
)
def test_a_moment_without_zone_or_that_never_was_is_refused(moment: str) -> None:
    raw = {"messageId": "M", "area": "03", "changedSince": moment}

    assert rules(ProcessingStatusListRequest, raw) == {("changedSince", "moment")}


def test_space_around_codes_and_dates_is_read_as_xml_schema_reads_it() -> None:
    request = read(ReferralRequest, _REGISTRATION | {"wishedDate": "\n 2026-08-20 ", "processKind": " register "})

    assert isinstance(request, ReferralRequest)


def test_a_group_where_a_value_stands_and_the_other_way_round_are_told() -> None:
    raw = _REGISTRATION | {"holderName": {"first": "花子"}, "consent": "yes"}

    assert rules(ReferralRequest, raw) == {("holderName", "plain-value"), ("consent", "group")}
