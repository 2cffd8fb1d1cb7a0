"""Activity ``call-grid``: one call a case wants, made again by Temporal until the grid operator has answered it."""

from collections.abc import Iterable
from datetime import datetime

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.grid_talk import GridTalk, Told
from contracts.names import CALL_GRID
from contracts.steps import CallResult
from grid_client.client import GridClient
from grid_client.errors import GridFault, GridUnreachable
from models.cases.operations import look_at_case, note_grid_findings
from models.clock import business_now, clock_offset
from models.database import Database
from models.messages.queries import content_of
from rules.calendar import JST
from rules.procedure.calls import CallKind, GridCall
from runtime.fault_points import reach
from runtime.logs import logger
from schemas.codes import Area

_log = logger(__name__)


class GridActivities:
    """The activity with what it works with; one object serves all threads of a worker."""

    def __init__(self, *, database: Database, client: GridClient) -> None:
        self._database = database
        self._client = client

    @activity.defn(name=CALL_GRID, no_thread_cancel_exception=True)
    def call_grid(self, call: GridCall) -> CallResult:
        """This function will make the call and give what the grid operator told.

        :raises ApplicationError: where it did not tell anything yet; to be tried again without end.
        """
        try:
            told = self._talk(call)
            _log.info(
                "grid-told", area=call.area.value, call=call.kind.value, news=[one.news.kind.value for one in told]
            )
            reach("call-grid:after-acceptance")
            return self._keep_words(told)
        except GridUnreachable as error:
            raise self._open(call.area, error.reason) from None
        except GridFault as fault:
            raise self._open(call.area, fault.code) from None

    def _talk(self, call: GridCall) -> tuple[Told, ...]:
        with self._database.transaction() as session:
            case = look_at_case(session, case_number=call.case_number).state
            content = content_of(session, key=call.content_key) if call.content_key else None
        talk = GridTalk(self._client, call, case, self._business_now)
        if call.kind is CallKind.INQUIRE:
            return talk.inquire()
        if call.kind is CallKind.CANCEL:
            return talk.cancel()
        return talk.file(content, repeated=activity.info().attempt > 1)

    def _keep_words(self, told: Iterable[Told]) -> CallResult:
        told = tuple(told)
        with self._database.transaction() as session:
            for one in told:
                if one.findings:
                    note_grid_findings(
                        session,
                        application_number=one.news.application_number,
                        cause=one.news.cause,
                        findings=one.findings,
                    )
            reach("call-grid:before-commit")
        reach("call-grid:after-commit")
        return CallResult(tuple(one.news for one in told))

    def _business_now(self) -> datetime:
        with self._database.transaction() as session:
            return business_now(session)

    def _open(self, area: Area, reason: str) -> ApplicationError:
        info = activity.info()
        _log.warning("grid-open", area=area.value, reason=reason, attempt=info.attempt)
        with self._database.transaction() as session:
            since = (info.scheduled_time + clock_offset(session)).astimezone(JST)
        return ApplicationError(
            f"{area.label}エリアの送配電システムから回答を得られません（{reason}、{since:%Y-%m-%d %H:%M}から、"
            f"{info.attempt}回目）。自動でやり直します。",
            type=GridUnreachable.__name__,
        )
