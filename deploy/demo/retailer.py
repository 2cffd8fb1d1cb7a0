"""A retailer's system, as far as the demonstration needs one: the retailers' client, and who the retailer is."""

import secrets
from itertools import count
from typing import Any

from schemas.codes import Segment
from schemas.contract import Interface
from switching_hub_client import Connection, Hub, OutcomeOpen, Refused

_SEGMENT = Segment.LOW_VOLTAGE
"""What the demonstration plays in."""


class CallRefused(Exception):
    """The hub refused a call, or could not be reached; the text is what it said."""


class RetailersSystem:
    """The system of one retailer."""

    def __init__(self, *, code: str, name: str, connection: Connection) -> None:
        self.code = code
        self.name = name
        self._hub = Hub(connection)
        self._run = secrets.token_hex(5)
        self._messages = count(1)

    def call(self, interface: Interface, **values: Any) -> Any:
        """Call an interface and give what came back.

        :raises CallRefused: when the hub refuses, or its answer does not come for a minute.
        """
        message_id = f"{self.code}-{self._run}-{next(self._messages):04d}"
        number = interface.number_in(_SEGMENT if interface.segments else None)
        try:
            return self._hub.call(number, message_id=message_id, **values)
        except Refused as refusal:
            findings = (f"  {finding.label}: {finding.message}" for finding in refusal.findings)
            raise CallRefused("\n".join([str(refusal), *findings])) from refusal
        except OutcomeOpen as outcome:
            raise CallRefused(outcome.reason) from outcome
