"""A retailer's system, as far as the demonstration needs one: it speaks SOAP with zeep, from the WSDLs alone."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import requests
import zeep
from zeep.exceptions import Fault
from zeep.transports import Transport

from schemas.catalogue import wsdl_name
from schemas.contract import Interface

_TIMEOUT = 30.0
_KEEP_TRYING = 60.0
"""Seconds over which a call that may yet succeed is repeated, with the same message id."""


class CallRefused(Exception):
    """The hub refused a call, or could not be reached; the text is what it said."""


@dataclass(frozen=True)
class Connection:
    """Where the hub is, and how a retailer's system comes in."""

    url: str
    authority: Path
    certificate: Path


class RetailersSystem:
    """The system of one retailer."""

    def __init__(self, *, code: str, name: str, connection: Connection) -> None:
        self.code = code
        self.name = name
        self._connection = connection
        self._run = secrets.token_hex(5)
        self._sent = 0
        self._client = cache(self._new_client)

    def call(self, interface: Interface, **values: Any) -> Any:
        """This function will call an interface and give what came back.

        :raises CallRefused: when the hub refuses, or cannot be reached for a minute.
        """
        self._sent += 1
        message_id = f"{self.code}-{self._run}-{self._sent:04d}"
        end = time.monotonic() + _KEEP_TRYING
        while True:
            try:
                return self._operation(interface)(messageId=message_id, **values)
            except Fault as fault:
                if _said(fault, "retryable") != "yes" or time.monotonic() > end:
                    raise CallRefused(_words(fault)) from fault
            except requests.ConnectionError as problem:
                if time.monotonic() > end:
                    raise CallRefused(f"{self._connection.url}: {type(problem).__name__}") from problem
            time.sleep(0.5)

    def _operation(self, interface: Interface) -> Callable[..., Any]:
        wsdl = wsdl_name(next(iter(interface.segments), None))
        operation: Callable[..., Any] = self._client(wsdl).service[interface.operation]
        return operation

    def _new_client(self, wsdl: str) -> zeep.Client:
        session = requests.Session()
        session.cert = str(self._connection.certificate)
        session.verify = str(self._connection.authority)
        session.trust_env = False
        transport = Transport(  # type: ignore[no-untyped-call]  # zeep has few types
            session=session, timeout=_TIMEOUT, operation_timeout=_TIMEOUT
        )
        return zeep.Client(  # type: ignore[no-untyped-call]
            f"{self._connection.url}/soap/{wsdl}?wsdl", transport=transport
        )


def _words(fault: Fault) -> str:
    findings = fault.detail.iterfind(".//{*}finding") if fault.detail is not None else ()
    return "\n".join(
        [fault.message, *(f"  {one.findtext('{*}label')}: {one.findtext('{*}message')}" for one in findings)]
    )


def _said(fault: Fault, name: str) -> str | None:
    return None if fault.detail is None else fault.detail.findtext(f".//{{*}}{name}")
