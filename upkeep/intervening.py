"""How commands have an intervention (広域機関の措置) carried out: who asks and why, and what came of it."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from models.cases.operations import look_at_case
from models.clock import business_now
from models.database import Database
from models.messages.intervention import intervention
from models.participants.queries import is_active_retailer
from models.users.queries import find_viewer
from rules.access.roles import Role
from rules.calendar import day_of
from rules.procedure.events import CommandContent
from runtime.settings import Settings
from schemas.codes import UserRole
from schemas.findings import Refused
from schemas.refusal_codes import RefusalCode
from temporal.deliver import OutcomeOpen
from upkeep.console import say
from upkeep.reading import text
from usecases.commands import carry_out
from usecases.hub import Hub, hub_of


class NotAllowed(Exception):
    """Whoever asks is not at the hub operator, or names a retailer that does not take part; says so in Japanese."""


def add_who_and_why(parser: Any) -> None:
    """Add what every intervention needs to a command."""
    parser.add_argument("--by", required=True, metavar="ユーザーID", help="措置を行う広域機関の担当者")
    parser.add_argument(
        "--reason",
        type=text("理由"),
        required=True,
        metavar="理由",
        help="案件履歴に載り、両当事者が読む。需要者や事業者の名前を書かない",
    )


@dataclass(frozen=True)
class Desk:
    """Where somebody at the hub operator intervenes."""

    hub: Hub
    by: str
    reason: str

    def intervene(self, content: CommandContent, *, message_id: str | None = None) -> bool:
        """Have an intervention carried out, say what came of it, and tell whether it was done.

        The same message id again asks for the outcome and does nothing a second time.
        """
        message_id = message_id or uuid4().hex
        key = self.hub.message_key
        asked = intervention(content, message_id=message_id, by=self.by, reason=self.reason, key=key)
        try:
            answer = carry_out(asked, content, role=Role.HUB_OPERATOR, hub=self.hub)
        except Refused as refused:
            say(f"{content.case_number}  {content.kind.label}: {_why_not(refused, message_id)}")
            return False
        say(f"{content.case_number}  {content.kind.label}: 案件状態「{answer.phase.label}」")
        return True

    def deliver(self, case_number: str, what: str) -> bool:
        """Have what is stored for a case carried out, say how it stands, and tell whether all of it is done."""
        try:
            self.hub.deliver(case_number)
        except OutcomeOpen:
            say(f"{case_number}  {what}: 記録しました。案件には自動で届けます。")
            return False
        with self.hub.database.transaction() as session:
            phase = look_at_case(session, case_number=case_number).state.phase
        say(f"{case_number}  {what}: 案件状態「{phase.label}」")
        return True


def at_desk(configured: Settings, chosen: argparse.Namespace, work: Callable[[Desk], int], *, otherwise: int) -> int:
    """Do some work at the desk of whoever asks, and give ``otherwise`` where they may not."""
    database = Database(configured.database_address)
    try:
        _check(database, chosen)
    except NotAllowed as problem:
        say(str(problem))
        return otherwise
    return work(Desk(hub=hub_of(configured, database=database), by=chosen.by, reason=chosen.reason))


def _check(database: Database, chosen: argparse.Namespace) -> None:
    successor: str | None = getattr(chosen, "successor", None)
    with database.transaction() as session:
        person, today = find_viewer(session, user_id=chosen.by), day_of(business_now(session))
        if person is None or person.role is not UserRole.HUB_OPERATOR:
            raise NotAllowed(f"行いませんでした: {chosen.by} は広域機関の利用者ではありません。")
        if successor is not None and not is_active_retailer(session, code=successor, on=today):
            raise NotAllowed(f"行いませんでした: 小売電気事業者 {successor} は事業者一覧にありません。")
        if successor is not None and successor in (getattr(chosen, "code", None), getattr(chosen, "leaving", None)):
            raise NotAllowed(f"行いませんでした: {successor} は自らを承継できません。別の事業者を指定してください。")


def _why_not(refused: Refused, message_id: str) -> str:
    refusal = refused.refusal
    if refusal.code is RefusalCode.OUTCOME_OPEN:
        return f"結果未確定です。--message-id {message_id} を付けて繰り返すと、結果が分かります。"
    said = "".join(f" {one.label}: {one.message}{one.action}" for one in refusal.findings)
    return f"行いませんでした（{refusal.code.value}）。{said or refusal.text}"
