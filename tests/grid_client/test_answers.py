"""Every answer of a grid operator is held to the catalogue, by the reader that a retailer's message is held by."""

import gzip
from datetime import UTC, date, datetime
from typing import Any

import pytest
from lxml import etree

from grid_client.answers import Question, Read, read_answer
from grid_client.errors import GridFault, GridUnreachable, UnreadableAnswer
from grid_client.http_answer import HttpAnswer
from schemas import fields
from schemas.codes import ApplicationState, Area, Flag, Segment
from schemas.contract import Interface
from schemas.fields import Form
from schemas.findings import Refusal
from schemas.grid import GridAnswer, grid_interface, grid_interfaces_of, grid_namespace
from schemas.interfaces.common import GridFinding
from schemas.interfaces.processing_status import STATUS_LIST, ProcessingStatusListResponse
from schemas.refusal_codes import RefusalCode
from soap.faults import fault_envelope
from soap.service import response_element
from tests.soap_support.envelopes import envelope, request_element
from tests.soap_support.examples import raw_example, typed_example
from tests.soap_support.form_checks import ways_of
from tests.soap_support.places import Place, places
from tests.soap_support.spoilt_elements import Way
from tests.support.cast import SECOND_POINT

NAME = "髙橋　太郎"
LOW = Segment.LOW_VOLTAGE
INTERFACES = [(interface, segment) for segment in Segment for interface in grid_interfaces_of(segment)]
EVERY_INTERFACE = pytest.mark.parametrize(
    ("interface", "segment"), INTERFACES, ids=[interface.number_in(segment) for interface, segment in INTERFACES]
)


def came(content: bytes, *, status_code: int = 200, content_type: str = "text/xml; charset=utf-8") -> HttpAnswer:
    return HttpAnswer(status_code, {"Content-Type": content_type}, content)


def element_of(interface: Interface, segment: Segment, **changes: Any) -> etree._Element:
    values = {**raw_example(interface.response, segment=segment), **changes}
    element = request_element(response_element(interface), values, namespace=grid_namespace(segment))
    for state in element.iter("{*}applicationState"):  # of all states the example has the first: one of the hub's own
        state.text = state.text if "applicationState" in changes else "received"
    return element


def question_of(interface: Interface, segment: Segment) -> Question:
    """Make a call whose answer the example is."""
    request = typed_example(interface.request, segment=segment)
    return Question(Area.TOKYO, segment, interface, request)


def read(element: etree._Element, interface: Interface, segment: Segment) -> Read:
    """Read an answer as it comes, of the right kind where it tells of one."""
    for kind in element.iter("{*}applicationKind"):
        if kind.text == "start" and interface.tells_status_of is not None:
            kind.text = interface.tells_status_of.value
    return read_answer(came(envelope(element)), question_of(interface, segment))


def unreadable(element: etree._Element, interface: Interface, segment: Segment) -> tuple[str, ...]:
    with pytest.raises(UnreadableAnswer) as error:
        read(element, interface, segment)
    assert (error.value.reason, error.value.outcome_unknown) == ("unreadable-answer", True)
    return error.value.places


@EVERY_INTERFACE
def test_a_sound_answer_comes_back_typed(interface: Interface, segment: Segment) -> None:
    answer = read(element_of(interface, segment), interface, segment)

    assert isinstance(answer.message, interface.response)
    assert answer.left_out == ()


@EVERY_INTERFACE
def test_what_does_not_hold_in_an_answer_makes_it_unreadable(interface: Interface, segment: Segment) -> None:
    # Each element of it, wrong in each way that its field has; rows and free texts are others' subject.
    tried = 0
    for place in places(interface.response, segment):
        if interface.number == STATUS_LIST.number and place.path[0] == "statuses":
            continue
        for way in ways(place, segment):
            element = element_of(interface, segment)
            way.spoil(place.find(element))
            assert any(f" {way.rule}" in fault for fault in unreadable(element, interface, segment)), (place.name, way)
            tried += 1
    assert tried > 10


@pytest.mark.parametrize("segment", Segment)
def test_a_row_that_does_not_hold_is_left_out_and_counted_and_the_others_stay(segment: Segment) -> None:
    interface = grid_interface(STATUS_LIST.number, segment)
    for place in places(interface.response, segment):
        if place.path[0] != "statuses" or len(place.path) == 1:
            continue
        for way in ways(place, segment):
            element = element_of(interface, segment)
            way.spoil(place.find(element))
            answer = read(element, interface, segment)
            page = answer.message
            assert isinstance(page, ProcessingStatusListResponse)
            assert (len(page.statuses), page.unreadable_statuses) == (1, 1 + 1), (
                place.name,
                way,
            )  # the example has one
            assert all(fault.startswith("statuses[1]/") for fault in answer.left_out)


def ways(place: Place, segment: Segment) -> list[Way]:
    """List the ways to spoil an element of an answer: an empty one is no absent one, and a long free text is cut."""
    all_ways = [
        way
        for way in ways_of(place, segment)
        if not (place.member.field.cut and way.name == "too-long") and way.name != "empty"
    ]
    if place.member.item is None:
        all_ways.append(Way("empty", "empty", lambda element: setattr(element, "text", None)))
    return all_ways


@pytest.mark.parametrize(
    ("value", "place"),
    [
        pytest.param("9999-12-31", "effectiveDate date", id="no end, as it is written elsewhere"),
        pytest.param("2027-02-30", "effectiveDate date", id="no such day, in an element that may be missing"),
        pytest.param("2026-08-20Z", "effectiveDate date", id="a day of another zone"),
        pytest.param("", "effectiveDate empty", id="nothing"),
        pytest.param(NAME, "effectiveDate date", id="something else"),
    ],
)
def test_an_optional_element_that_cannot_be_read_is_unreadable_and_not_absent(value: str, place: str) -> None:
    interface = grid_interface("10610", LOW)

    assert unreadable(element_of(interface, LOW, effectiveDate=value), interface, LOW) == (place,)


def test_a_moment_before_all_reckoning_is_unreadable() -> None:
    interface = grid_interface("10610", LOW)
    element = element_of(interface, LOW, processedAt="0001-01-01T00:00:00+09:00")

    assert unreadable(element, interface, LOW) == ("processedAt moment",)


def test_the_end_of_a_day_is_read_as_the_beginning_of_the_next() -> None:
    interface = grid_interface("10610", LOW)
    answer = read(element_of(interface, LOW, processedAt="2026-08-12T24:00:00+09:00"), interface, LOW).message

    assert isinstance(answer, GridAnswer)
    assert answer.processed_at == datetime(2026, 8, 12, 15, tzinfo=UTC)


def test_an_answer_to_an_application_is_what_it_says() -> None:
    interface = grid_interface("10610", LOW)
    element = element_of(
        interface,
        LOW,
        applicationState="defective",
        effectiveDate="2026-08-20",
        findings={"rule": "r", "message": "不備"},
    )
    element.remove(next(element.iterchildren("{*}meterWork")))

    answer = read(element, interface, LOW).message

    assert isinstance(answer, GridAnswer)
    assert (answer.application_state, answer.effective_date) == (ApplicationState.DEFECTIVE, date(2026, 8, 20))
    assert (answer.meter_work, answer.duplicate) == (None, Flag.YES)
    assert answer.findings == (GridFinding(field=None, rule="r", message="不備"),)


@pytest.mark.parametrize("number", ["10610", "10620", STATUS_LIST.number])
def test_a_longer_text_of_a_finding_is_cut_with_a_mark(number: str) -> None:
    interface = grid_interface(number, LOW)
    element = element_of(interface, LOW)
    next(element.iter("{*}message")).text = "長" * 301

    answer = read(element, interface, LOW)

    limit = fields.FINDING_TEXT.max_length or 0
    texts = [text for text in messages(answer.message) if text.startswith("長")]
    assert texts == ["長" * (limit - len("…（以下略）")) + "…（以下略）"]
    assert answer.left_out == ()


def messages(message: Any) -> list[str]:
    statuses = getattr(message, "statuses", None) or [getattr(message, "status", message)]
    return [finding.message for status in statuses for finding in status.findings]


def test_an_answer_about_something_else_than_was_asked_for_is_unreadable() -> None:
    status, facility = grid_interface("10620", LOW), grid_interface("10110", LOW)
    other = element_of(status, LOW)
    next(other.iter("{*}applicationNumber")).text = "AP03L20260812000000022"

    assert unreadable(other, status, LOW) == ("application_number not-as-asked",)
    point = element_of(facility, LOW, pointNumber=SECOND_POINT)
    assert unreadable(point, facility, LOW) == ("point_number not-as-asked",)
    kind = element_of(status, LOW)
    next(kind.iter("{*}applicationKind")).text = "end"
    assert unreadable(kind, status, LOW) == ("application_kind not-as-asked",)


def test_a_row_about_another_area_is_left_out() -> None:
    interface = grid_interface(STATUS_LIST.number, LOW)
    element = element_of(interface, LOW)
    next(element.iter("{*}applicationNumber")).text = "AP06L20260812000000014"

    answer = read(element, interface, LOW)

    assert isinstance(answer.message, ProcessingStatusListResponse)
    assert len(answer.message.statuses) == 1
    assert answer.left_out == ("statuses other-area",)


def fault(**changes: str) -> bytes:
    envelope = fault_envelope(Refusal(RefusalCode.NO_SUCH_APPLICATION), namespace=grid_namespace(LOW))
    for name, value in changes.items():
        next(envelope.iter(f"{{*}}{name}")).text = value
    return etree.tostring(envelope)


def test_a_fault_is_held_to_the_contract_too() -> None:
    call = question_of(grid_interface("10620", LOW), LOW)
    with pytest.raises(GridFault) as sound:
        read_answer(came(fault(), status_code=500), call)
    assert sound.value.code == RefusalCode.NO_SUCH_APPLICATION

    for changes in ({"retryable": "maybe"}, {"code": "HUB-" + "9" * 40}, {"action": ""}):
        with pytest.raises(UnreadableAnswer) as error:
            read_answer(came(fault(**changes), status_code=500), call)
        (place,) = error.value.places
        assert place.startswith(f"HubFault/{next(iter(changes))} ")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (came(b"<html>", status_code=502), "error-without-fault"),
        (came(envelope("<a/>"), status_code=503), "error-without-fault"),
        (came(b"", status_code=302), "error-without-fault"),
        (came(b"<html>"), "unreadable-answer"),
        (came(b""), "unreadable-answer"),
        (came(envelope("<a/>")), "unreadable-answer"),
        (came(b"<!DOCTYPE a>" + envelope("<a/>")), "unreadable-answer"),
        (came(gzip.compress(envelope("<a/>"))), "unreadable-answer"),
        (came(envelope("<a/>"), content_type="text/xml; charset=bogus"), "unreadable-answer"),
        (came(envelope("<a/>" * 400_000)), "unreadable-answer"),
        (came(envelope("<a " + " ".join(f"a{n}=''" for n in range(600_000)) + "/>")), "unreadable-answer"),
    ],
    ids=[
        "an error page", "an error with XML", "another address", "a page", "nothing", "another answer", "doctype",
        "packed", "charset", "elements", "attributes",
    ],
)  # fmt: skip
def test_what_is_no_answer_at_all_means_that_the_outcome_is_unknown(answer: HttpAnswer, reason: str) -> None:
    with pytest.raises(GridUnreachable) as away:
        read_answer(answer, question_of(grid_interface("10610", LOW), LOW))

    assert (away.value.reason, away.value.outcome_unknown) == (reason, True)


def test_an_answer_against_the_contract_is_named_by_its_place_and_not_quoted() -> None:
    interface = grid_interface("10110", LOW)
    element = element_of(interface, LOW, address=NAME + "\N{SNOWMAN}", supplied=NAME)
    etree.SubElement(element, f"{{{grid_namespace(LOW)}}}Takahashi").text = NAME

    places = unreadable(element, interface, LOW)

    assert set(places) == {"address characters", "supplied code", "? unknown-element"}


@EVERY_INTERFACE
@pytest.mark.parametrize("year", [2000, 2199])
def test_no_deadline_is_reckoned_from_a_day_at_the_edge_of_the_catalogue(
    interface: Interface, segment: Segment, year: int
) -> None:
    for place in places(interface.response, segment):
        if place.member.field.form not in (Form.DATE, Form.MOMENT) or place.member.name == "as_of":
            continue
        element = element_of(interface, segment)
        day_element = place.find(element)
        day_element.text = f"{year}{(day_element.text or '')[4:]}"
        if interface.number == STATUS_LIST.number and place.path[0] == "statuses":
            answer = read(element, interface, segment)
            assert isinstance(answer.message, ProcessingStatusListResponse)
            assert answer.left_out == (f"statuses[1]/{place.path[-1]} year",)
            assert answer.message.unreadable_statuses == 1 + 1  # the example has one
        else:
            (fault,) = unreadable(element, interface, segment)
            assert fault.replace("[1]", "") == f"{place.name} year"


@EVERY_INTERFACE
@pytest.mark.parametrize("state", ["not_filed", "sending"])
def test_a_state_that_only_the_hub_gives_is_not_the_grid_operators_word(
    interface: Interface, segment: Segment, state: str
) -> None:
    element = element_of(interface, segment)
    for state_element in element.iter("{*}applicationState"):
        state_element.text = state
        if interface.number == STATUS_LIST.number:
            assert "statuses[1]/applicationState state" in read(element, interface, segment).left_out
        else:
            (place,) = unreadable(element, interface, segment)
            assert place.endswith("applicationState state")
