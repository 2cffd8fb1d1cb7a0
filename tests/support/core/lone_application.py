"""An application on its own that tests tell what happens to it: the core alone, without database and Temporal."""

from datetime import date, datetime
from itertools import count
from typing import Any, Self

from rules.core import advance, next_alarm
from rules.deadlines import DEADLINE_RULES
from rules.lone_application.registration import register_lone
from rules.lone_application.state import LoneApplication
from rules.procedure.calls import application_calls, wanted_calls
from rules.procedure.events import Command, CommandKind, Event, GridNews, NewsKind, TimePassed
from rules.procedure.outcomes import HistoryLine, NothingNew, Transition
from schemas.codes import ApplicationKind, ApplicationState
from schemas.findings import Refusal
from tests.support.cast import SUCCESSOR
from tests.support.commands import command_of
from tests.support.core.registrations import lone_registration
from tests.support.moments import CALENDAR

NUMBER = "AP03L20260701000000011"
MATCHED_KINDS = (ApplicationKind.START, ApplicationKind.END)
OTHER_KINDS = tuple(kind for kind in ApplicationKind if kind not in MATCHED_KINDS)

Outcome = Transition[Any] | Refusal | NothingNew


class Lone:
    """One application; each method says what happens next, and the outcome must be the one that its name promises."""

    def __init__(self, kind: ApplicationKind, **changes: Any) -> None:
        content = lone_registration(kind, **changes)
        rules = DEADLINE_RULES[content.segment]
        opening = register_lone(content, number=NUMBER, rules=rules, calendar=CALENDAR)
        self.now: datetime = content.at
        self.before: LoneApplication | None = None
        self.state: LoneApplication = opening.state
        self.lines: list[HistoryLine] = [opening.line]
        self._serial = count(1)

    def happens(self, event: Event) -> Outcome:
        """Let an event happen; a transition is carried out."""
        outcome = advance(self.state, event, calendar=CALENDAR)
        if isinstance(outcome, Transition):
            assert isinstance(outcome.state, LoneApplication)
            self.before, self.state = self.state, outcome.state
            self.lines.append(outcome.line)
        return outcome

    def copy(self) -> Self:
        """Give the same application, to try something on."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.lines = list(self.lines)
        return twin

    def must(self, event: Event) -> Self:
        """Let an event happen that must change the application."""
        outcome = self.happens(event)
        assert isinstance(outcome, Transition), outcome
        return self

    def command(self, kind: CommandKind, **fields: Any) -> Command:
        """Make a command that fits the application, stored now."""
        fitting: dict[str, Any] = {
            "application_number": NUMBER,
            "application": self.state.kind,
            "point_number": self.state.point_number,
            "effective_date": self.state.effective_date,
            "meter_work": self.state.meter_work,
            "at": self.now,
            "message_key": f"message-{next(self._serial)}",
        }
        return command_of(kind, case_number=NUMBER, **(fitting | fields))

    def correction(self, **fields: Any) -> Command:
        """Make the command that corrects it."""
        return self.command(CommandKind.AMEND_APPLICATION, **fields)

    def cancellation(self, **fields: Any) -> Command:
        """Make the command that cancels it."""
        return self.command(CommandKind.CANCEL_APPLICATION, **fields)

    def succession(self, **fields: Any) -> Command:
        """Make the hub operator's word that another retailer takes the applicant's place."""
        parties = {"leaving": self.state.applicant, "successor": SUCCESSOR, "effective_date": None}
        return self.command(CommandKind.SUCCEED, **(parties | fields))

    def suspended(self) -> Self:
        """Have the deadlines stand still, by the hub operator."""
        return self.must(self.command(CommandKind.SUSPEND))

    def status(self, news: NewsKind, **fields: Any) -> GridNews:
        """Make news of a status, as the watch brings it."""
        values: dict[str, Any] = {
            "cause": f"watch-{next(self._serial)}",
            "at": self.now,
            "occurred_at": self.now,
            "application_number": NUMBER,
        }
        return GridNews(kind=news, application=self.state.kind, **(values | fields))

    def answer(self, news: NewsKind, **fields: Any) -> GridNews:
        """Make the answer to the call that is running."""
        (call,) = application_calls(self.state)
        return self.status(news, **({"cause": f"{call.key}-{news.value}", "occurred_at": None} | fields))

    def calls(self) -> list[str]:
        return [call.kind.value for call in wanted_calls(self.state)]

    def received(self, **fields: Any) -> Self:
        """Have the grid operator receive what is on its way."""
        return self.must(self.answer(NewsKind.RECEIVED, **fields))

    def defective(self) -> Self:
        """Have the grid operator find a defect in what is on its way."""
        return self.must(self.answer(NewsKind.DEFECTIVE, defects=("unknown-point",)))

    def corrected(self) -> Self:
        return self.must(self.correction())

    def cancelled(self) -> Self:
        """Have its applicant cancel it."""
        return self.must(self.cancellation())

    def told(self, news: NewsKind, **fields: Any) -> Self:
        """Have the watch bring news that changes it."""
        return self.must(self.status(news, **fields))

    def until(self, moment: datetime) -> Self:
        """Let time pass, and every alarm on the way ring."""
        while (alarm := next_alarm(self.state)) is not None and alarm.at <= moment:
            self.now = max(self.now, alarm.at)
            self.must(TimePassed(alarm.at))
        self.now = moment
        return self

    def refuses(self, command: Command) -> tuple[str, list[tuple[str, str]]]:
        """Give the code and the (field, rule) of every finding of a command that must be refused."""
        before = self.state
        outcome = self.happens(command)
        assert isinstance(outcome, Refusal) and self.state == before, outcome
        return outcome.code.value, [(finding.field, finding.rule) for finding in outcome.findings]

    def at(self) -> ApplicationState:
        """Tell where the application stands."""
        return self.state.application.state

    def last_day(self) -> date:
        """Give the effective date; there is one."""
        assert self.state.effective_date is not None
        return self.state.effective_date
