"""The least workflow with the outer steps of a switch: a mailbox, a line for each step, two relays, one deadline.

A start, three answered updates, two relays on a queue of their own, three pieces of news as signals, a deadline's
timer, and nine database steps: one at the start, the six messages, and what either relay brought. It knows no rules,
carries words alone, and shows nothing to anybody. What the hub costs above it is what the hub adds.
"""

import asyncio
from collections import deque
from datetime import timedelta

from temporalio import workflow

BARE_CASE = "BareCase"
TAKE, HEAR = "take", "hear"
WRITE, RELAY = "write", "relay"
QUEUE, RELAY_QUEUE = "bare-cases", "bare-relays"

RELAYED = ("10610", "10710")
NEWS = ("matched", "completed-start", "completed-end")
LAST = NEWS[-1]
_OPENED, _RECEIVED = "12110", "received-{}"
_MAIL = frozenset({*NEWS, *(_RECEIVED.format(relayed) for relayed in RELAYED)})
"""What must have come for the case to end, beside the commands, which come before it."""
_DEADLINE = timedelta(days=30)
_WITHIN = timedelta(seconds=10)


@workflow.defn(name=BARE_CASE)
class BareCase:
    """One case."""

    @workflow.init
    def __init__(self, case_number: str) -> None:
        self._inbox: deque[str] = deque()
        self._taken: list[str] = []

    @workflow.run
    async def run(self, case_number: str) -> None:
        """Write down what comes, until all has come."""
        deadline = asyncio.create_task(workflow.sleep(_DEADLINE))
        await self._write(_OPENED)
        while not set(self._taken) >= _MAIL:
            await workflow.wait_condition(lambda: bool(self._inbox))
            message = self._inbox.popleft()
            await self._write(message)
            if message in RELAYED:
                asyncio.create_task(self._relay(message))
        deadline.cancel()

    @workflow.update(name=TAKE)
    async def take(self, message: str) -> None:
        """Answer a command once it is written down."""
        self._inbox.append(message)
        await workflow.wait_condition(lambda: message in self._taken)

    @workflow.signal(name=HEAR)
    def hear(self, news: str) -> None:
        self._inbox.append(news)

    async def _write(self, message: str) -> None:
        await workflow.execute_activity(
            WRITE, [workflow.info().workflow_id, str(len(self._taken)), message], start_to_close_timeout=_WITHIN
        )
        self._taken.append(message)

    async def _relay(self, message: str) -> None:
        await workflow.execute_activity(RELAY, message, task_queue=RELAY_QUEUE, start_to_close_timeout=_WITHIN)
        self._inbox.append(_RECEIVED.format(message))
