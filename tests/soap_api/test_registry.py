"""Every interface of the catalogue is answered, simulated, described and shown by an exchanged example."""

import pytest

import grid_stub.services
from docs.specification_pages.building import BUILT
from docs.specification_pages.examples import REQUEST, RESPONSE, file_of
from docs.specification_pages.interfaces import Specified, all_specified
from grid_stub.patterns import PATTERNS, Outcome
from schemas.catalogue import INTERFACES
from soap_api.registry import HANDLERS

SPECIFIED = list(all_specified())
EACH = pytest.mark.parametrize("one", SPECIFIED, ids=[one.number for one in SPECIFIED])
RELAYED = [one for one in SPECIFIED if one.interface.relayed]
EACH_RELAYED = pytest.mark.parametrize("one", RELAYED, ids=[one.number for one in RELAYED])


def test_there_are_54_interfaces_of_which_41_are_relayed() -> None:
    assert (len(SPECIFIED), len(RELAYED)) == (54, 41)


def test_what_is_answered_is_in_the_catalogue() -> None:
    assert sorted(HANDLERS) == sorted(interface.operation for interface in INTERFACES)


@EACH
def test_a_function_named_after_its_operation_answers_it(one: Specified) -> None:
    operation = one.interface.operation
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in operation)

    assert HANDLERS[operation].__name__ == words


@EACH_RELAYED
def test_the_grid_stub_answers_it_with_a_normal_and_an_abnormal_pattern(one: Specified) -> None:
    (served,) = (each for each in grid_stub.services.SERVICES if each.segment is one.service.segment)
    outcomes = {each.outcome is Outcome.ANSWERED for each in PATTERNS if one.interface.number in each.numbers}

    assert served.interface_of(one.interface.operation) is not None, one.number
    assert outcomes == {True, False}, one.number


@EACH
def test_a_page_describes_it(one: Specified) -> None:
    assert f'<h2 id="IF{one.number}">' in (BUILT / one.page).read_text(encoding="utf-8"), one.number


@EACH
def test_an_example_of_it_was_exchanged(one: Specified) -> None:
    missing = [side for side in (REQUEST, RESPONSE) if not file_of(one.number, side).exists()]

    assert missing == [], f"play {one.number} in tests/e2e/test_examples.py, and record the examples"
