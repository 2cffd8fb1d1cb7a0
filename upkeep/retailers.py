"""``retailer``: one leaves the market (退出). Its cases stand still until a successor takes them or they are closed."""

import argparse
from collections.abc import Callable
from typing import Any

from models.cases.leaving import Why, cases_left, suspend_left
from models.cases.queries import open_cases_of
from models.clock import business_now
from models.database import Database
from models.participants.operations import NoSuchRetailer, leave_market
from models.participants.queries import all_participants
from rules.calendar import day_of
from rules.core import Procedure
from rules.procedure.events import CommandContent, CommandKind
from rules.switching.interventions import WITH_DEADLINES
from runtime.settings import Settings
from schemas.codes import ParticipantRole
from upkeep.consequences import counted_cases
from upkeep.console import AGREED, DIFFERS, NOT_DONE, is_agreed, say
from upkeep.intervening import Desk, add_who_and_why, at_desk
from upkeep.reading import day

Command = Callable[[Settings, argparse.Namespace], int]


def add_commands(commands: Any) -> None:
    """Add the command to those of ``python -m upkeep``."""
    kinds = commands.add_parser("retailer", help="小売電気事業者の退出（案件の期限の停止、承継、終了）").add_subparsers(
        required=True, metavar="命令"
    )
    leaving = _add(kinds, "leave", "最終日を定める。翌日から、進行中の案件の期限は停止する", _leave)
    leaving.add_argument("--last-day", type=day, required=True, metavar="YYYY-MM-DD", help="参加の最終日")
    succeeding = _add(kinds, "succeed", "進行中のすべての案件を、別の事業者に承継する", _succeed)
    succeeding.add_argument("--successor", required=True, metavar="事業者", help="承継する小売電気事業者のコード")
    succeeding.add_argument(
        "--effective-date", type=day, metavar="YYYY-MM-DD", help="新しい異動日（省略すると変えない）"
    )
    _add(kinds, "close", "マッチング成立前の案件をすべて終了する", _close)


def _add(kinds: Any, name: str, words: str, command: Command) -> Any:
    adding = kinds.add_parser(name, help=words)
    adding.add_argument("code", metavar="事業者", help="小売電気事業者のコード")
    add_who_and_why(adding)
    adding.add_argument("--yes", action="store_true", help="確かめずに行う")
    adding.set_defaults(command=_asking_first(command, **_FOLLOWS[name]))
    return adding


def _asking_first(command: Command, *, follows: str, concerns: Callable[[Procedure], bool], always: bool) -> Command:
    """Say what will follow for how many cases, and go on only where that is agreed to.

    A list that is empty is left to the command itself.
    """

    def ask(configured: Settings, chosen: argparse.Namespace) -> int:
        with Database(configured.database_address).transaction() as session:
            names = {one.code: one.name for one in all_participants(session) if one.role is ParticipantRole.RETAILER}
            found = open_cases_of(session, retailer_code=chosen.code)
        if chosen.code not in names:
            say(f"行いませんでした: 小売電気事業者 {chosen.code} は事業者一覧にありません。")
            return NOT_DONE
        count, lines = counted_cases(found, retailer_code=chosen.code, concerns=concerns)
        if count or always:
            first = f"小売電気事業者 {chosen.code} {names[chosen.code]}: {follows.format(**vars(chosen))}"
            if not is_agreed([first, *lines], yes=chosen.yes):
                return NOT_DONE
        return command(configured, chosen)

    return ask


_FOLLOWS: dict[str, dict[str, Any]] = {
    "leave": {
        "follows": "参加の最終日を {last_day} とします。その翌日から、次の案件の期限は止まり、取次を登録できません。",
        "concerns": lambda state: state.phase in WITH_DEADLINES and not state.suspended,
        "always": True,
    },
    "succeed": {
        "follows": "次の案件を {successor} に承継します。元には戻せません。",
        "concerns": lambda state: True,
        "always": False,
    },
    "close": {
        "follows": "次の案件を終了します。元には戻せません。",
        "concerns": lambda state: state.phase in WITH_DEADLINES,
        "always": False,
    },
}
"""What each command does to which cases, in words and as a condition; ``always``: it does something beside."""


def _leave(configured: Settings, chosen: argparse.Namespace) -> int:
    def leave(desk: Desk) -> int:
        with desk.hub.database.transaction() as session:
            today = day_of(business_now(session))
            try:
                leave_market(session, code=chosen.code, last_day=chosen.last_day)
            except NoSuchRetailer:
                say(f"行いませんでした: 小売電気事業者 {chosen.code} は事業者一覧にありません。")
                return NOT_DONE
            found = cases_left(session, retailer_code=chosen.code)
            why = Why(by=desk.by, reason=desk.reason)
            concerned = [number for number in found if suspend_left(session, case_number=number, why=why)]
        say(f"小売電気事業者 {chosen.code} の参加の最終日を {chosen.last_day} としました。")
        if chosen.last_day >= today:
            say("進行中の案件の期限は、最終日の翌日に自動で停止します。")
        done = sum(desk.deliver(number, "期限の停止") for number in concerned)
        say(f"{len(concerned)} 件のうち {done} 件を行いました。")
        return AGREED if done == len(concerned) else DIFFERS

    return at_desk(configured, chosen, leave, otherwise=NOT_DONE)


def _succeed(configured: Settings, chosen: argparse.Namespace) -> int:
    def content(number: str, state: Procedure) -> CommandContent:
        waits = state.phase in WITH_DEADLINES
        return CommandContent(
            kind=CommandKind.SUCCEED,
            case_number=number,
            leaving=chosen.code,
            successor=chosen.successor,
            effective_date=chosen.effective_date if waits else None,
        )

    return at_desk(
        configured,
        chosen,
        lambda desk: _for_each(desk, chosen.code, content, concerns=lambda state: True),
        otherwise=NOT_DONE,
    )


def _close(configured: Settings, chosen: argparse.Namespace) -> int:
    return at_desk(
        configured,
        chosen,
        lambda desk: _for_each(
            desk,
            chosen.code,
            lambda number, state: CommandContent(kind=CommandKind.CLOSE, case_number=number),
            concerns=lambda state: state.phase in WITH_DEADLINES,
        ),
        otherwise=NOT_DONE,
    )


def _for_each(
    desk: Desk,
    code: str,
    content: Callable[[str, Procedure], CommandContent],
    *,
    concerns: Callable[[Procedure], bool],
) -> int:
    """One intervention after the other. A run that was interrupted is run again: what is done is not there any more."""
    with desk.hub.database.transaction() as session:
        found = {
            number: state for number, state in open_cases_of(session, retailer_code=code).items() if concerns(state)
        }
    done = sum(desk.intervene(content(number, state)) for number, state in found.items())
    say(f"{len(found)} 件のうち {done} 件を行いました。")
    return AGREED if done == len(found) else DIFFERS
