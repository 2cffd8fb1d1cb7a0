"""``case``: the hub operator's interventions (広域機関の措置) on one case or application on its own."""

from collections.abc import Callable
from typing import Protocol, TypeVar
from uuid import uuid4

import click

from rules.access.use_cases import UseCase
from rules.procedure.interventions import RECORDABLE
from rules.steps import CommandAnswer
from runtime.command_lines import Group
from runtime.terminal import say
from schemas.codes import MeterWork
from schemas.findings import Refused
from upkeep.console import AGREED, NOT_DONE, Process, pass_process
from upkeep.named_person import in_the_name_of, who_and_why, why_not
from upkeep.reading import day, listed, message_id, moment, one_of
from usecases.actors import Person
from usecases.hub import Hub
from usecases.interventions import (
    InterventionRequest,
    RecordRequest,
    ResumptionRequest,
    SuccessionRequest,
    close,
    record,
    resume,
    succeed,
    suspend,
)

Decorator = Callable[[Callable[..., int]], Callable[..., int]]
Request = TypeVar("Request", bound=InterventionRequest)
Asked = TypeVar("Asked", bound=InterventionRequest, contravariant=True)


class Intervene(Protocol[Asked]):
    """One of :mod:`usecases.interventions`."""

    def __call__(self, request: Asked, /, *, actor: Person, hub: Hub) -> CommandAnswer: ...


@click.group("case", cls=Group, help="案件に措置を行う（期限の停止・再開、承継、終了、連絡の記録）")
def case() -> None:
    """Stand above the interventions."""


def _add(
    use_case: UseCase, request_class: Callable[..., Request], intervene: Intervene[Request], *options: Decorator
) -> None:
    """Add the command of an intervention; its options are named as the fields of its request."""

    def command(process: Process, /, *, by: str, **fields: object) -> int:
        request = request_class(**fields)

        def work(actor: Person, hub: Hub) -> int:
            try:
                answer = intervene(request, actor=actor, hub=hub)
            except Refused as refused:
                say(f"{request.case_number}  {use_case.label}: {why_not(refused)}")
                return NOT_DONE
            say(f"{request.case_number}  {use_case.label}: 案件状態「{answer.phase.label}」")
            return AGREED

        return in_the_name_of(by, work, process=process)

    taking_options: Callable[..., int] = pass_process(command)
    all_options: tuple[Decorator, ...] = (_NUMBER, who_and_why, _MESSAGE_ID, *options)
    for option in reversed(all_options):  # the one that is applied last stands first in the help
        taking_options = option(taking_options)
    case.command(use_case.value, help=use_case.label)(taking_options)


_NUMBER = click.argument("case_number", metavar="番号", help="廃止取次番号、または単独申請の申請番号")
_MESSAGE_ID = click.option(
    "--message-id",
    type=message_id,
    default=lambda: uuid4().hex,
    metavar="ID",
    help="結果未確定のときに、同じ措置の結果を聞く",
)
_NEW_DATE = click.option("--effective-date", type=day, metavar="YYYY-MM-DD", help="新しい異動日（省略すると変えない）")

_add(UseCase.SUSPEND, InterventionRequest, suspend)
_add(UseCase.RESUME, ResumptionRequest, resume, _NEW_DATE)
_add(
    UseCase.SUCCEED,
    SuccessionRequest,
    succeed,
    click.option("--leaving", required=True, metavar="事業者", help="退出する小売電気事業者のコード"),
    click.option("--successor", required=True, metavar="事業者", help="承継する小売電気事業者のコード"),
    _NEW_DATE,
)
_add(UseCase.CLOSE, InterventionRequest, close)
_add(
    UseCase.RECORD,
    RecordRequest,
    record,
    click.option("--application", "application_number", metavar="申請番号", help="単独申請では不要"),
    click.option(
        "--news",
        type=one_of(RECORDABLE),
        required=True,
        metavar="内容",
        help=f"送配電の連絡の内容: {listed(RECORDABLE)}",
    ),
    click.option("--occurred-at", type=moment, metavar="YYYY-MM-DDTHH:MM", help="発生日時（日本時間）"),
    click.option("--effective-date", type=day, metavar="YYYY-MM-DD", help="送配電が定めた異動日"),
    click.option("--meter-work", type=one_of(MeterWork), metavar="要否", help=f"計器工事の要否: {listed(MeterWork)}"),
)
