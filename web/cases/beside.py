"""The items beside one in the list of cases, by the filters and the order of its address."""

from werkzeug.datastructures import MultiDict

from models.cases.screens import CaseSort, Neighbours, neighbours
from models.clock import business_now
from models.database import Session
from web.cases.list_order import order_of
from web.cases.origin import ListScreen
from web.cases.scope import duties_of, scope_of
from web.cases.search import CaseSearch
from web.shared.access import current_viewer


def _beside(session: Session, args: MultiDict[str, str], number: str) -> Neighbours | None:
    viewer = current_viewer()
    search = CaseSearch(args, duties=duties_of(viewer))
    if not search.validate():
        return None
    order = order_of(args)
    by_deadline = order.sort is CaseSort.DUE
    parts = search.wanted().parts(scope_of(viewer), now=business_now(session), by_phase=by_deadline)
    return neighbours(session, parts, order=order.sort.order(order.rising), case_number=number)


CASES = ListScreen("申込内容一覧", _beside)
