"""Calls that somebody waits for: with a circuit breaker for each area, so that a slow or absent one holds nobody up."""

import threading
import time
from collections.abc import Callable

from grid_client import figures
from grid_client.breaker import Breaker, BreakerRules, answered, failed, let_through
from grid_client.errors import CIRCUIT_OPEN, GridFault, GridUnreachable, UnreadableAnswer
from grid_client.grid import Grid
from schemas.codes import Area, Segment


class GuardedGrid:
    """May be shared by threads. Each process has breakers of its own."""

    def __init__(self, client: Grid, *, rules: BreakerRules, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._rules = rules
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._breakers = {area: Breaker() for area in Area}

    def call(self, *, area: Area, segment: Segment, interface_number: str, request: object) -> object:
        """Call as :meth:`grid_client.client.GridClient.call` does, or not even try.

        An answer that came slowly is given to who waited for it, and counts as a failure.

        :raises GridUnreachable: also at once, with reason ``circuit-open``, after too many failures in a row.
        """
        began = self._monotonic()
        if not self._may_call(area):
            figures.CALLS.labels(area.value, interface_number, CIRCUIT_OPEN).inc()
            raise GridUnreachable(area, CIRCUIT_OPEN, outcome_unknown=False)
        try:
            response = self._client.call(area=area, segment=segment, interface_number=interface_number, request=request)
        except UnreadableAnswer:  # it is there, and other calls may well be answered
            self._note_answer(area, began)
            raise
        except GridUnreachable:
            self._note_failure(area)
            raise
        except GridFault:
            self._note_answer(area, began)
            raise
        self._note_answer(area, began)
        return response

    def _may_call(self, area: Area) -> bool:
        with self._lock:
            may, self._breakers[area] = let_through(self._breakers[area], now=self._monotonic(), rules=self._rules)
        return may

    def _note_answer(self, area: Area, began: float) -> None:
        with self._lock:
            now = self._monotonic()
            self._breakers[area] = answered(self._breakers[area], took=now - began, now=now, rules=self._rules)

    def _note_failure(self, area: Area) -> None:
        with self._lock:
            self._breakers[area] = failed(self._breakers[area], now=self._monotonic(), rules=self._rules)
