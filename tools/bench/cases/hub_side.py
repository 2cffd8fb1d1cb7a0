"""The hub as it is measured: retailers' messages over kept TLS connections, all else by its own processes."""

import asyncio
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from deploy.samples import CURRENT_RETAILER, NEW_RETAILER
from deploy.stack.supervisor import Stack
from schemas.codes import CasePhase
from schemas.refusal_codes import RefusalCode
from tools.bench.cases import switch
from tools.bench.cases.database import one_number
from tools.bench.cases.side import MESSAGES
from tools.bench.line import Line

_CASE_NUMBER = re.compile(r"<caseNumber>([^<]+)</caseNumber>")
_DONE = "<processedAt>"
_OUTCOME_OPEN = f"<code>{RefusalCode.OUTCOME_OPEN.value}</code>"
_AGAIN_AFTER = 0.5
_PATIENCE = 120.0


class NotCarriedOut(Exception):
    """The hub refused a message, or left its outcome open for too long; the text is its answer."""


class HubSide:
    """The systems of both retailers, each with a connection for each message under way."""

    name = "hub"

    def __init__(self, stack: Stack, *, today: date, connections: int) -> None:
        self.repeats = 0
        """How often a message was sent again because its outcome was open."""
        self._stack = stack
        self._case_numbers: dict[int, str] = {}
        """By the place of the case among all."""
        self._today = today
        self._threads = ThreadPoolExecutor(connections, thread_name_prefix="retailer")
        self._idle: dict[str, list[Line]] = {retailer: [] for retailer in (NEW_RETAILER, CURRENT_RETAILER)}
        """Connections that are kept and carry no message just now, by the retailer."""

    async def send(self, message: str, number: int) -> None:
        """Send a message as its retailer's system does: under the same id again while the outcome is open.

        :raises NotCarriedOut: when it comes to nothing.
        """
        await asyncio.get_running_loop().run_in_executor(self._threads, self._WRITERS[message], self, number)

    def completed(self) -> int:
        """Count the cases in 完了."""
        counted = "SELECT count(*) FROM cases WHERE phase = %s"
        return one_number(self._stack.environment["DATABASE_URL"], counted, CasePhase.COMPLETED.value)

    def workflow_ids(self) -> list[str]:
        return list(self._case_numbers.values())

    def processes(self) -> dict[str, int]:
        """Name the hub's own processes, the stores and what stands in for others' systems."""
        running = {name: part.process.pid for name, part in self._stack.parts.items()}
        return {name: pid for name, pid in running.items() if pid is not None}

    def close(self) -> None:
        self._threads.shutdown()
        for lines in self._idle.values():
            for line in lines:
                line.close()

    def _register(self, number: int) -> None:
        body = switch.referral(number, today=self._today, current_retailer=CURRENT_RETAILER)
        match = _CASE_NUMBER.search(self._carried_out(NEW_RETAILER, body))
        assert match is not None, "an answer that is no fault names the case"
        self._case_numbers[number] = match[1]

    def _decide(self, number: int) -> None:
        self._carried_out(CURRENT_RETAILER, switch.decision(number, case_number=self._case_numbers[number]))

    def _file_start(self, number: int) -> None:
        case_number = self._case_numbers[number]
        self._carried_out(NEW_RETAILER, switch.start_application(number, case_number=case_number, today=self._today))

    def _file_end(self, number: int) -> None:
        case_number = self._case_numbers[number]
        self._carried_out(CURRENT_RETAILER, switch.end_application(number, case_number=case_number, today=self._today))

    _WRITERS: dict[str, Callable[["HubSide", int], None]] = dict(
        zip(MESSAGES, (_register, _decide, _file_start, _file_end), strict=True)
    )

    def _carried_out(self, retailer: str, body: bytes) -> str:
        idle = self._idle[retailer]
        line = idle.pop() if idle else self._open(retailer)  # the one used last, so that few are kept alive
        try:
            end = time.monotonic() + _PATIENCE
            while _DONE not in (answer := line.post(body).decode()):
                if _OUTCOME_OPEN not in answer or time.monotonic() > end:
                    raise NotCarriedOut(answer)
                self.repeats += 1
                time.sleep(_AGAIN_AFTER)
            return answer
        finally:
            idle.append(line)

    def _open(self, retailer: str) -> Line:
        certificates = self._stack.certificates
        certificate, authority = certificates.retailer(retailer), certificates.authority
        return Line(certificate=certificate, authority=authority, port=self._stack.ports.soap)
