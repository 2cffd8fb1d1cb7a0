"""Activity ``call-grid``: one call a case wants, made again by Temporal until the grid operator has answered it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from structlog.contextvars import bind_contextvars
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.belonging import only_this_case
from activities.grid_talk import GridTalk, Told
from contracts.names import CALL_GRID
from contracts.steps import CallResult, Maintenance
from grid_client.client import GridClient
from grid_client.errors import GridFault, GridUnreachable
from models.cases.operations import look_at_case, note_grid_findings
from models.clock import business_now, clock_offset
from models.database import Database
from models.messages.queries import content_of, message_id_of
from models.pauses import Pause, paused_areas
from rules.calendar import JST
from rules.maintenance import MaintenanceWindows, window_end
from rules.procedure.calls import CallKind, GridCall
from runtime.fault_points import reach
from runtime.logs import logger
from schemas.codes import Area

_LOOK_AGAIN = timedelta(seconds=10)
"""How soon a call whose area is paused looks whether it may go on."""

_log = logger(__name__)


class GridPaused(Exception):
    """The hub operator has stopped the calls of an area; the name of a failure that Temporal shows."""


class GridActivities:
    """The activity with what it works with; one object serves all threads of a worker."""

    def __init__(self, *, database: Database, client: GridClient, windows: MaintenanceWindows) -> None:
        self._database = database
        self._client = client
        self._windows = windows

    @activity.defn(name=CALL_GRID, no_thread_cancel_exception=True)
    def call_grid(self, call: GridCall) -> CallResult:
        """This function will make the call and give what the grid operator told, or until when it is in maintenance.

        :raises ApplicationError: where it did not tell anything yet, or is not to be called; to be tried again
            without end. For good, where there is no row of this case.
        """
        maintenance = self._maintenance(call)
        if maintenance is not None:
            return CallResult((), maintenance)
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

    def _maintenance(self, call: GridCall) -> Maintenance | None:
        with self._database.transaction() as session:
            now, pause = business_now(session), paused_areas(session).get(call.area)
            if call.content_key is not None:
                bind_contextvars(message_id=message_id_of(session, key=call.content_key))
        if pause is not None:
            raise self._paused(call.area, pause)
        until = window_end(self._windows, area=call.area, at=now)
        if until is None:
            return None
        _log.info("grid-in-maintenance", area=call.area.value, until=until.isoformat())
        return Maintenance(until=until, at=now, tried=_tried(call))

    def _talk(self, call: GridCall) -> tuple[Told, ...]:
        with only_this_case(), self._database.transaction() as session:
            case = look_at_case(session, case_number=call.case_number, origin=call.origin).state
            content = content_of(session, key=call.content_key) if call.content_key else None
        talk = GridTalk(self._client, call, case, self._business_now)
        if call.kind is CallKind.INQUIRE:
            return talk.inquire()
        if call.kind is CallKind.CANCEL:
            return talk.cancel()
        return talk.file(content, repeated=_tried(call))

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

    def _paused(self, area: Area, pause: Pause) -> ApplicationError:
        _log.info("grid-paused", area=area.value)
        return ApplicationError(
            f"{area.label}エリアの送配電システムの呼び出しは{pause.since:%Y-%m-%d %H:%M}から一時停止中です。"
            "再開されると自動で続けます。",
            type=GridPaused.__name__,
            next_retry_delay=_LOOK_AGAIN,
        )

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


def _tried(call: GridCall) -> bool:
    return call.tried or activity.info().attempt > 1
