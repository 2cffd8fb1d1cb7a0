"""Finding an interface by its number (IF番号): the number ends the soapAction of its operation."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import zeep
from zeep.exceptions import ValidationError

from switching_hub_client.connection import Connection
from switching_hub_client.retry_after import AskedToWait

_WSDLS = {"": ("low_voltage", "common"), "K": ("high_voltage",), "F": ("low_voltage_fit",)}
"""Which WSDLs have the numbers that begin with a letter: none 低圧託送, K 高圧500kW未満, F 低圧FIT電源."""


class NotSent(Exception):
    """Nothing was sent: the message, a certificate or the address cannot be used as it is. The text says which."""


class UnknownInterface(NotSent):
    """No WSDL of the hub has an interface of this number."""


@dataclass(frozen=True)
class Operation:
    """One interface of the hub."""

    _client: zeep.Client
    _name: str

    def check(self, values: Mapping[str, Any]) -> None:
        """Write the message without sending it.

        :raises NotSent: where the WSDL does not allow it, or it holds what XML cannot.
        """
        try:
            service = self._client.service
            self._client.create_message(service, self._name, **values)  # type: ignore[no-untyped-call]
        except ValidationError as problem:
            raise NotSent(f"{'/'.join(str(step) for step in problem.path[1:])}: {problem.message}") from problem
        except Exception as problem:  # zeep says the rest with whatever it stumbled over
            raise NotSent(f"{type(problem).__name__}: {problem}") from problem

    def send(self, values: Mapping[str, Any]) -> Any:
        """Send the message and give the answer."""
        return self._client.service[self._name](**values)


class Operations:
    """The hub's operations by their interface numbers; each WSDL is read when it is first needed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.asked_to_wait = AskedToWait()
        self._client = cache(self._read)

    def find(self, number: str) -> Operation:
        """Give the operation of an interface: 10610, K10610, F10610.

        :raises UnknownInterface: where there is none; NotSent: where a certificate cannot be used.
        """
        for wsdl in _WSDLS.get(number.rstrip("0123456789"), ()):
            try:
                client = self._client(wsdl)
            except requests.HTTPError as problem:
                if problem.response.status_code == 404:
                    continue  # the hub serves none of this segment
                raise
            for operation in client.service._binding.all().values():
                if operation.soapaction.rpartition("/")[2] == number:
                    return Operation(client, operation.name)
        raise UnknownInterface(f"IF番号 {number} はありません。")

    def _read(self, wsdl: str) -> zeep.Client:
        connection = self._connection
        _look_at_address(connection.url)
        _look_at_certificates(connection.certificate, connection.authority)
        session = connection.session()
        session.hooks["response"].append(self.asked_to_wait.note)
        transport = connection.transport(
            session=session, timeout=connection.timeout, operation_timeout=connection.timeout
        )
        return zeep.Client(  # type: ignore[no-untyped-call]  # zeep has few types
            f"{connection.url}/soap/{wsdl}?wsdl", transport=transport
        )


def _look_at_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        sound = parts.scheme == "https" and parts.hostname and parts.port != 0
    except ValueError:  # a port that is none
        sound = False
    if not sound:
        raise NotSent(f"接続先のアドレスは https://ホスト:ポート の形で指定してください: {url}")


def _look_at_certificates(certificate: Path, authority: Path) -> None:
    """Refuse certificates that cannot be used, by name: later on they look like a line that broke."""
    for file, use in ((authority, _as_authority), (certificate, _as_own)):
        try:
            use(file)
        except OSError as problem:  # ssl.SSLError is one
            reason = problem.strerror if not isinstance(problem, ssl.SSLError) else (problem.reason or "PEM")
            raise NotSent(f"証明書のファイルを使えません: {file} ({reason})") from problem


def _as_authority(file: Path) -> None:
    ssl.create_default_context(cafile=str(file))


def _as_own(file: Path) -> None:
    ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(file)
