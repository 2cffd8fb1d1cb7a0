"""What the benchmark measures by does what the hub does; how fast, no test says."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from deploy.samples import ANOTHER_RETAILER, NEW_RETAILER
from tools.bench.client import Orders, WrongAnswer, run
from tools.bench.rate import check_answers
from tools.bench.requests import http_request
from tools.bench.slots import measure_slots
from tools.bench.stage import AnswersDiffer, Server, Stage, running_stage

CASES = 3


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with running_stage(tmp_path_factory.mktemp("stage"), cases=CASES) as running:
        yield running


def orders(
    stage: Stage, server: Server, *, requests: list[str], retailer: str = NEW_RETAILER, kept: bool = True
) -> Orders:
    return Orders(
        ports=[server.port],
        certificate=str(stage.certificates.retailer(retailer)),
        authority=str(stage.certificates.authority),
        connections=2,
        seconds=0.2,
        requests=requests,
        kept=kept,
    )


def test_it_answers_the_same_as_the_hub(stage: Stage) -> None:
    for number in stage.case_numbers:
        hub, bare = stage.ask(stage.hub, number), stage.ask(stage.bare, number)

        assert bare == hub
        assert f"<caseNumber>{number}</caseNumber>".encode() in hub
    check_answers(stage)


def test_answers_that_differ_are_not_compared(stage: Stage) -> None:
    with pytest.raises(AnswersDiffer):
        check_answers(replace(stage, bare=stage.hello))


def test_the_hub_is_asked_with_slots_and_without(stage: Stage) -> None:
    cost = measure_slots(stage, rounds=2, requests=1)

    assert len(cost.slotted) == len(cost.slotless) == 2
    assert min(*cost.slotted, *cost.slotless) > 0


def test_it_sends_the_statements_that_the_hub_sends(stage: Stage) -> None:
    identified, *transaction = stage.statements

    assert "%(serial)s" in identified and "client_certificates" in identified
    assert [statement.split(None, 1)[0] for statement in transaction] == ["BEGIN", "SELECT", "INSERT", "COMMIT"]
    selected, noted = transaction[1:3]
    assert {"%(retailer_code)s", "%(case_number)s"} <= set(selected.split())
    assert "data_reads" in noted and "%(message_id)s" in noted
    for statement in stage.statements:
        assert not any(number in statement for number in stage.case_numbers)


def test_a_refusal_is_not_counted_as_an_answer(stage: Stage) -> None:
    request = http_request(case_number=stage.case_numbers[0], message_id="B-1")

    with pytest.raises(WrongAnswer):
        run(orders(stage, stage.hub, requests=[request], retailer=ANOTHER_RETAILER))


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "new"])
@pytest.mark.parametrize("name", ["hub", "bare", "hello"])
def test_every_server_answers_on_kept_connections_and_on_new_ones(stage: Stage, name: str, kept: bool) -> None:
    server: Server = getattr(stage, name)
    requests = [http_request(case_number=number, message_id=f"B-{number}") for number in stage.case_numbers]

    assert run(orders(stage, server, requests=requests, kept=kept)).answers > 2
