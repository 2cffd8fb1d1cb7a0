"""The retailers' systems: a message is repeated until it is answered; some go out twice, and must hear the same."""

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from schemas.codes import Segment
from schemas.contract import Interface
from schemas.refusal_codes import RefusalCode
from switching_hub_client import Connection, Hub, OutcomeOpen, Refused

SENT_TWICE, SENT_LATE_AGAIN = 0.2, 0.1
"""How many of the messages are sent a second time: about at once, and when the year is over."""
_PATIENCE = 90.0
"""Seconds (real time) after which a retailer's system would call somebody."""


class NeverAnswered(Exception):
    """A message had no answer in time, or two answers; the text names it."""


@dataclass(frozen=True)
class Answer:
    """What the hub answered for good."""

    value: Any
    """None where it is a refusal."""
    words: str
    """All of it; a repeat must bring the same."""
    code: str = ""
    """Of the refusal."""


@dataclass(frozen=True)
class Message:
    """One message of one retailer."""

    script: int
    retailer: str
    number: str
    """Of the interface, with the segment's letter."""
    message_id: str
    values: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.retailer} {self.number} {self.message_id}"


@dataclass
class Figures:
    """Counted by several threads."""

    messages: int = 0
    repeats: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    """Final ones, by their code."""


class Desks:
    """The systems of all retailers; may be used by several threads."""

    def __init__(self, connections: dict[str, Connection]) -> None:
        self._free: dict[str, SimpleQueue[Hub]] = {code: SimpleQueue() for code in connections}
        self._connections = connections
        self._lock = threading.Lock()
        self._kept: list[tuple[Message, Answer]] = []
        self.figures = Figures()
        self.two_answers: list[tuple[int, str]] = []
        """Script and words, where a repeat brought something else, or nothing."""
        self.sent: list[Message] = []
        self.accepted: list[Message] = []

    def say(
        self, *, script: int, retailer: str, segment: Segment, interface: Interface, message_id: str, **values: Any
    ) -> Answer:
        """Have a message answered; some go out twice, at once or one after the other.

        :raises NeverAnswered: when no final answer comes in time.
        """
        message = Message(script, retailer, interface.number_in(segment), message_id, values)
        dice = random.Random(f"{retailer}-{message_id}")
        twice, late = dice.random() < SENT_TWICE, dice.random() < SENT_LATE_AGAIN
        if twice and dice.random() < 0.5:
            with ThreadPoolExecutor(2) as threads:
                answer, again = threads.map(self._settle, (message, message))
        else:
            answer = self._settle(message)
            again = self._settle(message) if twice else answer
        self._compare(message, answer, again)
        with self._lock:
            self.sent.append(message)
            if not answer.code:
                self.accepted.append(message)
            self.figures.messages += 1
            self.figures.repeats += twice
            if answer.code:
                self.figures.refusals[answer.code] += 1
            if late:
                self._kept.append((message, answer))
        return answer

    def note(self, message: Message, *, refused: RefusalCode | None) -> None:
        """Put a message on record that went another way than by SOAP, with what it came to."""
        with self._lock:
            self.sent.append(message)
            self.figures.messages += 1
            if refused is None:
                self.accepted.append(message)
            else:
                self.figures.refusals[refused.value] += 1

    def ask(self, *, retailer: str, segment: Segment, interface: Interface, message_id: str, **values: Any) -> Any:
        """Make an inquiry and give its answer; None where it is refused."""
        return self._settle(Message(0, retailer, interface.number_in(segment), message_id, values)).value

    def repeat_late(self) -> None:
        """Send again what was chosen for it, and compare the answers."""
        for message, answer in self._kept:
            self.figures.repeats += 1
            try:
                self._compare(message, answer, self._settle(message))
            except NeverAnswered as never:
                self.two_answers.append((message.script, str(never)))

    def _compare(self, message: Message, answer: Answer, again: Answer) -> None:
        if again.words != answer.words:
            self.two_answers.append((message.script, f"{message}: 「{answer.words}」と「{again.words}」"))

    def _settle(self, message: Message) -> Answer:
        end = time.monotonic() + _PATIENCE
        hub = self._take(message.retailer)
        try:
            while True:
                try:
                    value = hub.call(message.number, message_id=message.message_id, **message.values)
                except Refused as refusal:
                    findings = " ".join(f"{finding.field}/{finding.rule}" for finding in refusal.findings)
                    return Answer(None, f"{refusal} {findings}", refusal.code)
                except OutcomeOpen as still:
                    if time.monotonic() > end:
                        raise NeverAnswered(f"{message}: {still.reason}") from still
                else:
                    return Answer(value, str(value))
        finally:
            self._free[message.retailer].put(hub)

    def _take(self, retailer: str) -> Hub:
        try:
            return self._free[retailer].get_nowait()
        except Empty:
            return Hub(self._connections[retailer])
