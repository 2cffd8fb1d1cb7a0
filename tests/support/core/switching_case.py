"""A switching case that tests tell what happens to it: the core alone, without database and Temporal."""

from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any, Self

from rules.core import next_alarm
from rules.deadlines import DEADLINE_RULES, DeadlineRules
from rules.procedure.application import Application
from rules.procedure.calls import ApplicationCall, application_calls, wanted_calls
from rules.procedure.events import Command, CommandKind, Event, GridNews, NewsKind, TimePassed
from rules.procedure.outcomes import HistoryLine, NothingNew, Transition
from rules.switching.core import SWITCHING
from rules.switching.outcomes import Outcome
from rules.switching.registration import register
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, Decision, MeterWork, RejectionReason, Segment
from schemas.findings import Refusal
from tests.support.cast import SUCCESSOR
from tests.support.commands import command_of
from tests.support.core.registrations import referral_registration
from tests.support.moments import CALENDAR, MORNING, WISHED

START, END = ApplicationKind.START, ApplicationKind.END
CASE_NUMBER = "SW03L20260812000000019"
LOW_VOLTAGE = DEADLINE_RULES[Segment.LOW_VOLTAGE]


def other_than(kind: ApplicationKind) -> ApplicationKind:
    """Give the other of the two applications."""
    return END if kind is START else START


class Switch:
    """One case; each method says what happens next, and the outcome must be the one that its name promises."""

    def __init__(
        self,
        *,
        at: datetime = MORNING,
        wished: date = WISHED,
        meter_work: MeterWork = MeterWork.NOT_NEEDED,
        rules: DeadlineRules = LOW_VOLTAGE,
    ) -> None:
        registration = referral_registration(
            wished_date=wished, meter_work=meter_work, consent_obtained_on=at.date(), at=at
        )
        self.now = at
        self._serial = count(1)
        begun = register(registration, case_number=CASE_NUMBER, rules=rules, calendar=CALENDAR)
        self.state: SwitchingCase = begun.state
        self.lines: list[HistoryLine] = [begun.line]

    def happens(self, event: Event) -> Outcome:
        """Let an event happen; a transition is carried out."""
        outcome = SWITCHING.advance(self.state, event, calendar=CALENDAR)
        if isinstance(outcome, Transition):
            self.state = outcome.state
            self.lines.append(outcome.line)
        return outcome

    def command(self, kind: CommandKind, **fields: Any) -> Command:
        """Make a command that fits the case, stored now."""
        fitting: dict[str, Any] = {
            "point_number": self.state.point_number,
            "current_retailer": self.state.current_retailer,
            "effective_date": self.state.effective_date,
            "meter_work": self.state.meter_work,
            "wished_date": self.state.wished_date,
            "version": self.state.version,
            "decision": Decision.ACCEPT,
            "at": self.now,
            "message_key": f"message-{next(self._serial)}",
        }
        return command_of(kind, case_number=self.state.case_number, **(fitting | fields))

    def decision(self, decision: Decision = Decision.ACCEPT, **fields: Any) -> Command:
        """Make the current retailer's decision."""
        reasons = (RejectionReason.NO_SUCH_CONTRACT,) if decision is Decision.REJECT else ()
        return self.command(CommandKind.DECIDE, **({"decision": decision, "rejection_reasons": reasons} | fields))

    def filing(self, kind: ApplicationKind, **fields: Any) -> Command:
        """Make the command that files an application, under a new number."""
        number = f"AP-{kind.value}-{next(self._serial)}"
        return self.command(CommandKind(f"file_{kind.value}"), **({"application_number": number} | fields))

    def correction(self, kind: ApplicationKind, **fields: Any) -> Command:
        """Make the command that corrects an application."""
        number = self.state.application(kind).number
        return self.command(CommandKind(f"amend_{kind.value}"), **({"application_number": number} | fields))

    def cancellation(self, kind: ApplicationKind, **fields: Any) -> Command:
        """Make the command that cancels one application."""
        number = self.state.application(kind).number
        return self.command(CommandKind(f"cancel_{kind.value}"), **({"application_number": number} | fields))

    def resumption(self, **fields: Any) -> Command:
        """Make the hub operator's word that the deadlines go on, with the date there is."""
        return self.command(CommandKind.RESUME, **({"effective_date": None} | fields))

    def succession(self, **fields: Any) -> Command:
        """Make the hub operator's word that another retailer takes the current one's place."""
        parties = {"leaving": self.state.current_retailer, "successor": SUCCESSOR}
        return self.command(CommandKind.SUCCEED, **({"effective_date": None} | parties | fields))

    def record(self, news: NewsKind, kind: ApplicationKind, **fields: Any) -> Command:
        """Make what the hub operator writes down of the grid operator's word."""
        number = self.state.application(kind).number
        nothing = {"effective_date": None, "meter_work": None}
        return self.command(CommandKind.RECORD, **(nothing | {"news": news, "application_number": number} | fields))

    def suspended(self) -> Self:
        """Have the deadlines stand still, by the hub operator."""
        return self.must(self.command(CommandKind.SUSPEND))

    def status(self, news: NewsKind, kind: ApplicationKind, **fields: Any) -> GridNews:
        """Make news of a status, as the watch brings it."""
        values: dict[str, Any] = {"cause": f"watch-{next(self._serial)}", "at": self.now, "occurred_at": self.now}
        values["application_number"] = self.state.application(kind).number or "AP-never-filed"
        return GridNews(kind=news, application=kind, **(values | fields))

    def answer(self, news: NewsKind, kind: ApplicationKind, **fields: Any) -> GridNews:
        """Make the answer to the call that is running for an application."""
        cause = f"{self.call(kind).key}-{news.value}"
        return self.status(news, kind, **({"cause": cause, "occurred_at": None} | fields))

    def call(self, kind: ApplicationKind) -> ApplicationCall:
        """Give the call that the case wants for an application; there is one."""
        (call,) = (wanted_call for wanted_call in application_calls(self.state) if wanted_call.application is kind)
        return call

    def calls(self) -> list[str]:
        """List the calls the case wants, in words."""
        return [f"{call.kind.value} {call.application.value}" if isinstance(call, ApplicationCall) else call.kind.value
                for call in wanted_calls(self.state)]  # fmt: skip

    def must(self, event: Event) -> Self:
        """Let an event happen that must change the case."""
        outcome = self.happens(event)
        assert isinstance(outcome, Transition), outcome
        return self

    def refuses(self, command: Command) -> tuple[str, list[tuple[str, str]]]:
        """Give the code and the (field, rule) of every finding of a command that must be refused."""
        before = self.state
        outcome = self.happens(command)
        assert isinstance(outcome, Refusal) and self.state == before, outcome
        return outcome.code.value, [(finding.field, finding.rule) for finding in outcome.findings]

    def ignores(self, event: Event) -> bool:
        """Tell whether an event says nothing new."""
        return isinstance(self.happens(event), NothingNew)

    def accepted(self) -> Self:
        """Have the current retailer accept."""
        return self.must(self.decision())

    def filed(self, *kinds: ApplicationKind) -> Self:
        for kind in kinds:
            self.must(self.filing(kind))
        return self

    def received(self, *kinds: ApplicationKind, **fields: Any) -> Self:
        """Have the grid operator receive what is on its way."""
        for kind in kinds:
            self.must(self.answer(NewsKind.RECEIVED, kind, **fields))
        return self

    def defective(self, kind: ApplicationKind) -> Self:
        """Have the grid operator find a defect in what is on its way."""
        return self.must(self.answer(NewsKind.DEFECTIVE, kind, defects=("unknown-point",)))

    def corrected(self, kind: ApplicationKind) -> Self:
        return self.must(self.correction(kind))

    def cancelled(self, kind: ApplicationKind) -> Self:
        """Have its retailer take one application back."""
        return self.must(self.cancellation(kind))

    def withdrawn(self) -> Self:
        """Have the new retailer withdraw the referral."""
        return self.must(self.command(CommandKind.WITHDRAW))

    def told(self, news: NewsKind, kind: ApplicationKind, **fields: Any) -> Self:
        """Have the status watch tell something that must change the case."""
        return self.must(self.status(news, kind, **fields))

    def matched(self) -> Self:
        """Have both applications come in, and match."""
        return self.told(NewsKind.MATCHED, END)

    def until(self, moment: datetime) -> Self:
        """Let time pass until ``moment``, and every alarm due until then ring."""
        while (alarm := next_alarm(self.state)) is not None and alarm.at <= moment:
            self.must(TimePassed(alarm.at))
        self.now = max(self.now, moment)
        return self

    def phase(self) -> CasePhase:
        """Tell where the case stands."""
        return self.state.phase

    @property
    def start(self) -> Application:
        """The start application."""
        return self.state.start

    @property
    def end(self) -> Application:
        """The end application."""
        return self.state.end

    @property
    def states(self) -> tuple[ApplicationState, ApplicationState]:
        """States of start and end application."""
        return self.state.start.state, self.state.end.state

    @property
    def told_last(self) -> str:
        """Kind of the last line in the history."""
        return self.lines[-1].kind.value

    def copy(self) -> "Switch":
        """Give another case that stands where this one does."""
        twin = object.__new__(Switch)
        twin.__dict__ = {**self.__dict__, "lines": list(self.lines), "state": replace(self.state)}
        return twin
