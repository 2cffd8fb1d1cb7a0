"""Calls to grid operators over real mutual TLS, and what a failed one means."""

import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.authority import issue_client_certificate, make_authority
from grid_client.client import GridClient
from grid_client.errors import GridFault, GridUnreachable, UnsendableRequest
from schemas.codes import ApplicationKind, ApplicationState, Area
from tests.support.database import free_port
from tests.support.grid import Grid, GridServer
from tests.support.grid_requests import start_request
from tests.support.processes import running_module

START = ApplicationKind.START
NAME = "名寄　花子"


@pytest.fixture(scope="module")
def web_port(grid_process: GridServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run a server with the right certificates that speaks no SOAP."""
    folder, port = tmp_path_factory.mktemp("web"), free_port()
    (folder / "server.pem").write_bytes(Path(grid_process.environment["HUB_GRID_STUB_CERTIFICATE"]).read_bytes())
    (folder / "authority.pem").write_bytes(grid_process.authority.certificate.read_bytes())
    with running_module(
        "tests.support.small_server",
        str(folder),
        f"127.0.0.1:{port}",
        "127.0.0.1",
        "tls",
        port=port,
        log=folder / "log",
    ):
        yield port


def failure(grid: Grid, request: Any = None, **settings: Any) -> GridUnreachable:
    client = GridClient(grid.server.settings(**settings))
    with pytest.raises(GridUnreachable) as away:
        grid.send(START, request or start_request(effective_date=grid.day()), client=client)
    return away.value


def test_each_area_has_an_address_of_its_own(grid: Grid) -> None:
    for area in Area:
        assert grid.start(area=area).application_state is ApplicationState.RECEIVED

    assert [grid.counters(area)["applications"] for area in Area] == [1] * 10


def test_threads_share_a_client(grid: Grid) -> None:
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(grid.start())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.application_state for answer in answers] == [ApplicationState.RECEIVED] * 4


def test_a_thread_keeps_its_connection_from_call_to_call(grid: Grid) -> None:
    client, before = GridClient(grid.server.settings()), connections_to(grid.server.port)

    grid.send(START, start_request(effective_date=grid.day()), client=client)
    (kept,) = connections_to(grid.server.port) - before
    for _ in range(3):
        grid.send(START, start_request(effective_date=grid.day()), client=client)

    assert connections_to(grid.server.port) - before == {kept}


def connections_to(port: int) -> set[str]:
    """Give the local ends of this machine's open connections to a port, as Linux writes them."""
    lines = [line.split() for line in Path("/proc/self/net/tcp").read_text().splitlines()[1:]]
    return {
        local for _, local, remote, state, *_ in lines if state == "01" and int(remote.rpartition(":")[2], 16) == port
    }


def test_a_certificate_that_was_exchanged_is_shown_with_the_next_connection(grid: Grid, tmp_path: Path) -> None:
    shown = tmp_path / "shown.pem"
    shown.write_bytes(Path(grid.server.environment["HUB_GRID_CLIENT_CERTIFICATE"]).read_bytes())
    client = GridClient(grid.server.settings(grid_client_certificate=shown))
    grid.send(START, start_request(effective_date=grid.day()), client=client)
    stranger = issue_client_certificate(make_authority(tmp_path), tmp_path / "hub.pem", common_name="hub").path
    shown.write_bytes(stranger.read_bytes())
    grid.send(START, start_request(effective_date=grid.day()), client=client)  # over the connection that is kept

    grid.tell(Area.TOKYO, cuts_left=1)
    reasons = [reason_of_failure(grid, client) for _ in range(2)]

    assert reasons == ["line-cut", "handshake"]


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"half")], ids=["missing", "broken"])
def test_a_certificate_of_the_hubs_that_cannot_be_used_is_not_laid_to_a_grid_operator(
    grid: Grid, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    own = tmp_path / "own.pem"
    sound = Path(grid.server.environment["HUB_GRID_CLIENT_CERTIFICATE"]).read_bytes()
    own.write_bytes(sound)
    client = GridClient(grid.server.settings(grid_client_certificate=own))
    grid.send(START, start_request(effective_date=grid.day()), client=client)
    grid.tell(Area.TOKYO, cuts_left=1)
    assert reason_of_failure(grid, client) == "line-cut"  # so that another connection is to be made

    spoil(own)
    with pytest.raises(OSError):
        grid.send(START, start_request(effective_date=grid.day()), client=client)

    own.write_bytes(sound)
    grid.send(START, start_request(effective_date=grid.day()), client=client)


def reason_of_failure(grid: Grid, client: GridClient) -> str:
    with pytest.raises(GridUnreachable) as away:
        grid.send(START, start_request(effective_date=grid.day()), client=client)
    return away.value.reason


def test_a_fault_brings_its_code_and_every_finding(grid: Grid) -> None:
    with pytest.raises(GridFault) as fault:
        grid.start(holder_name=None, telephone=None)

    assert (fault.value.code, fault.value.retryable) == ("HUB-F001", False)
    assert {(finding.field, finding.label) for finding in fault.value.findings} == {
        ("holderName", "契約名義"),
        ("telephone", "電話番号"),
    }


def test_a_refused_connection_means_that_nothing_was_sent(grid: Grid) -> None:
    away = failure(grid, grid_url=f"https://localhost:{free_port()}/grid/{{area}}/{{segment}}")

    assert (away.reason, away.outcome_unknown, away.area) == ("connection-refused", False, Area.TOKYO)


def test_a_server_of_an_unknown_authority_is_sent_nothing(grid: Grid, tmp_path: Path) -> None:
    away = failure(grid, tls_authority=make_authority(tmp_path).certificate)

    assert (away.reason, away.outcome_unknown) == ("handshake", False)
    assert grid.counters(Area.TOKYO)["applications"] == 0


def test_a_certificate_that_the_grid_operator_refuses_means_that_nothing_was_taken(grid: Grid, tmp_path: Path) -> None:
    stranger = issue_client_certificate(make_authority(tmp_path), tmp_path / "hub.pem", common_name="hub").path

    away = failure(grid, grid_client_certificate=stranger)

    assert (away.reason, away.outcome_unknown) == ("handshake", False)


def test_silence_means_that_the_outcome_is_unknown(grid: Grid) -> None:
    grid.tell(Area.TOKYO, delay_seconds=0.5)

    away = failure(grid, grid_read_timeout=0.1)

    grid.wait_for_late_one(Area.TOKYO)
    assert (away.reason, away.outcome_unknown) == ("timeout", True)


def test_a_cut_line_means_that_the_outcome_is_unknown(grid: Grid) -> None:
    grid.tell(Area.TOKYO, cuts_left=1)

    away = failure(grid)

    assert (away.reason, away.outcome_unknown) == ("line-cut", True)


@pytest.mark.parametrize("path", ["broken", "anything"])
def test_an_http_error_or_another_page_means_that_the_outcome_is_unknown(grid: Grid, web_port: int, path: str) -> None:
    away = failure(grid, grid_url=f"https://localhost:{web_port}/{path}?{{area}}{{segment}}")

    assert away.reason in ("error-without-fault", "unreadable-answer")
    assert away.outcome_unknown


def test_a_request_that_the_wsdl_does_not_know_is_an_error_of_ours(grid: Grid) -> None:
    with pytest.raises(UnsendableRequest):
        grid.send(START, start_request(process_kind=None, effective_date=grid.day()))


def refused(grid: Grid, web_port: int) -> object:
    return grid.send(START, personal(grid), client=caller(grid, port=free_port()))


def timed_out(grid: Grid, web_port: int) -> object:
    grid.tell(Area.TOKYO, delay_seconds=0.5)
    try:
        return grid.send(START, personal(grid), client=caller(grid, grid_read_timeout=0.1))
    finally:
        grid.wait_for_late_one(Area.TOKYO)


def cut(grid: Grid, web_port: int) -> object:
    grid.tell(Area.TOKYO, cuts_left=1)
    return grid.send(START, personal(grid))


def answered_with_an_error_page(grid: Grid, web_port: int) -> object:
    return grid.send(START, personal(grid), client=caller(grid, port=web_port, path="broken"))


def against_the_wsdl(grid: Grid, web_port: int) -> object:
    return grid.send(START, personal(grid, process_kind=None))


def answered_with_a_fault(grid: Grid, web_port: int) -> object:
    return grid.send(START, personal(grid, address=f"{NAME}\N{SNOWMAN}"))


def caller(grid: Grid, *, port: int | None = None, path: str = "grid", **settings: Any) -> GridClient:
    url = {} if port is None else {"grid_url": f"https://localhost:{port}/{path}?{{area}}{{segment}}"}
    return GridClient(grid.server.settings(**url, **settings))


def personal(grid: Grid, **changes: Any) -> Any:
    return start_request(effective_date=grid.day(), holder_name=NAME, **changes)


@pytest.mark.parametrize(
    "make", [refused, timed_out, cut, answered_with_an_error_page, against_the_wsdl, answered_with_a_fault]
)
def test_no_failure_quotes_what_was_sent(grid: Grid, web_port: int, make: Callable[[Grid, int], object]) -> None:
    with pytest.raises((GridUnreachable, GridFault, UnsendableRequest)) as raised:
        make(grid, web_port)

    assert NAME not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__cause__ is None
