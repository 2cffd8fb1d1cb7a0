"""Waking the open cases: after the business clock was moved, or after a store was restored.

Each open case looks at its row and at the business time anew; one without a workflow gets one.

    python -m sweeper.waking                      # wake them all
    python -m sweeper.waking --move-clock-by 26h  # move the business clock first (test environments only)
"""

import argparse
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from structlog.contextvars import bound_contextvars

from models.cases.queries import open_cases
from models.clock import business_now, move_clock
from models.database import Database, DatabaseAway, sqlstate_of
from rules.wording import plain_moment
from runtime.logs import logger, set_up_logs
from runtime.settings import UnusableSettings, settings
from runtime.terminal import at_terminal, is_agreed, say
from runtime.traces import set_up_traces, span
from temporal.connection import leave
from temporal.gateway import CaseNotRunning, TemporalAway, TemporalGateway
from temporal.runs import start_run

NOT_DONE = 3
"""Exit status where nothing was done."""
_PURPOSE = "終わっていない案件に、記録と業務日時を見直させる。ワークフローのない案件には始める"
_SIDE_BY_SIDE = 16
_FURTHEST = timedelta(days=3660)
"""So that days that are reckoned from the moved clock stay in reach."""
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}

_log = logger(__name__)


@dataclass(frozen=True)
class Woken:
    """Which open cases looked at their rows anew."""

    reached: list[str]
    missed: list[str]


def tell_clock_moved(*, database: Database, gateway: TemporalGateway) -> list[str]:
    """Wake all open cases, and give the numbers of those that could not be reached."""
    return wake_open(database=database, gateway=gateway).missed


def wake_open(*, database: Database, gateway: TemporalGateway) -> Woken:
    """Wake all open cases."""
    with database.transaction() as session:
        waiting = open_cases(session)
    with ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix="wake") as threads:
        reached = dict(zip(waiting, threads.map(lambda number: _wake(database, gateway, number), waiting), strict=True))
    return Woken(
        reached=[number for number, was_reached in reached.items() if was_reached],
        missed=[number for number, was_reached in reached.items() if not was_reached],
    )


def move_clock_and_tell(*, database: Database, gateway: TemporalGateway, by: timedelta) -> list[str]:
    """Move the business clock, and wake all open cases as :func:`tell_clock_moved` does.

    :raises ClockOnlyGrows: when ``by`` is not positive.
    """
    _move_clock(database, by=by)
    return tell_clock_moved(database=database, gateway=gateway)


def _move_clock(database: Database, *, by: timedelta) -> None:
    now = database.run(lambda session: move_clock(session, by=by))
    _log.info("clock-moved", business_time=now.isoformat())


def _wake(database: Database, gateway: TemporalGateway, case_number: str) -> bool:
    with bound_contextvars(case_number=case_number), span("wake"):
        try:
            try:
                gateway.look_again(case_number)
            except CaseNotRunning:
                start_run(database=database, gateway=gateway, case_number=case_number)
        except TemporalAway:
            return False
        except Exception as error:  # of this case alone; the others are to be woken
            _log.error("waking-broken", exc_info=error)
            return False
        return True


def duration(text: str) -> timedelta:
    """Read a duration such as ``2d`` or ``1d12h30m``.

    :raises argparse.ArgumentTypeError: when it is none.
    """
    parts = re.findall(r"(\d+)([dhms])", text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise argparse.ArgumentTypeError(f"2d や 1d12h30m（日・時・分・秒）のように指定してください: {text}")
    try:
        read = sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), timedelta(0))
    except OverflowError:
        read = timedelta.max
    if not timedelta(0) < read <= _FURTHEST:
        raise argparse.ArgumentTypeError(f"0より長く、{_FURTHEST.days}日までの長さを指定してください: {text}")
    return read


def main(arguments: Iterable[str] | None = None) -> int:
    """Carry out the command line, and give its exit status.

    1 where a case was not reached, 3 where nothing was done.
    """
    parser = argparse.ArgumentParser(prog=".venv/bin/python -m sweeper.waking", description=_PURPOSE)
    parser.add_argument("--move-clock-by", type=duration, metavar="1d12h", help="先に業務日時を進める（試験環境のみ）")
    parser.add_argument("--yes", action="store_true", help="確かめずに進める")
    chosen = parser.parse_args(None if arguments is None else list(arguments))
    try:
        configured = settings()
    except UnusableSettings as problem:
        say(str(problem))
        return NOT_DONE
    set_up_logs("waking")
    set_up_traces("waking")
    database, gateway = Database(configured.database_address, pool_size=_SIDE_BY_SIDE), TemporalGateway()
    try:
        return _wake_as_asked(database, gateway, by=chosen.move_clock_by, yes=chosen.yes)
    except DatabaseAway as away:
        say(f"行えませんでした: データベースを使えません（{sqlstate_of(away) or type(away).__name__}）。")
        return NOT_DONE


def _wake_as_asked(database: Database, gateway: TemporalGateway, *, by: timedelta | None, yes: bool) -> int:
    if by is not None:
        if not is_agreed(_consequences(database, by), yes=yes):
            return NOT_DONE
        _move_clock(database, by=by)
    woken = wake_open(database=database, gateway=gateway)
    for case_number in woken.missed:
        _log.error("case-not-reached", case_number=case_number)
        say(f"{case_number}  届きませんでした。Temporalが動いていることを確かめ、もう一度実行してください。")
    say(
        f"起こした案件 {len(woken.reached)} 件" + (f"、届かなかった案件 {len(woken.missed)} 件" if woken.missed else "")
    )
    return 1 if woken.missed else 0


def _consequences(database: Database, by: timedelta) -> Iterator[str]:
    with database.transaction() as session:
        now, waiting = business_now(session), open_cases(session)
    yield f"業務日時を {plain_moment(now)} から {plain_moment(now + by)} へ進めます。元には戻せません。"
    yield f"  終わっていない案件 {len(waiting)} 件で、その間の期限がすべて来ます。"


if __name__ == "__main__":
    leave(at_terminal(main))
