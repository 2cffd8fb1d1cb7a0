"""A grid operator small enough to be seen through: takes applications, matches, completes, is late, forgets nothing."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto

from rules.procedure.calls import ApplicationCall, CallKind
from rules.procedure.events import NewsKind
from schemas.codes import SWITCHING_APPLICATIONS, ApplicationKind, ApplicationState, MeterWork


class Verdict(Enum):
    """What it thinks of a content; the same content is judged the same."""

    SOUND = auto()
    DEFECTIVE = auto()
    REFUSED = auto()
    """Refused for its form: as if it had never come."""
    TOO_LATE = auto()


@dataclass
class HeldApplication:
    """An application as the grid operator holds it."""

    kind: ApplicationKind
    state: ApplicationState
    changed_at: datetime
    too_late: bool = False

    def become(self, state: ApplicationState, at: datetime) -> None:
        self.state, self.changed_at = state, at

    @property
    def news(self) -> NewsKind:
        """What a status of it tells."""
        if self.state is ApplicationState.UNMATCHED and self.too_late:
            return NewsKind.TOO_LATE
        return NewsKind(self.state.value)


_OPEN = (ApplicationState.RECEIVED, ApplicationState.DEFECTIVE)
_STATE_AFTER = {
    Verdict.SOUND: ApplicationState.RECEIVED,
    Verdict.DEFECTIVE: ApplicationState.DEFECTIVE,
    Verdict.TOO_LATE: ApplicationState.UNMATCHED,
}


@dataclass
class ModelGrid:
    """What is at the grid operator, by application number."""

    applications: dict[str, HeldApplication] = field(default_factory=dict)
    answers: dict[str, NewsKind] = field(default_factory=dict)
    """First answers by message id: a repeat gets the first answer."""
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    moved_to: date | None = None
    meter_work: MeterWork | None = None

    def answer(self, call: ApplicationCall, verdict: Verdict, at: datetime) -> NewsKind:
        """Take a call in and answer it; ``verdict`` counts where the content was not judged yet."""
        if call.key not in self.answers:
            answer = self._cancel(call, at) if call.kind is CallKind.CANCEL else self._judge(call, verdict, at)
            self.answers[call.key] = answer
        return self.answers[call.key]

    def pair(self) -> list[HeldApplication]:
        """Give the applications that can be matched: one of each kind, both received."""
        received = [
            application for application in self.applications.values() if application.state is ApplicationState.RECEIVED
        ]
        return received if {application.kind for application in received} == set(SWITCHING_APPLICATIONS) else []

    def match(self, at: datetime) -> None:
        for application in self.pair():
            application.become(ApplicationState.MATCHED, at)

    def numbers(self, *states: ApplicationState) -> list[str]:
        """Give the numbers of the applications in these states."""
        return [number for number, application in self.applications.items() if application.state in states]

    def _judge(self, call: ApplicationCall, verdict: Verdict, at: datetime) -> NewsKind:
        verdict = self.verdicts.setdefault(call.content_key, verdict)
        application = self.applications.get(call.application_number)
        if verdict is Verdict.REFUSED:
            return NewsKind.DEFECTIVE
        if application is None:
            application = self.applications[call.application_number] = HeldApplication(
                call.application, _STATE_AFTER[verdict], at
            )
            application.too_late = verdict is Verdict.TOO_LATE
        elif call.kind is CallKind.AMEND and application.state in _OPEN:
            application.become(_STATE_AFTER[verdict], at)
            application.too_late = verdict is Verdict.TOO_LATE
        return application.news

    def _cancel(self, call: ApplicationCall, at: datetime) -> NewsKind:
        application = self.applications.get(call.application_number)
        if application is None:
            return NewsKind.CANCELLED
        if application.state in _OPEN:
            application.become(ApplicationState.CANCELLED, at)
        return application.news
