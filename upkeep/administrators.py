"""``administrator``: the id of a retailer's administrator (管理者ID), from the entry procedure (terms §10.5)."""

from collections.abc import Callable

import click

from rules.access.rights import NotAllowed
from runtime.command_lines import Group
from runtime.terminal import say
from upkeep.console import AGREED, NOT_DONE, Process, pass_process
from upkeep.reading import text
from usecases.actors import Person
from usecases.hub import Hub
from usecases.people import UnknownPerson, find_person
from usecases.users import (
    AdministratorThere,
    AppointmentRequest,
    NoSuchUser,
    NotByAdministrator,
    UnsoundEntry,
    UserIdTaken,
    appoint_administrator,
    reissue_password,
    unlock_user,
)

_BY = click.option("--by", required=True, metavar="ユーザーID", help="行う広域機関の担当者（セキュリティ）")
_WHO = click.argument("user_id", metavar="ユーザーID")


@click.group("administrator", cls=Group, help="小売電気事業者の管理者IDを発行・ロック解除・再発行する")
def administrator() -> None:
    """Stand above what is done to an administrator's id."""


@administrator.command("appoint", help="利用申請のとおりに、管理者IDを発行する（1社に1つ）")
@_WHO
@click.option("--name", type=text("氏名"), required=True, metavar="氏名")
@click.option("--email", type=text("メールアドレス"), required=True, metavar="アドレス", help="最初のパスワードを送る")
@_BY
@pass_process
def _appoint(process: Process, *, user_id: str, name: str, email: str, by: str) -> int:
    def work(actor: Person, hub: Hub) -> str:
        request = AppointmentRequest(user_id=user_id, name=name, email=email)
        appoint_administrator(request, actor=actor, hub=hub)
        return f"{user_id} を管理者として発行しました。最初のパスワードは、本人のメールアドレスに届きます。"

    return _carry_out(process, by, work)


@administrator.command("unlock", help="管理者ID（または広域機関の利用者ID）のロックを解除する")
@_WHO
@_BY
@pass_process
def _unlock(process: Process, *, user_id: str, by: str) -> int:
    def work(actor: Person, hub: Hub) -> str:
        unlock_user(user_id, actor=actor, hub=hub)
        return f"{user_id} のロックを解除しました。"

    return _carry_out(process, by, work)


@administrator.command("reissue", help="管理者ID（または広域機関の利用者ID）のパスワードを再発行する")
@_WHO
@_BY
@pass_process
def _reissue(process: Process, *, user_id: str, by: str) -> int:
    def work(actor: Person, hub: Hub) -> str:
        reissue_password(user_id, actor=actor, hub=hub)
        return f"{user_id} のパスワードを再発行します。新しいパスワードは、本人のメールアドレスに届きます。"

    return _carry_out(process, by, work)


def _carry_out(process: Process, by: str, work: Callable[[Person, Hub], str]) -> int:
    """Do some work as somebody, or say why it is not done."""
    hub = process.hub
    try:
        say(work(find_person(by, hub=hub), hub))
    except (UnknownPerson, NotAllowed, NotByAdministrator):
        reason = f"{by} は広域機関のセキュリティ担当者ではありません。"
    except UnsoundEntry as unsound:
        reason = "".join(unsound.faults.values())
    except NoSuchUser:
        reason = "その小売電気事業者、または管理者はいません。"
    except AdministratorThere:
        reason = "この小売電気事業者には、すでに管理者がいます。変更は利用申請によります。"
    except UserIdTaken:
        reason = "このユーザーIDは、すでに使われています。"
    else:
        return AGREED
    say(f"行いませんでした: {reason}")
    return NOT_DONE
