"""Attacks with bodies that do not end, come late, or are larger than may be."""

from tools.siege.crowd import Manner, hold
from tools.siege.flood import flood
from tools.siege.lines import registered, secured
from tools.siege.target import Attack, Target
from tools.siege.wording import MEBIBYTE, head, long_value, read, request


def _unfinished(target: Target) -> bytes:
    return head(target, "Content-Length: 100000") + b"<"


def _nearly_finished(target: Target) -> bytes:
    return request(target, long_value(target))[:-1]


def _claims_much(target: Target) -> bytes:
    return head(target, f"Content-Length: {2**62}") + b"<"


def _chunked(target: Target) -> bytes:
    return head(target, "Transfer-Encoding: chunked")


def _expects(target: Target) -> bytes:
    return head(target, "Content-Length: 100000", "Expect: 100-continue")


def _oversized(target: Target) -> list[bytes]:
    return [request(target, long_value(target) + " " * MEBIBYTE)]


def _oversized_in_chunks(target: Target) -> list[bytes]:
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    return [_chunked(target) + chunk * 32 + b"0\r\n\r\n"]


def _in_small_chunks(target: Target) -> list[bytes]:
    pieces = b"".join(b"1\r\n%c\r\n" % byte for byte in read(target)[-300:] + b" " * 100_000)
    return [_chunked(target) + pieces + b"0\r\n\r\n"]


ATTACKS = (
    Attack(
        name="unfinished-16",
        label="終わらない本文 16本",
        assault=hold(Manner(opened=registered, says=_unfinished), count=16, a_second=60),
        short=True,
    ),
    Attack(
        name="unfinished-200",
        label="終わらない本文 200本",
        assault=hold(Manner(opened=registered, says=_unfinished), count=200, a_second=60),
    ),
    Attack(
        name="nearly-finished",
        label="1 MiB の最後の1バイトが来ない本文 60本",
        assault=hold(Manner(opened=registered, says=_nearly_finished), count=60, a_second=30),
    ),
    Attack(
        name="anonymous-unfinished",
        label="終わらない本文 200本、証明書なし",
        assault=hold(Manner(opened=secured, says=_claims_much), count=200, a_second=60),
    ),
    Attack(
        name="slow-bodies",
        label="本文を0.5秒に1バイト 100本",
        assault=hold(
            Manner(opened=registered, says=_unfinished, drips=lambda target: b" ", every=0.5), count=100, a_second=60
        ),
    ),
    Attack(
        name="dripped-chunks",
        label="1バイトのchunkを0.5秒に1つ 100本",
        assault=hold(
            Manner(opened=registered, says=_chunked, drips=lambda target: b"1\r\n<\r\n", piece=6, every=0.5),
            count=100,
            a_second=60,
        ),
    ),
    Attack(
        name="small-chunks",
        label="1バイトのchunk 10万個の本文、毎秒2通",
        assault=flood(registered, _in_small_chunks, a_second=2, callers=2),
    ),
    Attack(
        name="continue",
        label="100-continue を求めて黙る 100本",
        assault=hold(Manner(opened=registered, says=_expects), count=100, a_second=60),
    ),
    Attack(
        name="oversized",
        label="2 MiB の電文、毎秒4通",
        assault=flood(registered, _oversized, a_second=4),
    ),
    Attack(
        name="oversized-chunks",
        label="2 MiB の電文をchunkで、毎秒4通",
        assault=flood(registered, _oversized_in_chunks, a_second=4),
    ),
)
