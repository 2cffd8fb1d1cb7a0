"""A switching case or an application on its own as a durable process: a mailbox, and a loop that empties it.

The loop takes a command, news from the grid operator or an alarm, asks the core what becomes of the
case, has the step written, and answers. It waits for database steps only; calls to grid operators run
beside it and come back as news. What it knows of the case is what its last step brought back, so a
database that stands elsewhere (a restored store) is followed; one in which the case is not there any more ends it.

A case ends by its commands and deadlines, and not by a cancellation of its workflow.

What an event does to a case may change in :mod:`rules`; whether it makes a step at all, and in which
order steps, calls and timers follow, is part of cases under way: change that under ``workflow.patched``
(docs/changing-workflows.md).
"""

import asyncio
from collections import deque
from datetime import datetime
from typing import Any

from temporalio import workflow
from temporalio.common import SearchAttributeUpdate

from rules.calendar import JapaneseCalendar, start_of
from rules.core import advance, current_deadline, next_alarm
from rules.procedure.alarms import Alarm
from rules.procedure.calls import wanted_calls
from rules.procedure.events import Command, Event, GridNews, TimePassed
from rules.procedure.outcomes import NothingNew
from rules.steps import CaseStart, Step, StepOutcome, StepResult
from rules.wording import plain_moment
from temporal import names
from workflows.alarm_timer import AlarmTimer
from workflows.business_time import Anchor
from workflows.case_steps import look, record, step_of
from workflows.details.description import describe
from workflows.grid_calls import GridCalls
from workflows.words import CANCELLATION_ASKED

_CALENDAR = JapaneseCalendar()


@workflow.defn(name=names.SWITCHING_CASE)
class ProcedureWorkflow:
    """One procedure, from its registration to its end; named after the first kind there was."""

    @workflow.init
    def __init__(self, start: CaseStart) -> None:
        self._inbox: deque[Command | GridNews] = deque()
        self._known: set[str] = set()
        """Keys of commands that are in the inbox or were taken from it."""
        self._answered: set[str] = set()
        self._look_again = True
        self._cancellation_asked = False
        self._told_early: datetime | None = None
        """The moment of which the database said that it has not come yet."""
        self._alarm: Alarm | None = None
        """The first moment it waits for."""
        self._timer = AlarmTimer()
        self._calls = GridCalls(hear=self._inbox.append, changed=self._show, given_up=self.clock_moved)
        self._lines_seen: list[str] = []
        self._row: StepResult

    @workflow.run
    async def run(self, start: CaseStart) -> None:
        """Carry the case to its end.

        :raises FailureError: where the database has no row of this case any more.
        """
        life = asyncio.create_task(self._live(start))
        while True:
            try:
                return await asyncio.shield(life)  # the database steps, calls and timers under way are none of it
            except asyncio.CancelledError:
                if life.done():
                    return life.result()
                self._cancellation_asked = self._look_again = True

    async def _live(self, start: CaseStart) -> None:
        while not self._at_end():
            if self._look_again:
                self._look_again = False
                self._stand_at(await look(start))
            elif (event := self._next_event()) is not None:
                if self._inbox and event is self._inbox[0]:
                    self._inbox.popleft()
                await self._take(event)
            else:
                await workflow.wait_condition(self._has_something_to_do)

    @workflow.update(name=names.TAKE_COMMAND, description="小売電気事業者の要求を処理し、回答の記録を待つ")
    async def take_command(self, command: Command) -> None:
        """Take a stored command, and return when its answer is stored."""
        if command.message_key not in self._known:
            self._known.add(command.message_key)
            self._inbox.append(command)
        await workflow.wait_condition(lambda: command.message_key in self._answered)

    @workflow.signal(name=names.HEAR_GRID_NEWS, description="一般送配電事業者からの知らせ")
    def hear_grid_news(self, news: list[GridNews]) -> None:
        """Take news that the status watch brought."""
        self._inbox.extend(news)

    @workflow.signal(name=names.CLOCK_MOVED, description="業務日時が進められた")
    def clock_moved(self) -> None:
        """Look at the case again: its row, the business time, and whether its calls still have to wait."""
        self._look_again = True
        self._calls.ask_again()

    def _put_in_front(self, commands: tuple[Command, ...]) -> None:
        keys = [command.message_key for command in commands]
        events = [event for event in self._inbox if not (isinstance(event, Command) and event.message_key in keys)]
        self._known.update(keys)
        self._inbox.clear()
        self._inbox.extend([*commands, *events])

    def _at_end(self) -> bool:
        if self._look_again or self._inbox or not workflow.all_handlers_finished():
            return False
        return self._row.state.ended and not wanted_calls(self._row.state)

    def _has_something_to_do(self) -> bool:
        return self._look_again or self._next_event() is not None or self._at_end()

    def _next_event(self) -> Event | None:
        """Give the head of the inbox, or the alarm whose moment lies before it; None while there is neither.

        Where the database says that the moment has not come, what waits is taken in spite of its later time.
        """
        alarm = self._alarm
        waiting = self._inbox[0] if self._inbox else None
        if alarm is None or (waiting is not None and waiting.at < alarm.at):
            return waiting
        if self._has_come(alarm) or (waiting is not None and alarm.at != self._told_early):
            return TimePassed(alarm.at)
        return waiting

    def _has_come(self, alarm: Alarm) -> bool:
        return self._timer.rang_for(alarm) or self._anchor.business_time(workflow.now()) >= alarm.at

    async def _take(self, event: Event) -> None:
        """Take one event to its end; where the row stood elsewhere, the core is asked again with what it says."""
        outcome = StepOutcome.AHEAD
        while outcome is StepOutcome.AHEAD:
            verdict = advance(self._row.state, event, calendar=_CALENDAR)
            if isinstance(verdict, NothingNew):
                self._follow_calls()
                break
            step = step_of(event, verdict, state=self._row.state, number=self._row.number)
            outcome = await self._record(step)
        if isinstance(event, Command):
            self._answered.add(event.message_key)

    async def _record(self, step: Step) -> StepOutcome:
        result = await record(step)
        if result.outcome is StepOutcome.WRITTEN and step.line is not None:
            self._lines_seen.append(f"{plain_moment(result.at)} {step.line.kind.label}（{step.line.actor.label}）")
        if result.outcome is StepOutcome.MESSAGES_FIRST:
            self._put_in_front(result.messages)
        self._told_early = step.deadline if result.outcome is StepOutcome.TOO_EARLY else None
        self._stand_at(result)
        return result.outcome

    def _stand_at(self, row: StepResult) -> None:
        """Take over what the row says; calls, timer and what people see follow from it."""
        self._row = row
        self._anchor = Anchor(business=row.at, workflow=workflow.now())
        self._follow_calls()
        self._alarm = next_alarm(row.state)
        self._timer.set_for(self._alarm, self._anchor)
        if self._cancellation_asked:
            self._cancellation_asked = False
            self._lines_seen.append(f"{plain_moment(row.at)} {CANCELLATION_ASKED}")
        self._show()

    def _follow_calls(self) -> None:
        self._calls.follow(wanted_calls(self._row.state), inbox=self._inbox, anchor=self._anchor)

    def _show(self) -> None:
        state, calls = self._row.state, self._calls
        workflow.set_current_details(
            describe(state, self._lines_seen, maintenance=calls.maintenance, troubled=calls.troubled)
        )
        deadline = current_deadline(state)
        shown, phase = workflow.info().typed_search_attributes, state.phase.value
        due = None if deadline is None else deadline.at
        changes: list[SearchAttributeUpdate[Any]] = []
        if shown.get(names.CASE_PHASE) != phase:
            changes.append(names.CASE_PHASE.value_set(phase))
        if shown.get(names.NEXT_DEADLINE) != due:
            changes.append(names.NEXT_DEADLINE.value_unset() if due is None else names.NEXT_DEADLINE.value_set(due))
        day = None if state.effective_date is None else start_of(state.effective_date)
        if day is not None and shown.get(names.EFFECTIVE_DATE) not in (None, day):  # none where a run began without it
            changes.append(names.EFFECTIVE_DATE.value_set(day))
        for side, retailer in (
            (names.NEW_RETAILER, state.new_retailer),
            (names.CURRENT_RETAILER, state.current_retailer),
        ):
            if retailer is not None and shown.get(side) != retailer:
                changes.append(side.value_set(retailer))
        if changes:
            workflow.upsert_search_attributes(changes)
