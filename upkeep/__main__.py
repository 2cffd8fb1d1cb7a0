"""The commands for the people who run the hub.

    python -m upkeep reconcile            # compare read model, history, Temporal and grid operators
    python -m upkeep rebuild SW03L…       # write the read model of cases anew from their history (--all: of every case)

Settings come from the environment, as for the hub's processes. What they print holds no personal data.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta

from delivery.connection import leave
from delivery.gateway import TemporalAway
from grid_client.client import GridClient
from grid_client.errors import GridFault, GridUnreachable
from models.cases.operations import NoSuchCase, rebuild_case
from models.cases.queries import all_cases
from models.database import Database
from runtime.settings import Settings, settings
from upkeep.reconciling import reconcile

AGREED, DIFFERS, NOT_COMPARED = 0, 1, 3
"""Exit statuses; 2 is argparse's, for a command line that cannot be read."""


def main(arguments: Sequence[str] | None = None) -> int:
    """This function will carry out the command line, and give its exit status."""
    chosen = _parser().parse_args(arguments)
    status: int = chosen.command(settings(), chosen)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m upkeep", description="スイッチング支援システムの保守")
    commands = parser.add_subparsers(required=True, metavar="命令")
    comparing = commands.add_parser("reconcile", help="記録・案件履歴・Temporal・一般送配電事業者を突き合わせる")
    comparing.add_argument("--all", action="store_true", help="終わった案件の案件履歴も比べる")
    comparing.add_argument("--again-after", type=float, default=10.0, metavar="秒", help="違いを確かめ直すまでの秒数")
    comparing.set_defaults(command=_reconcile)
    building = commands.add_parser("rebuild", help="読み取り用の記録を案件履歴から書き直す")
    building.add_argument("case_number", nargs="*", metavar="番号")
    building.add_argument("--all", action="store_true", help="すべての案件")
    building.set_defaults(command=_rebuild)
    return parser


def _reconcile(configured: Settings, chosen: argparse.Namespace) -> int:
    database = Database(configured.sqlalchemy_url)
    try:
        found = reconcile(
            database,
            GridClient(configured),
            ended_too=chosen.all,
            again_after=timedelta(seconds=chosen.again_after),
        )
    except (TemporalAway, GridUnreachable, GridFault) as away:
        _say(f"突き合わせられません: {away}")
        return NOT_COMPARED
    for difference in found:
        _say(str(difference))
    _say(f"違い {len(found)} 件")
    return DIFFERS if found else AGREED


def _rebuild(configured: Settings, chosen: argparse.Namespace) -> int:
    database = Database(configured.sqlalchemy_url)
    with database.transaction() as session:
        numbers = all_cases(session) if chosen.all else chosen.case_number
    unknown = 0
    for number in numbers:
        try:
            with database.transaction() as session:
                rebuild_case(session, case_number=number)
        except NoSuchCase:
            unknown += 1
            _say(f"{number}  案件履歴がありません。番号を確かめてください。")
    _say(f"書き直した案件 {len(numbers) - unknown} 件")
    return DIFFERS if unknown else AGREED


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    leave(main())
