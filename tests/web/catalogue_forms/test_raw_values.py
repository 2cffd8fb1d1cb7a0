"""A message goes through a form and back, whatever it holds: stored, laid out, sent hidden, read."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from models.messages.content import dump_request
from schemas.catalogue import INTERFACES
from schemas.codes import ProcessKind, Segment
from schemas.contract import Interface, members
from schemas.reading import read
from tests.soap_support.examples import raw_example
from tests.web.catalogue_forms.test_forms import ToyRequest
from web.catalogue_forms.raw_values import inputs_of, raw_of
from web.catalogue_forms.typed_values import Sent

FILING = [
    (interface, segment, kind)
    for interface in INTERFACES
    if any(member.name == "process_kind" for member in members(interface.request))
    for segment in Segment
    if segment in interface.segments
    for kind in ProcessKind
]
NAMES = [f"{interface.number_in(segment)}-{kind.value}" for interface, segment, kind in FILING]


@pytest.mark.parametrize(("interface", "segment", "kind"), FILING, ids=NAMES)
def test_what_is_stored_fills_the_form_of_its_process_kind(
    interface: Interface, segment: Segment, kind: ProcessKind
) -> None:
    example = raw_example(interface.request, kind=kind, segment=segment)
    stored = dump_request(read(interface.request, example, segment=segment))

    assert raw_of(interface.request, stored, segment=segment, kind=kind) == example


@pytest.mark.parametrize(("interface", "segment", "kind"), FILING, ids=NAMES)
def test_what_was_typed_comes_back_from_hidden_inputs(
    interface: Interface, segment: Segment, kind: ProcessKind
) -> None:
    example = raw_example(interface.request, kind=kind, segment=segment)

    inputs: MultiDict[str, str] = MultiDict(inputs_of(interface.request, example, segment=segment))

    assert Sent(inputs, segment, kind=kind).message(interface.request) == example


def test_lists_and_groups_in_them_come_back_too() -> None:
    typed: dict[str, Any] = {
        "reasons": ["01", "09"],
        "lamps": [{"name": "門灯"}, {"name": "街灯", "litAt": "2026-08-12T10:00:00+09:00"}],
        "names": ["あかり", "ともしび"],
    }

    inputs: MultiDict[str, str] = MultiDict(inputs_of(ToyRequest, typed, segment=Segment.LOW_VOLTAGE))

    assert Sent(inputs, Segment.LOW_VOLTAGE).message(ToyRequest) == typed
