"""Who called is believed of the front alone, whatever a caller writes."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from deploy.front.places import Front
from runtime.front_headers import ALIVE, CALLER_ADDRESS, CERTIFICATE
from tests.support.database import free_port
from tests.support.processes import running_module
from tests.support.small_front import context_of, line_to


def claims(folder: Path) -> dict[str, str]:
    """Write all that could be taken for the certificate of 1001, or for another address."""
    pem = (folder / "client.pem").read_text().split("-----BEGIN PRIVATE")[0]
    said = f'Hash={"0" * 64};Cert="{quote(pem, safe="")}"'
    return {
        CERTIFICATE: said,
        "X-Forwarded-Client-Cert": said,
        "X_Forwarded_Client_Cert": said,
        "x-forwarded_client-cert": said,
        "Client-Cert": f":{pem.replace(chr(10), '')}:",
        CALLER_ADDRESS: "203.0.113.7",
        "Hub_Caller_Address": "203.0.113.7",
        "X-Forwarded-For": "203.0.113.7",
        "X-Real-IP": "203.0.113.7",
        "Forwarded": "for=203.0.113.7",
        "x-envoy-external-address": "203.0.113.7",
        "Remote-Addr": "203.0.113.7",
    }


@pytest.mark.parametrize(("path", "answer"), [("/", "nobody"), ("/from", "127.0.0.1")])
class TestThroughTheFront:
    def test_what_a_caller_claims_is_not_believed(self, front: Front, folder: Path, path: str, answer: str) -> None:
        line = line_to(front, folder, certificate=None)
        line.request("GET", path, headers=claims(folder))

        assert line.getresponse().read().decode() == answer
        line.close()

    @pytest.mark.parametrize("name", [CERTIFICATE, CALLER_ADDRESS, "X_Forwarded_Client_Cert"])
    def test_nor_is_what_is_claimed_twice(self, front: Front, folder: Path, path: str, answer: str, name: str) -> None:
        line = line_to(front, folder, certificate=None)
        line.putrequest("GET", path)
        for _ in range(2):
            line.putheader(name, claims(folder)[name])
        line.endheaders()

        assert line.getresponse().read().decode() == answer
        line.close()


def test_a_caller_with_a_certificate_cannot_claim_anothers(front: Front, folder: Path) -> None:
    line = line_to(front, folder, certificate="expired")
    line.request("GET", "/serial", headers={CERTIFICATE: claims(folder)[CERTIFICATE]})
    own = line.getresponse().read().decode()
    line.request("GET", "/serial")

    assert line.getresponse().read().decode() == own != "nobody"
    line.close()


@contextmanager
def on_a_port(folder: Path, *, fronts: str) -> Iterator[http.client.HTTPConnection]:
    port = free_port()
    log = folder / f"{port}.log"
    with running_module("tests.support.small_server", str(folder), f"127.0.0.1:{port}", fronts, port=port, log=log):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        yield line
        line.close()


def said_on(line: http.client.HTTPConnection, folder: Path, path: str) -> str:
    line.request("GET", path, headers={name: claims(folder)[name] for name in (CERTIFICATE, CALLER_ADDRESS)})
    return line.getresponse().read().decode()


def test_on_a_port_only_the_fronts_addresses_are_believed(folder: Path) -> None:
    with on_a_port(folder, fronts="192.0.2.1 2001:db8::1") as line:
        assert said_on(line, folder, "/") == "nobody"
        assert said_on(line, folder, "/from") == "127.0.0.1"
        assert said_on(line, folder, ALIVE) == "nobody", "the application's own answer"


def test_on_a_port_a_front_is_believed(folder: Path) -> None:
    with on_a_port(folder, fronts="127.0.0.1") as line:
        assert said_on(line, folder, "/") == "1001"
        assert said_on(line, folder, "/from") == "203.0.113.7"
        assert said_on(line, folder, ALIVE) == ""


OLD_WAY = b"PROXY TCP4 203.0.113.7 127.0.0.1 4000 8443\r\n"
NEW_WAY = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xcb\0\x71\7\x7f\0\0\1\x0f\xa0\x20\xfb"


@pytest.mark.parametrize("claim", [OLD_WAY, NEW_WAY], ids=["in-words", "in-bytes"])
def test_who_says_before_the_handshake_who_calls_is_sent_away(front: Front, folder: Path, claim: bytes) -> None:
    with socket.create_connection(("127.0.0.1", front.soap.port), timeout=10) as line:
        line.sendall(claim)
        with pytest.raises((ssl.SSLError, ConnectionError)):
            context_of(folder, "client").wrap_socket(line, server_hostname="localhost")
