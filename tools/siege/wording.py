"""What attackers say: whole requests and parts of them, hostile messages among them."""

from collections.abc import Callable

from tools.siege.target import Target

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
MEBIBYTE = 1024 * 1024
_ROOM = MEBIBYTE - 2_000
"""Bytes that a message of the largest size has for what it is about."""


def head(target: Target, *more: str, path: str = "", method: str = "POST", version: str = "HTTP/1.1") -> bytes:
    """Write the head of a request, with no word on how long its body is unless ``more`` says so."""
    lines = (
        f"{method} {path or target.path} {version}",
        "Host: localhost",
        "Content-Type: text/xml; charset=utf-8",
        *more,
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def request(target: Target, body: str, *more: str) -> bytes:
    """Write a whole request."""
    content = body.encode()
    return head(target, *more, f"Content-Length: {len(content)}") + content


def read(target: Target) -> bytes:
    """Write 12210 for one case."""
    return request(target, target.read)


def listing(target: Target) -> bytes:
    """Write 12210 for all cases."""
    return request(target, target.listing)


def envelope(target: Target, content: str, *, beside: str = "", before: str = "") -> str:
    """Write a message of getReferralResults around ``content``."""
    return (
        f'{before}<s:Envelope xmlns:s="{_SOAP}"><s:Body>{beside}<getReferralResults xmlns="{target.namespace}">'
        f"{content}</getReferralResults></s:Body></s:Envelope>"
    )


def wrong_value(target: Target) -> str:
    """Write a message that the catalogue refuses."""
    return envelope(target, "<messageId>SIEGE-1</messageId><caseNumber>x</caseNumber>")


def broken(target: Target) -> str:
    """Write a message that is no XML."""
    return envelope(target, "<messageId>SIEGE-1</messageid>")


def many_named(target: Target, word: str) -> str:
    """Write as many elements as fit, each under a long name that no message had before."""
    return _filled(target, lambda number: f"<n{word}x{number:06d}{'y' * 184}/>")


def wide(target: Target) -> str:
    """Write as many of the same element as fit."""
    return _filled(target, lambda number: "<a/>")


def many_attributed(target: Target) -> str:
    """Write one element with as many attributes as fit."""
    content, number = [], 0
    size = 0
    while size < _ROOM:
        content.append(f' a{number:05d}=""')
        size += len(content[-1])
        number += 1
    return envelope(target, f"<messageId{''.join(content)}>SIEGE-1</messageId>")


def many_spaced(target: Target, word: str) -> str:
    """Write as many elements as fit, each in a namespace of its own."""
    return _filled(target, lambda number: f'<a xmlns="urn:{word}:{number:06d}"/>')


def deep(target: Target) -> str:
    """Write elements in each other, as deep as fits."""
    depth = _ROOM // 7
    return envelope(target, "<a>" * depth + "</a>" * depth)


def entities(target: Target) -> str:
    """Write the billion laughs."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(9))
    return envelope(target, "<messageId>&l8;</messageId>", before=f"<!DOCTYPE s [{laughs}]>")


def text_beside(target: Target) -> str:
    """Write as much text as fits where no text belongs."""
    return envelope(target, "<messageId>SIEGE-1</messageId>", beside="x " * (_ROOM // 2))


def long_value(target: Target) -> str:
    """Write one value that is as long as fits."""
    return envelope(target, f"<messageId>{'x' * _ROOM}</messageId>")


def commented(target: Target) -> str:
    """Write as many comments and processing instructions as fit."""
    return _filled(target, lambda number: "<!--x--><?x y?>")


def _filled(target: Target, piece: Callable[[int], str]) -> str:
    pieces, size, number = [], 0, 0
    while size < _ROOM:
        pieces.append(piece(number))
        size += len(pieces[-1])
        number += 1
    return envelope(target, "".join(pieces[:-1]))
