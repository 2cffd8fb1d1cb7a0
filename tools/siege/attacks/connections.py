"""Attacks that are over before anybody has shaken hands: connections, and nothing on them."""

import socket
import struct
from itertools import count

from tools.siege.crowd import Manner, hold
from tools.siege.flood import churn
from tools.siege.lines import plain
from tools.siege.target import Attack, Target

_ADDRESSES = 60
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER that ends a connection by RST."""
_numbers = count()


def _from_many_addresses(target: Target) -> socket.socket:
    return plain(target, address=f"127.0.3.{next(_numbers) % _ADDRESSES + 1}")


def _come_and_go(target: Target) -> str:
    plain(target).close()
    return "come and gone"


def _reset(target: Target) -> str:
    line = plain(target)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    line.close()
    return "reset"


ATTACKS = (
    Attack(
        name="silent",
        label="黙った接続 64本",
        assault=hold(Manner(opened=plain), count=64, a_second=200),
        short=True,
    ),
    Attack(
        name="thousands",
        label="黙った接続 3,000本、1アドレスから",
        assault=hold(Manner(opened=plain), count=3_000, a_second=1_000),
    ),
    Attack(
        name="thousands-spread",
        label="黙った接続 3,000本、60アドレスから",
        assault=hold(Manner(opened=_from_many_addresses), count=3_000, a_second=1_000),
    ),
    Attack(name="come-and-go", label="つないで切る、毎秒200回", assault=churn(_come_and_go, a_second=200)),
    Attack(name="reset", label="つないでRSTで切る、毎秒200回", assault=churn(_reset, a_second=200)),
)
