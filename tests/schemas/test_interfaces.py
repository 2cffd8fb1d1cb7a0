"""Every interface in every segment: its examples are read, and every form check of its fields holds."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from schemas.catalogue import SEGMENTS, interfaces_of
from schemas.codes import ProcessKind, Segment
from schemas.contract import Interface, Member, members
from schemas.fields import Form
from schemas.grid import grid_interfaces_of
from tests.schemas.raw import broken, example, well_read

OF_THE_HUB = [(interface, segment) for segment in SEGMENTS for interface in interfaces_of(segment)]
OF_THE_GRID = [(interface, segment) for segment in Segment for interface in grid_interfaces_of(segment)]
EVERY_INTERFACE = pytest.mark.parametrize(
    ("interface", "segment"),
    [*OF_THE_HUB, *OF_THE_GRID],
    ids=[
        *(f"hub-{interface.number_in(segment)}" for interface, segment in OF_THE_HUB),
        *(f"grid-{interface.number_in(segment)}" for interface, segment in OF_THE_GRID),
    ],
)


@EVERY_INTERFACE
def test_the_examples_make_messages(interface: Interface, segment: Segment | None) -> None:
    for kind in ProcessKind:
        well_read(interface.request, example(interface.request, kind, segment), segment)
    well_read(interface.response, example(interface.response, segment=segment), segment)


@EVERY_INTERFACE
def test_a_message_without_anything_lacks_all_that_is_required(interface: Interface, segment: Segment | None) -> None:
    for message in (interface.request, interface.response):
        required_elements = [(member.xml_name, "required") for member in members(message, segment) if member.required]
        assert broken(message, {}, segment) == required_elements


@EVERY_INTERFACE
def test_each_required_element_is_missed_by_name(interface: Interface, segment: Segment | None) -> None:
    for message in (interface.request, interface.response):
        for kind in ProcessKind:
            raw = example(message, kind, segment)
            for member in members(message, segment):
                lacking = {name: value for name, value in raw.items() if name != member.xml_name}
                findings = broken(message, lacking, segment)
                if is_needed(member, kind) and not member.repeated and member.xml_name != "processKind":
                    assert findings == [(member.xml_name, "required")]


@EVERY_INTERFACE
def test_what_another_process_kind_carries_is_refused(interface: Interface, segment: Segment | None) -> None:
    for member in members(interface.request, segment):
        for_kinds = member.needed or member.allowed
        if for_kinds is None:
            continue
        value = example(interface.request, min(for_kinds.kinds), segment)[member.xml_name]
        for kind in set(ProcessKind) - for_kinds.kinds:
            raw = {**example(interface.request, kind, segment), member.xml_name: value}
            assert broken(interface.request, raw, segment) == [(member.xml_name, "not-for-this-process-kind")]


@EVERY_INTERFACE
def test_each_form_check_of_each_field_names_its_rule(interface: Interface, segment: Segment | None) -> None:
    tried = 0
    for message in (interface.request, interface.response):
        raw = example(message, segment=segment)
        for steps, member in leaves(message, segment):
            if steps[0] not in raw or member.xml_name == "processKind":
                continue
            for value, rule in wrong_values(member):
                findings = broken(message, changed(raw, steps, value), segment)
                assert without_places(findings) == [("/".join(steps), rule)], value
                tried += 1
    assert tried > 0


@EVERY_INTERFACE
def test_all_faults_of_a_message_are_told_at_once(interface: Interface, segment: Segment | None) -> None:
    raw: Mapping[str, Any] = example(interface.request, segment=segment)
    expected = []
    for steps, member in leaves(interface.request, segment):
        if steps[0] in raw and member.xml_name != "processKind":
            value, rule = next(iter(wrong_values(member)))
            raw = changed(raw, steps, value)
            expected.append(("/".join(steps), rule))
    findings = broken(interface.request, {**raw, "stranger": "?"}, segment)
    assert without_places(findings) == [("stranger", "unknown-field"), *expected]


def without_places(findings: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave the places of items out of findings in lists: the examples have one of each."""
    return [(path.replace("[1]", ""), rule) for path, rule in findings]


def is_needed(member: Member, kind: ProcessKind) -> bool:
    return kind in member.needed.kinds if member.needed is not None else member.required


def leaves(message: type, segment: Segment | None, before: tuple[str, ...] = ()) -> Iterator[tuple[Any, Member]]:
    """Walk each plain element with the names that lead to it."""
    for member in members(message, segment):
        steps = (*before, member.xml_name)
        if member.item is None:
            yield steps, member
        else:
            yield from leaves(member.item, segment, steps)


def changed(raw: Any, steps: tuple[str, ...], value: str) -> Any:
    """Copy the message with one element changed; of a list the first item."""
    if isinstance(raw, list):
        return [changed(raw[0], steps, value), *raw[1:]]
    if not steps:
        return value
    return {**raw, steps[0]: changed(raw[steps[0]], steps[1:], value)}


def wrong_values(member: Member) -> Iterator[tuple[str, str]]:
    """List values that break one check of a field each, and the rule they break."""
    field = member.field
    if field.form is Form.CODE:
        yield "no-such-code", "code"
    elif field.form is Form.DATE:
        yield from ((value, "date") for value in ("2026-02-29", "2026/08/20", "20260820", "1999-12-31"))
    elif field.form is Form.MOMENT:
        yield from ((value, "moment") for value in ("2026-08-12T10:00:00", "2026-08-12", "2026-08-12T25:00:00+09:00"))
    elif field.form is Form.INTEGER:
        assert field.maximum is not None and field.minimum is not None
        yield from ((value, "integer") for value in (str(field.maximum + 1), str(field.minimum - 1), "1.5", "１"))
    else:
        assert field.max_length is not None
        yield "9" * (field.max_length + 1), "length"
        if field.min_length > 1:
            yield "9" * (field.min_length - 1), "length"
        if field.pattern is not None:
            yield "あ" * field.min_length, "pattern"
        if field.characters is not None:
            yield "\u0000" * field.min_length, "characters"
        if field.pattern is None and field.min_length == 1:
            yield from ((blank, "blank") for blank in _BLANKS if field.characters is None or field.characters(blank))


_BLANKS = (" ", "　")
