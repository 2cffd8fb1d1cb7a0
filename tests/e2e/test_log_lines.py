"""Every line that the hub logs while it treats a case, a message or a request names the case and the message.

One switch is run with what may befall it, and the logs are read line by line. What cannot name them stands here.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from schemas.codes import Area, CasePhase
from schemas.interfaces.participants import PARTICIPANT_LIST
from schemas.interfaces.processing_status import START_STATUS, STATUS_LIST
from tests.support.at_screens import screen_of_case
from tests.support.cast import OPERATOR
from tests.support.polling import until
from tests.support.retailers import RefusedByHub
from tests.support.world import World

AREA = Area.TOHOKU
PROCESSES = ("soap", "worker", "sweeper", "mail", "web")

OF_THE_PROCESS = {
    "soap": ("Starting", "Listening", "Using", "Booting", "Handling", "Worker", "Shutting"),
    "web": ("Starting", "Listening", "Using", "Booting", "Handling", "Worker", "Shutting", "part is away"),
    "worker": ("worker-started", "worker-stopped"),
    "sweeper": ("sweeper-started", "sweeper-stopped", "queues-without-worker", "alarms-unknown", "watch-open"),
    "mail": ("mail-sender-started", "mail-sender-stopped", "mail-server-away"),
}
"""How the lines begin that are about a process and those it needs, or about an area as a whole (``watch-open``)."""
OF_NO_ONE_CASE = ("13110", "11110", "12310", "10110")
"""Interfaces that ask for lists or for points."""
NOTHING_WAS_SENT = ("news-told", "mail-sent", "mail-refused")
"""Lines of a case that no retailer's message is in hand of: they bear what brought them, or a mail's own id."""

Line = dict[str, Any]
"""As JSON tells it."""


def lines_since(world: World, begins: dict[str, int]) -> list[Line]:
    logs = {process: (world.stack.folder / "log" / f"{process}.log").read_bytes() for process in PROCESSES}
    return [json.loads(line) for process in PROCESSES for line in logs[process][begins[process] :].splitlines()]


def is_of_the_process(line: Line) -> bool:
    return str(line["event"]).startswith(OF_THE_PROCESS[line["process"]])


def needs_case(line: Line) -> bool:
    if line["event"] != "request":
        return True
    if line["process"] == "web":
        return str(line.get("screen")).startswith(("case.", "decision."))
    no_one_case = line.get("interface") in (None, *OF_NO_ONE_CASE)
    return not no_one_case and line.get("outcome") != "HUB-F001"  # what is malformed may name none


def needs_message(line: Line) -> bool:
    if line["event"] in NOTHING_WAS_SENT or line["logger"].startswith("temporalio"):
        return False
    if line["event"] == "step":
        return line["kind"] == "refusal" or "message_key" in line
    if line["event"].startswith("grid-"):
        return "message_key" in line  # an inquiry after all applications has none
    if line["event"] == "request":
        return line["process"] == "soap" and "interface" in line  # neither for a WSDL nor for a page
    return True


@pytest.fixture(scope="module")
def logged(running: World) -> Iterator[tuple[list[Line], str]]:
    """Play a switch, and give the lines of the log with its number."""
    from tests.support.whole_system import set_right

    world = set_right(running)
    begins = {name: (world.stack.folder / "log" / f"{name}.log").stat().st_size for name in PROCESSES}
    customer = world.customer(AREA)
    world.new.call(PARTICIPANT_LIST)
    with pytest.raises(RefusedByHub, match="HUB-F001"):
        world.new.register(customer, current=world.current, wished=world.today(), holderName="😀")
    case_number = world.accepted(customer)
    world.current.inbox(case_number)
    world.grid(AREA, down=True)
    effective = world.new.result(case_number).effectiveDate
    start = world.new.file_start(case_number, customer, effective=effective).applicationNumber
    until(lambda: [line for line in lines_since(world, begins) if line["event"] == "grid-open"])
    world.grid(AREA, down=False, defects_left=1)
    world.wait_for_application(case_number, "defective")
    world.new.file_start(case_number, customer, effective=effective, processKind="amend", applicationNumber=start)
    world.current.file_end(case_number, customer, effective=effective)
    with pytest.raises(RefusedByHub):
        world.current.decide(case_number)
    world.new.call(START_STATUS, applicationNumber=start)
    world.new.call(STATUS_LIST, area=AREA)
    world.new.file_start(None, world.customer(AREA), effective=effective)
    screen_of_case(world, OPERATOR, case_number)
    world.wait_for(case_number, CasePhase.COMPLETED)
    until(lambda: [line for line in lines_since(world, begins) if line.get("notice") == "completed"])
    yield lines_since(world, begins), case_number


def test_the_switch_left_lines_of_every_kind(logged: tuple[list[Line], str]) -> None:
    lines, case_number = logged
    events = {(line["process"], line["event"]) for line in lines if line.get("case_number") == case_number}

    assert events >= {
        *(("soap", "request"), ("web", "request"), ("sweeper", "news-told"), ("mail", "mail-sent")),
        *(("worker", event) for event in ("step", "grid-told", "grid-open")),
    }


def test_every_line_of_a_case_names_it(logged: tuple[list[Line], str]) -> None:
    lines, _ = logged

    nameless = [line for line in lines if not is_of_the_process(line) and needs_case(line)]
    assert [line for line in nameless if not line.get("case_number") and not line.get("application_number")] == []


def test_every_line_of_a_message_names_it(logged: tuple[list[Line], str]) -> None:
    lines, _ = logged

    concerned = [line for line in lines if not is_of_the_process(line) and needs_message(line)]
    assert len(concerned) > 10
    assert [line for line in concerned if not line.get("message_id")] == []


def test_what_comes_of_no_message_says_what_it_comes_of(logged: tuple[list[Line], str]) -> None:
    lines, _ = logged

    steps = [line for line in lines if line["event"] == "step" and "message_key" not in line]
    assert steps
    assert all(line["cause"] for line in steps)
    mails = [line for line in lines if line["event"] == "mail-sent"]
    assert all(line["mail_id"] for line in mails)


def test_commands_name_the_stored_message_as_well(logged: tuple[list[Line], str]) -> None:
    lines, case_number = logged

    commands = [line for line in lines if line.get("interface") in ("12110", "12410", "10610", "10710")]
    stored = [line for line in commands if line.get("outcome") == "ok"]
    assert len(stored) >= 6
    assert [line for line in stored if not line.get("message_key") or not line.get("case_number")] == []
