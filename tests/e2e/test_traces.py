"""One trace from a retailer's request to the call to the grid operator, across the real processes."""

import json
import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest

from schemas.codes import Area, CasePhase
from tests.support.database_contents import rows
from tests.support.polling import until
from tests.support.retailers import RefusedByHub, Retailer
from tests.support.trace_receiver import ReceivedSpan, TraceReceiver
from tests.support.world import World

SPAN = "b7ad6b7169203331"
"""The retailer's own span, in which it calls the hub."""


@pytest.fixture
def trace() -> str:
    """Begin a trace of the retailer's own system."""
    return uuid.uuid4().hex


@pytest.fixture
def traced(world: World, trace: str) -> Retailer:
    """Have the new retailer's system keep traces of its own."""
    return replace(world.new, headers={"traceparent": f"00-{trace}-{SPAN}-01", "tracestate": "own=secret"})


def complete(traces: TraceReceiver, wanted: Callable[[ReceivedSpan], bool], *, root: str) -> list[str]:
    """Give what a span stands under, once all of it has been sent; parts of it come from several processes."""

    def look() -> list[str] | None:
        ways = [traces.ancestry(span) for span in traces.spans if wanted(span)]
        return next((way for way in ways if way[-1] == root), None)

    return until(look, instead=lambda: [traces.ancestry(span) for span in traces.spans if wanted(span)])


def at_grid(traces: TraceReceiver, trace: str) -> list[str]:
    return complete(
        traces,
        lambda one: (one.process, one.name, one.trace) == ("grid_stub", "POST 10610", trace),
        root="soap: POST 10610",
    )


def test_an_application_of_a_case_is_one_trace_from_the_retailers_system_to_the_grid_operators(
    traces: TraceReceiver, world: World, traced: Retailer, trace: str
) -> None:
    customer = world.customer()
    case_number = world.accepted(customer)
    traced.file_start(case_number, customer, effective=world.new.result(case_number).effectiveDate)

    assert at_grid(traces, trace) == [
        "grid_stub: POST 10610",
        "worker: grid",
        "worker: RunActivity:call-grid",
        "worker: StartActivity:call-grid",
        "soap: StartWorkflowUpdate:take_command",
        "soap: deliver",
        "soap: POST 10610",
    ]
    by_name = {(span.process, span.name): span for span in traces.spans if span.trace == trace}
    assert by_name["soap", "POST 10610"].parent == SPAN
    assert {("soap", "store"), ("worker", "RunActivity:申請を登録（新小売）")} <= by_name.keys()


def test_an_application_on_its_own_starts_its_workflow_in_the_trace_of_its_request(
    traces: TraceReceiver, world: World, traced: Retailer, trace: str
) -> None:
    traced.file_start(None, world.customer(), effective=world.today())

    assert at_grid(traces, trace)[3:] == [
        "worker: StartActivity:call-grid",
        "soap: StartWorkflow:SwitchingCase",
        "soap: deliver",
        "soap: POST 10610",
    ]


def test_spans_say_what_they_are_about(traces: TraceReceiver, world: World, traced: Retailer, trace: str) -> None:
    customer = world.customer(Area.CHUBU)
    case_number = world.accepted(customer)
    traced.file_start(case_number, customer, effective=world.new.result(case_number).effectiveDate)
    at_grid(traces, trace)

    ((key,),) = rows(
        world.database,
        "SELECT key::text FROM messages WHERE case_number = :n AND interface_number = '10610'",
        n=case_number,
    )
    of_trace = [span for span in traces.spans if span.trace == trace]
    spans = {
        (span.process, span.name): span.attributes for span in reversed(of_trace)
    }  # of steps the first: the filing's
    request, deliver = spans["soap", "POST 10610"], spans["soap", "deliver"]
    call, step = spans["worker", "grid"], spans["worker", "RunActivity:申請を登録（新小売）"]
    assert {(said["hub.case_number"], said["hub.message_key"]) for said in (request, deliver, call, step)} == {
        (case_number, key)
    }
    assert (request["hub.interface"], request["hub.retailer"], request["hub.outcome"]) == ("10610", "1001", "ok")
    assert (deliver["hub.area"], call["hub.area"], call["hub.interface"]) == (Area.CHUBU, Area.CHUBU, "10610")


def test_what_the_status_watch_hears_makes_steps_in_the_trace_of_its_poll(traces: TraceReceiver, world: World) -> None:
    customer = world.customer()
    case_number = world.accepted(customer)
    world.file_both(case_number, customer)
    world.wait_for(case_number, CasePhase.COMPLETED)

    completed = "完了（一般送配電事業者）"
    way = complete(
        traces,
        lambda one: one.name == f"RunActivity:{completed}" and one.attributes["hub.case_number"] == case_number,
        root="sweeper: watch",
    )

    assert way[1:] == [f"worker: StartActivity:{completed}", "sweeper: SignalWorkflow:hear_grid_news", "sweeper: watch"]


def test_what_the_sweeper_delivers_is_a_trace_of_its_own_that_names_the_message(
    traces: TraceReceiver, world: World
) -> None:
    case_number = world.registered(world.customer())
    world.stack.kill("worker")
    with pytest.raises(RefusedByHub, match="HUB-R002"):
        world.current.decide(case_number, message_id=f"SWEPT-{case_number[-8:]}")
    ((key,),) = rows(
        world.database,
        "SELECT key::text FROM messages WHERE case_number = :n AND interface_number = '12410'",
        n=case_number,
    )

    way = complete(
        traces,
        lambda one: (
            one.process == "sweeper"
            and one.attributes.items() >= {"hub.message_key": key, "hub.case_number": case_number}.items()
        ),
        root="sweeper: deliver",
    )

    assert way == ["sweeper: StartWorkflowUpdate:take_command", "sweeper: deliver"]


def test_a_mail_is_a_trace_of_its_own_that_names_its_case(traces: TraceReceiver, world: World) -> None:
    case_number = world.registered(world.customer())

    way = complete(
        traces,
        lambda one: (one.process, one.attributes.get("hub.case_number")) == ("mail", case_number),
        root="mail: mail",
    )

    assert way == ["mail: mail"]


def test_nothing_personal_is_sent(traces: TraceReceiver, world: World, traced: Retailer, trace: str) -> None:
    world.grid(Area.TOKYO, defects_left=1)
    customer = world.customer()
    case_number = world.accepted(customer)
    effective = world.new.result(case_number).effectiveDate
    with pytest.raises(RefusedByHub):
        traced.file_start(case_number, replace(customer, holder_name="髙﨑😀"), effective=effective)
    traced.file_start(case_number, customer, effective=effective)
    at_grid(traces, trace)

    personal = (customer.holder_name, customer.holder_name_kana, customer.address, customer.telephone, "髙﨑")
    sent = b"".join(traces.bodies)
    assert case_number.encode() in sent
    spellings = [spelled for word in personal for spelled in (word.encode(), json.dumps(word)[1:-1].encode())]
    assert [
        spelled for spelled in (*spellings, customer.contract_number.encode(), b"own=secret") if spelled in sent
    ] == []


def test_a_name_in_an_attribute_would_be_found(traces: TraceReceiver, traced: Retailer, trace: str) -> None:
    # The search above reads what was sent as it stands: OTLP writes text as UTF-8.
    with pytest.raises(RefusedByHub):
        traced.decide("SW03L20260101000000015", message_id="FINDME")

    until(lambda: b"FINDME" in b"".join(traces.bodies))
