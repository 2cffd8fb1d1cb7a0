"""An answer made from the catalogue shows all that its message has, in words."""

import pytest
from flask import Flask, render_template_string

from schemas.catalogue import INTERFACES
from schemas.codes import Segment
from schemas.contract import Interface, Member, members
from schemas.interfaces.processing_status import STATUS_LIST
from schemas.interfaces.usage import USAGE_INQUIRY
from tests.soap_support.examples import typed_example
from web.catalogue_forms.answer import Answer, answer_of

_SHOW = '{% from "catalogue_forms/answer.html" import answer %}<div>{{ answer(shown) }}</div>'
_EVERYWHERE = [(interface, segment) for interface in INTERFACES for segment in interface.segments or (None,)]


def example(interface: Interface, segment: Segment | None) -> Answer:
    return answer_of(interface.response, typed_example(interface.response, segment=segment), segment=segment)


def labels(message: type, segment: Segment | None) -> list[str]:
    listed = [member for member in members(message, segment) if member.name != "message_id"]
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
    assert answer.lists[0].rows[0] == ("2026-07", "312", "118")


def test_a_group_within_a_table_is_written_into_its_cell() -> None:
    (statuses,) = example(STATUS_LIST, Segment.LOW_VOLTAGE).lists

    cell = statuses.rows[0][statuses.columns.index("不備内容")]
    assert "規則: decision-deadline 内容: 異動日が受け付けられません。" in cell
