"""Calling the hub: one message under one id, sent again until its outcome is known."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from zeep.exceptions import Error, Fault, TransportError

from switching_hub_client.connection import Connection
from switching_hub_client.faults import Refused, refused, turned_away
from switching_hub_client.message_ids import new_message_id
from switching_hub_client.operations import NotSent, Operations

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_TRY_AGAIN_STATUS = (408, 425, 429)
_BEFORE_THE_MESSAGE = ("HUB-A", "HUB-T", "HTTP ")
"""Refusals of who calls, or of the envelope: they say nothing about an earlier try of the same message."""


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
    sleep: Callable[[float], object] = time.sleep
    """What waits between two tries."""
    _operations: Operations = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_operations", Operations(self.connection))

    def call(self, number: str, *, message_id: str | None = None, **values: Any) -> Any:
        """Send a message whose elements are given by name: as :meth:`send`."""
        return self.send(number, values, message_id=message_id)

    def send(
        self, number: str, values: Mapping[str, Any], *, message_id: str | None = None, tried: bool = False
    ) -> Any:
        """Send a message and give its answer, whose elements are attributes.

        Two tries are never closer together than the hub asked for (Retry-After).

        :param number: of the interface, with the letter of its segment: 12110, K12110, F12110.
        :param values: the elements by their names in the WSDL; groups as dicts, repeated ones as lists.
        :param message_id: of an earlier try of the same message; a new one if not given.
        :param tried: an earlier call may have brought the message to the hub. Where the hub then does not look at it,
            as when the certificate has expired in between, its outcome is open and not a refusal.
        :raises Refused: where the hub refuses for good.
        :raises OutcomeOpen: where no outcome comes in time; it names the message id.
        :raises NotSent: where nothing was sent, and nothing will be until something of ours is put right.
        :raises UnknownInterface: where the hub has no interface of this number; a NotSent too.
        """
        own_id = message_id or new_message_id()
        asked = self._operations.asked_to_wait
        end, pause = time.monotonic() + self.patience, _FIRST_PAUSE
        arrived = False
        """By this call."""
        while True:
            asked.forget()
            try:
                return self._try(number, values, message_id=own_id)
            except (NotSent, Refused) as final:
                before = isinstance(final, NotSent) or final.code.startswith(_BEFORE_THE_MESSAGE)
                if before and (arrived or (tried and isinstance(final, Refused))):
                    refusal = final if isinstance(final, Refused) else None
                    raise OutcomeOpen(str(final), message_id=own_id, refusal=refusal) from final
                raise
            except _Open as problem:
                arrived = arrived or problem.may_have_arrived
                if time.monotonic() + max(pause, asked.seconds) > end:
                    raise OutcomeOpen(str(problem), message_id=own_id, refusal=problem.refusal) from problem.__cause__
            self.sleep(max(pause, asked.seconds))
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _try(self, number: str, values: Mapping[str, Any], *, message_id: str) -> Any:
        """Send a message once.

        :raises Refused: NotSent: as they stand in :meth:`send`.
        :raises _Open: where its outcome is not known.
        """
        operation = self._operation(number)
        elements = {**values, "messageId": message_id}
        operation.check(elements)
        try:
            answer = operation.send(elements)
        except Fault as fault:
            refusal = refused(fault, message_id=message_id)
            if refusal is None:  # of something before the hub, which may have passed the message on
                raise _Open(f"{fault.code or 'no answer of the hub'} {fault.message}") from fault
            if not refusal.retryable:
                raise refusal from None
            raise _Open(str(refusal), refusal=refusal) from fault
        except TransportError as problem:
            if 400 <= problem.status_code < 500 and problem.status_code not in _TRY_AGAIN_STATUS:
                raise turned_away(problem, message_id=message_id) from None
            raise _Open(f"HTTP {problem.status_code}") from problem
        except requests.RequestException as problem:
            raise _open_line(problem) from problem
        except Exception as problem:  # an answer that cannot be read says nothing of what became of the message
            raise _Open(type(problem).__name__) from problem
        if answer is None:
            raise _Open("no content")
        return answer

    def _operation(self, number: str) -> Any:
        try:
            return self._operations.find(number)
        except requests.RequestException as problem:
            raise _open_line(problem, may_have_arrived=False) from problem
        except Error as problem:  # what came is no WSDL
            raise _Open(type(problem).__name__, may_have_arrived=False) from problem


class _Open(Exception):
    """A try whose outcome is not known."""

    def __init__(self, reason: str, *, refusal: Refused | None = None, may_have_arrived: bool = True) -> None:
        super().__init__(reason)
        self.refusal = refusal
        self.may_have_arrived = may_have_arrived


def _open_line(problem: requests.RequestException, *, may_have_arrived: bool = True) -> _Open:
    """Say what became of a message whose line broke, or never was.

    :raises NotSent: where trying again cannot help.
    """
    if isinstance(problem, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(problem):
        raise NotSent("接続先の証明書を、指定した認証局では確かめられません (CERTIFICATE_VERIFY_FAILED)") from problem
    reason = getattr(problem.args[0] if problem.args else None, "reason", None)
    never = isinstance(reason, NewConnectionError | ConnectTimeoutError)
    cut = isinstance(problem, requests.ConnectionError) and not (may_have_arrived or never)
    words = type(problem).__name__
    if cut or isinstance(problem, requests.exceptions.SSLError):  # by TLS 1.3 often the line's end is all one sees
        words += "。続くときは、自社の証明書の認証局と用途 (clientAuth) を確かめてください"
    return _Open(words, may_have_arrived=may_have_arrived and not never)
