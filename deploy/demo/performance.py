"""The demonstration as a whole: the stack, the business clock, the switches, the addresses."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from deploy.demo.clock import office_hour
from deploy.demo.narration import Say, heading
from deploy.demo.retailer import RetailersSystem
from deploy.demo.switch import Players, bring_to_end, open_cases, register
from deploy.samples import CURRENT_RETAILER, NEW_RETAILER, RETAILERS, load_samples
from deploy.stack.supervisor import Stack
from deploy.stack.words import logins, urls
from models.clock import business_now
from models.database import Database
from rules.calendar import JapaneseCalendar, day_of
from rules.wording import plain_moment
from schemas.codes import CasePhase
from switching_hub_client import Connection
from temporal.connection import connect, namespace
from temporal.gateway import TemporalGateway
from usecases.actors import Maintainer
from usecases.hub import Systems
from usecases.waking import ClockMoveRequest, move_clock_and_wake

DEMO_SETTINGS = {
    "HUB_DEADLINE_PROFILE": "demo",
    "HUB_GRID_STUB_STEP_SECONDS": "2",
    "HUB_WATCH_EVERY": "1",
}
"""A switch on the same day, working steps of seconds. Nothing else differs from the real thing."""


class NotCompleted(Exception):
    """The demonstration's switch ended otherwise than with 完了."""


def play(stack: Stack, say: Say) -> None:
    """Play one switch on a running stack, after any that an earlier run left open.

    :raises CallRefused: when the hub refuses a call.
    :raises SwitchStuck: when a switch does not end.
    :raises NotCompleted: when it ends otherwise.
    """
    database = Database(stack.environment["DATABASE_URL"])
    try:
        load_samples(database, stack.certificates)
        now = _set_clock(database, stack.environment)
    finally:
        database.dispose()
    players = _players(stack, say)
    for case_number in open_cases(players):
        heading(say, f"前回の実演で残った案件を続けます: {case_number}")
        phase = bring_to_end(players, case_number)
        say(f"  {case_number} は「{phase.label}」になりました。")
    heading(say, f"スイッチング1件を実演します（業務日時 {plain_moment(now)}）")
    case_number = register(players, today=day_of(now))
    phase = bring_to_end(players, case_number)
    if phase is not CasePhase.COMPLETED:
        raise NotCompleted(f"{case_number} は「{phase.label}」で終わりました。")
    heading(say, f"{phase.label}: 廃止取次番号 {case_number}")
    say(urls(stack))
    say(f"  この案件      {_case_page(stack.environment, case_number)}")
    say(logins())


def _set_clock(database: Database, environment: Mapping[str, str]) -> datetime:
    with database.transaction() as session:
        now = business_now(session)
    hour = office_hour(now, JapaneseCalendar())
    if hour > now:
        gateway = TemporalGateway(connecting=partial(connect, lazy=True, environment=environment))
        move = ClockMoveRequest(by=hour - now)
        move_clock_and_wake(move, actor=Maintainer(), hub=Systems(database=database, gateway=gateway))
        gateway.close()
    return hour


def _players(stack: Stack, say: Say) -> Players:
    def system(code: str) -> RetailersSystem:
        connection = Connection(
            url=stack.environment["HUB_SOAP_PUBLIC_URL"],
            authority=stack.certificates.authority,
            certificate=stack.certificates.retailer(code),
        )
        return RetailersSystem(code=code, name=RETAILERS[code], connection=connection)

    return Players(system(NEW_RETAILER), system(CURRENT_RETAILER), say)


def _case_page(environment: Mapping[str, str], case_number: str) -> str:
    ui = environment["HUB_TEMPORAL_UI_URL"]
    return f"{ui}/namespaces/{namespace(environment=environment)}/workflows/{case_number}"
