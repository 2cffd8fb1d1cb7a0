"""A history is held to the core line by line: what the core made passes, and whatever was changed in it is found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from models.cases.read_model import WrittenLine
from rules.core import next_alarm
from rules.procedure.events import Command, Event, GridNews, NewsKind, TimePassed
from rules.procedure.outcomes import HistoryKind, HistoryLine, Party, Transition
from rules.switching.core import SWITCHING
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationKind, CasePhase, Decision
from tests.support.core.lone_application import Lone
from tests.support.core.switching_case import END, START, Switch
from tests.support.moments import CALENDAR, MORNING
from tools.simulation.replaying import unexplained


class Played:
    """A case whose lines are kept as the hub would."""

    def __init__(self) -> None:
        self.state: SwitchingCase = Switch().state
        self.commands: dict[str, Command] = {}
        line = HistoryLine(HistoryKind.REGISTERED, Party.NEW_RETAILER, {})
        self.lines = [WrittenLine(1, line, "registration", MORNING, self.state)]

    def happens(self, event: Event) -> None:
        """Let the core make a line of an event."""
        alarm = next_alarm(self.state)
        step = SWITCHING.advance(self.state, event, calendar=CALENDAR)
        assert isinstance(step, Transition)
        cause = alarm.rule.value if alarm else ""
        if isinstance(event, Command):
            cause = event.message_key
            self.commands[cause] = event
        elif isinstance(event, GridNews):
            cause = event.cause
        self.lines.append(WrittenLine(len(self.lines) + 1, step.line, cause, event.at, step.state))
        self.state = step.state

    def problems(self, lines: Sequence[WrittenLine] | None = None) -> list[tuple[int, str]]:
        """Judge the lines, or others in their place."""
        judged = unexplained(self.lines if lines is None else lines, commands=self.commands, calendar=CALENDAR)
        return [(line.step, words) for line, words in judged]


@pytest.fixture
def played() -> Played:
    """Play a reminder and then an acceptance."""
    case = Played()
    case.happens(TimePassed(case.state.remind_at))
    case.happens(replace(Switch().decision(), at=case.state.remind_at + timedelta(minutes=1)))
    return case


def test_what_the_core_made_is_explained(played: Played) -> None:
    assert played.problems() == []


def test_a_state_that_the_core_does_not_make_is_found(played: Played) -> None:
    first, second, last = played.lines
    spoilt = replace(last, state=replace(played.state, phase=CasePhase.MATCHED))

    assert played.problems([first, second, spoilt]) == [(3, f"コアはこの行を作らない（きっかけ {last.cause}）")]


def test_a_line_that_says_something_else_is_found(played: Played) -> None:
    first, second, last = played.lines
    spoilt = replace(last, line=replace(last.line, details={}))

    assert [step for step, _ in played.problems([first, second, spoilt])] == [3]


def test_a_command_that_nobody_gave_is_found(played: Played) -> None:
    played.commands.clear()

    assert [step for step, _ in played.problems()] == [3]


def test_a_deadline_that_rang_too_early_is_found(played: Played) -> None:
    first, second, _ = played.lines
    early = replace(second, at=second.at - timedelta(seconds=1))

    ((step, words),) = played.problems([first, early])

    assert step == 2 and "時刻ではない" in words


def test_news_heard_some_days_before_its_line_was_written_is_explained_and_news_from_before_it_happened_is_not() -> (
    None
):
    applied = Lone(ApplicationKind.AMPERE_CHANGE)
    first = WrittenLine(1, HistoryLine(HistoryKind.FILED, Party.CURRENT_RETAILER), "message", MORNING, applied.state)
    applied.told(NewsKind.DEFECTIVE, defects=("unknown-point",))
    assert applied.state.correction_due is not None
    line = applied.lines[-1]

    def problems(due: datetime) -> list[int]:
        details = line.details | {"due": due.isoformat()}
        written = WrittenLine(
            2,
            replace(line, details=details),
            "watch",
            MORNING + timedelta(days=3),
            replace(applied.state, correction_due=due),
        )
        return [one.step for one, _ in unexplained([first, written], commands={}, calendar=CALENDAR)]

    assert problems(applied.state.correction_due) == []
    assert problems(applied.state.correction_due - timedelta(days=1)) == [2]


def test_a_completion_of_one_side_is_explained_by_the_moment_at_which_its_state_says_it_was_heard() -> None:
    case = Switch().accepted().filed(START, END).received(START, END).told(NewsKind.MATCHED, START)
    line = HistoryLine(HistoryKind.REGISTERED, Party.NEW_RETAILER, {})
    first = WrittenLine(1, line, "registration", case.now, case.state)
    news = case.status(NewsKind.COMPLETED, START)
    step = SWITCHING.advance(case.state, news, calendar=CALENDAR)
    assert isinstance(step, Transition) and isinstance(step.state, SwitchingCase)
    second = WrittenLine(2, step.line, news.cause, news.at + timedelta(minutes=1), step.state)

    def problems(written: WrittenLine) -> list[int]:
        return [one.step for one, _ in unexplained([first, written], commands={}, calendar=CALENDAR)]

    to_come = replace(step.state, one_side_heard_at=second.at + timedelta(minutes=1))
    assert problems(second) == []
    assert problems(replace(second, state=to_come)) == [2]


def test_a_case_that_goes_on_after_its_end_is_found() -> None:
    case = Played()
    case.happens(Switch().decision(Decision.REJECT))
    again = replace(case.lines[-1], step=3)

    assert case.problems([*case.lines, again]) == [(3, "終わった案件が動いた")]


def test_a_missing_line_is_found(played: Played) -> None:
    first, _, last = played.lines

    assert (3, "行番号が 2 ではない") in played.problems([first, last])
