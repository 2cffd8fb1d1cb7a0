"""Attacks on the handshake, and on what follows when somebody has only shaken hands."""

import os
import shutil
import ssl
import subprocess
import time
from collections import Counter
from functools import partial

from tools.siege.crowd import Manner, hold
from tools.siege.flood import churn
from tools.siege.lines import answer_on, hello, plain, secured
from tools.siege.target import HOST, Attack, Prepared, Target
from tools.siege.wording import read

_FIVE_BYTES = b"\x16\x03\x01\x02\x00"
"""The head of a TLS record; the rest never comes."""
_HELLO, _OLD_HELLO = hello(), hello(version=ssl.TLSVersion.TLSv1)
_RENEGOTIATORS = 2


def _say(target: Target, words: bytes) -> str:
    with plain(target) as line:
        line.sendall(words)
        try:
            return "alert" if line.recv(100)[:1] == b"\x15" else "closed"
        except ConnectionError:
            return "reset"


def _shake_hands(target: Target) -> str:
    secured(target).close()
    return "shaken"


def _with_foreign_certificate(target: Target) -> str:
    with secured(target, certificate=target.foreign) as line:  # in TLS 1.3 the refusal comes with the first answer
        line.sendall(read(target))
        return answer_on(line)


def _renegotiate(target: Target) -> Prepared:
    return partial(_ask_for_handshakes, target.port)


def _ask_for_handshakes(port: int, seconds: float) -> Counter[str]:
    """Have openssl ask for another handshake as often as it is let, and come again when it is sent away."""
    command = (shutil.which("openssl") or "openssl", "s_client", "-tls1_2", "-connect", f"{HOST}:{port}")
    seen: Counter[str] = Counter()
    until = time.monotonic() + seconds
    running: list[subprocess.Popen[bytes]] = []
    while time.monotonic() < until:
        running = [one for one in running if one.poll() is None]
        while len(running) < _RENEGOTIATORS:
            seen["opened"] += 1
            pipe, null = subprocess.PIPE, subprocess.DEVNULL
            running.append(subprocess.Popen(command, stdin=pipe, stdout=null, stderr=null))
        for one in running:
            try:
                os.write(one.stdin.fileno() if one.stdin else -1, b"R\n")
                seen["asked for"] += 1
            except OSError:
                seen["sent away"] += 1
        time.sleep(0.5)
    for one in running:
        one.kill()
        one.wait()
    return seen


ATTACKS = (
    Attack(
        name="five-bytes-16",
        label="5バイトだけの握手 16本",
        assault=hold(Manner(opened=plain, says=lambda target: _FIVE_BYTES), count=16, a_second=100),
        short=True,
    ),
    Attack(
        name="five-bytes-500",
        label="5バイトだけの握手 500本",
        assault=hold(Manner(opened=plain, says=lambda target: _FIVE_BYTES), count=500, a_second=250),
    ),
    Attack(
        name="hello-only",
        label="ClientHelloの後は黙る 300本",
        assault=hold(Manner(opened=plain, says=lambda target: _HELLO), count=300, a_second=100),
    ),
    Attack(
        name="dripped-hello",
        label="ClientHelloを0.2秒に1バイト 100本",
        assault=hold(
            Manner(opened=plain, drips=lambda target: _HELLO, every=0.2),
            count=100,
            a_second=100,
        ),
    ),
    Attack(
        name="tls-garbage",
        label="TLSでないバイト列、毎秒100回",
        assault=churn(partial(_say, words=bytes(range(7, 256)) * 4), a_second=100),
    ),
    Attack(
        name="plain-http",
        label="平文のHTTP、毎秒100回",
        assault=churn(lambda target: _say(target, read(target)), a_second=100),
    ),
    Attack(
        name="old-tls",
        label="TLS 1.0 の ClientHello、毎秒50回",
        assault=churn(lambda target: _say(target, _OLD_HELLO), a_second=50),
    ),
    Attack(
        name="renegotiation",
        label="再握手を求め続ける 2本",
        assault=_renegotiate,
    ),
    Attack(
        name="foreign-certificate",
        label="よその認証局の証明書、毎秒20回",
        assault=churn(_with_foreign_certificate, a_second=20),
    ),
    Attack(
        name="handshakes",
        label="握手だけして切る、毎秒40回",
        assault=churn(_shake_hands, a_second=40),
    ),
    Attack(
        name="silent-after",
        label="握手の後は黙る 200本",
        assault=hold(Manner(opened=secured), count=200, a_second=50),
    ),
)
