"""An answer made from the catalogue shows all that its message has, in words."""

from dataclasses import replace

import pytest
from flask import Flask, render_template_string

from schemas.catalogue import INTERFACES
from schemas.codes import ApplicationState, Segment
from schemas.contract import Interface, Member, members
from schemas.fields import Form
from schemas.interfaces.processing_status import (
    STATUS_LIST,
    ProcessingStatus,
    ProcessingStatusListResponse,
    ProcessingStatusResponse,
)
from schemas.interfaces.usage import USAGE_INQUIRY
from tests.soap_support.examples import typed_example
from web.catalogue_forms.answer import Answer, answer_of
from web.inquiries.leading import LEADING

_SHOW = '{% from "catalogue_forms/answer.html" import answer %}<div>{{ answer(shown) }}</div>'
_EVERYWHERE = [(interface, segment) for interface in INTERFACES for segment in interface.segments or (None,)]


def example(interface: Interface, segment: Segment | None) -> Answer:
    answer, leading = typed_example(interface.response, segment=segment), LEADING.get(interface, ())
    return answer_of(interface.response, answer, segment=segment, leading=leading)


def labels(message: type, segment: Segment | None) -> list[str]:
    """List what a page has to show; a name may be left out, where its code says the same."""
    there = [member for member in members(message, segment) if member.name != "message_id"]
    by_codes = {f"{member.name}_name" for member in there if member.field.form is Form.CODE}
    listed = [member for member in there if member.name not in by_codes]
    return [label for member in listed for label in _own_labels(member, segment)]


def _own_labels(member: Member, segment: Segment | None) -> list[str]:
    inner = [] if member.item is None else labels(member.item, segment)
    return [member.field.label, *inner]


@pytest.mark.parametrize(
    ("interface", "segment"), _EVERYWHERE, ids=[one.number_in(segment) for one, segment in _EVERYWHERE]
)
def test_every_element_of_every_answer_is_shown(
    usual_application: Flask, interface: Interface, segment: Segment | None
) -> None:
    with usual_application.test_request_context():
        drawn = render_template_string(_SHOW, shown=example(interface, segment))

    assert [label for label in labels(interface.response, segment) if label not in drawn] == []


def test_values_are_in_words_and_repeated_groups_are_tables() -> None:
    answer = example(USAGE_INQUIRY, Segment.HIGH_VOLTAGE)

    assert [(fact.label, fact.value) for fact in answer.facts] == [
        ("供給地点特定番号", "0310000000000000000001"),
        ("スマートメーター有無", "可・有"),
    ]
    assert [table.label for table in answer.lists] == ["月別使用量", "30分値"]
    assert answer.lists[0].columns == ("対象年月", "使用電力量", "最大需要電力")
    assert answer.lists[0].rows[0].cells == ("2026-07", "312", "118")


def test_a_group_within_a_table_is_written_into_its_cell() -> None:
    (statuses,) = example(STATUS_LIST, Segment.LOW_VOLTAGE).lists

    cell = dict(statuses.rows[0].more)["不備内容"]
    assert "規則: decision-deadline 内容: 異動日が受け付けられません。" in cell


def test_a_name_is_shown_only_where_it_says_otherwise_than_its_code() -> None:
    item = typed_example(ProcessingStatus, application_state=ApplicationState.RECEIVED)
    same, other = (replace(item, application_state_name=name) for name in (ApplicationState.RECEIVED.label, "受付中"))

    def shown(status: ProcessingStatus) -> str:
        answer = typed_example(ProcessingStatusResponse, status=status)
        return str(answer_of(ProcessingStatusResponse, answer, segment=Segment.LOW_VOLTAGE))

    assert "申請状態名" not in shown(same)
    assert "申請状態名" in shown(other)
    assert "受付中" in shown(other)


def test_what_leads_has_a_column_and_the_rest_stands_below_where_the_item_says_it() -> None:
    item = typed_example(ProcessingStatus, matched_at=None)
    answer = typed_example(ProcessingStatusListResponse, statuses=(item,))

    (listed,) = answer_of(
        ProcessingStatusListResponse, answer, segment=Segment.LOW_VOLTAGE, leading=("application_number",)
    ).lists

    assert listed.columns == ("申請番号",)
    below = dict(listed.rows[0].more)
    assert {"申請種別", "申請状態", "受付日時"} <= set(below)
    assert "マッチング日時" not in below


@pytest.mark.parametrize("interface", LEADING, ids=lambda interface: interface.label)
def test_what_leads_are_elements_of_the_list(interface: Interface) -> None:
    items = [member.item for member in members(interface.response) if member.repeated]

    assert [set(LEADING[interface]) - {member.name for member in members(item)} for item in items if item] == [set()]
