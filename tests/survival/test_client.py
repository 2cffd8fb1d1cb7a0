"""The retailers' client, as a retailer uses it: from Python, and from the command line with a file."""

import io
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.stack.supervisor import ROOT
from schemas.codes import CasePhase, MeterWork, ProcessKind
from switching_hub_client import Connection, Hub, OutcomeOpen, Refused, UnknownInterface, new_message_id
from switching_hub_client.command_line import main
from tests.support.database_contents import rows
from tests.support.retailers import Retailer, consent
from tests.support.world import World

ANSWERED, REFUSED, WRONG_USE, OPEN = 0, 1, 2, 3


def hub_of(retailer: Retailer, *, patience: float = 0) -> Hub:
    return Hub(Connection(retailer.url, retailer.certificate, retailer.authority), patience=patience)


@dataclass(frozen=True)
class Done:
    """How the command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def run(retailer: Retailer, number: str, file: Path, *more: str) -> Done:
    output, errors = io.StringIO(), io.StringIO()
    status = main(_arguments(retailer, number, file, *more), standard_output=output, standard_error=errors)
    return Done(status, output.getvalue(), errors.getvalue())


def _arguments(retailer: Retailer, number: str, file: Path, *more: str) -> tuple[str, ...]:
    return (
        *(number, str(file), "--url", retailer.url, "--certificate", str(retailer.certificate)),
        *("--authority", str(retailer.authority), *more),
    )


@pytest.fixture
def referral(world: World, tmp_path: Path) -> Path:
    """Write a file with a referral of a new customer, as a person writes one."""
    customer = world.customer()
    values: dict[str, Any] = {
        "processKind": ProcessKind.REGISTER.value,
        "pointNumber": customer.point_number,
        "currentRetailerCode": world.current.code,
        "contractNumber": "00123",
        "holderName": customer.holder_name,
        "holderNameKana": customer.holder_name_kana,
        "address": customer.address,
        "wishedDate": world.today().isoformat(),
        "meterWork": MeterWork.NOT_NEEDED.value,
        "consent": {name: str(value) for name, value in consent().items()},
    }
    lines = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items())
    file = tmp_path / "referral.yaml"
    file.write_text(lines.replace('"', ""), encoding="utf-8")
    return file


def test_a_message_in_a_file_is_sent_and_its_answer_printed(world: World, referral: Path) -> None:
    done = run(world.new, "12110", referral)

    assert (done.returncode, done.stderr) == (ANSWERED, "")
    answer = yaml.safe_load(done.stdout)
    assert answer["casePhase"] == CasePhase.AWAITING_DECISION
    assert world.current.inbox(answer["caseNumber"]).contractNumber == "00123", "zeros in front are kept"
    assert sorted(referral.parent.iterdir()) == [referral]


def test_the_answer_is_printed_as_json_where_that_is_wanted(world: World, tmp_path: Path) -> None:
    (tmp_path / "all.json").write_text("{}")
    command = (sys.executable, "-m", "switching_hub_client", *_arguments(world.new, "13110", tmp_path / "all.json"))

    done = subprocess.run((*command, "--json"), cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == ANSWERED, done.stderr
    assert world.new.code in {participant["code"] for participant in json.loads(done.stdout)["participants"]}


def test_a_refusal_is_told_with_all_that_is_wrong(world: World, referral: Path) -> None:
    referral.write_text(referral.read_text().replace("wishedDate: 2", "wishedDate: 1").replace("register", "registr"))

    done = run(world.new, "12110", referral)

    assert done.returncode == REFUSED
    assert "HUB-F001" in done.stderr
    assert {line.split("（")[0] for line in done.stderr.splitlines() if line.startswith("-")} == {
        "- processKind",
        "- wishedDate",
    }
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [("- a list", "a mapping"), ("processKind: register\nbogus: 1", "bogus")],
    ids=["no-mapping", "no-such-element"],
)
def test_what_cannot_be_sent_is_told_and_nothing_is_sent(
    world: World, tmp_path: Path, content: str, words: str
) -> None:
    (tmp_path / "bad.yaml").write_text(content)

    done = run(world.new, "12110", tmp_path / "bad.yaml")

    assert (done.returncode, words in done.stderr) == (WRONG_USE, True), done.stderr


def test_an_interrupted_message_is_carried_out_once_when_the_command_is_run_again(world: World, referral: Path) -> None:
    file = referral.with_name("decision.yaml")
    case_number = yaml.safe_load(run(world.new, "12110", referral).stdout)["caseNumber"]
    file.write_text(f"caseNumber: {case_number}\nversion: 1\ndecision: accept\n")
    world.stack.stop("worker")

    first = run(world.current, "12410", file, "--patience", "1")
    world.stack.start("worker")
    again = run(world.current, "12410", file)

    assert (first.returncode, again.returncode) == (OPEN, ANSWERED), first.stderr + again.stderr
    assert "もう一度実行" in first.stderr
    ((count,),) = rows(
        world.database,
        "SELECT count(*) FROM messages WHERE case_number = :n AND retailer_code = :r",
        n=case_number,
        r=world.current.code,
    )
    assert count == 1
    assert not list(file.parent.glob("*.message-id"))


def test_a_hub_that_is_away_is_waited_for(world: World) -> None:
    world.stack.stop("soap")
    threading.Timer(1.0, world.stack.start, ["soap"]).start()

    answer = hub_of(world.new, patience=60).call("13110")

    assert answer.participants


def test_after_its_patience_it_says_that_the_outcome_is_open(world: World) -> None:
    world.stack.stop("soap")

    with pytest.raises(OutcomeOpen) as outcome:
        hub_of(world.new).call("13110", message_id="NOBODY-THERE")

    assert (outcome.value.message_id, outcome.value.refusal) == ("NOBODY-THERE", None)


def test_a_refusal_has_its_code_and_findings(world: World) -> None:
    with pytest.raises(Refused) as refused:
        hub_of(world.new).call("12210", caseNumber="SW03")

    assert (refused.value.code, refused.value.retryable) == ("HUB-F001", False)
    assert str(refused.value) == f"HUB-F001 {refused.value.message}"
    (finding,) = refused.value.findings
    assert (finding.field, finding.label, finding.rule) == ("caseNumber", "廃止取次番号", "length")
    assert finding.action


@pytest.mark.parametrize("number", ["99999", "X12110", "K13110"])
def test_an_interface_that_the_hub_has_not_is_said_to_be_unknown(world: World, number: str) -> None:
    with pytest.raises(UnknownInterface, match=number):
        hub_of(world.new).call(number)


def test_no_two_messages_get_the_same_id() -> None:
    ids = {new_message_id() for _ in range(10_000)}

    assert len(ids) == 10_000
    assert max(map(len, ids)) <= 40
