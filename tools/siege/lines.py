"""An attacker's connections, and what it reads on them."""

import re
import ssl
import warnings
from contextlib import suppress
from functools import lru_cache
from itertools import count
from socket import create_connection, socket

from tools.siege.target import HOST, Target

PATIENCE = 5.0
"""Seconds an attacker waits before it thinks itself stalled and goes on."""
_CODE = re.compile(rb"HUB-[A-Z]\d{3}")
_LARGEST = 4_000_000


def plain(target: Target, *, address: str = "") -> socket:
    """Connect, and say nothing; from the attacker's own address unless one is given."""
    return create_connection((HOST, target.port), timeout=PATIENCE, source_address=(address or target.address, 0))


def secured(target: Target, *, certificate: str | None = None) -> ssl.SSLSocket:
    """Connect and shake hands, without a certificate unless one is given."""
    return _context(certificate, target.authority).wrap_socket(plain(target), server_hostname="localhost")


def registered(target: Target) -> ssl.SSLSocket:
    """Connect as the registered retailer."""
    return secured(target, certificate=target.certificate)


def hello(*, version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2) -> bytes:
    """Give a whole first message of a handshake."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")  # old versions are told apart by the other side, not by us
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version
    said = ssl.MemoryBIO()
    with_nobody = context.wrap_bio(ssl.MemoryBIO(), said)
    with suppress(ssl.SSLWantReadError):
        with_nobody.do_handshake()
    return said.read()


def answer_on(line: socket) -> str:
    """Read one answer and name it by its status, with the hub's code where it is a fault."""
    answer = b""
    for _ in count():
        piece = line.recv(65_536)
        answer += piece
        head = answer.find(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", answer[: head + 2]) if head >= 0 else None
        whole = head + 4 + int(length[1]) if length else _LARGEST
        if not piece or len(answer) >= whole:
            break
    if not answer:
        return "closed"
    status, code = answer[9:12].decode("latin-1"), _CODE.search(answer)
    return f"{status} {code[0].decode()}" if code else status


@lru_cache(maxsize=8)
def _context(certificate: str | None, authority: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=authority)
    context.check_hostname = False
    if certificate is not None:
        context.load_cert_chain(certificate)
    return context
