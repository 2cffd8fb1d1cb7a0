"""How declarations are read: what a message class says of its members."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from schemas import fields
from schemas.codes import ProcessKind, Segment
from schemas.contract import Member, allowed_for, members, needed_for, only_in
from schemas.findings import Finding
from schemas.reading import Faulty, read
from tests.support.cast import POINT

LOW, HIGH, FIT = Segment


@dataclass(frozen=True, kw_only=True)
class Inner:
    note: Annotated[str, fields.HOLDER_NAME]


@dataclass(frozen=True, kw_only=True)
class Outer:
    message_id: Annotated[str, fields.MESSAGE_ID]
    contract_number: Annotated[str | None, fields.CONTRACT_NUMBER, needed_for(ProcessKind.REGISTER)]
    telephone: Annotated[str | None, fields.TELEPHONE, allowed_for(ProcessKind.AMEND)]
    inner_notes: Annotated[tuple[Inner, ...], fields.group("控え", "控え。", max_items=3)]


@dataclass(frozen=True, kw_only=True)
class InSegments:
    point_number: Annotated[str, fields.POINT_NUMBER]
    amount: Annotated[int | None, fields.VERSION, only_in(LOW, HIGH)] = None
    hint: Annotated[str | None, fields.HOLDER_NAME, only_in(HIGH, optional=True)] = None
    content: Annotated[str | None, fields.ADDRESS, only_in(FIT), needed_for(ProcessKind.REGISTER)] = None
    notes: Annotated[tuple[Inner, ...], fields.group("控え", "控え。", max_items=3), only_in(FIT)] = ()


@dataclass(frozen=True, kw_only=True)
class Unmarked:
    message_id: str


def test_members_come_in_the_order_they_travel_with_their_xml_names() -> None:
    assert [member.xml_name for member in members(Outer)] == [
        "messageId",
        "contractNumber",
        "telephone",
        "innerNotes",
    ]


def test_what_is_required_repeated_or_depends_is_read_from_the_annotation() -> None:
    message_id, contract_number, telephone, notes = members(Outer)
    assert message_id.required and not message_id.repeated
    assert not contract_number.required
    assert contract_number.needed == needed_for(ProcessKind.REGISTER)
    assert telephone.allowed == allowed_for(ProcessKind.AMEND)
    assert notes.repeated and not notes.required and notes.item is Inner


def test_an_attribute_without_a_field_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="message_id has no field"):
        members(Unmarked)


def test_a_field_can_be_called_otherwise_and_stay_what_it_is() -> None:
    called = fields.EFFECTIVE_DATE.called("異動日（案）")
    assert (called.label, called.form, called.meaning) == (
        "異動日（案）",
        fields.EFFECTIVE_DATE.form,
        fields.EFFECTIVE_DATE.meaning,
    )


def by_name(segment: Segment | None) -> dict[str, Member]:
    return {member.name: member for member in members(InSegments, segment)}


def test_a_segment_has_its_own_members_in_the_order_of_all() -> None:
    assert [list(by_name(segment)) for segment in (LOW, HIGH, FIT)] == [
        ["point_number", "amount"],
        ["point_number", "amount", "hint"],
        ["point_number", "content", "notes"],
    ]
    assert list(by_name(None)) == ["point_number", "amount", "hint", "content", "notes"]


def test_what_only_a_segment_has_is_required_there_unless_marked_otherwise() -> None:
    assert [by_name(segment)["amount"].required for segment in (LOW, HIGH, None)] == [True, True, False]
    assert not by_name(HIGH)["hint"].required
    content = by_name(FIT)["content"]
    assert not content.required and content.needed == needed_for(ProcessKind.REGISTER)
    assert not by_name(FIT)["notes"].required


def test_a_message_is_read_as_one_of_its_segment() -> None:
    assert read(InSegments, {"pointNumber": POINT, "amount": "7"}, segment=LOW) == InSegments(
        point_number=POINT, amount=7
    )
    lacking = read(InSegments, {"pointNumber": POINT, "content": "江東区"}, segment=LOW)
    assert isinstance(lacking, Faulty)
    assert [(finding.field, finding.rule) for finding in lacking.findings] == [
        ("content", "unknown-field"),
        ("amount", "required"),
    ]


def test_a_finding_calls_a_field_as_the_segment_does() -> None:
    def finding_in(segment: Segment) -> Finding:
        result = read(InSegments, {"amount": "7"}, segment=segment)
        assert isinstance(result, Faulty)
        return next(finding for finding in result.findings if finding.field == "pointNumber")

    assert (finding_in(LOW).label, finding_in(FIT).label) == ("供給地点特定番号", "受電地点特定番号")
    assert finding_in(FIT).message == "受電地点特定番号は必須です。"


def test_a_field_is_called_otherwise_in_one_segment_and_stays_so_when_it_is_repeated() -> None:
    field = fields.POINT_NUMBER.called_in(HIGH, meaning="高圧の地点。").many(3)
    assert [field.in_segment(segment).label for segment in (None, LOW, HIGH, FIT)] == [
        "供給地点特定番号",
        "供給地点特定番号",
        "供給地点特定番号",
        "受電地点特定番号",
    ]
    assert field.in_segment(HIGH).meaning == "高圧の地点。"
    assert {field.in_segment(segment).max_items for segment in Segment} == {3}


def test_a_name_that_a_message_gives_a_field_holds_in_all_segments() -> None:
    called = fields.APPLICATION_NUMBER.called("開始申請番号")
    assert {called.in_segment(segment).label for segment in Segment} == {"開始申請番号"}
    assert called.in_segment(FIT).example == fields.APPLICATION_NUMBER.in_segment(FIT).example
