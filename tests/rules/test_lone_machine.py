"""Whatever happens in whatever order, an application on its own leaves no orphan at the grid operator."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rules.core import next_alarm
from rules.procedure.calls import CallKind, GridCall, application_calls, wanted_calls
from rules.procedure.events import NewsKind, TimePassed
from rules.procedure.outcomes import HistoryKind, Transition
from schemas.codes import ApplicationKind, ApplicationState, CasePhase
from tests.support.core.lone_application import Lone

_HELD = (ApplicationState.RECEIVED, ApplicationState.MATCHED, ApplicationState.COMPLETED)
_NEWS = {
    ApplicationState.RECEIVED: NewsKind.RECEIVED,
    ApplicationState.DEFECTIVE: NewsKind.DEFECTIVE,
    ApplicationState.CANCELLED: NewsKind.CANCELLED,
    ApplicationState.MATCHED: NewsKind.MATCHED,
    ApplicationState.UNMATCHED: NewsKind.UNMATCHED,
    ApplicationState.COMPLETED: NewsKind.COMPLETED,
}
_ENDS_WITHOUT = (CasePhase.WITHDRAWN, CasePhase.UNMATCHED, CasePhase.GRID_CANCELLED)


class LoneMachine(RuleBasedStateMachine):
    """One application, and a grid operator that holds it or not; answers may be lost, and news come twice."""

    lone: Lone
    at_grid: ApplicationState | None = None
    """As the grid operator has it; None while it never heard of it."""

    @initialize(kind=st.sampled_from(list(ApplicationKind)))
    def registered(self, kind: ApplicationKind) -> None:
        self.lone = Lone(kind)

    @rule(which=st.sampled_from(["correct", "cancel"]))
    def commanded(self, which: str) -> None:
        self._ring()
        self.lone.happens(self.lone.correction() if which == "correct" else self.lone.cancellation())

    @precondition(lambda self: bool(application_calls(self.lone.state)))
    @rule(sound=st.sampled_from([True, True, False]), answered=st.sampled_from([True, True, False]))
    def call_arrives(self, sound: bool, answered: bool) -> None:
        (call,) = application_calls(self.lone.state)
        self._work(call, sound=sound)
        if answered:
            self._ring()
            repeated = [wanted_call for wanted_call in wanted_calls(self.lone.state) if wanted_call.key == call.key]
            if repeated and self.at_grid is not None:
                self.lone.happens(self.lone.answer(_NEWS[self.at_grid]))

    def _work(self, call: GridCall, *, sound: bool) -> None:
        if call.kind is CallKind.CANCEL:
            if self._open():
                self.at_grid = ApplicationState.CANCELLED
        elif self.at_grid is None or (call.kind is CallKind.AMEND and self._open()):
            self.at_grid = ApplicationState.RECEIVED if sound else ApplicationState.DEFECTIVE

    def _open(self) -> bool:
        return self.at_grid in (ApplicationState.RECEIVED, ApplicationState.DEFECTIVE)

    @precondition(lambda self: self.at_grid is ApplicationState.RECEIVED)
    @rule(to=st.sampled_from([ApplicationState.MATCHED, ApplicationState.COMPLETED, ApplicationState.UNMATCHED]))
    def grid_goes_on(self, to: ApplicationState) -> None:
        if to is not ApplicationState.MATCHED or self.lone.state.kind_rules.matched:
            self.at_grid = to

    @precondition(lambda self: self.at_grid is ApplicationState.MATCHED)
    @rule()
    def grid_completes(self) -> None:
        self.at_grid = ApplicationState.COMPLETED

    @precondition(lambda self: self.at_grid is not None)
    @rule()
    def watch_tells(self) -> None:
        self._ring()
        assert self.at_grid is not None
        self.lone.happens(self.lone.status(_NEWS[self.at_grid]))

    @rule(days=st.sampled_from([1, 7, 40]))
    def time_passes(self, days: int) -> None:
        self.lone.now += timedelta(days=days)
        self._ring()

    def _ring(self) -> None:
        while (alarm := next_alarm(self.lone.state)) is not None and alarm.at <= self.lone.now:
            assert isinstance(self.lone.happens(TimePassed(self.lone.now)), Transition)

    @invariant()
    def nothing_is_left_at_the_grid_operator(self) -> None:
        if self.lone.state.phase in _ENDS_WITHOUT:
            assert self.at_grid not in _HELD, self.lone.lines

    @invariant()
    def somebody_has_to_act_until_it_ends(self) -> None:
        state = self.lone.state
        at_grid = state.application.state in (ApplicationState.RECEIVED, ApplicationState.MATCHED)
        assert state.ended or at_grid or wanted_calls(state) or next_alarm(state) is not None

    @invariant()
    def it_ends_once(self) -> None:
        ends = (HistoryKind.COMPLETED, HistoryKind.GRID_CANCELLED, HistoryKind.APPLICATION_UNMATCHED)
        ended = [line for line in self.lone.lines if line.kind in (*ends, HistoryKind.APPLICATION_CANCELLED)]
        assert len(ended) == int(self.lone.state.ended)


TestLone = LoneMachine.TestCase
TestLone.settings = settings(max_examples=150, stateful_step_count=30, deadline=None, derandomize=True)
