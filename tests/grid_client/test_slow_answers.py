"""A grid operator that answers a byte at a time holds no slot for ever: a call as a whole has its limit."""

import time
from pathlib import Path

import pytest

from grid_client.client import GridClient
from grid_client.errors import GridUnreachable
from schemas.codes import ApplicationKind
from tests.support.dripping_server import dripping
from tests.support.grid import Grid
from tests.support.grid_requests import start_request

_BODY = b" " * 5_000
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n" % len(_BODY) + _BODY
"""Its bytes would come for minutes, each well within the limit of silence."""


@pytest.mark.parametrize("at_once", [0, 20, len(ANSWER) - len(_BODY), len(ANSWER) - 1_000])
def test_a_call_ends_although_bytes_keep_coming(grid: Grid, at_once: int) -> None:
    environment = grid.server.environment
    with dripping(
        Path(environment["HUB_GRID_STUB_CERTIFICATE"]),
        authority=grid.server.authority.certificate,
        answer=ANSWER,
        at_once=at_once,
        every=0.05,
    ) as slow:
        url = f"https://localhost:{slow.port}/grid/{{area}}/{{segment}}"
        client = GridClient(grid.server.settings(grid_url=url, grid_read_timeout=5.0, grid_call_timeout=1.0))
        began = time.monotonic()

        with pytest.raises(GridUnreachable) as away:
            grid.send(ApplicationKind.START, start_request(effective_date=grid.day()), client=client)

        assert (away.value.reason, away.value.outcome_unknown) == ("timeout", True)
        assert 1.0 <= time.monotonic() - began < 20.0
        assert slow.hung_up.wait(20), "the line was kept"


def test_each_call_has_the_whole_time(grid: Grid) -> None:
    client = GridClient(grid.server.settings(grid_call_timeout=2.0))
    grid.send(ApplicationKind.START, start_request(effective_date=grid.day()), client=client)
    time.sleep(2.1)
    grid.send(ApplicationKind.START, start_request(effective_date=grid.day()), client=client)
