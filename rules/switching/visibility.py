"""Who sees what of a switching case: 現小売 not who asks nor the new contract, 新小売 of the end application only
whether it is in, the hub operator all."""

from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, ApplicationState, Code


class Side(Code):
    """From which side somebody looks at a case."""

    NEW = "new", "新小売"
    CURRENT = "current", "現小売"
    OPERATOR = "operator", "広域機関"


OWN_APPLICATION = {Side.NEW: ApplicationKind.START, Side.CURRENT: ApplicationKind.END}

_OF_THE_CASE = frozenset(
    {
        HistoryKind.CANCEL_IMPOSSIBLE,
        HistoryKind.CANCELLING,
        HistoryKind.WITHDRAWN,
        HistoryKind.CUT_OFF_PASSED,
        HistoryKind.UNMATCHED,
        HistoryKind.MATCHED,
        HistoryKind.EFFECTIVE_DATE_MOVED,
        HistoryKind.ONE_SIDE_COMPLETED,
        HistoryKind.COMPLETED,
        HistoryKind.GRID_CANCELLED,
    }
)
"""Lines that concern both sides, whichever application the news came by."""
_WHETHER_IT_IS_IN = frozenset(
    {HistoryKind.RECEIVED, HistoryKind.APPLICATION_CANCELLED, HistoryKind.APPLICATION_UNMATCHED}
)
_OF_THE_OTHER_APPLICATION = frozenset({"number", "revision", "defects", "state"})
_OF_THE_NEW_CONTRACT = frozenset({"meter_work", "leaving", "successor", "point_freed"})
_OF_REFERRAL_FOR_CURRENT = frozenset({"contract_number", "holder_name", "holder_name_kana", "address", "wished_date"})
_IN = (ApplicationState.RECEIVED, ApplicationState.MATCHED, ApplicationState.COMPLETED)


def is_in(state: ApplicationState) -> bool:
    """Tell whether the grid operator holds an application, which is all the other side hears."""
    return state in _IN


def seen_details(kind: HistoryKind, details: dict[str, str], *, side: Side) -> dict[str, str] | None:
    """Give what a side may read of a line of the 案件履歴; None where it may not read the line."""
    if side is Side.OPERATOR:
        return details
    if kind is HistoryKind.CUT_OFF_REMINDED:  # who has not filed is told by mail; the other side need not know
        details = _without(details, frozenset({"missing"}))
    if side is Side.CURRENT:
        if kind is HistoryKind.METER_WORK_CHANGED:
            return None
        details = _without(details, _OF_THE_NEW_CONTRACT)
    application = details.get("application")
    if application is None or application == OWN_APPLICATION[side]:
        return details
    if kind in _OF_THE_CASE:
        return _without(details, _OF_THE_OTHER_APPLICATION | {"application"})
    if side is Side.NEW and kind in _WHETHER_IT_IS_IN:
        return _without(details, _OF_THE_OTHER_APPLICATION | {"occurred_at"})
    return None


def sees_amended(name: str, kind: HistoryKind, *, side: Side) -> bool:
    """Tell whether a side may read of an amended element what it was and is; whose line it reads at all it sees whole,
    but for the referral, of which 現小売 reads what it compares and no more."""
    return side is not Side.CURRENT or kind is not HistoryKind.AMENDED or name in _OF_REFERRAL_FOR_CURRENT


def _without(details: dict[str, str], names: frozenset[str]) -> dict[str, str]:
    return {name: value for name, value in details.items() if name not in names}
