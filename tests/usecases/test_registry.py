"""Every interface of the catalogue is answered, simulated, described and shown by an exchanged example."""

from functools import partial
from typing import Any, get_type_hints

import pytest

import grid_stub.services
from docs.specification_pages.building import BUILT
from docs.specification_pages.examples import REQUEST, RESPONSE, file_of
from docs.specification_pages.interfaces import Specified, all_specified
from grid_stub.patterns import PATTERNS, Outcome
from rules.access.rights import RIGHTS, USE_CASE_OF, NotAllowed
from schemas.catalogue import INTERFACES, SEGMENTS
from schemas.codes import Segment
from schemas.contract import Interface
from usecases.actors import RetailerSystem
from usecases.registry import ANSWERING

SPECIFIED = list(all_specified())
EACH = pytest.mark.parametrize("specified", SPECIFIED, ids=[specified.number for specified in SPECIFIED])
RELAYED = [specified for specified in SPECIFIED if specified.interface.relayed]
EACH_RELAYED = pytest.mark.parametrize("specified", RELAYED, ids=[specified.number for specified in RELAYED])


def test_there_are_54_interfaces_of_which_41_are_relayed() -> None:
    assert (len(SPECIFIED), len(RELAYED)) == (54, 41)


def test_what_is_answered_is_in_the_catalogue() -> None:
    assert sorted(ANSWERING) == sorted(interface.operation for interface in INTERFACES)


@EACH
def test_the_use_case_that_answers_it_takes_its_request_and_gives_its_response(specified: Specified) -> None:
    answering: Any = ANSWERING[specified.interface.operation]
    hints = get_type_hints(getattr(answering, "func", answering))

    assert issubclass(specified.interface.request, hints["request"])
    assert issubclass(specified.interface.response, hints["return"])


@EACH
def test_an_interface_of_applications_or_states_is_answered_as_itself(specified: Specified) -> None:
    answering, interface = ANSWERING[specified.interface.operation], specified.interface
    kind = interface.applies_for or interface.tells_status_of
    keywords = answering.keywords if isinstance(answering, partial) else {}

    assert keywords == ({} if kind is None else {"interface": interface, "kind": kind})


def test_every_interface_belongs_to_exactly_one_use_case() -> None:
    belonging = [interface for right in RIGHTS.values() for interface in right.interfaces]

    assert sorted(interface.operation for interface in belonging) == sorted(
        interface.operation for interface in INTERFACES
    )
    assert len(USE_CASE_OF) == len(belonging)


@pytest.mark.parametrize(
    ("interface", "segment"),
    [(each, segment) for each in INTERFACES for segment in SEGMENTS if segment not in (each.segments or {None})],
    ids=lambda value: getattr(value, "operation", value),
)
def test_what_a_segment_has_not_is_not_answered_in_it(interface: Interface, segment: Segment | None) -> None:
    request: Any = None  # it is not looked at
    hub: Any = None

    with pytest.raises(NotAllowed):
        ANSWERING[interface.operation](request, actor=RetailerSystem("1001", "127.0.0.1"), segment=segment, hub=hub)


@EACH_RELAYED
def test_the_grid_stub_answers_it_with_a_normal_and_an_abnormal_pattern(specified: Specified) -> None:
    (served,) = (each for each in grid_stub.services.SERVICES if each.segment is specified.service.segment)
    outcomes = {each.outcome is Outcome.ANSWERED for each in PATTERNS if specified.interface.number in each.numbers}

    assert served.interface_of(specified.interface.operation) is not None, specified.number
    assert outcomes == {True, False}, specified.number


@EACH
def test_a_page_describes_it(specified: Specified) -> None:
    assert f'<h2 id="IF{specified.number}">' in (BUILT / specified.page).read_text(encoding="utf-8"), specified.number


@EACH
def test_an_example_of_it_was_exchanged(specified: Specified) -> None:
    missing = [side for side in (REQUEST, RESPONSE) if not file_of(specified.number, side).exists()]

    assert missing == [], f"play {specified.number} in tests/e2e/test_examples.py, and record the examples"
