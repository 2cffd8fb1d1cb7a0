"""``reconcile`` and ``rebuild``: whether all records say the same, and writing the read model anew."""

from datetime import timedelta

import click

from grid_client.client import GridClient
from models.database import Database
from runtime.command_lines import Command
from runtime.settings.processes import ReconcilingSettings
from runtime.settings.shared import DatabaseSettings
from runtime.terminal import say
from upkeep.console import AGREED, DIFFERS, MAINTAINER, NOT_DONE, Process, pass_process
from upkeep.reading import number_between
from usecases.hub import Systems
from usecases.records import rebuilding, reconciling


@click.command("reconcile", cls=Command, help="記録・案件履歴・Temporal・一般送配電事業者を突き合わせる")
@click.option("--all", "ended_too", is_flag=True, help="終わった案件の案件履歴も比べる")
@click.option(
    "--again-after",
    type=number_between(least=0, most=3600),
    default="10",
    metavar="秒",
    help="違いを確かめ直すまでの秒数",
)
@pass_process
def reconcile(process: Process, *, ended_too: bool, again_after: float) -> int:
    """Say what differs, and what could not be compared."""
    settings = process.settings_for(ReconcilingSettings)
    hub = Systems(database=Database(settings.database_address), grid=GridClient(settings))
    request = reconciling.ReconcilingRequest(ended_too=ended_too, again_after=timedelta(seconds=again_after))
    comparison = reconciling.reconcile(request, actor=MAINTAINER, hub=hub)
    differences, uncompared = comparison.differences, comparison.uncompared
    for line in (*differences, *uncompared):
        say(str(line))
    say(f"違い {len(differences)} 件" + (f"、比べられなかったもの {len(uncompared)} 件" if uncompared else ""))
    return DIFFERS if differences else NOT_DONE if uncompared else AGREED


@click.command("rebuild", cls=Command, help="読み取り用の記録を案件履歴から書き直す")
@click.argument("case_numbers", nargs=-1, metavar="[番号 …]")
@click.option("--all", "of_every_case", is_flag=True, help="すべての案件")
@pass_process
def rebuild(process: Process, *, case_numbers: tuple[str, ...], of_every_case: bool) -> int:
    """Say which cases could not be written, and how many were."""
    if not (of_every_case or case_numbers):
        raise click.UsageError("rebuild には番号を1つ以上、または --all を指定してください")
    hub = Systems(database=Database(process.settings_for(DatabaseSettings).database_address))
    request = rebuilding.RebuildingRequest(None if of_every_case else case_numbers)
    written, not_done = 0, 0
    for outcome in rebuilding.rebuild(request, actor=MAINTAINER, hub=hub):
        match outcome:
            case rebuilding.Rebuilt():
                written += 1
            case rebuilding.NoHistory(case_number):
                not_done += 1
                say(f"{case_number}  案件履歴がありません。番号を確かめてください。")
            case rebuilding.UnreadableHistory(case_number, reason):
                not_done += 1
                say(f"{case_number}  案件履歴を読めません（{reason}）。")
    say(f"書き直した案件 {written} 件")
    return DIFFERS if not_done else AGREED
