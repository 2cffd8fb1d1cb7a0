"""A case that has filed both applications, and the activity that talks them over with the grid stub."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from temporalio.testing import ActivityEnvironment

from activities.call_grid import GridActivities
from grid_client.client import GridClient
from models.absences import absences, hold_ups, note_answer
from rules.holdups import Absence, HoldUp
from rules.maintenance import parse_windows
from rules.procedure.calls import ApplicationCall, GridCall, InquiryCall, SendingKind, application_calls
from rules.procedure.events import CommandKind, GridNews, NewsKind
from rules.steps import CallResult
from schemas.codes import Area
from tests.support.case_stages import send_both
from tests.support.case_steps import case_state, obey_all
from tests.support.cast import OTHER
from tests.support.grid import Grid
from tests.support.grid_requests import SEGMENT
from tests.support.interventions import intervene
from tests.support.referrals import open_case


@dataclass
class FiledCase:
    """The case, and the calls it wants to have made."""

    grid: Grid
    case_number: str
    start: ApplicationCall
    end: ApplicationCall

    def make(self, call: GridCall, *, attempt: int = 1, client: GridClient | None = None) -> tuple[GridNews, ...]:
        """Make a call as Temporal would, and give the news it brought."""
        return self.result(call, attempt=attempt, client=client).news

    def result(
        self, call: GridCall, *, attempt: int = 1, client: GridClient | None = None, windows: str = ""
    ) -> CallResult:
        """Make a call as Temporal would, with maintenance windows as settings write them."""
        activities = GridActivities(
            database=self.grid.database, client=client or self.grid.client, windows=parse_windows(windows)
        )
        environment = ActivityEnvironment()
        environment.info = replace(environment.info, attempt=attempt)
        return environment.run(activities.call_grid, call)

    def absence(self) -> Absence:
        """Give what is noted of Tokyo's grid operator not answering."""
        with self.grid.database.transaction() as session:
            return absences(session)[Area.TOKYO]

    def held(self) -> HoldUp | None:
        """Tell what holds up Tokyo's calls."""
        with self.grid.database.transaction() as session:
            return hold_ups(session, windows=parse_windows("")).get(Area.TOKYO)

    @contextmanager
    def as_new(self) -> Iterator[None]:
        """Have a block find nothing noted of Tokyo's grid operator."""
        with self.grid.database.transaction() as session:
            note_answer(session, area=Area.TOKYO)
        yield

    def kinds(self, call: GridCall, *, attempt: int = 1) -> list[NewsKind]:
        """Make a call and give the kinds of its news."""
        return [news.kind for news in self.make(call, attempt=attempt)]

    def succeed(self, *, leaving: str) -> None:
        """Have a third retailer take the place of one of the case."""
        with self.grid.database.transaction() as session:
            intervene(session, self.case_number, CommandKind.SUCCEED, leaving=leaving, successor=OTHER)
            obey_all(session, self.case_number)

    def tried(self, call: ApplicationCall) -> ApplicationCall:
        """Give the same call after an earlier try of it."""
        return replace(call, tried=True)

    def of_kind(
        self,
        call: ApplicationCall,
        kind: SendingKind,
        *,
        revision: int = 1,
    ) -> ApplicationCall:
        """Give another call about the same application."""
        return replace(call, kind=kind, key=f"{call.application_number}-{revision}-{kind.value}")

    def inquiry(self) -> InquiryCall:
        """Give the call that asks where both applications stand."""
        return InquiryCall(
            key="inquiry-1",
            area=Area.TOKYO,
            segment=SEGMENT,
            case_number=self.case_number,
            origin=self.start.origin,
            inquiry=1,
        )


def file_both(grid: Grid) -> FiledCase:
    """Bring a new case to where both applications are to be sent."""
    number = open_case(grid.database)
    with grid.database.transaction() as session:
        send_both(session, number)
        start, end = application_calls(case_state(session, number))
    return FiledCase(grid, number, start, end)
