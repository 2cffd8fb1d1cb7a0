"""The commands for the people who run the hub.

    python -m upkeep reconcile            # compare read model, history, Temporal and grid operators
    python -m upkeep rebuild SW03L…       # write the read model of cases anew from their history (--all: of every case)
    python -m upkeep deadlines            # rules on deadlines that hold and will hold (deadlines set …: set one)
    python -m upkeep areas                # how the grid operators are called (areas set 06 …: change it)
    python -m upkeep case close SW03L…    # the hub operator intervenes in a case, with a reason
    python -m upkeep retailer leave 1002  # a retailer leaves the market: its cases stand still, are succeeded or closed

Settings come from the environment, as for the hub's processes, or else from the local stack. What they print holds no
personal data.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from grid_client.client import GridClient
from models.cases.operations import NoSuchCase, rebuild_case
from models.cases.queries import all_cases
from models.database import Database, DatabaseAway, sqlstate_of
from runtime.settings.processes import UpkeepSettings
from runtime.settings.reading import UnusableSettings
from runtime.terminal import at_terminal
from temporal.connection import leave
from upkeep import areas, cases, deadlines, retailers
from upkeep.console import AGREED, DIFFERS, NOT_DONE, say
from upkeep.reading import number_between, refuse_unreadable
from upkeep.reconciling import reconcile


def main(arguments: Sequence[str] | None = None, *, configured: UpkeepSettings | None = None) -> int:
    """Carry out the command line, and give its exit status.

    :param configured: other settings than those of the environment.
    """
    parser = _parser()
    refuse_unreadable(parser, sys.argv[1:] if arguments is None else arguments)
    chosen = parser.parse_args(arguments)
    if chosen.command is _rebuild and not (chosen.all or chosen.case_number):
        parser.error("rebuild には番号を1つ以上、または --all を指定してください")
    try:
        status: int = chosen.command(configured or UpkeepSettings.from_environment(), chosen)
    except UnusableSettings as problem:
        say(str(problem))
        return NOT_DONE
    except DatabaseAway as away:
        say(f"行えませんでした: データベースを使えません（{sqlstate_of(away) or type(away).__name__}）。")
        return NOT_DONE
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=".venv/bin/python -m upkeep", description="スイッチング支援システムの保守")
    commands = parser.add_subparsers(required=True, metavar="命令")
    comparing = commands.add_parser("reconcile", help="記録・案件履歴・Temporal・一般送配電事業者を突き合わせる")
    comparing.add_argument("--all", action="store_true", help="終わった案件の案件履歴も比べる")
    comparing.add_argument(
        "--again-after",
        type=number_between(least=0, most=3600),
        default=10.0,
        metavar="秒",
        help="違いを確かめ直すまでの秒数",
    )
    comparing.set_defaults(command=_reconcile)
    building = commands.add_parser("rebuild", help="読み取り用の記録を案件履歴から書き直す")
    building.add_argument("case_number", nargs="*", metavar="番号")
    building.add_argument("--all", action="store_true", help="すべての案件")
    building.set_defaults(command=_rebuild)
    deadlines.add_commands(commands)
    areas.add_commands(commands)
    cases.add_commands(commands)
    retailers.add_commands(commands)
    return parser


def _reconcile(configured: UpkeepSettings, chosen: argparse.Namespace) -> int:
    database = Database(configured.database_address)
    found = reconcile(
        database,
        GridClient(configured),
        ended_too=chosen.all,
        again_after=timedelta(seconds=chosen.again_after),
    )
    for difference in found.differences:
        say(str(difference))
    for uncompared in found.uncompared:
        say(str(uncompared))
    say(
        f"違い {len(found.differences)} 件"
        + (f"、比べられなかったもの {len(found.uncompared)} 件" if found.uncompared else "")
    )
    return DIFFERS if found.differences else NOT_DONE if found.uncompared else AGREED


def _rebuild(configured: UpkeepSettings, chosen: argparse.Namespace) -> int:
    database = Database(configured.database_address)
    with database.transaction() as session:
        numbers = all_cases(session) if chosen.all else chosen.case_number
    not_done = 0
    for number in numbers:
        try:
            database.run(partial(rebuild_case, case_number=number))
        except NoSuchCase:
            not_done += 1
            say(f"{number}  案件履歴がありません。番号を確かめてください。")
        except Exception as error:  # of this case alone; the others are to be written
            not_done += 1
            say(f"{number}  案件履歴を読めません（{type(error).__name__}）。")
    say(f"書き直した案件 {len(numbers) - not_done} 件")
    return DIFFERS if not_done else AGREED


if __name__ == "__main__":
    leave(at_terminal(main))
