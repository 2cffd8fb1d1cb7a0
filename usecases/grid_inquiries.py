"""Inquiries that go straight to the grid operator, in the name of the retailer that asks; not while it is away."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar
from uuid import uuid4

from grid_client.absence import away_by
from grid_client.errors import CIRCUIT_OPEN, GridFault, GridInMaintenance, GridUnreachable, UnreadableAnswer
from models.absences import hold_ups, note_absence, note_answer
from rules.calendar import JST
from rules.holdups import HoldUpKind
from rules.wording import plain_moment
from runtime.slots.board import NoSlot
from runtime.slots.shares import Hindrance
from schemas.codes import Area, Segment
from schemas.contract import Interface
from schemas.findings import Refusal, Refused, Rulebook
from schemas.grid import grid_interface
from schemas.refusal_codes import RefusalCode
from usecases.actors import Retailer
from usecases.hub import Hub
from usecases.slots import no_slot

RULES = Rulebook(code=RefusalCode.GRID_UNREACHABLE)
MAINTENANCE = RULES.declare(
    "maintenance",
    code=RefusalCode.GRID_MAINTENANCE,
    message="{system}は{end}までメンテナンス中です。",
    action="{resumes}以降に、同じメッセージIDのまま再送してください。",
)
ANSWER_READABLE = RULES.declare(
    "grid-answer-readable",
    message="{system}の回答が仕様に合わず、読み取れません。広域機関に通知しました。",
)
ASKED_AGAIN_SOON = RULES.declare(
    "grid-asked-again-soon",
    message="{system}の回答がないか遅い状態が続いているため、しばらくの間は問い合わせていません。",
)
REACHABLE = RULES.declare("grid-reachable", message="{system}に接続できません。")
UNEXPLAINED = RULES.declare("{rule}", code=RefusalCode.GRID_REFUSED, message="{message}")
"""Where a grid operator refuses without a finding, its code stands for the rule."""

Response = TypeVar("Response")


class NoSlotForInquiry(GridUnreachable):
    """The hub asks as many at a time as it does already; the grid operator was not asked."""

    def __init__(self, area: Area, hindrance: Hindrance | None) -> None:
        super().__init__(area, "no-slot", outcome_unknown=False)
        self.hindrance = hindrance


def ask_grid(
    response_class: type[Response],
    *,
    interface: Interface,
    area: Area,
    content: Mapping[str, object],
    retailer: Retailer,
    segment: Segment,
    hub: Hub,
    filed_under: str | None = None,
) -> Response:
    """Ask the grid operator of an area, under a message id of the hub's own.

    :param content: what the interface's request carries besides message id and retailer.
    :param filed_under: in whose name to ask about applications that the caller succeeded; None for its own.
    :raises NoSlotForInquiry: where the retailer, the area or all together have as many inquiries under way as may be.
    :raises GridInMaintenance: in a maintenance window of the area, by business time: it is not asked then.
    :raises GridUnreachable: when no answer comes in time, or its calls are stopped; GridFault: when it refuses.
    """
    known_away = _check_open(area, hub)
    request = grid_interface(interface.number, segment).request(
        message_id=str(uuid4()), retailer_code=filed_under or retailer.retailer_code, **content
    )
    try:
        with hub.slots.relayed(caller=retailer.retailer_code, target=area.value):
            response = hub.grid.call(area=area, segment=segment, interface_number=interface.number, request=request)
    except NoSlot as none:
        raise NoSlotForInquiry(area, none.hindrance) from None
    except (GridUnreachable, GridFault) as error:
        _note_away(error, area, hub)
        raise
    if known_away:
        with hub.database.transaction() as session:
            note_answer(session, area=area)
    assert isinstance(response, response_class), "the grid client reads what the catalogue says"
    return response


def _check_open(area: Area, hub: Hub) -> bool:
    """Refuse while the area is paused or in maintenance; tell whether its grid operator did not answer lately."""
    with hub.database.transaction() as session:
        hold_up = hold_ups(session, windows=hub.maintenance_windows).get(area)
    if hold_up is None:
        return False
    if hold_up.kind is HoldUpKind.PAUSED:
        raise GridUnreachable(area, "paused", outcome_unknown=False)
    if hold_up.until is not None:
        raise GridInMaintenance(area, until=hold_up.until)
    return True


def _note_away(error: GridUnreachable | GridFault, area: Area, hub: Hub) -> None:
    """Note it so that cases and screens know it too.

    :raises GridInMaintenance: where the grid operator itself tells of a maintenance with its end.
    """
    away = away_by(error)
    if away is None:
        return
    with hub.database.transaction() as session:
        absence = note_absence(session, area=area, reason=away.reason, until=away.until)
    if absence.until is not None:
        raise GridInMaintenance(area, until=absence.until) from error


def grid_away(away: GridUnreachable, *, message_id: str) -> Refused:
    """Make the fault for an inquiry that only the grid operator could answer: a repeat may help."""
    if isinstance(away, GridInMaintenance):
        end = away.until.astimezone(JST)
        refusal = MAINTENANCE.refusal(system=_system(away.area), end=end.isoformat(), resumes=plain_moment(end))
        refusal = replace(refusal, resumes_at=end)
    elif isinstance(away, NoSlotForInquiry):
        refusal = no_slot(away.hindrance)
    elif isinstance(away, UnreadableAnswer):
        refusal = ANSWER_READABLE.refusal(system=_system(away.area))
    elif away.reason == CIRCUIT_OPEN:
        refusal = ASKED_AGAIN_SOON.refusal(system=_system(away.area))
    else:
        refusal = REACHABLE.refusal(system=_system(away.area))
    return Refused(refusal, message_id)


def _system(area: Area) -> str:
    return f"{area.label}エリアの一般送配電事業者のシステム"


def grid_refused(fault: GridFault, *, area: Area, message_id: str) -> Refused:
    """Hand the grid operator's refusal on, with all it found."""
    if fault.code == RefusalCode.GRID_MAINTENANCE:
        return Refused(Refusal(RefusalCode.GRID_MAINTENANCE, fault.findings, fault.resumes_at), message_id)
    if fault.retryable:
        return grid_away(GridUnreachable(area, fault.code, outcome_unknown=False), message_id=message_id)
    findings = fault.findings or (UNEXPLAINED.finding(rule=fault.code, message=fault.message),)
    return Refused(Refusal(RefusalCode.GRID_REFUSED, findings), message_id)
