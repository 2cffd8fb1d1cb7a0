"""``keys``: the keys that personal data are encrypted with, and changing them while the hub runs."""

from collections import Counter

import click

from models.database import Database
from runtime.command_lines import Command, Group
from runtime.data_keys import new_key
from runtime.settings.processes import DataKeyCommandSettings
from runtime.terminal import say
from upkeep.console import AGREED, DIFFERS, MAINTAINER, Process, pass_process
from upkeep.reading import text
from usecases.data_keys import KeyUse, encrypt_anew, list_data_keys
from usecases.hub import Systems


@click.group("keys", cls=Group, invoke_without_command=True, help="個人データの鍵を見る・動かしたまま替える")
@click.pass_context
def keys(context: click.Context) -> int:
    """List them, where no command follows."""
    return AGREED if context.invoked_subcommand else _say_all(context.ensure_object(Process))


def _say_all(process: Process) -> int:
    found = list_data_keys(actor=MAINTAINER, hub=_hub(process))
    for use in found:
        say(_line(use))
    return AGREED if all(use.known for use in found) else DIFFERS


def _line(use: KeyUse) -> str:
    what = "書く鍵" if use.writing else "読む鍵" if use.known else "鍵がありません"
    return f"{use.key_id:<20}  {use.values:>10,} 件  {what}"


@keys.command("new", cls=Command, help="新しい鍵を1つ作って書き出す。何も変えない")
@click.argument("key_id", type=text("ID"), metavar="ID")
def _new(*, key_id: str) -> int:
    say(new_key(key_id))
    return AGREED


@keys.command(
    "apply",
    cls=Command,
    help="ほかの鍵で暗号化したものを、書く鍵で暗号化し直す。止まったらもう一度",
)
@pass_process
def _apply(process: Process) -> int:
    missing = Counter[str]()
    for column in encrypt_anew(actor=MAINTAINER, hub=_hub(process)):
        say(f"{column.column:<24}  {column.written:>10,} 件")
        missing += column.missing
    for key_id, values in sorted(missing.items()):
        say(f"{key_id}  開けられないもの {values} 件。この鍵がないか、値が書き換えられています。")
    return DIFFERS if missing else AGREED


def _hub(process: Process) -> Systems:
    return Systems(database=Database(process.settings_for(DataKeyCommandSettings).database_address))
