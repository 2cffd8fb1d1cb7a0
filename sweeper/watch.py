"""The status watch: asks each grid operator at once for all that moved, and tells the workflows concerned.

Calls grow with areas, not with cases. Windows overlap, and the cursor of an area moves only after all were told, or
what they could not be told was noted for the sweeper, in the same transaction: one case holds up no other. What the hub
knows already is not told again, and what a case does not react to not at every poll.
"""

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from structlog.contextvars import bound_contextvars

from grid_client.absence import Away, away_by
from grid_client.client import GridClient
from grid_client.errors import GridFault, GridUnreachable
from grid_client.listing import status_pages
from models.absences import absences, hold_ups, note_absence, note_answer
from models.cases.queries import areas_in_flight
from models.database import Cursor, Database, Session
from models.untold_news import note_untold
from models.watch import WatchCursor, claim_cursor, move_cursor, polling
from rules.holdups import HoldUpKind
from rules.maintenance import MaintenanceWindows, parse_windows
from runtime.logs import logger
from runtime.traces import span
from schemas.checks import is_in_reach
from schemas.codes import Area, Segment
from schemas.interfaces.processing_status import ProcessingStatus
from sweeper import figures
from sweeper.poll_tally import NewsUnclear, PollTally, Untold
from temporal.gateway import TemporalAway, TemporalGateway
from temporal.grid_news import SAY_AGAIN_AFTER, CaseChanges, NewsTeller

OVERLAP = timedelta(minutes=5)
"""How late a grid operator may commit what happened at a moment: it is seen all the same."""
FAR_BACK_EVERY = timedelta(minutes=1)
"""How often a window reaches back as far as that: to read the same rows in each would be most of the watch's work."""
_BRIEF_OVERLAP = timedelta(seconds=10)
"""How far the windows between reach back into the one before."""

UNREADABLE_FOR = timedelta(days=1)
"""How long the cursor of an area waits for a row that cannot be read: once its grid operator has mended it within this
time it is heard, though it says that nothing changed since."""

_log = logger(__name__)


class Watch:
    """Polls areas side by side; a slow or silent one holds up no other."""

    def __init__(
        self,
        *,
        database: Database,
        gateway: TemporalGateway,
        grid: GridClient,
        say_again_after: timedelta = SAY_AGAIN_AFTER,
        windows: MaintenanceWindows | None = None,
    ) -> None:
        """Take ``windows`` in which a grid operator is not polled; None for never."""
        self._database = database
        self._grid = grid
        self._teller = NewsTeller(database=database, gateway=gateway, say_again_after=say_again_after)
        self._windows = windows or parse_windows("")
        self._threads = ThreadPoolExecutor(len(Area), thread_name_prefix="watch")
        self._under_way: set[tuple[Area, Segment]] = set()
        self._lock = threading.Lock()

    def run(self, stop: threading.Event, every: float) -> None:
        """Poll each ``every`` seconds until ``stop`` is set."""
        while not stop.wait(every):
            try:
                self.poll()
            except Exception as error:
                _log.error("watch-failed", exc_info=error)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def poll(self) -> None:
        """Start polling each area with applications in flight that is not being polled.

        Not those in a maintenance window, nor those whose calls are stopped.
        """
        with self._database.plain_read() as line:
            held_up = {
                area
                for area, hold_up in hold_ups(line, windows=self._windows).items()
                if hold_up.kind is not HoldUpKind.AWAY
            }
            absent = absences(line).keys()
            places = [place for place in areas_in_flight(line) if place[0] not in held_up]
        with self._lock:
            due = [place for place in places if place not in self._under_way]
            self._under_way.update(due)
        for area, segment in due:
            self._threads.submit(self._poll, area, segment, was_absent=area in absent)

    def _poll(self, area: Area, segment: Segment, *, was_absent: bool) -> None:
        with bound_contextvars(area=area.value, segment=segment.value):
            try:
                absence = self._listen(area, segment)
                if absence is not None or was_absent:
                    self._database.run(lambda session: _note(session, area, absence))
            except Exception as error:
                _log.error("watch-failed", exc_info=error)
            finally:
                with self._lock:
                    self._under_way.discard((area, segment))

    def _listen(self, area: Area, segment: Segment) -> Away | None:
        """Poll an area and segment, and say how its grid operator is away; None where it answered."""
        try:
            with span("watch"):
                self.listen(area, segment)
            figures.POLLS.labels(area.value, "ok").inc()
        except (GridUnreachable, GridFault, TemporalAway) as away:
            figures.POLLS.labels(area.value, "open").inc()
            _log.warning("watch-open", reason=str(away))
            return None if isinstance(away, TemporalAway) else away_by(away)
        except NewsUnclear as unclear:
            figures.POLLS.labels(area.value, "unclear").inc()
            _log.error("watch-unclear", cases=str(unclear))
        except Exception:
            figures.POLLS.labels(area.value, "failed").inc()
            raise
        return None

    def listen(self, area: Area, segment: Segment) -> int:
        """Poll an area and segment, and give how many cases were told; none where another polls it.

        :raises GridUnreachable: when the grid operator does not answer, GridFault: when it refuses.
        :raises TemporalAway: when nobody could be told, NewsUnclear: when what an answer means for a case could not be
            made out. The others are told all the same, and then the same window is polled again.
        """
        with polling(self._database, area=area, segment=segment) as line:
            cursor = None if line is None else claim_cursor(line, area=area, segment=segment)
            return 0 if cursor is None else self._listen_from(cursor)

    def _listen_from(self, cursor: WatchCursor) -> int:
        """Ask and tell with no transaction open: a slow grid operator holds up nothing in the database."""
        far_back = _is_to_reach_far_back(cursor)
        tally, heard_until, all_read = PollTally(), cursor.at, True
        for page in status_pages(
            self._grid, area=cursor.area, segment=cursor.segment, changed_since=_since(cursor, far_back=far_back)
        ):
            heard_until = min(heard_until, page.as_of)  # a clock that goes ahead would leave out what comes next
            all_read = all_read and not page.unreadable_statuses
            self._tell(page.statuses, tally)
        tally.check()
        caught_up_at = cursor.at if far_back else cursor.caught_up_at
        if not all_read:
            waits = heard_until - UNREADABLE_FOR
            heard_until = waits if cursor.heard_until is None else max(waits, min(cursor.heard_until, heard_until))
            caught_up_at = None  # until it can be read, each window reaches as far back as the one that brought it
        self._database.run_plain(
            lambda line: _note_heard(line, cursor, tally, heard_until=heard_until, caught_up_at=caught_up_at)
        )
        for untold in tally.not_now:  # noted for good, and the sweeper's from here on
            figures.UNTOLD.inc()
            self._teller.note_told(untold.changes)
        return tally.count

    def _tell(self, statuses: Iterable[ProcessingStatus], tally: PollTally) -> None:
        for changes in self._teller.untold(statuses):
            with bound_contextvars(case_number=changes.case_number):
                self._tell_or_note(changes, tally)

    def _tell_or_note(self, changes: CaseChanges, tally: PollTally) -> None:
        """Tell each case what is its own, whatever is the matter with another."""
        try:
            news = self._teller.news(changes)
        except Exception as error:
            _log.error("news-unclear", exc_info=error)
            tally.unclear.append(changes.case_number)
            return
        try:
            self._teller.tell(changes, news)
        except TemporalAway as away:
            _log.warning("news-not-told", reason=str(away))
            tally.could_not(Untold(changes, news), away)
        except Exception as error:
            _log.error("news-not-told", exc_info=error)
            tally.could_not(Untold(changes, news))
        else:
            tally.could()


def _note(session: Session, area: Area, absence: Away | None) -> None:
    """Note for everybody who calls a grid operator whether it is away."""
    if absence is None:
        note_answer(session, area=area)
    else:
        note_absence(session, area=area, reason=absence.reason, until=absence.until)


def _is_to_reach_far_back(cursor: WatchCursor) -> bool:
    """Tell whether none did lately; one that is yet to come by a clock that was set back is none."""
    if cursor.caught_up_at is None:
        return True
    return not timedelta(0) <= cursor.at - cursor.caught_up_at < FAR_BACK_EVERY


def _since(cursor: WatchCursor, *, far_back: bool) -> datetime | None:
    """Give from when on a window asks; None for all that there is."""
    if cursor.heard_until is None:
        return None
    since = cursor.heard_until - (OVERLAP + FAR_BACK_EVERY if far_back else _BRIEF_OVERLAP)
    return since if is_in_reach(since) else None  # the contract knows no such moment to ask with


def _note_heard(
    line: Cursor, cursor: WatchCursor, tally: PollTally, *, heard_until: datetime, caught_up_at: datetime | None
) -> None:
    for untold in tally.not_now:
        note_untold(line, case_number=untold.changes.case_number, news=untold.news)
    move_cursor(line, area=cursor.area, segment=cursor.segment, heard_until=heard_until, caught_up_at=caught_up_at)
