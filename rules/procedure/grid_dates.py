"""Dates and meter work that the grid operator changed: it may think again."""

from datetime import date
from typing import Protocol, TypeVar

from rules.procedure.events import GridNews
from rules.procedure.lines import grid_line
from rules.procedure.outcomes import HistoryKind, NothingNew, Transition
from schemas.codes import MeterWork


class Dated(Protocol):
    """What a procedure knows of its day."""

    @property
    def effective_date(self) -> date | None:
        """None where its kind names none."""

    @property
    def meter_work(self) -> MeterWork | None:
        """None where its kind does not declare it."""


State = TypeVar("State", bound=Dated)


def what_changed(before: State, after: State, news: GridNews) -> Transition[State] | NothingNew:
    """Write the line of what news changed: the effective date, with or without the meter work, or that alone.

    :param after: the procedure with what the news says.
    """
    if after.effective_date != before.effective_date:
        return Transition(after, grid_line(HistoryKind.EFFECTIVE_DATE_MOVED, news))
    if after.meter_work is not before.meter_work:
        return Transition(after, grid_line(HistoryKind.METER_WORK_CHANGED, news))
    return NothingNew()
