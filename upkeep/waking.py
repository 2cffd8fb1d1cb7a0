"""``wake``: have the open cases look anew, after the business clock was moved or a store restored."""

from collections.abc import Iterator
from datetime import timedelta

import click

from models.database import Database
from rules.wording import plain_moment
from runtime.command_lines import Command
from runtime.logs import logger, set_up_logs
from runtime.settings.shared import DatabaseSettings
from runtime.terminal import is_agreed, say
from runtime.traces import set_up_traces
from upkeep.console import AGREED, DIFFERS, MAINTAINER, NOT_DONE, Process, pass_process
from upkeep.reading import duration
from usecases.hub import Systems
from usecases.waking import (
    SIDE_BY_SIDE,
    ClockMove,
    ClockMoveRequest,
    move_clock_and_wake,
    preview_clock_move,
    wake_cases,
)

_log = logger(__name__)


@click.command(
    "wake",
    cls=Command,
    help="終わっていない案件に、記録と業務日時を見直させる。ワークフローのない案件には始める",
)
@click.option("--move-clock-by", type=duration, metavar="1d12h", help="先に業務日時を進める（試験環境のみ）")
@click.option("--yes", is_flag=True, help="確かめずに進める")
@pass_process
def wake(process: Process, *, move_clock_by: timedelta | None, yes: bool) -> int:
    """Say which cases were not reached, and how many were."""
    address = process.settings_for(DatabaseSettings).database_address
    hub = Systems(database=Database(address, pool_size=SIDE_BY_SIDE))
    set_up_logs("waking")
    set_up_traces("waking")
    if move_clock_by is None:
        woken = wake_cases(actor=MAINTAINER, hub=hub)
    else:
        request = ClockMoveRequest(by=move_clock_by)
        move = preview_clock_move(request, actor=MAINTAINER, hub=hub)
        if not is_agreed(_consequences(move), yes=yes):
            return NOT_DONE
        woken = move_clock_and_wake(request, actor=MAINTAINER, hub=hub)
    for case_number in woken.missed:
        _log.error("case-not-reached", case_number=case_number)
        say(f"{case_number}  届きませんでした。Temporalが動いていることを確かめ、もう一度実行してください。")
    say(
        f"起こした案件 {len(woken.reached)} 件" + (f"、届かなかった案件 {len(woken.missed)} 件" if woken.missed else "")
    )
    return DIFFERS if woken.missed else AGREED


def _consequences(move: ClockMove) -> Iterator[str]:
    yield f"業務日時を {plain_moment(move.now)} から {plain_moment(move.then)} へ進めます。元には戻せません。"
    yield f"  終わっていない案件 {move.open_cases} 件で、その間の期限がすべて来ます。"
