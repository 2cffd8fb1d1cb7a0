"""A proxy that ends TLS before the front says who called (RFC 9440): believed from its own addresses, and once."""

import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from deploy.front.places import Front
from runtime.client_certificates import shown_certificate
from runtime.settings.processes import FrontSettings
from tests.support.small_front import context_of, describe_front, make_small_certificates, serving

PROXY, ANYBODY = "127.0.0.2", "127.0.0.3"
"""Addresses of this machine, of which the front takes the one for a proxy."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("proxied")
    make_small_certificates(made)
    return made


@pytest.fixture(scope="module", params=["127.0.0.2", "10.0.0.5, 127.0.0.2/32", "::ffff:127.0.0.2"])
def front(folder: Path, request: pytest.FixtureRequest) -> Iterator[Front]:
    described = describe_front(folder, front_proxies=request.param)
    with serving(described, folder, screens=True):
        yield described


@pytest.fixture(scope="module")
def header(folder: Path) -> str:
    """Write the client's certificate as RFC 9440 has it."""
    return written(folder / "client.pem")


def written(path: Path) -> str:
    der = x509.load_pem_x509_certificate(path.read_bytes()).public_bytes(Encoding.DER)
    return f":{b64encode(der).decode()}:"


def heard(
    front: Front, folder: Path, *headers: tuple[str, str], address: str = PROXY, own: str | None = None, path: str = "/"
) -> str:
    """Ask from an address of this machine, with a certificate of its own or none, and give what is answered."""
    context: ssl.SSLContext = context_of(folder, own)
    line = HTTPSConnection("localhost", front.soap.port, context=context, timeout=20, source_address=(address, 0))
    with closing(line):
        line.putrequest("GET", path)
        for name, value in headers:
            line.putheader(name, value)
        line.endheaders()
        return line.getresponse().read().decode()


def test_who_called_is_who_the_proxy_says(front: Front, folder: Path, header: str) -> None:
    assert heard(front, folder, ("Client-Cert", header)) == "1001"


@pytest.mark.parametrize("own", [None, "client"])
def test_from_any_other_address_the_header_is_dropped(front: Front, folder: Path, header: str, own: str | None) -> None:
    says = {None: "nobody", "client": "1001"}[own]

    assert heard(front, folder, ("Client-Cert", header), address=ANYBODY, own=own) == says


def test_a_header_that_came_twice_is_nobodys(front: Front, folder: Path, header: str) -> None:
    assert heard(front, folder, ("Client-Cert", header), ("Client-Cert", header)) == "nobody"
    assert heard(front, folder, ("Client-Cert", header), ("client-cert", written(folder / "expired.pem"))) == "nobody"


def test_without_the_header_it_is_nobody_whatever_the_proxy_shows_itself(
    front: Front, folder: Path, header: str
) -> None:
    assert heard(front, folder, own="client") == "nobody"
    assert heard(front, folder, ("X-Forwarded-Client-Cert", f'Cert="{header}"'), own="client") == "nobody"
    assert heard(front, folder, ("Client_Cert", header)) == "nobody"


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda header: "",
        lambda header: header.strip(":"),
        lambda header: header + ";a=b",
        lambda header: f"({header})",
        lambda header: f"{header} {header}",
        lambda header: ":" + header[3:],
        lambda header: "::",
        lambda header: ":AAAA:",
    ],
)
def test_what_is_no_certificate_is_nobodys(
    front: Front, folder: Path, header: str, spoilt: Callable[[str], str]
) -> None:
    assert heard(front, folder, ("Client-Cert", spoilt(header))) == "nobody"


@pytest.mark.parametrize(
    ("said", "address", "taken"),
    [
        ("198.51.100.1, 203.0.113.7", PROXY, "203.0.113.7"),
        ("203.0.113.7", PROXY, "203.0.113.7"),
        ("::ffff:203.0.113.7", PROXY, "203.0.113.7"),
        (None, PROXY, PROXY),
        ("somewhere", PROXY, PROXY),
        ("203.0.113.7", ANYBODY, ANYBODY),
    ],
)
def test_a_caller_comes_from_where_the_proxy_says_last(
    front: Front, folder: Path, said: str | None, address: str, taken: str
) -> None:
    headers = () if said is None else (("X-Forwarded-For", said),)

    assert heard(front, folder, *headers, address=address, path="/from") == taken


def test_what_both_say_is_nobodys(header: str) -> None:
    assert shown_certificate(None, by_proxy=header) is not None
    assert shown_certificate("Hash=00", by_proxy=header) is None


@pytest.mark.parametrize("wrong", ["proxy.example", "10.0.0.5/33"])
def test_what_is_no_address_is_named_at_start(wrong: str) -> None:
    with pytest.raises(ValueError, match="front_proxies"):
        FrontSettings.model_validate({"front_proxies": wrong})


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_a_proxy_that_comes_by_ipv4_is_known_where_the_front_listens_on_ipv6(folder: Path, header: str) -> None:
    described = describe_front(folder, soap_host="::ffff:127.0.0.1", front_proxies=PROXY)
    with serving(described, folder):
        assert heard(described, folder, ("Client-Cert", header)) == "1001"
        assert heard(described, folder, ("Client-Cert", header), address=ANYBODY) == "nobody"


def test_without_a_proxy_nobody_is_one(folder: Path, header: str) -> None:
    described = describe_front(folder)
    with serving(described, folder):
        assert heard(described, folder, ("Client-Cert", header)) == "nobody"
