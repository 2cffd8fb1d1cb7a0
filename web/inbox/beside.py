"""The items beside one in the inbox, by the filters of its address."""

from werkzeug.datastructures import MultiDict

from models.cases.screens import Neighbours, beside_in_inbox
from models.clock import business_now
from models.database import Session
from rules.calendar import JapaneseCalendar
from web.cases.origin import ListScreen
from web.inbox.search import InboxSearch
from web.shared.access import Permission, current_viewer, may


def _beside(session: Session, args: MultiDict[str, str], number: str) -> Neighbours | None:
    viewer, search = current_viewer(), InboxSearch(args)
    if viewer.retailer_code is None or not may(viewer, Permission.SEE_INBOX) or not search.validate():
        return None
    wanted = search.wanted(viewer=viewer, now=business_now(session), calendar=JapaneseCalendar())
    return beside_in_inbox(session, retailer_code=viewer.retailer_code, inbox_filter=wanted, case_number=number)


INBOX = ListScreen("受信箱", _beside)
