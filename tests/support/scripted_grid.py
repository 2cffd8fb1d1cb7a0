"""A grid operator that tests tell what to do, in the place of the activity that calls the real one."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from temporalio import activity
from temporalio.exceptions import ApplicationError

from rules.procedure.calls import ApplicationCall, CallKind, GridCall, InquiryCall, Trouble
from rules.procedure.events import GridNews, NewsKind
from rules.steps import CallResult, Maintenance
from schemas.codes import ApplicationKind
from temporal.names import CALL_GRID

_ANSWERS = {
    CallKind.REGISTER: NewsKind.RECEIVED,
    CallKind.AMEND: NewsKind.RECEIVED,
    CallKind.CANCEL: NewsKind.CANCELLED,
}


@dataclass
class ScriptedGrid:
    """Takes every application, unless it was told otherwise."""

    now: Callable[[], datetime]
    """The business clock."""
    calls: list[GridCall] = field(default_factory=list)
    """Those it answered."""
    tries: int = 0
    down: bool = False
    troubles: list[Trouble] = field(default_factory=list)
    """What keeps calls from their answers: each is told once, one after the other; the last keeps them for ever."""
    closed_until: datetime | None = None
    """The end of a maintenance window, in business time."""
    announced: bool = False
    """True where it is the grid operator itself that tells of the window."""
    matched: bool = False
    """True: a cancellation comes too late, the pair was matched before."""
    finds_defects: tuple[str, ...] = ()
    """Rules it finds broken in whatever it is sent."""
    at_work: threading.Event = field(default_factory=threading.Event)
    """Cleared: calls arrive, and their answers wait."""

    def __post_init__(self) -> None:
        self.at_work.set()

    def be_as_new(self) -> None:
        """Forget everything."""
        self.calls.clear()
        self.tries, self.down, self.matched, self.finds_defects = 0, False, False, ()
        self.closed_until = None
        self.announced = False
        self.troubles.clear()
        self.at_work.set()

    @activity.defn(name=CALL_GRID, no_thread_cancel_exception=True)
    def call_grid(self, call: GridCall) -> CallResult:
        """Answer a call as the grid operator would."""
        self.tries += 1
        if self.closed_until is not None and (now := self.now()) < self.closed_until:
            tried = call.tried or activity.info().attempt > 1
            maintenance = Maintenance(until=self.closed_until, at=now, tried=tried, announced=self.announced)
            return CallResult((), maintenance)
        untold = [trouble for trouble in self.troubles if trouble.kind not in call.told]
        if untold:
            return CallResult((), trouble=untold[0])
        if self.troubles:
            raise ApplicationError("送配電システムから回答を得られません", type="GridUnreachable")
        if self.down:
            raise ApplicationError("送配電システムから回答を得られません", type="GridUnreachable")
        self.at_work.wait(20)
        self.calls.append(call)
        return CallResult(self._answer(call))

    def _answer(self, call: GridCall) -> tuple[GridNews, ...]:
        if isinstance(call, InquiryCall):
            return (self._news(call, NewsKind.INQUIRED, inquiry=call.inquiry),)
        if self.finds_defects:
            return (self._news(call, NewsKind.DEFECTIVE, defects=self.finds_defects),)
        if call.kind is CallKind.CANCEL and self.matched:
            return (self._news(call, NewsKind.MATCHED, occurred_at=self.now()),)
        return (self._news(call, _ANSWERS[call.kind]),)

    def _news(
        self,
        call: GridCall,
        kind: NewsKind,
        *,
        inquiry: int | None = None,
        defects: tuple[str, ...] = (),
        occurred_at: datetime | None = None,
    ) -> GridNews:
        return GridNews(
            kind=kind,
            application=call.application if isinstance(call, ApplicationCall) else ApplicationKind.START,
            application_number=call.application_number if isinstance(call, ApplicationCall) else "",
            cause=f"{call.key}-{kind.value}",
            at=self.now(),
            occurred_at=occurred_at,
            defects=defects,
            inquiry=inquiry,
        )
