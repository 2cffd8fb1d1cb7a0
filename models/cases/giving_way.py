"""A lone application gives way to another retailer's referral: what the hub asks of either, as messages of its own.

Decided where the referral is registered, under the locks on the point and on the application's row; so the hub's
record of matching decides which of them stands. Where the grid operator had matched the application all the same, it
stands, and the referral is the one to end.
"""

from datetime import datetime

from sqlalchemy import ARRAY, ColumnElement, Text, bindparam, cast, exists, func, not_, or_, select, update
from sqlalchemy.orm import Session, aliased

from models.base import adapter
from models.cases.own_commands import store_own_command
from models.cases.tables import CaseRow
from models.messages.intervention import HUB_OPERATOR
from models.messages.queries import commands_given
from models.prepared import Line, Prepared
from rules.calendar import Calendar
from rules.core import Procedure
from rules.lone_application.giving_way import gives_way
from rules.lone_application.state import LoneApplication
from rules.point_order import OpenProcedure
from rules.procedure.commands import GiveWay, StandBack
from schemas.codes import SWITCHING_APPLICATIONS, CasePhase

_GIVING_WAY = "相手方の申請がないまま期間を過ぎ、この地点に廃止取次が登録されたため"
_STANDING_BACK = "この地点に先に登録されていた申請のマッチングが成立したため"
_STANDS = (CasePhase.MATCHED, CasePhase.COMPLETED)


_LONE = Prepared(
    select(CaseRow.case_number, cast(CaseRow.state, Text).label("state"))
    .where(CaseRow.case_number == func.any(bindparam("case_numbers", type_=ARRAY(Text))))
    .order_by(CaseRow.registered_at, CaseRow.case_number)
    .with_for_update()
)


def giving_way(line: Line, procedures: list[OpenProcedure], *, by: str, at: datetime, calendar: Calendar) -> list[str]:
    """Find which open procedures on a point give way to a referral of ``by``; their rows are locked from here on."""
    lone = [procedure for procedure in procedures if procedure.kind in SWITCHING_APPLICATIONS]
    if not lone or any(procedure.owner == by for procedure in lone):
        return []
    rows = _LONE.rows(line, case_numbers=[procedure.number for procedure in lone])
    states: list[LoneApplication] = [adapter(LoneApplication).validate_json(row.state) for row in rows]
    days = {state.effective_date for state in states}
    if len(states) > len(days):
        return []  # start and end for one day have found each other
    return [state.case_number for state in states if gives_way(state, at=at, calendar=calendar)]


_GIVES_WAY = Prepared(update(CaseRow).where(CaseRow.case_number == bindparam("wanted")).values(gives_way=True))


def give_way(line: Line, *, case_number: str, at: datetime) -> None:
    """Have an application give its point free at once, and be taken back; the caller holds the lock on its row."""
    _GIVES_WAY.run(line, wanted=case_number)
    store_own_command(line, GiveWay(case_number=case_number), reason=_GIVING_WAY, at=at)


def has_given_way(session: Session, *, case_number: str) -> bool:
    """Tell whether a procedure was asked to give way, by what is stored for it."""
    commands = commands_given(session, retailer_code=HUB_OPERATOR, case_number=case_number)
    return any(isinstance(command.content, GiveWay) for command in commands)


_STANDING_BACK_FOR = Prepared(
    select(CaseRow.case_number)
    .where(
        CaseRow.point_number == bindparam("point_number"),
        CaseRow.application_kind.is_(None),
        CaseRow.ended_at.is_(None),
        exists().where(CaseRow.case_number == bindparam("application"), CaseRow.gives_way),
    )
    .order_by(CaseRow.registered_at, CaseRow.case_number)
    .with_for_update()
)


def stand_back(line: Line, *, state: Procedure, at: datetime) -> None:
    """End the referrals on the point of an application that has given way and was matched nevertheless."""
    if not state.can_give_way or state.phase not in _STANDS:
        return
    for row in _STANDING_BACK_FOR.rows(line, point_number=state.point_number, application=state.case_number):
        store_own_command(line, StandBack(case_number=row.case_number), reason=_STANDING_BACK, at=at)


def nothing_in_the_way() -> ColumnElement[bool]:
    """Tell in a statement on a referral's row whether nothing on its point is on its way back at the grid operator."""
    other = aliased(CaseRow)
    on_its_way_back = (other.phase == phase.value for phase in (CasePhase.AWAITING_APPLICATIONS, CasePhase.CANCELLING))
    return not_(
        exists()
        .where(other.point_number == CaseRow.point_number, CaseRow.application_kind.is_(None), other.gives_way)
        .where(or_(*on_its_way_back))
        .correlate(CaseRow)
    )
