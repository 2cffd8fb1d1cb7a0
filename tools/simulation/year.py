"""The year itself: the business clock moves in steps, cases are woken, retailers act, grid operators come and go."""

import random
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from rules.core import Procedure
from rules.procedure.commands import Close
from schemas.codes import ENDED_PHASES, ApplicationState, Area, CasePhase
from temporal.gateway import TemporalGateway
from tools.simulation.grid import Grid
from tools.simulation.messages import NeverAnswered
from tools.simulation.player import Player
from tools.simulation.records import Records
from usecases.actors import Maintainer
from usecases.hub import Systems
from usecases.waking import ClockMoveRequest, move_clock_and_wake

STEP_HOURS = (6, 12, 18, 24, 30, 36, 48, 60)
"""How far the business clock may jump at once."""
SIDE_BY_SIDE = 8
"""How many retailers act at the same time."""
_REST_WITHIN = 10.0
"""Seconds (real time) that a step gives to what it set going: messages and alarms."""
_CALLS_WITHIN = 0.7
"""The same for calls to grid operators; one that failed is tried again later, and a year does not wait for that."""
_LOOK_EVERY = 0.1
_REST_AT_END = 75.0
"""The same once all grid operators are back: a call is tried again within a minute."""
_ALL_END_WITHIN = 900.0
"""Seconds (real time) for all of what comes after the year."""
_STEP_AT_END = timedelta(days=2)
_LONGEST_AFTER = timedelta(days=200)
"""How much later than the year's end all must have ended: no effective date is later than six months."""


def is_for_the_hub_operator(state: Procedure) -> bool:
    """Tell whether a procedure stands as it does until the hub operator ends it.

    That is one whose deadlines stand still, and a 片側完了 whose other side the grid operator has cancelled.
    """
    one_sided = state.phase is CasePhase.ONE_SIDE_DONE
    return state.suspended or (
        one_sided and all(application.state is not ApplicationState.MATCHED for application in state.applications)
    )


@dataclass
class Year:
    """A running system, those who play on it, and what came of it."""

    database: Database
    gateway: TemporalGateway
    grid: Grid
    players: Sequence[Player]
    seed: int
    days: int
    say: Callable[[str], None]
    steps: int = 0
    unrested: int = 0
    """How many steps ended before messages and alarms had come to rest."""
    not_reached: int = 0
    """How often a case could not be woken in a step; the next one wakes it."""
    ghosts: dict[str, str] = field(default_factory=dict)
    """Words on each application that lived on at its grid operator after the end of its procedure, by its number."""
    never_answered: list[tuple[int, str]] = field(default_factory=list)
    """Script and words."""

    @property
    def records(self) -> Records:
        """What the hub has on record."""
        return Records(self.database)

    def pass_by(self) -> None:
        """Play the year, and go on until all have ended or the bound is reached."""
        dice = random.Random(f"steps-{self.seed}")
        end = timedelta(days=self.days)
        with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="retailer") as threads:
            while (elapsed := self._elapsed()) < end:
                silent = self.grid.tell(elapsed)
                due = [player for player in self.players if player.due(elapsed)]
                list(threads.map(self._play, due))
                self._rest(silent)
                self._tell(elapsed, due, silent)
                self._step(timedelta(hours=dice.choice(STEP_HOURS)))
            self.grid.set_right()
            list(threads.map(self._play, [player for player in self.players if not player.done]))
        self._let_all_end()

    def _let_all_end(self) -> None:
        last, until = self._elapsed() + _LONGEST_AFTER, time.monotonic() + _ALL_END_WITHIN
        self._rest((), calls_within=_REST_AT_END)
        while self._elapsed() < last and time.monotonic() < until:
            standing = {state.case_number: state for state in self.records.open_states()}
            if not standing:
                return
            for player in self.players:
                if any(is_for_the_hub_operator(standing[number]) for number in player.numbers if number in standing):
                    self._close(player)
            self._step(_STEP_AT_END)
            self._rest((), calls_within=_CALLS_WITHIN * 3)

    def _close(self, player: Player) -> None:
        try:
            player.intervened(lambda number: Close(case_number=number))
        except NeverAnswered as never:
            self.never_answered.append((player.script.number, str(never)))

    def _step(self, by: timedelta) -> None:
        self.steps += 1
        for number, end, there in self.records.ghosts():
            self.ghosts[number] = f"案件は {end} で終わったのに、送配電では {there}（{self.steps}歩目）"
        hub = Systems(database=self.database, gateway=self.gateway)
        woken = move_clock_and_wake(ClockMoveRequest(by=by), actor=Maintainer(), hub=hub)
        self.not_reached += len(woken.missed)

    def _play(self, player: Player) -> None:
        elapsed, today = self._elapsed(), day_of(self._now())
        try:
            player.play(elapsed, today)
        except NeverAnswered as never:
            self.never_answered.append((player.script.number, str(never)))

    def _rest(self, silent: Collection[Area], *, calls_within: float = _CALLS_WITHIN) -> None:
        began = time.monotonic()
        while waiting := self.records.waiting(silent=silent):
            seconds = time.monotonic() - began
            late = bool(waiting.messages or waiting.alarms)
            if seconds > max(_REST_WITHIN if late else 0.0, calls_within):
                self.unrested += late
                return
            time.sleep(_LOOK_EVERY)

    def _elapsed(self) -> timedelta:
        return self._now() - self.grid.began

    def _now(self) -> datetime:
        with self.database.transaction() as session:
            return business_now(session)

    def _tell(self, elapsed: timedelta, due: Sequence[Player], silent: set[Area]) -> None:
        if self.steps % 20 == 0:
            open_ones = sum(phase not in ENDED_PHASES for phase in self.records.phases().values())
            away = "、".join(sorted(area.label for area in silent)) or "なし"
            self.say(f"  {elapsed.days:3d}日目 {self.steps}歩　進行中 {open_ones} 件　停止中のエリア {away}")
