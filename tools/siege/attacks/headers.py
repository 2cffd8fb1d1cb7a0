"""Attacks on the head of a request: late, endless, doubtful or for nothing that there is."""

from collections.abc import Sequence

from tools.siege.crowd import Manner, hold
from tools.siege.flood import flood
from tools.siege.lines import registered, secured
from tools.siege.target import Attack, Target
from tools.siege.wording import head, read


def _unfinished(target: Target) -> bytes:
    return head(target)[:-2]


def _slow_line(target: Target) -> bytes:
    return b"X-Header: abcdefghijklmnopqrstuvwxyz\r\n"


def _one(words: bytes) -> list[bytes]:
    return [words]


def _smuggled(target: Target) -> Sequence[bytes]:
    chunked, hidden = b"0\r\n\r\n", read(target)
    return [
        head(target, "Content-Length: 5", f"Content-Length: {len(hidden)}") + chunked + hidden,
        head(target, "Content-Length: 5", "Transfer-Encoding: chunked") + chunked + hidden,
        head(target, "Transfer-Encoding: gzip, chunked") + chunked + hidden,
        head(target, "Transfer-Encoding: chunked", "Transfer-Encoding: identity") + chunked + hidden,
        head(target, "Transfer-Encoding : chunked", "Content-Length: 0") + chunked + hidden,
        head(target, "Content-Length: +5") + chunked + hidden,
        head(target, "Content-Length: 5\r\n , 6") + chunked + hidden,
    ]


def _malformed(target: Target) -> Sequence[bytes]:
    return [
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET\r\n\r\n",
        b"\x00\x01\x02\x03\r\n\r\n",
        head(target, method="BREW"),
        head(target, version="HTTP/3.1"),
        head(target, version="HTTP/1.0"),
        head(target, "no colon in here"),
        head(target, "X-Header: \x00"),
        head(target, method="CONNECT", path="localhost:443"),
        head(target, path="http://other.example/"),
    ]


ATTACKS = (
    Attack(
        name="slow-headers",
        label="見出しを1秒に1行 200本",
        assault=hold(
            Manner(opened=secured, says=_unfinished, drips=_slow_line, piece=1_000, every=1.0), count=200, a_second=60
        ),
        short=True,
    ),
    Attack(
        name="byte-each-5-seconds",
        label="5秒に1バイト 100本",
        assault=hold(Manner(opened=registered, says=_unfinished, drips=_slow_line, every=5.0), count=100, a_second=60),
        seconds=11.0,
    ),
    Attack(
        name="huge-header",
        label="200 KiB の見出し、毎秒20回",
        assault=flood(
            secured, lambda target: _one(head(target, "X-Header: " + "x" * 200_000)), a_second=20, kept=False
        ),
    ),
    Attack(
        name="thousands-of-headers",
        label="見出し 2,000行、毎秒20回",
        assault=flood(
            secured, lambda target: _one(head(target, *(f"X-{n}: {n}" for n in range(2_000)))), a_second=20, kept=False
        ),
    ),
    Attack(
        name="long-path",
        label="4,000字のパス、毎秒40回",
        assault=flood(
            secured, lambda target: _one(head(target, "Content-Length: 0", path="/" + "p" * 4_000)), a_second=40
        ),
    ),
    Attack(
        name="unknown-path",
        label="存在しないパス、毎秒40回",
        assault=flood(secured, lambda target: _one(head(target, "Content-Length: 0", path="/admin")), a_second=40),
    ),
    Attack(
        name="malformed",
        label="HTTPでない要求、毎秒30回",
        assault=flood(secured, _malformed, a_second=30, kept=False),
    ),
    Attack(
        name="smuggling",
        label="本文の長さが二通りの要求、毎秒30回",
        assault=flood(registered, _smuggled, a_second=30, kept=False),
        short=True,
    ),
)
