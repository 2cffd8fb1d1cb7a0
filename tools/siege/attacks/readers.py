"""Attacks by callers that do not take their answers, or not the way they are given."""

from socket import SO_RCVBUF, SOL_SOCKET, socket

from tools.siege.crowd import Manner, hold
from tools.siege.flood import flood
from tools.siege.lines import registered, secured
from tools.siege.target import Attack, Target
from tools.siege.wording import head, listing, read

_LITTLE = 4_096


def _with_little_room(target: Target) -> socket:
    line = registered(target)
    line.setsockopt(SOL_SOCKET, SO_RCVBUF, _LITTLE)
    return line


def _closing(target: Target) -> bytes:
    return head(target, "Connection: close", "Content-Length: 100") + b" " * 100


ATTACKS = (
    Attack(
        name="close-and-keep",
        label="Connection: close と言って切らない 40本、証明書なし",
        assault=hold(Manner(opened=secured, says=_closing, reads=False), count=40, a_second=60),
        short=True,
    ),
    Attack(
        name="never-reading",
        label="大きな答えを読まない 20本",
        assault=hold(
            Manner(opened=_with_little_room, says=lambda target: listing(target) * 2, reads=False), count=20, a_second=5
        ),
    ),
    Attack(
        name="asking-unread",
        label="読まずに1秒ごとに尋ねる 20本",
        assault=hold(
            Manner(opened=_with_little_room, says=read, drips=read, piece=10_000, every=1.0, reads=False),
            count=20,
            a_second=20,
        ),
    ),
    Attack(
        name="pipelining",
        label="20通を続けて送る 毎秒2回",
        assault=flood(registered, lambda target: [read(target) * 20], a_second=2, callers=2, kept=False),
    ),
)
