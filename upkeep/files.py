"""``files``: the bulk files (一括処理) that have not ended, and pausing, resuming or stopping one."""

from collections.abc import Callable

import click

from rules.bulk.progress import Steering
from rules.wording import plain_moment
from runtime.command_lines import Group
from runtime.terminal import say
from upkeep.console import AGREED, NOT_DONE, Process, pass_process
from upkeep.named_person import in_the_name_of
from usecases.actors import Person
from usecases.bulk_files import FileLine, NoSuchFile, NotInThisState, open_files_of, pause, resume, stop
from usecases.hub import Hub

_BY = click.option("--by", required=True, metavar="ユーザーID", help="広域機関の担当者")
_NUMBER = click.argument("number", metavar="番号", help="ファイルの番号（CSV…）")
_STEER: dict[Steering, tuple[Callable[..., None], str]] = {
    Steering.PAUSE: (pause, "残りの行を送るのを中断する。再開できる"),
    Steering.RESUME: (resume, "中断したファイルの残りの行を送る"),
    Steering.STOP: (stop, "残りの行を送らずに中止する。再開できない。送った行は残る"),
}


@click.group("files", cls=Group, help="終わっていない一括処理のファイルを見る・止める")
def files() -> None:
    """Stand above its commands."""


@files.command("list", help="終わっていないファイルを、新しい順に見る")
@_BY
@pass_process
def _list(process: Process, *, by: str) -> int:
    return in_the_name_of(by, _say_all, process=process)


def _say_all(actor: Person, hub: Hub) -> int:
    with hub.database.transaction() as session:
        found = open_files_of(actor=actor, session=session)
    for file in found:
        whose = f"{file.retailer_name}（{file.retailer_code}）"
        say(f"{file.number}  {whose} {file.kind.label} {file.segment.label}  {_how(file)}")
    if not found:
        say("終わっていないファイルはありません。")
    return AGREED


def _how(file: FileLine) -> str:
    return (
        f"{file.state.label}  {file.to_send:,}行のうち 受付 {file.done:,}・受付不可 {file.refused:,}"
        f"  {plain_moment(file.uploaded_at)} 送信"
    )


def _add(asked: Steering) -> None:
    steer, words = _STEER[asked]

    def command(process: Process, /, *, number: str, by: str) -> int:
        def work(actor: Person, hub: Hub) -> int:
            try:
                steer(number, actor=actor, hub=hub)
            except NoSuchFile:
                say(f"行いませんでした: {number} というファイルはありません。")
                return NOT_DONE
            except NotInThisState as problem:
                say(f"行いませんでした: {number} は「{problem.state.label}」です。")
                return NOT_DONE
            say(f"{number}  {asked.label}しました。")
            return AGREED

        return in_the_name_of(by, work, process=process)

    files.command(asked.value, help=words)(_NUMBER(_BY(pass_process(command))))


for _asked in _STEER:
    _add(_asked)
