"""Finding an interface by its number (IF番号): the number ends the soapAction of its operation."""

from functools import cache
from typing import Any

import requests
import zeep

from switching_hub_client.connection import Connection

_WSDLS = {"": ("low_voltage", "common"), "K": ("high_voltage",), "F": ("low_voltage_fit",)}
"""Which WSDLs have the numbers that begin with a letter: none 低圧託送, K 高圧500kW未満, F 低圧FIT電源."""


class UnknownInterface(Exception):
    """No WSDL of the hub has an interface of this number."""


class Operations:
    """The hub's operations by their interface numbers; each WSDL is read when it is first needed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._client = cache(self._read)

    def find(self, number: str) -> Any:
        """This function will give the operation of an interface: 10610, K10610, F10610.

        :raises UnknownInterface: where there is none.
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
                    return client.service[operation.name]
        raise UnknownInterface(number)

    def _read(self, wsdl: str) -> zeep.Client:
        connection = self._connection
        transport = connection.transport(
            session=connection.session(), timeout=connection.timeout, operation_timeout=connection.timeout
        )
        return zeep.Client(  # type: ignore[no-untyped-call]  # zeep has few types
            f"{connection.url}/soap/{wsdl}?wsdl", transport=transport
        )
