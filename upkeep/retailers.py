"""``retailer``: one leaves the market (退出). Its cases stand still until a successor takes them or they are closed."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

import click

from rules.access.use_cases import UseCase
from runtime.command_lines import Group
from runtime.terminal import is_agreed, say
from upkeep.console import AGREED, DIFFERS, NOT_DONE, Process, pass_process
from upkeep.named_person import in_the_name_of, who_and_why, why_not
from upkeep.reading import day
from usecases.actors import Person
from usecases.consequences import Consequences
from usecases.hub import Hub
from usecases.retailers import (
    ClosureOfAllRequest,
    Done,
    LeavingRequest,
    Outcome,
    SuccessionOfAllRequest,
    close_all,
    end_participation,
    hand_over_suspensions,
    preview_closure,
    preview_leaving,
    preview_succession,
    succeed_in_all,
)

_Decorated = TypeVar("_Decorated", bound=Callable[..., object])


@click.group("retailer", cls=Group, help="小売電気事業者の退出（案件の期限の停止、承継、終了）")
def retailer() -> None:
    """Stand above what concerns all cases of a retailer."""


def _on_retailer(command: _Decorated) -> _Decorated:
    """Add what each of the commands needs."""
    code = click.argument("code", metavar="事業者", help="小売電気事業者のコード")
    yes = click.option("--yes", is_flag=True, help="確かめずに行う")
    return code(who_and_why(yes(command)))


@retailer.command("leave", help="最終日を定める。翌日から、進行中の案件の期限は停止する")
@_on_retailer
@click.option("--last-day", type=day, required=True, metavar="YYYY-MM-DD", help="参加の最終日")
@pass_process
def _leave(process: Process, *, code: str, by: str, reason: str, yes: bool, last_day: date) -> int:
    follows = f"参加の最終日を {last_day} とします。その翌日から、次の案件の期限は止まり、取次を登録できません。"
    request = LeavingRequest(retailer_code=code, last_day=last_day, reason=reason)

    def work(actor: Person, hub: Hub) -> int:
        preview = preview_leaving(request, actor=actor, hub=hub)
        if not is_agreed(_lines(code, preview, follows=follows), yes=yes):
            return NOT_DONE
        departure = end_participation(request, actor=actor, hub=hub)
        say(f"小売電気事業者 {code} の参加の最終日を {last_day} としました。")
        if departure.is_to_come:
            say("進行中の案件の期限は、最終日の翌日に自動で停止します。")
        return _say_outcomes(UseCase.SUSPEND, hand_over_suspensions(departure, actor=actor, hub=hub))

    return in_the_name_of(by, work, process=process)


@retailer.command("succeed", help="進行中のすべての案件を、別の事業者に承継する")
@_on_retailer
@click.option("--successor", required=True, metavar="事業者", help="承継する小売電気事業者のコード")
@click.option("--effective-date", type=day, metavar="YYYY-MM-DD", help="新しい異動日（省略すると変えない）")
@pass_process
def _succeed(
    process: Process, *, code: str, by: str, reason: str, yes: bool, successor: str, effective_date: date | None
) -> int:
    follows = f"次の案件を {successor} に承継します。元には戻せません。"
    request = SuccessionOfAllRequest(
        retailer_code=code, reason=reason, successor=successor, effective_date=effective_date
    )

    def work(actor: Person, hub: Hub) -> int:
        preview = preview_succession(request, actor=actor, hub=hub)
        if preview.count and not is_agreed(_lines(code, preview, follows=follows), yes=yes):
            return NOT_DONE
        return _say_outcomes(UseCase.SUCCEED, succeed_in_all(request, actor=actor, hub=hub))

    return in_the_name_of(by, work, process=process)


@retailer.command("close", help="マッチング成立前の案件をすべて終了する")
@_on_retailer
@pass_process
def _close(process: Process, *, code: str, by: str, reason: str, yes: bool) -> int:
    request = ClosureOfAllRequest(retailer_code=code, reason=reason)

    def work(actor: Person, hub: Hub) -> int:
        preview = preview_closure(request, actor=actor, hub=hub)
        lines = _lines(code, preview, follows="次の案件を終了します。元には戻せません。")
        if preview.count and not is_agreed(lines, yes=yes):
            return NOT_DONE
        return _say_outcomes(UseCase.CLOSE, close_all(request, actor=actor, hub=hub))

    return in_the_name_of(by, work, process=process)


def _lines(code: str, preview: Consequences, *, follows: str) -> list[str]:
    """Say what will follow for how many cases."""
    lines = [f"小売電気事業者 {code} {preview.retailer_name}: {follows}"]
    for side, phases in preview.by_side.items():
        parts = "、".join(f"{phase} {count}" for phase, count in phases.items())
        lines.append(f"  {side} {sum(phases.values())} 件（{parts}）")
    if not preview.count:
        lines.append("  該当する案件はありません")
    if preview.others:
        lines.append(f"  対象外でそのままの案件 {preview.others} 件")
    return lines


def _say_outcomes(use_case: UseCase, outcomes: Iterable[Outcome]) -> int:
    """Say of each case what became of it, as it comes."""
    succeeded, count = 0, 0
    for outcome in outcomes:
        count += 1
        succeeded += isinstance(outcome, Done)
        say(f"{outcome.case_number}  {use_case.label}: {_words(outcome)}")
    say(f"{count} 件のうち {succeeded} 件を行いました。")
    return AGREED if succeeded == count else DIFFERS


def _words(outcome: Outcome) -> str:
    if isinstance(outcome, Done):
        return f"案件状態「{outcome.phase.label}」"
    return "記録しました。案件には自動で届けます。" if outcome.refused is None else why_not(outcome.refused)
