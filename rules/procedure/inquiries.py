"""The grid operator's word that a procedure wants once: asked for at a moment it waited for, and answered."""

from typing import Protocol, Self, TypeVar

from rules.procedure.alarms import AlarmRule
from rules.procedure.events import GridNews
from rules.procedure.outcomes import HistoryKind, HistoryLine, NothingNew, Party, Transition


class Inquiring(Protocol):
    """What a procedure knows of its inquiries."""

    @property
    def inquiry(self) -> int:
        """The number of the last one; 0 before the first."""

    @property
    def inquiry_answered(self) -> int:
        """The number of the last one that was answered."""

    def with_inquiry(self, number: int) -> Self:
        """Give it with an inquiry begun."""

    def with_inquiry_answered(self, number: int) -> Self:
        """Give it with an inquiry answered."""


State = TypeVar("State", bound=Inquiring)


def ask(state: State, rule: AlarmRule) -> Transition[State]:
    """Ask the grid operator for its word, by the rule whose moment has come."""
    number = state.inquiry + 1
    line = HistoryLine(HistoryKind.INQUIRING, Party.HUB, {"rule": rule.value, "inquiry": str(number)})
    return Transition(state.with_inquiry(number), line)


def hear_answer(state: State, news: GridNews) -> Transition[State] | NothingNew:
    """Take the answer of an inquiry in that was asked and waits for one still."""
    number = news.inquiry
    if number is None or not state.inquiry_answered < number <= state.inquiry:
        return NothingNew()
    line = HistoryLine(HistoryKind.INQUIRED, Party.HUB, {"inquiry": str(number)})
    return Transition(state.with_inquiry_answered(number), line)
