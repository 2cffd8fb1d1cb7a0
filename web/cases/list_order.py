"""By what the list of cases is sorted, as it stands in the address."""

from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from models.cases.screens import CaseSort
from schemas.codes import ENDED_PHASES
from web.shared.headings import Direction

_WAYS = {"asc": True, "desc": False}
_ENDED = {"ended", *(phase.value for phase in ENDED_PHASES)}
"""States in the address of cases that have no deadline any more."""

_WORDS = {
    CaseSort.REGISTERED: ("登録の古い順", "登録の新しい順"),
    CaseSort.CHANGED: ("更新の古い順", "更新の新しい順"),
    CaseSort.DUE: ("期限の早い順", "期限の遅い順"),
    CaseSort.EFFECTIVE: ("異動日の早い順", "異動日の遅い順"),
}


@dataclass(frozen=True)
class ListOrder:
    """The sort of a list, and its direction."""

    sort: CaseSort
    rising: bool

    @property
    def given(self) -> dict[str, Any]:
        """What goes on in addresses: nothing for the usual order."""
        if self == _USUAL:
            return {}
        way = {} if self.rising is self.sort.rises_first else {"order": "asc" if self.rising else "desc"}
        return {"sort": self.sort.value} | way

    @property
    def words(self) -> str:
        """Say it: 登録の新しい順."""
        return _WORDS[self.sort][0 if self.rising else 1]

    def direction_of(self, sort: CaseSort) -> Direction | None:
        """Tell how the list is sorted by something; None where it is sorted by something else."""
        if sort is not self.sort:
            return None
        return Direction.ASCENDING if self.rising else Direction.DESCENDING

    def towards(self, sort: CaseSort, filters: dict[str, Any]) -> dict[str, Any] | None:
        """Give the arguments that a heading leads to: sorted by it, or the other way round where the list already is.

        None where there is nothing to sort by. Deadlines are those of open cases, so the address says so.
        """
        rising = not self.rising if sort is self.sort else sort.rises_first
        if sort is not CaseSort.DUE:
            return filters | ListOrder(sort, rising).given
        if filters.get("phase") in _ENDED:
            return None
        return {"phase": "open"} | filters | ListOrder(sort, rising).given


_USUAL = ListOrder(CaseSort.REGISTERED, CaseSort.REGISTERED.rises_first)


def order_of(arguments: MultiDict[str, str]) -> ListOrder:
    """Read the order from an address; the usual one where it names none that there is."""
    try:
        sort = CaseSort(arguments.get("sort", ""))
    except ValueError:
        return _USUAL
    if sort is CaseSort.DUE and arguments.get("phase", "") in _ENDED:
        return _USUAL
    return ListOrder(sort, _WAYS.get(arguments.get("order", ""), sort.rises_first))
