"""What can happen to a procedure: a command, news from the grid operator, time."""

from dataclasses import dataclass
from datetime import datetime

from rules.procedure.command_kinds import BY_THE_HUB, INTERVENTIONS, CommandKind
from rules.procedure.commands import Command, CommandContent
from rules.procedure.news import GridNews, NewsKind

__all__ = [
    "BY_THE_HUB",
    "INTERVENTIONS",
    "Command",
    "CommandContent",
    "CommandKind",
    "Event",
    "GridNews",
    "NewsKind",
    "TimePassed",
]


@dataclass(frozen=True)
class TimePassed:
    """A moment the procedure waited for has come."""

    at: datetime


Event = Command | GridNews | TimePassed
