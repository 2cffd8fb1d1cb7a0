"""``case``: the hub operator's interventions (広域機関の措置) on one case or application on its own."""

import argparse
from typing import Any

from rules.numbers import is_of_application
from rules.procedure.events import CommandContent, CommandKind
from rules.procedure.interventions import RECORDABLE
from runtime.settings.processes import UpkeepSettings
from schemas.codes import MeterWork
from upkeep.console import AGREED, NOT_DONE
from upkeep.intervening import add_who_and_why, at_desk
from upkeep.reading import day, listed, message_id, moment, one_of


def add_commands(commands: Any) -> None:
    """Add the command to those of ``python -m upkeep``."""
    kinds = commands.add_parser(
        "case", help="案件に措置を行う（期限の停止・再開、承継、終了、連絡の記録）"
    ).add_subparsers(required=True, metavar="措置")
    _add(kinds, CommandKind.SUSPEND)
    resuming = _add(kinds, CommandKind.RESUME)
    _add_date(resuming)
    succeeding = _add(kinds, CommandKind.SUCCEED)
    succeeding.add_argument("--leaving", required=True, metavar="事業者", help="退出する小売電気事業者のコード")
    succeeding.add_argument("--successor", required=True, metavar="事業者", help="承継する小売電気事業者のコード")
    _add_date(succeeding)
    _add(kinds, CommandKind.CLOSE)
    recording = _add(kinds, CommandKind.RECORD)
    recording.add_argument("--application", metavar="申請番号", help="単独申請では不要")
    recording.add_argument(
        "--news",
        type=one_of(RECORDABLE),
        required=True,
        metavar="内容",
        help=f"送配電の連絡の内容: {listed(RECORDABLE)}",
    )
    recording.add_argument("--occurred-at", type=moment, metavar="YYYY-MM-DDTHH:MM", help="発生日時（日本時間）")
    recording.add_argument("--effective-date", type=day, metavar="YYYY-MM-DD", help="送配電が定めた異動日")
    recording.add_argument(
        "--meter-work", type=one_of(MeterWork), metavar="要否", help=f"計器工事の要否: {listed(MeterWork)}"
    )


def _add(kinds: Any, kind: CommandKind) -> Any:
    adding = kinds.add_parser(kind.value, help=kind.label)
    adding.add_argument("case_number", metavar="番号", help="廃止取次番号、または単独申請の申請番号")
    add_who_and_why(adding)
    adding.add_argument("--message-id", type=message_id, metavar="ID", help="結果未確定のときに、同じ措置の結果を聞く")
    adding.set_defaults(command=_intervene, kind=kind)
    return adding


def _add_date(parser: Any) -> None:
    parser.add_argument("--effective-date", type=day, metavar="YYYY-MM-DD", help="新しい異動日（省略すると変えない）")


def _intervene(configured: UpkeepSettings, chosen: argparse.Namespace) -> int:
    content = _content(chosen)
    return at_desk(
        configured,
        chosen,
        lambda desk: AGREED if desk.intervene(content, message_id=chosen.message_id) else NOT_DONE,
        otherwise=NOT_DONE,
    )


def _content(chosen: argparse.Namespace) -> CommandContent:
    number: str = chosen.case_number
    given: dict[str, Any] = {
        name: getattr(chosen, name, None)
        for name in ("leaving", "successor", "news", "occurred_at", "effective_date", "meter_work")
    }
    application = getattr(chosen, "application", None) or (number if is_of_application(number) else None)
    return CommandContent(kind=chosen.kind, case_number=number, application_number=application, **given)
