"""One switch as those around it see it: its mails, the lines logged, the figures counted, where the system listens."""

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from deploy.mail_sink.box import MailBox, ReceivedMail
from deploy.samples import CURRENT_RETAILER, NEW_RETAILER, result_mail
from deploy.stack.environment import processes_by_port
from deploy.stack.ports import names
from deploy.stack.supervisor import ROOT
from schemas.codes import CasePhase
from tests.support.database_contents import rows
from tests.support.polling import until
from tests.support.world import World

NEW, CURRENT = result_mail(NEW_RETAILER), result_mail(CURRENT_RETAILER)
PROCESSES = ("worker", "soap", "sweeper", "mail", "grid_stub", "web")


def _mails(world: World, case_number: str) -> list[ReceivedMail]:
    return [mail for mail in MailBox(world.stack.mails).mails() if mail.header("X-Switching-Case") == case_number]


def _mails_told(world: World, case_number: str) -> list[tuple[str, str]]:
    """List to whom, and what the subject says, in the order of the steps."""
    words = {"届きました": "arrived", "承諾": "accepted", "完了": "completed"}
    mails = [(mail.header("To"), mail.header("Subject")) for mail in _mails(world, case_number)]
    return sorted((to, next(kind for word, kind in words.items() if word in subject)) for to, subject in mails)


def _lines(world: World, process: str) -> Iterator[dict[str, Any]]:
    for line in (world.stack.folder / "log" / f"{process}.log").read_text().splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def _get(world: World, process: str, path: str, *, number: int = 0) -> str:
    """Ask a process, or where a face has several, the one of that number."""
    port = getattr(world.stack.ports, f"{process}_metrics") + number
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def _figures(world: World, process: str) -> str:
    """Give the figures of all processes of a face: which of them answered what is their front's choice."""
    count = processes_by_port(world.stack.environment).get(f"{process}_metrics", 1)
    return "".join(_get(world, process, "/metrics", number=number) for number in range(count))


@pytest.fixture(scope="module")
def completed(running: World) -> str:
    customer = running.customer()
    case_number = running.accepted(customer)
    running.file_both(case_number, customer)
    running.wait_for(case_number, CasePhase.COMPLETED)
    until(lambda: len(_mails(running, case_number)) >= 4, instead=lambda: _mails_told(running, case_number))
    _open_screen(running)
    return case_number


def _open_screen(world: World) -> None:
    """Look at a page that is for everybody."""
    assert requests.get(f"http://localhost:{world.stack.ports.web}/", timeout=10).ok


def test_each_retailer_got_its_mails_and_no_other(world: World, completed: str) -> None:
    assert _mails_told(world, completed) == sorted(
        [(CURRENT, "arrived"), (NEW, "accepted"), (NEW, "completed"), (CURRENT, "completed")]
    )
    assert len({mail.header("Message-ID") for mail in _mails(world, completed)}) == 4


def test_the_mails_lead_to_the_cases_screen(world: World, completed: str) -> None:
    link = f"http://localhost:{world.stack.ports.web}/cases/{completed}"

    assert all(link in mail.text for mail in _mails(world, completed))


@pytest.mark.parametrize(
    ("process", "event"),
    [("soap", "request"), ("worker", "step"), ("worker", "grid-told"), ("mail", "mail-sent")],
)
def test_lines_name_the_case(world: World, completed: str, process: str, event: str) -> None:
    assert [line for line in _lines(world, process) if line["event"] == event and line.get("case_number") == completed]


def test_a_message_is_found_in_the_lines_of_face_and_worker(world: World, completed: str) -> None:
    mail_rows = rows(
        world.database,
        "SELECT message_id, key::text FROM messages WHERE case_number = :n AND interface_number = '12410'",
        n=completed,
    )
    ((message_id, key),) = mail_rows

    for process, event in (("soap", "request"), ("worker", "step")):
        (line,) = (
            line for line in _lines(world, process) if line["event"] == event and line.get("message_id") == message_id
        )
        assert (line["case_number"], line["message_key"], line["process"]) == (completed, key, process)


def test_every_line_of_the_hubs_processes_is_json(world: World, completed: str) -> None:
    for process in PROCESSES:
        text = (world.stack.folder / "log" / f"{process}.log").read_text()
        assert [line for line in text.splitlines() if not line.startswith("{")] == []


def test_every_process_says_that_it_is_well(world: World, completed: str) -> None:
    assert {process: json.loads(_get(world, process, "/healthz"))["status"] for process in PROCESSES} == dict.fromkeys(
        PROCESSES, "ok"
    )


@pytest.mark.parametrize(
    ("process", "figure"),
    [
        ("soap", 'hub_soap_requests_total{interface="12410",outcome="ok"}'),
        ("soap", 'hub_soap_request_seconds_count{interface="12110"}'),
        ("worker", 'hub_case_steps_total{kind="accepted",outcome="written"}'),
        ("worker", 'hub_grid_calls_total{area="03",interface="10610",outcome="ok"}'),
        ("sweeper", "hub_deliveries_open"),
        ("sweeper", "hub_deliveries_oldest_seconds"),
        ("mail", 'hub_mails_total{outcome="sent"}'),
        ("mail", "hub_mails_waiting"),
        ("web", "hub_web_requests_total"),
        ("temporal", "temporal_workflow_completed_total{"),
        ("temporal", "temporal_activity_execution_latency_bucket"),
        ("soap", "temporal_request_total{"),
        ("soap", "temporal_long_request_latency_bucket{"),
        ("sweeper", "temporal_request_total{"),
    ],
)
def test_figures_tell_what_was_done(world: World, completed: str, process: str, figure: str) -> None:
    # Temporal's library tells what it has counted every two seconds
    until(lambda: [line for line in _figures(world, process).splitlines() if line.startswith(figure)])


def test_the_dashboards_figures_of_temporals_library_are_shown(world: World, completed: str) -> None:
    dashboard = (ROOT / "deploy" / "monitoring" / "grafana-dashboard.json").read_text()
    names = set(re.findall(r"\btemporal_\w+", dashboard))
    figures = "".join(_figures(world, process) for process in ("temporal", "soap", "sweeper"))

    assert len(names) >= 6
    assert [name for name in names if not re.search(rf"^{name}{{", figures, re.MULTILINE)] == []


def test_a_malformed_message_is_counted_by_its_refusal(world: World) -> None:
    with pytest.raises(Exception, match="HUB-"):
        world.new.result("not a case number")

    assert 'hub_soap_requests_total{interface="12210",outcome="HUB-' in _figures(world, "soap")


def test_everything_listens_on_the_loopback_address_only(world: World) -> None:
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = {int(line[1][9:], 16): line[1][:8] for line in lines if line[3] == "0A"}

    for name in names():
        assert listening[getattr(world.stack.ports, name)] == "0100007F"
