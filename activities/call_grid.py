"""Activity ``call-grid``: one call a case wants, made again by Temporal until the grid operator has answered it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from structlog.contextvars import bind_contextvars
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.case_identity import only_this_case
from activities.grid_talk import ApplicationTalk, ApplicationUnknown, InquiryTalk, NewsWithFindings, alarm_unknown
from grid_client.absence import away_by, reason_of
from grid_client.client import GridClient
from grid_client.errors import GridFault, GridUnreachable
from models.absences import hold_ups, note_absence, note_answer
from models.cases.operations import note_grid_findings
from models.cases.queries import CallBasis, call_basis
from models.clock import business_now, clock_offset
from models.database import Database, Session
from rules.calendar import JST
from rules.holdups import HoldUp, InMaintenance, Paused
from rules.maintenance import MaintenanceWindows
from rules.procedure.calls import ApplicationCall, CallKind, GridCall, InquiryCall, Trouble, TroubleKind
from rules.steps import CallResult, Maintenance
from rules.wording import paused_since, plain_moment
from runtime.fault_points import reach
from runtime.logs import logger
from schemas.codes import Area
from temporal.names import CALL_GRID

_LOOK_AGAIN = timedelta(seconds=10)
"""How soon a call whose area is paused looks whether it may go on."""
_TOLD_AT_TRY = 3
"""With which try a case is told that its call goes unanswered: after some 6 seconds. A blip costs no history."""
_MOST_WINDOWS = 20
"""For how many announced ends one call waits by a timer; from then on it is made every minute, which costs none."""

_log = logger(__name__)


class GridPaused(Exception):
    """The hub operator has stopped the calls of an area; the name of a failure that Temporal shows."""


class PointNotFree(Exception):
    """What gave way to a case is not taken back yet; the name of a failure that Temporal shows."""


class GridActivities:
    """The activity with what it works with; one object serves all threads of a worker."""

    def __init__(self, *, database: Database, client: GridClient, windows: MaintenanceWindows) -> None:
        self._database = database
        self._client = client
        self._windows = windows

    @activity.defn(name=CALL_GRID, no_thread_cancel_exception=True)
    def call_grid(self, call: GridCall) -> CallResult:
        """Make the call and give what the grid operator told, until when it is in maintenance, or what keeps it.

        :raises ApplicationError: where it did not tell anything yet, or is not to be called, and the case knows that;
            to be tried again without end. For good, where there is no row of this case.
        """
        basis, hold_up = self._look(call)
        if isinstance(hold_up, Paused):
            return self._paused(call, hold_up, basis.at)
        if isinstance(hold_up, InMaintenance) and not (hold_up.announced and call.windows >= _MOST_WINDOWS):
            return _in_maintenance(call, until=hold_up.until, at=basis.at, announced=hold_up.announced)
        try:
            pieces = self._talk(call, basis)
            _log.info(
                "grid-told",
                area=call.area.value,
                call=call.kind.value,
                news=[piece.news.kind.value for piece in pieces],
            )
            reach("call-grid:after-acceptance")
            if hold_up is not None or _tried(call):
                self._heard_from(call.area)
            return self._keep_words(pieces)
        except ApplicationUnknown as unknown:
            return self._unknown(call, unknown.number)
        except (GridUnreachable, GridFault) as error:
            return self._unanswered(call, error, known_away=hold_up is not None)

    def _look(self, call: GridCall) -> tuple[CallBasis, HoldUp | None]:
        key = call.content_key if isinstance(call, ApplicationCall) else None
        with only_this_case(), self._database.plain_read() as line:
            basis = call_basis(line, case_number=call.case_number, origin=call.origin, content_key=key)
            hold_up = hold_ups(line, windows=self._windows).get(call.area)
        if key is not None:
            bind_contextvars(message_id=basis.message_id)
        return basis, hold_up

    def _talk(self, call: GridCall, basis: CallBasis) -> tuple[NewsWithFindings, ...]:
        """Talk the call over, once nothing stands at the grid operator that it would be matched with by mistake.

        :raises ApplicationError: PointNotFree, while what gave way to the case is not taken back; to be tried again.
        """
        if call.kind is CallKind.REGISTER and not basis.point_is_free:
            raise ApplicationError(
                "この地点で廃止取次に譲った申請の取消が、一般送配電事業者でまだ済んでいません。済みしだい自動で送ります。",
                type=PointNotFree.__name__,
                next_retry_delay=_LOOK_AGAIN,
            )
        if isinstance(call, InquiryCall):
            return InquiryTalk(self._client, call, basis.case, self._business_now).inquire()
        talk = ApplicationTalk(self._client, call, basis.case, self._business_now)
        if call.kind is CallKind.CANCEL:
            return talk.cancel()
        return talk.file(basis.content, repeated=_tried(call))

    def _keep_words(self, pieces: Iterable[NewsWithFindings]) -> CallResult:
        pieces = tuple(pieces)

        def keep(session: Session) -> None:
            for piece in pieces:
                if piece.findings:
                    note_grid_findings(
                        session,
                        application_number=piece.news.application_number,
                        cause=piece.news.cause,
                        findings=piece.findings,
                    )
            reach("call-grid:before-commit")

        self._database.run(keep)
        reach("call-grid:after-commit")
        return CallResult(tuple(piece.news for piece in pieces))

    def _business_now(self) -> datetime:
        with self._database.plain_read() as line:
            return business_now(line)

    def _heard_from(self, area: Area) -> None:
        with self._database.transaction() as session:
            note_answer(session, area=area)

    def _paused(self, call: GridCall, paused: Paused, now: datetime) -> CallResult:
        """Tell the case, or where it knows already, look again soon.

        :raises ApplicationError: GridPaused.
        """
        _log.info("grid-paused", area=call.area.value)
        if TroubleKind.PAUSED not in call.told:
            return CallResult(
                (), trouble=Trouble(TroubleKind.PAUSED, paused.since, now, paused.kind.value, tried=_tried(call))
            )
        raise ApplicationError(
            f"{call.area.label}エリアの送配電システムの呼び出しは{paused_since(plain_moment(paused.since))}です。"
            "再開されると自動で続けます。",
            type=GridPaused.__name__,
            next_retry_delay=_LOOK_AGAIN,
        )

    def _unknown(self, call: GridCall, number: str) -> CallResult:
        """Alarm, and tell the case where it does not know.

        :raises ApplicationError: ApplicationUnknown, otherwise.
        """
        alarm_unknown(call.area, number)
        if TroubleKind.UNCLEAR not in call.told:
            now, reason = self._business_now(), "application-unknown"
            return CallResult((), trouble=Trouble(TroubleKind.UNCLEAR, since=now, at=now, reason=reason, tried=True))
        raise ApplicationError(
            f"{call.area.label}エリアの送配電システムが、受け付けたはずの申請{number}を「該当なし」と"
            "答えています。自動で確認を続けますが、先方に問い合わせ、分かったことを「連絡の記録」で記録してください。",
            type=ApplicationUnknown.__name__,
        )

    def _unanswered(self, call: GridCall, error: GridUnreachable | GridFault, *, known_away: bool) -> CallResult:
        """Note what it says of the area; tell the case where that is news for it.

        :raises ApplicationError: GridUnreachable, otherwise.
        """
        info, reason, away = activity.info(), reason_of(error), away_by(error)
        _log.warning("grid-open", area=call.area.value, reason=reason, attempt=info.attempt)
        with self._database.transaction() as session:
            now = business_now(session)
            since = (info.scheduled_time + clock_offset(session)).astimezone(JST)
            if away is not None:
                absence = note_absence(session, area=call.area, reason=away.reason, until=away.until)
                since = absence.since
        if away is not None and absence.until is not None and call.windows < _MOST_WINDOWS:
            return _in_maintenance(call, until=absence.until, at=now, announced=True)
        kind = _kind_of(error) if away is None else TroubleKind.AWAY
        if kind not in call.told and (info.attempt >= _TOLD_AT_TRY or (known_away and away is not None)):
            return CallResult((), trouble=Trouble(kind, since=since, at=now, reason=reason, tried=True))
        raise ApplicationError(
            f"{call.area.label}エリアの送配電システムから回答を得られません（{reason}、{plain_moment(since)}から、"
            f"{info.attempt}回目）。自動でやり直します。",
            type=GridUnreachable.__name__,
        )


def _kind_of(error: GridUnreachable | GridFault) -> TroubleKind:
    """Tell of an answer without an outcome whether the grid operator says that it will come, or nobody knows."""
    will = error.retryable if isinstance(error, GridFault) else error.reason == "cancellation-open"
    return TroubleKind.PENDING if will else TroubleKind.UNCLEAR


def _in_maintenance(call: GridCall, *, until: datetime, at: datetime, announced: bool) -> CallResult:
    _log.info("grid-in-maintenance", area=call.area.value, until=until.isoformat(), announced=announced)
    return CallResult((), Maintenance(until=until, at=at, tried=_tried(call), announced=announced))


def _tried(call: GridCall) -> bool:
    return call.tried or activity.info().attempt > 1
