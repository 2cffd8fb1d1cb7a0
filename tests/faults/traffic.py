"""Switches under way: retailers that start cases one after the other, and repeat a message until it is answered.

Some messages are sent twice, at once or later. What was answered is kept, to be asked for again at the end.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count, cycle
from typing import Any

import requests

from schemas.codes import Area, CasePhase, Decision, RejectionReason
from tests.faults.figures import Figures
from tests.faults.length import LONG
from tests.support.retailers import Customer, RefusedByHub, Retailer
from tests.support.world import World

SENT_TWICE = 0.3
"""How many of the messages are sent a second time."""
SIDE_BY_SIDE = 20 if LONG else 6
"""How many cases are being played at the same time."""
GIVEN_UP_AFTER = 120.0
"""Seconds after which a retailer's system would call somebody."""
_PAUSE = 0.5
"""Seconds between two tries of a message."""

_cases = count(1)


@dataclass(frozen=True)
class Sent:
    """A message with its answer."""

    about: str
    send: Callable[[], Any]
    answer: str


@dataclass(frozen=True)
class Played:
    """A case that its retailers are done with, and how it has to end."""

    case_number: str
    must_end: CasePhase


@dataclass
class Traffic:
    """All that was sent, answered and played in one test."""

    world: World
    seed: int
    today: date
    """The business day on which all of them take effect; the database may be away when it is needed."""
    sent: list[Sent] = field(default_factory=list)
    played: list[Played] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _places: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(SIDE_BY_SIDE))
    _futures: list[Future[None]] = field(default_factory=list)

    @property
    def ends(self) -> Counter[str]:
        """How many cases have to end in which way."""
        return Counter(case.must_end.label for case in self.played)

    @contextmanager
    def flowing(self, *, every: float) -> Iterator[None]:
        """Start a case each ``every`` seconds during the block, and see them all played after it.

        None is started while as many are being played as may be side by side.
        """
        stop = threading.Event()
        with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="case") as threads:
            starter = threading.Thread(target=self._start_cases, args=(threads, stop, every), daemon=True)
            starter.start()
            try:
                yield
            finally:
                stop.set()
                starter.join()
                self.figures.stopped_at = time.monotonic()
                wait(self._futures)
        for future in self._futures:
            future.result()

    def _start_cases(self, threads: ThreadPoolExecutor, stop: threading.Event, every: float) -> None:
        plans = cycle((_completes, _completes, _rejects, _completes, _takes_back, _withdraws))
        casts = cycle(_casts(self.world))
        areas = cycle((Area.TOKYO, Area.KANSAI, Area.KYUSHU))
        while not stop.wait(every):
            if not self._places.acquire(timeout=every):
                continue
            new, current = next(casts)
            name = f"{self.seed}-{next(_cases)}"
            playing = _Case(self, name, new, current, self.world.customer(next(areas)), random.Random(name))
            self._futures.append(threads.submit(self._play, playing, next(plans)))

    def _play(self, case: "_Case", plan: "Callable[[_Case], CasePhase]") -> None:
        try:
            must_end = plan(case)
        finally:
            self._places.release()
        with self._lock:
            self.played.append(Played(case.number, must_end))

    def settle(self, about: str, send: Callable[[], Any]) -> Any:
        """Send a message until it is answered for good, and give the answer.

        :raises RefusedByHub: where the answer is a refusal that no repeat changes.
        """
        began = time.monotonic()
        while True:
            asked_at = time.monotonic()
            try:
                answer = send()
            except RefusedByHub as refused:
                self.figures.refused_with(refused.code, after=time.monotonic() - asked_at)
                assert refused.retryable, f"{about}: {refused}"
            except requests.RequestException as cut:
                self.figures.refused_with(type(cut).__name__, after=time.monotonic() - asked_at)
            else:
                self.figures.answered(after=time.monotonic() - asked_at, settled_after=time.monotonic() - began)
                return answer
            assert time.monotonic() - began < GIVEN_UP_AFTER, f"{about} was never answered"
            time.sleep(_PAUSE)

    def keep(self, about: str, send: Callable[[], Any], answer: Any) -> None:
        """Keep an answer, to be held against what a repeat gets."""
        with self._lock:
            self.sent.append(Sent(about, send, str(answer)))


@dataclass
class _Case:
    """One case as its two retailers play it."""

    traffic: Traffic
    name: str
    new: Retailer
    current: Retailer
    customer: Customer
    dice: random.Random
    number: str = ""

    def say(self, what: str, send: Callable[[str], Any]) -> Any:
        """Have a message answered, sending it twice now and then; both must hear the same."""
        message_id = f"{what}-{self.name}"
        about = f"{message_id} {self.number}"

        def once() -> Any:
            return self.traffic.settle(about, lambda: send(message_id))

        if self.dice.random() >= SENT_TWICE:
            answer = once()
        elif self.dice.random() < 0.5:
            with ThreadPoolExecutor(2) as threads:
                answer, again = threads.map(lambda _: once(), range(2))
            assert str(again) == str(answer), f"{about}: two answers"
        else:
            answer = once()
            assert str(once()) == str(answer), f"{about}: two answers"
        self.traffic.keep(about, lambda: send(message_id), answer)
        return answer

    def register(self) -> None:
        wished = self.traffic.today
        answer = self.say(
            "REG",
            lambda message_id: self.new.register(
                self.customer, current=self.current, wished=wished, message_id=message_id
            ),
        )
        self.number = answer.caseNumber

    def decide(self, **values: Any) -> None:
        self.say("DEC", lambda message_id: self.current.decide(self.number, message_id=message_id, **values))

    def file_start(self) -> None:
        effective = self.traffic.today
        self.say(
            "STA",
            lambda message_id: self.new.file_start(
                self.number, self.customer, effective=effective, message_id=message_id
            ),
        )

    def file_end(self) -> None:
        effective = self.traffic.today
        self.say(
            "END",
            lambda message_id: self.current.file_end(
                self.number, self.customer, effective=effective, message_id=message_id
            ),
        )

    def withdraw(self) -> None:
        self.say("WIT", lambda message_id: self.new.withdraw(self.number, message_id=message_id))


def _completes(case: _Case) -> CasePhase:
    case.register()
    case.decide()
    case.file_start()
    case.file_end()
    return CasePhase.COMPLETED


def _rejects(case: _Case) -> CasePhase:
    case.register()
    case.decide(decision=Decision.REJECT, rejectionReasons=[RejectionReason.NO_SUCH_CONTRACT])
    return CasePhase.REJECTED


def _withdraws(case: _Case) -> CasePhase:
    case.register()
    case.withdraw()
    return CasePhase.WITHDRAWN


def _takes_back(case: _Case) -> CasePhase:
    """Take an application back that may be on its way, at the grid operator, or not sent yet."""
    case.register()
    case.decide()
    case.file_start()
    case.withdraw()
    return CasePhase.WITHDRAWN


def _casts(world: World) -> tuple[tuple[Retailer, Retailer], ...]:
    return (world.new, world.current), (world.current, world.another), (world.another, world.new)
