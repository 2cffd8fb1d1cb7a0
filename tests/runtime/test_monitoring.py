"""A process's own port: ``/healthz`` says what it lacks, ``/metrics`` what it did, and neither can harm it."""

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest
from prometheus_client import REGISTRY

from runtime.monitoring import Check, Counter, Gauge, Histogram, Monitoring, Pulse, Unwell, timed
from tests.support.database import free_port

_DONE = Counter("tests_done", "Things done in these tests.", ["outcome"])
_WAITING = Gauge("tests_waiting", "Things that wait in these tests.")
_TOOK = Histogram("tests_took_seconds", "Seconds that things took in these tests.")


def _well() -> None:
    """Find nothing wrong."""


def _away() -> None:
    raise Unwell("接続できません")


def _broken() -> None:
    raise OSError("a secret detail")


@contextmanager
def _monitored(*checks: Check) -> Iterator[int]:
    port = free_port()
    Monitoring("test", host="127.0.0.1", port=port, checks=checks).start()
    yield port


def _get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


@pytest.mark.parametrize(
    ("needed", "wished", "expected"),
    [
        pytest.param(_well, _well, (200, "ok"), id="all well"),
        pytest.param(_well, _away, (200, "degraded"), id="something is away that it can do without"),
        pytest.param(_away, _well, (503, "down"), id="what it needs is away"),
    ],
)
def test_it_is_unwell_only_without_what_it_needs(needed: object, wished: object, expected: tuple[int, str]) -> None:
    checks = (
        Check("database", "データベース", needed),  # type: ignore[arg-type]
        Check("post", "メールサーバー", wished, needed=False),  # type: ignore[arg-type]
    )
    with _monitored(*checks) as port:
        status, report = _get(port, "/healthz")

    assert (status, json.loads(report)["status"]) == expected


def test_it_says_what_is_missing_and_nothing_of_what_went_wrong_inside() -> None:
    with _monitored(Check("one", "一", _away), Check("two", "二", _broken)) as port:
        _, report = _get(port, "/healthz")

    assert json.loads(report) == {
        "process": "test",
        "status": "down",
        "parts": {
            "one": {"label": "一", "status": "down", "remark": "接続できません"},
            "two": {"label": "二", "status": "down", "remark": "応答がありません"},
        },
    }


def test_figures_are_shown_as_prometheus_reads_them() -> None:
    before = REGISTRY.get_sample_value("tests_took_seconds_count") or 0
    _DONE.labels("ok").inc()
    with timed(_TOOK):
        pass

    with _monitored() as port:
        status, figures = _get(port, "/metrics")

    assert status == 200
    assert 'tests_done_total{outcome="ok"} 1.0' in figures
    assert f"tests_took_seconds_count {before + 1}" in figures


def test_what_is_found_out_when_somebody_asks_stays_as_it_was_where_it_cannot_be() -> None:
    found, port = [3.0], free_port()
    Monitoring("test", host="127.0.0.1", port=port, show=lambda: _WAITING.set(found.pop())).start()

    for _ in range(2):
        status, figures = _get(port, "/metrics")

        assert (status, "tests_waiting 3.0" in figures) == (200, True)


def test_what_takes_time_is_noted_also_where_it_fails() -> None:
    before = REGISTRY.get_sample_value("tests_took_seconds_count") or 0

    with pytest.raises(Unwell), timed(_TOOK):
        _away()

    assert REGISTRY.get_sample_value("tests_took_seconds_count") == before + 1


def test_other_addresses_are_not_found() -> None:
    with _monitored() as port:
        assert _get(port, "/")[0] == 404


def test_port_0_means_none_at_all() -> None:
    Monitoring("test", host="127.0.0.1", port=0).start()


def test_a_sister_process_takes_the_next_port() -> None:
    with _monitored(Check("first", "一", _well)) as port:
        Monitoring("sister", host="127.0.0.1", port=port).start()

        assert json.loads(_get(port, "/healthz")[1])["process"] == "test"
        assert any(
            json.loads(report)["process"] == "sister"
            for following in range(port + 1, port + 4)
            if (report := _get_or_nothing(following))
        )


def _get_or_nothing(port: int) -> str:
    try:
        return _get(port, "/healthz")[1]
    except OSError:
        return ""


def test_an_address_that_cannot_be_had_does_not_stop_the_process() -> None:
    Monitoring("test", host="192.0.2.1", port=free_port()).start()


def test_a_loop_that_does_not_come_round_is_noticed() -> None:
    pulse = Pulse(within=60.0)
    pulse.look()

    with pytest.raises(Unwell, match="進んでいません"):
        Pulse(within=-1.0).look()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
@pytest.mark.parametrize("host", ["::1", "[::1]", "::ffff:127.0.0.1"])
def test_it_listens_on_an_address_of_either_family(host: str) -> None:
    port = free_port()
    Monitoring("test", host=host, port=port).start()

    connection = HTTPConnection(host.strip("[]"), port, timeout=10)
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200
    connection.close()
