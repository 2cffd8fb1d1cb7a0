"""How declarations are read: what a message class says of its members."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from schemas import fields
from schemas.codes import ProcessKind
from schemas.contract import allowed_for, members, needed_for


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
