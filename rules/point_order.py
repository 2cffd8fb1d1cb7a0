"""異動並びチェック: which procedures can stand on one point side by side, and what conflicts with what (ours).

What begins or ends supply takes hold of a side of the point: the supply that begins, the supply that ends, or both.
Two that take hold of the same side are in each other's way; so a 開始申請 without a referral and another retailer's
廃止申請 stand together, as they will match at the grid operator. Changes of details and of amperes take hold of
nothing, or the current retailer could stand in the way of a switch by them; of one kind a retailer has one at a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.codes import ApplicationKind, Code
from schemas.findings import Refusal, Rulebook
from schemas.refusal_codes import RefusalCode

RULES = Rulebook(code=RefusalCode.POINT_BUSY)
_POINT = ("pointNumber", "供給地点特定番号")
_LATER = "進行中の手続きが終わってから、改めて登録してください。"
"""Of the message id, which a person has none of, the refusal itself tells systems."""
ONE_PROCEDURE = RULES.declare("one-procedure-per-point", _POINT, action=_LATER)
OWN_PROCEDURE = RULES.declare(
    "one-procedure-per-point",
    _POINT,
    message="自社の手続き{number}（{name}）が進行中のため、{wanted}は登録できません。",
    action=_LATER,
)

SWITCHING_CASE = "スイッチング案件"


class PointSide(Code):
    """What of a point a procedure takes hold of."""

    BEGINNING = "beginning", "供給の開始側"
    ENDING = "ending", "供給の終了側"


_HELD: dict[ApplicationKind | None, tuple[PointSide, ...]] = {
    ApplicationKind.USAGE_INQUIRY: (),
    ApplicationKind.CUSTOMER_DETAILS: (),
    ApplicationKind.PRODUCER_DETAILS: (),
    ApplicationKind.AMPERE_CHANGE: (),
    ApplicationKind.START: (PointSide.BEGINNING,),
    ApplicationKind.END: (PointSide.ENDING,),
}
"""Whatever is not named here takes hold of the whole point."""
_ANY_NUMBER = (ApplicationKind.USAGE_INQUIRY,)
"""An inquiry blocks nothing, and nothing blocks it."""


def sides_held(kind: ApplicationKind | None) -> tuple[PointSide, ...]:
    """Tell what an application on its own takes hold of, or for None a switching case."""
    return _HELD.get(kind, tuple(PointSide))


def one_at_a_time(kind: ApplicationKind) -> bool:
    """Tell whether a second application of a kind serves the same purpose as the first on its point."""
    return kind not in _ANY_NUMBER


@dataclass(frozen=True)
class OpenProcedure:
    """A procedure that is open on the point."""

    number: str
    owner: str
    """Code of the retailer that started it."""
    kind: ApplicationKind | None = None
    """None for a switching case."""
    gives_way: bool = False
    """True where it gives way to the referral that is to be registered (:mod:`rules.lone_application.giving_way`)."""

    @property
    def name(self) -> str:
        """What it is called."""
        return procedure_name(self.kind)


def procedure_name(kind: ApplicationKind | None) -> str:
    """Name an application on its own, or for None a switching case."""
    return SWITCHING_CASE if kind is None else kind.label


def check_point_order(
    kind: ApplicationKind | None, *, by: str, open_procedures: Iterable[OpenProcedure]
) -> Refusal | None:
    """Refuse what another procedure on the point stands in the way of.

    One's own is named, with number and kind; of another retailer's nothing is said but that there is one.

    :param kind: what is to be registered; None for a switching case.
    :param by: code of the retailer that registers it.
    """
    conflicts = [procedure for procedure in open_procedures if _conflict(kind, by, procedure)]
    if not conflicts:
        return None
    own = next((procedure for procedure in conflicts if procedure.owner == by), None)
    if own is None:
        return ONE_PROCEDURE.refusal()
    return OWN_PROCEDURE.refusal(number=own.number, name=own.name, wanted=procedure_name(kind))


def _conflict(kind: ApplicationKind | None, by: str, other: OpenProcedure) -> bool:
    if kind is None and other.gives_way:
        return False
    if set(sides_held(kind)) & set(sides_held(other.kind)):
        return True
    if kind is not None and kind is other.kind and one_at_a_time(kind) and other.owner == by:
        return True
    # nobody takes a customer over from itself: start and end of one retailer are no pair
    return bool(sides_held(kind)) and bool(sides_held(other.kind)) and other.owner == by
