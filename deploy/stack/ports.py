"""The ports of the local stack. All are on the loopback address, and each is a setting."""

import os
import socket
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import count
from typing import Self

HOST = "127.0.0.1"

_OWN_CHOICE = range(20_000, 32_000)
"""Below the range from which systems give ports to outgoing connections."""
_APART = 37
"""How many blocks lie between the first choices of processes with neighbouring ids."""
_choices = count()
_FURTHER_PROCESSES = 3
"""SOAP processes beside the first, for whose figures ports are kept free."""


class PortsTaken(Exception):
    """Some of the ports are in use by something else, or by two parts; the text says which, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Ports:
    """Which port each part listens on."""

    postgres: int = 15432
    temporal: int = 7233
    temporal_ui: int = 8233
    soap: int = 8443
    grid_stub: int = 8444
    web: int = 8080
    smtp: int = 1025
    mail_page: int = 8025
    """Where the mails that the stack's own mail server took can be read."""
    worker_metrics: int = 9471
    grid_stub_metrics: int = 9472
    sweeper_metrics: int = 9474
    mail_metrics: int = 9475
    web_metrics: int = 9476
    temporal_metrics: int = 9477
    front_metrics: int = 9478
    soap_metrics: int = 9480
    """Of the first SOAP process; the others take those that follow."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Take the ports from ``HUB_POSTGRES_PORT`` and the like, the rest as usual.

        :raises ValueError: when one is no port number.
        """
        values = {name: environment[setting(name)] for name in names() if environment.get(setting(name))}
        for name, text in values.items():
            if not (text.isascii() and text.isdigit() and 0 < int(text) < 65_536):
                raise ValueError(f"{setting(name)}={text}: ポート番号ではありません / is not a port number")
        return cls(**{name: int(text) for name, text in values.items()})

    def as_settings(self) -> dict[str, str]:
        """Give the environment variables that name these ports."""
        return {setting(name): str(getattr(self, name)) for name in names()}

    @classmethod
    def free(cls) -> Self:
        """Choose ports that nothing listens on now, others than another process chooses."""
        width = len(names()) + _FURTHER_PROCESSES
        blocks = len(_OWN_CHOICE) // width
        while True:
            first = _OWN_CHOICE[(os.getpid() * _APART + next(_choices)) % blocks * width]
            chosen = range(first, first + width)
            if all(is_free(port) for port in chosen):
                return cls(**dict(zip(names(), chosen, strict=False)))


def names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Ports))


def setting(name: str) -> str:
    """Name the environment variable that sets a port."""
    return f"HUB_{name.upper()}_PORT"


def is_free(port: int) -> bool:
    """Tell whether a server could listen on a loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def require_free(ports: Ports, port_names: tuple[str, ...]) -> None:
    """Make sure that nothing else has the wanted ports.

    :raises PortsTaken: naming each taken port and the setting that changes it.
    """
    occupied = [(name, getattr(ports, name)) for name in port_names if not is_free(getattr(ports, name))]
    if occupied:
        raise PortsTaken("\n".join(_words(name, port) for name, port in occupied))


def require_apart(ports: Ports, *, processes: Mapping[str, int]) -> None:
    """Make sure that no two parts are to have the same port.

    :param processes: how many follow one another from a port on, by its name; one where nothing is said.
    :raises PortsTaken: naming each such port and its settings.
    """
    wanted: defaultdict[int, list[str]] = defaultdict(list)
    for name in names():
        for further in range(processes.get(name, 1)):
            wanted[getattr(ports, name) + further].append(setting(name) + f"+{further}" * bool(further))
    twice = [f"{port}: {', '.join(settings)}" for port, settings in wanted.items() if len(settings) > 1]
    if twice:
        raise PortsTaken("\n".join(["同じポートを2つの部品に指定しています。 / One port for two parts:", *twice]))


def _words(name: str, port: int) -> str:
    return (
        f"ポート {port} はほかのプログラムが使用中です。環境変数 {setting(name)} で別の番号を指定してください。\n"
        f"Port {port} is in use by another program. Choose another one with {setting(name)}."
    )
