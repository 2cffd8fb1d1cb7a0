"""How commands have the hub operator intervene (広域機関の措置): who asks and why, and why it was not done."""

from collections.abc import Callable
from typing import TypeVar

import click

from models.participants.operations import NoSuchRetailer
from rules.access.rights import NotAllowed
from runtime.terminal import say
from schemas.findings import Refused
from schemas.refusal_codes import RefusalCode
from upkeep.console import NOT_DONE, Process
from upkeep.reading import text
from usecases.actors import Person
from usecases.hub import Hub
from usecases.interventions import CannotSucceed
from usecases.people import UnknownPerson, find_person

_Decorated = TypeVar("_Decorated", bound=Callable[..., object])


def who_and_why(command: _Decorated) -> _Decorated:
    """Add what every intervention needs to a command."""
    by = click.option("--by", required=True, metavar="ユーザーID", help="措置を行う広域機関の担当者")
    reason = click.option(
        "--reason",
        type=text("理由"),
        required=True,
        metavar="理由",
        help="案件履歴に載り、両当事者が読む。需要者や事業者の名前を書かない",
    )
    return by(reason(command))


def in_the_name_of(user_id: str, work: Callable[[Person, Hub], int], *, process: Process) -> int:
    """Do some work as somebody, or say why it is not done."""
    hub = process.hub
    try:
        return work(find_person(user_id, hub=hub), hub)
    except (UnknownPerson, NotAllowed):
        say(f"行いませんでした: {user_id} は広域機関の利用者ではありません。")
    except CannotSucceed as problem:
        say(f"行いませんでした: {problem}")
    except NoSuchRetailer as code:
        say(f"行いませんでした: 小売電気事業者 {code} は事業者一覧にありません。")
    return NOT_DONE


def why_not(refused: Refused) -> str:
    """Say why an intervention was not done, or how to ask for its outcome."""
    refusal = refused.refusal
    if refusal.code is RefusalCode.OUTCOME_OPEN:
        return f"結果未確定です。--message-id {refused.message_id} を付けて繰り返すと、結果が分かります。"
    findings = "".join(f" {finding.label}: {finding.message}{finding.action}" for finding in refusal.findings)
    return f"行いませんでした（{refusal.code.value}）。{findings or refusal.text}"
