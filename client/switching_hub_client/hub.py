"""Calling the hub: one message under one id, sent again until its outcome is known."""

import time
from dataclasses import dataclass, field
from typing import Any

import requests
from zeep.exceptions import Fault, TransportError

from switching_hub_client.connection import Connection
from switching_hub_client.faults import Refused, refused, turned_away
from switching_hub_client.message_ids import new_message_id
from switching_hub_client.operations import Operations

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0


class OutcomeOpen(Exception):
    """No outcome is known within the time given: sent again under the same id, the message is carried out once."""

    def __init__(self, reason: str, *, message_id: str, refusal: Refused | None) -> None:
        super().__init__(f"{reason} (messageId {message_id})")
        self.reason = reason
        self.message_id = message_id
        self.refusal = refusal
        """What the hub said last; None where it was not reached, or answered nothing."""


@dataclass(frozen=True)
class Hub:
    """The hub as a retailer's system calls it. One for each thread: its connections are not shared."""

    connection: Connection
    patience: float = 60.0
    """Seconds over which a message whose outcome is open is sent again; 0 sends it once."""
    _operations: Operations = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_operations", Operations(self.connection))

    def call(self, number: str, *, message_id: str | None = None, **values: Any) -> Any:
        """This function will send a message and give its answer, whose elements are attributes.

        :param number: of the interface, with the letter of its segment: 12110, K12110, F12110.
        :param message_id: of an earlier try of the same message; a new one if not given.
        :param values: the elements by their names in the WSDL; groups as dicts, repeated ones as lists.
        :raises Refused: where the hub refuses for good.
        :raises OutcomeOpen: where no outcome comes in time; it names the message id.
        :raises UnknownInterface: where the hub has no interface of this number.
        """
        kept = message_id or new_message_id()
        end, pause = time.monotonic() + self.patience, _FIRST_PAUSE
        while True:
            try:
                return self._operations.find(number)(messageId=kept, **values)
            except (Fault, TransportError, requests.RequestException) as problem:
                outcome = _outcome(problem, message_id=kept)
                if time.monotonic() + pause > end:
                    raise outcome from problem
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


def _outcome(problem: Exception, *, message_id: str) -> OutcomeOpen:
    """What is known after a try that failed.

    :raises Refused: where the outcome is not open.
    """
    if isinstance(problem, Fault):
        refusal = refused(problem, message_id=message_id)
        if not refusal.retryable:
            raise refusal from None
        return OutcomeOpen(str(refusal), message_id=message_id, refusal=refusal)
    if isinstance(problem, TransportError):
        if problem.status_code < 500:
            raise turned_away(problem, message_id=message_id) from None
        return OutcomeOpen(f"HTTP {problem.status_code}", message_id=message_id, refusal=None)
    return OutcomeOpen(type(problem).__name__, message_id=message_id, refusal=None)
