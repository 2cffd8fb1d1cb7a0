"""Telling cases what a grid operator says of their applications, whoever it was asked by: the watch, or a retailer.

What a case knows already is not told again, and what it does not react to not every time somebody asks.
"""

import time
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from structlog.contextvars import bound_contextvars

from grid_client.news import cause_of, news_of_status
from models.cases.operations import look_at_case, note_grid_findings
from models.cases.queries import ApplicationPlace, applications_by_number
from models.clock import business_now
from models.database import Database
from rules.lone_application.kinds import KINDS
from rules.procedure.events import GridNews
from runtime.logs import logger
from schemas.codes import ApplicationState
from schemas.interfaces.processing_status import ProcessingStatus
from temporal.gateway import CaseNotRunning, TemporalGateway
from temporal.repeats import Repeats
from temporal.runs import start_run

SAY_AGAIN_AFTER = timedelta(minutes=4)
"""When a case is told once more what it was told and did not react to. Each telling is an event in its history. While
windows of the status watch still bring it, or it is not told again at all."""

_TOLD_WITHIN = 2.0
"""Seconds that somebody who only asked waits until cases have heard the answer; the watch tells the rest."""

_log = logger(__name__)


@dataclass(frozen=True)
class CaseChanges:
    """What a case has yet to hear: statuses, each with what the hub knows of the application."""

    case_number: str
    statuses: tuple[tuple[ProcessingStatus, ApplicationPlace], ...]
    at: datetime
    """Business time."""

    @property
    def repeat_key(self) -> tuple[str, Hashable]:
        """To whom and what, as :class:`temporal.repeats.Repeats` knows it."""
        receiver = " ".join(status.application_number for status, _ in self.statuses)  # a case may stand on two pages
        content = tuple(
            (cause_of(status), status.effective_date, status.meter_work, place) for status, place in self.statuses
        )
        return receiver, content


class NewsTeller:
    """One for each process; may be used by several threads."""

    def __init__(
        self, *, database: Database, gateway: TemporalGateway, say_again_after: timedelta = SAY_AGAIN_AFTER
    ) -> None:
        self._database = database
        self._gateway = gateway
        self._repeats = Repeats(again_after=say_again_after)

    def untold(self, statuses: Iterable[ProcessingStatus]) -> list[CaseChanges]:
        """Give, case by case, what statuses say that it has not heard, and was not told lately."""
        statuses = list(statuses)
        if not statuses:
            return []
        by_case: dict[str, list[tuple[ProcessingStatus, ApplicationPlace]]] = defaultdict(list)
        with self._database.plain_read() as line:
            places = applications_by_number(line, numbers=[status.application_number for status in statuses])
            for status in statuses:
                place = places.get(status.application_number)
                if place is not None and _is_new(status, place):
                    by_case[place.case_number].append((status, place))
            if not by_case:
                return []
            now = business_now(line)
        changes = [CaseChanges(case_number, tuple(found), now) for case_number, found in by_case.items()]
        return [change for change in changes if not self._repeats.lately(*change.repeat_key)]

    def news(self, changes: CaseChanges) -> tuple[GridNews, ...]:
        """Make out what changes mean for their case, and keep the grid operator's words beside it."""
        return tuple(piece for status, place in changes.statuses for piece in self._news_of(status, place, changes.at))

    def tell(self, changes: CaseChanges, news: tuple[GridNews, ...]) -> None:
        """Tell a case; its workflow is started again where it was lost.

        :raises TemporalAway: when it is open whether it heard.
        :raises CaseNotRunning: when it ended in between.
        """
        if news:
            _log.info("news-told", news=[piece.kind.value for piece in news])
            self._signal(changes.case_number, news)
        self.note_told(changes)

    def note_told(self, changes: CaseChanges) -> None:
        """Take care that a case is not told the same again at once."""
        self._repeats.note(*changes.repeat_key)

    def tell_in_passing(self, statuses: Iterable[ProcessingStatus]) -> None:
        """Have the cases know what a retailer is about to hear, so that they take what it answers to that.

        Whoever cannot be told now hears it from the watch.
        """
        until = time.monotonic() + _TOLD_WITHIN
        for changes in self.untold(statuses):
            if time.monotonic() > until:
                return
            with bound_contextvars(case_number=changes.case_number):
                try:
                    self.tell(changes, self.news(changes))
                except Exception as error:
                    _log.warning("news-left-to-the-watch", exc_info=error)

    def _news_of(self, status: ProcessingStatus, place: ApplicationPlace, now: datetime) -> tuple[GridNews, ...]:
        if status.findings:  # of a 不備; of a 送配電取消, its reason
            self._database.run(  # before the case hears of it
                lambda session: note_grid_findings(
                    session,
                    application_number=status.application_number,
                    cause=cause_of(status),
                    findings=status.findings,
                )
            )
        matched = place.state is ApplicationState.MATCHED
        return news_of_status(status, matching_heard=matched, cause=cause_of(status), at=now)

    def _signal(self, case_number: str, news: tuple[GridNews, ...]) -> None:
        try:
            self._gateway.signal_news(case_number, news)
        except CaseNotRunning:
            with self._database.transaction() as session:
                ended = look_at_case(session, case_number=case_number).state.ended
            if not ended:
                start_run(database=self._database, gateway=self._gateway, case_number=case_number)
                self._gateway.signal_news(case_number, news)


def _is_new(status: ProcessingStatus, place: ApplicationPlace) -> bool:
    """Tell whether a case has yet to hear a status: whatever it carries and the case shows counts."""
    if (status.application_state, status.effective_date) != (place.state, place.effective_date):
        return True
    if place.state is ApplicationState.DEFECTIVE:
        return status.findings != place.findings
    says_work = status.meter_work is not None and KINDS[place.kind].declares_meter_work
    return says_work and status.meter_work is not place.meter_work
